"""Reads of confidants: who is asked today, whose post somebody holds."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.base.settled import settled
from mentorship.checkins.confidants import rules
from mentorship.checkins.confidants.models import Confidant
from mentorship.checkins.confidants.rules import WHOLE, Choice, Post, Today
from mentorship.people import queries as people
from mentorship.people.access import Subject
from mentorship.people.models import Person, Site
from mentorship.profiles.away import queries as away


@dataclass(frozen=True)
class Asked:
    """Who is asked in confidence, and in whose place."""

    person: Person
    in_place_of: Person | None


@dataclass(frozen=True)
class Board:
    """All confidants as they are on a day."""

    posts: dict[int, Post]
    persons: dict[int, Person]
    today: Today

    def whom(self, site_id: int, not_these: Collection[int]) -> Asked | None:
        """Return whom somebody of a site asks; None where nobody is there to ask."""
        choice = rules.choose(self.posts, site_id, not_these, self.today)
        return None if choice is None else self._named(choice)

    def agreed(self) -> Board:
        """Return the same for who is told beforehand: a stand-in by the days agreed, whoever is away on this one."""
        today = replace(self.today, away=())
        return replace(self, today=today)

    def _named(self, choice: Choice) -> Asked:
        instead_of = None
        if choice.in_place_of is not None:
            instead_of = self.persons[choice.in_place_of]
        return Asked(self.persons[choice.person_id], instead_of)


def board(session: Session, today: date) -> Board:
    """Return all confidants as they are on a day, in a number of queries that does not grow."""
    posts = {}
    ids: set[int] = set()
    for row in session.exec(select(Confidant)):
        posts[row.site_id or WHOLE] = Post(
            row.person_id,
            row.stand_in_id,
            row.stand_in_from,
            row.stand_in_until,
        )
        ids |= {row.person_id, row.stand_in_id or row.person_id}
    if not ids:
        return Board({}, {}, Today(today, (), ()))
    persons = people.persons(session, ids)
    days = away.away_days(session, ids)
    out = {person_id for person_id, own in days.items() if today.toordinal() in own}
    gone = {person_id for person_id, person in persons.items() if person.is_gone(today)}
    return Board(posts, persons, Today(today, out, gone))


@dataclass(frozen=True)
class Held:
    """A post as it is listed: its site (None: the whole organisation), who holds it, who stands in."""

    row: Confidant
    site: Site | None
    person: Person
    stand_in: Person | None


def held(session: Session, person_id: int | None = None) -> list[Held]:
    """Return all posts, or those of somebody: that of the whole organisation first, then by site."""
    query = select(Confidant)
    if person_id is not None:
        query = query.where(Confidant.person_id == person_id)
    rows = list(session.exec(query))
    ids = [row.person_id for row in rows] + [row.stand_in_id for row in rows if row.stand_in_id is not None]
    persons = people.persons(session, ids)
    sites = {id_of(site): site for site in people.sites(session)}
    found = []
    for row in rows:
        site = sites.get(row.site_id or WHOLE)
        stand_in = persons.get(row.stand_in_id or 0)
        one = Held(row, site, persons[row.person_id], stand_in)
        found.append(one)
    return sorted(found, key=lambda one: one.site.name if one.site else "")


def holds(session: Session, person_id: int) -> bool:
    """Tell whether somebody is a confidant, or stands in for one."""
    return person_id in _posted(session)


@settled
def _posted(session: Session) -> set[int | None]:
    query = select(Confidant.person_id, Confidant.stand_in_id)
    found: set[int | None] = set()
    for pair in session.exec(query):
        found.update(pair)
    return found


def of_place(session: Session, site_id: int) -> Confidant | None:
    """Return the confidant of a site, or of the whole organisation."""
    same = col(Confidant.site_id).is_(None) if site_id == WHOLE else col(Confidant.site_id) == site_id
    return session.exec(select(Confidant).where(same)).first()


def post_subject(session: Session, confidant_id: int) -> Subject | None:
    """Return whose post it is; None when there is no such post."""
    found = session.get(Confidant, confidant_id)
    if found is None:
        return None
    return Subject(frozenset({found.person_id}))
