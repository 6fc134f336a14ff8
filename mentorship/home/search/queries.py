"""Reads for a search: what fits a few words, of what the reader's own pages show and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_
from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.base.letters import folded
from mentorship.mentor_requests import queries as requests
from mentorship.mentor_requests.models import OPEN, MentorRequest
from mentorship.mentorships.models import ACTIVE, OCCUPYING, PAUSED, Mentorship
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.people.line import Line
from mentorship.people.models import Person
from mentorship.people.queries import begun_first, has_word
from mentorship.profiles import queries as profiles
from mentorship.profiles import rules as profile_rules
from mentorship.profiles.models import Capacity, Domain
from mentorship.programme.queries import programme
from mentorship.rounds.models import Round

Mentor = aliased(Person)
Junior = aliased(Person)


@dataclass(frozen=True)
class Standing:
    """What the coordinator knows of somebody found: since when they wait for a mentor, how many places are free."""

    waits_since: datetime | None = None
    places: int = 0
    free: int = 0
    paused: bool = False


@dataclass(frozen=True)
class FoundDuo:
    """A duo, or a proposal, with both names."""

    duo: Mentorship
    mentor: Person
    junior: Person
    domain: str


@dataclass(frozen=True)
class FoundRequest:
    """An open request: whose, for what, and its place among all that are open, from 0 for the oldest."""

    person: Person
    site: str
    domains: list[str]
    asked_at: datetime
    place: int


def _carried(session: Session, ids: Collection[int]) -> dict[int, int]:
    """Count the places that these have taken."""
    occupying = col(Mentorship.status).in_(OCCUPYING)
    taken = select(Mentorship.mentor_id, func.count()).where(
        col(Mentorship.mentor_id).in_(ids),
        occupying,
    )
    rows = session.exec(taken.group_by(col(Mentorship.mentor_id)))
    return dict(rows.all())


def standings(session: Session, ids: Collection[int], today: date) -> dict[int, Standing]:
    """Return for whom of these a request is open, and who of them guides."""
    waiting = select(MentorRequest.person_id, MentorRequest.created_at).where(
        col(MentorRequest.person_id).in_(ids),
        MentorRequest.status == OPEN,
    )
    found = {}
    for person_id, since in session.exec(waiting):
        found[person_id] = Standing(waits_since=since)
    carried = _carried(session, ids)
    settings = programme(session)
    offers = select(Capacity).where(
        col(Capacity.person_id).in_(ids),
        col(Capacity.places) > 0,
    )
    for offer in session.exec(offers):
        places = profile_rules.places_that_count(offer, settings)
        taken = carried.get(offer.person_id, 0)
        known = found.get(offer.person_id, Standing())
        found[offer.person_id] = Standing(
            waits_since=known.waits_since,
            places=places,
            free=profile_rules.free_places(places, taken),
            paused=profile_rules.is_paused(
                offer.paused,
                offer.paused_until,
                today,
            ),
        )
    return found


def found_duos(session: Session, actor: Actor, text: str, limit: int) -> list[FoundDuo]:
    """Return the duos that fit by the names of both, or by one and the domain.

    Of the reader's own all; a coordinator finds what stands now, a manager what runs in their line.
    """
    ids = _fitting_duos(
        session,
        actor,
        text,
        limit,
    )
    query = (
        select(Mentorship, Mentor, Junior)
        .join(Mentor, col(Mentor.id) == Mentorship.mentor_id)
        .join(Junior, col(Junior.id) == Mentorship.junior_id)
        .where(col(Mentorship.id).in_(ids))
    )
    domains = profiles.domain_names(session)
    found = {}
    for duo, mentor, junior in session.exec(query):
        found[id_of(duo)] = FoundDuo(
            duo,
            mentor,
            junior,
            domains[duo.domain_id],
        )
    return [found[duo_id] for duo_id in ids]


def _fitting_duos(session: Session, actor: Actor, text: str, limit: int) -> list[int]:
    me = actor.person_id
    query = _called(session, text)
    own = or_(
        col(Mentorship.mentor_id) == me,
        col(Mentorship.junior_id) == me,
    )
    stands = col(Mentorship.status).in_(OCCUPYING)
    visible = or_(own, stands)
    if access.SEE_BALANCE.allows(actor):
        theirs = query.where(visible)
    elif actor.has(access.MANAGER):
        runs = col(Mentorship.status).in_((ACTIVE, PAUSED))  # a proposal is not for the line
        near = or_(own, runs)
        of_somebody = query.where(near)
        return _of_line(
            session,
            me,
            of_somebody,
            limit,
        )
    else:
        theirs = query.where(own)
    rows = session.execute(theirs.limit(limit))
    return [duo_id for duo_id, *_ in rows]


def _of_line(session: Session, me: int, query: Any, limit: int) -> list[int]:
    """Keep what is one's own or of one's line: joined twice, a line of thousands takes seconds."""
    line = Line(session, me)
    sides = col(Mentorship.mentor_id), col(Mentorship.junior_id)
    return line.first(query, sides, limit, itself=True)


def _called(session: Session, text: str) -> Any:
    """Return a query of the duos, with both sides, that are called by a text: what stands now before the rest."""
    both = col(Mentor.sort_key) + "\t" + col(Junior.sort_key)
    ids = sa_select(
        col(Mentorship.id),
        col(Mentorship.mentor_id),
        col(Mentorship.junior_id),
    )
    query = ids.join(Mentor, col(Mentor.id) == Mentorship.mentor_id)
    query = query.join(Junior, col(Junior.id) == Mentorship.junior_id)
    fitting = _fitting(session, text)
    query = query.where(*fitting)
    return query.order_by(
        col(Mentorship.status).not_in(OCCUPYING),
        begun_first(both, text),
        col(Mentor.sort_key),
        col(Mentorship.id),
    )


def _fitting(session: Session, text: str) -> list[ColumnElement[bool]]:
    """Return the conditions that every word stands in a name or in the domain, and one of them in a name."""
    names = []
    anywhere = []
    only_named = False
    for word in folded(text).split():
        mentor = has_word(col(Mentor.sort_key), word)
        junior = has_word(col(Junior.sort_key), word)
        name = or_(mentor, junior)
        names.append(name)
        about = _about(session, word)
        only_named = only_named or not about
        in_domain = col(Mentorship.domain_id).in_(about)
        anywhere.append(or_(in_domain, name) if about else name)
    if len(names) == 1:
        return names
    if only_named:
        return anywhere
    return [or_(*names), *anywhere]


def _about(session: Session, word: str) -> list[int]:
    """Return the domains in whose name, in either language, a word stands."""
    named = []
    for domain in profiles.domains(session):
        if word in folded(domain.titles):
            named.append(id_of(domain))
    return named


def _numbered() -> Any:
    """Return the open requests with their places, the oldest first."""
    oldest_first = col(MentorRequest.created_at), col(MentorRequest.id)
    place = func.row_number().over(order_by=oldest_first)
    numbered = sa_select(
        col(MentorRequest.id),
        place.label("place"),
    )
    waiting = numbered.where(col(MentorRequest.status) == OPEN)
    return waiting.subquery()


def _fitting_requests(session: Session, text: str, limit: int) -> Sequence[Any]:
    numbered = _numbered()
    query = (
        sa_select(MentorRequest, Person, numbered.c.place)
        .join(numbered, numbered.c.id == MentorRequest.id)
        .join(Person, col(Person.id) == MentorRequest.person_id)
    )
    for word in folded(text).split():
        named = has_word(col(Person.sort_key), word)
        query = query.where(named)
    begun = begun_first(col(Person.sort_key), text)
    first = query.order_by(begun, numbered.c.place)
    return session.execute(first.limit(limit)).all()


def found_requests(session: Session, text: str, limit: int) -> list[FoundRequest]:
    """Return the open requests that fit, the oldest first."""
    rows = _fitting_requests(session, text, limit)
    domains = profiles.domain_names(session)
    sites = people.site_names(session)
    request_ids = [request.id for request, *_ in rows]
    needs = requests.needs_of(session, request_ids)
    found = []
    for request, person, place in rows:
        asked = needs.get(request.id, [])
        about = [domains[need.domain_id] for need in asked]
        row = FoundRequest(
            person=person,
            site=sites[person.site_id],
            domains=about,
            asked_at=request.created_at,
            place=place - 1,
        )
        found.append(row)
    return found


def found_rounds(session: Session, words: Collection[str], limit: int) -> list[Any]:
    """Return the id, name and status of the rounds that fit, the newest first."""
    rounds = sa_select(
        col(Round.id),
        col(Round.name),
        col(Round.status),
    )
    newest_first = rounds.order_by(col(Round.id).desc())
    found = []
    for row in session.execute(newest_first):
        if has_words(row.name, words):
            found.append(row)
    return found[:limit]


def found_domains(session: Session, words: Collection[str], limit: int) -> list[Domain]:
    """Return the domains that fit."""
    found = []
    for domain in profiles.domains(session):
        if has_words(domain.titles, words):
            found.append(domain)
    return found[:limit]


def has_words(text: str, words: Collection[str]) -> bool:
    """Tell whether all these folded words stand in a text."""
    plain = folded(text)
    return all(word in plain for word in words)
