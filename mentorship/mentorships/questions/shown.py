"""What the page to find somebody shows: domains with how many can, the names of one, and one's own questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.mentorships.questions import queries, rules, words
from mentorship.mentorships.questions.models import QuickQuestion
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles
from mentorship.profiles.findable import queries as findable
from mentorship.profiles.models import Domain

NAMED = 30


@dataclass(frozen=True)
class Field:
    """A domain as a row of the page: what it is called, how many can, and whether it is the one that stands open."""

    id: int
    title: str
    told: str
    able: str
    here: bool


@dataclass(frozen=True)
class Name:
    """Somebody who may be found: where they work, whether they are wished for, and whether a question stands open."""

    person: Person
    site: str
    wanted: bool
    asked: int | None


@dataclass(frozen=True)
class Opened:
    """The domain that stands open, and who may be found in it."""

    domain: Field
    names: list[Name]


@dataclass(frozen=True)
class Row:
    """One question of one's own in a list."""

    id: int
    title: str
    note: str
    stands: str
    tone: str


@dataclass(frozen=True)
class Found:
    """The whole of the page."""

    heading: str
    fields: list[Field]
    opened: Opened | None
    rows: list[Row]


def find(session: Session, actor: Actor, typed: str, chosen: int | None, today: date) -> Found:
    """Return what the page shows, in a number of queries that does not grow with people or domains."""
    able = findable.able(session, actor.person_id, today)
    domains = _meant(profiles.domains(session), typed)
    if chosen is None and typed and len(domains) == 1:
        chosen = domains[0].id
    mine = queries.of_person(session, actor)
    fields = []
    for domain in domains:
        key = id_of(domain)
        shown = Field(
            id=key,
            title=domain.title,
            told=domain.told,
            able=words.able(able.get(key, 0)),
            here=key == chosen,
        )
        fields.append(shown)
    opened = None
    for each in fields:
        if each.here:
            opened = _opened(session, actor, each, mine, today)
    return Found(
        heading=words.finding(typed, len(domains)),
        fields=fields,
        opened=opened,
        rows=_rows(session, actor.person_id, mine),
    )


def _meant(domains: Sequence[Domain], typed: str) -> list[Domain]:
    if not typed:
        return list(domains)
    names = [(id_of(domain), f"{domain.titles} {domain.told}") for domain in domains]
    ids = set(rules.meant(typed, names))
    return [domain for domain in domains if domain.id in ids]


def _opened(
    session: Session,
    actor: Actor,
    domain: Field,
    mine: Sequence[QuickQuestion],
    today: date,
) -> Opened:
    me = actor.person_id
    found = findable.found(session, me, domain.id, today)
    own_site = session.get_one(Person, me).site_id
    found.sort(key=lambda person: person.site_id != own_site)  # those close by first, each group by name
    shown = found[:NAMED]
    sites = people.site_names(session)
    wanted = findable.wanted_by(session, me, [id_of(person) for person in shown])
    open_with = {row.other_of(me): row.id for row in mine if row.closed_at is None}
    names = []
    for person in shown:
        name = Name(
            person=person,
            site=sites[person.site_id],
            wanted=person.id in wanted,
            asked=open_with.get(id_of(person)),
        )
        names.append(name)
    return Opened(domain, names)


def _rows(session: Session, me: int, mine: Sequence[QuickQuestion]) -> list[Row]:
    known = people.persons(session, [row.other_of(me) for row in mine])
    found = []
    for row in mine:
        shown = Row(
            id=id_of(row),
            title=words.row_title(row, me, known[row.other_of(me)].name),
            note=words.row_note(row),
            stands=words.stands(row.status),
            tone=words.TONES[row.status],
        )
        found.append(shown)
    return found
