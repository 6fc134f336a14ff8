"""One domain by name, for the coordinator alone: who holds it, who grows in it, and whom one could ask to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import Session, col

from mentorship.base.db import id_of
from mentorship.base.i18n import gettext
from mentorship.insight.knowledge import words
from mentorship.insight.knowledge.facts import Facts
from mentorship.insight.knowledge.rules import Growing, Row
from mentorship.mentor_requests.models import OPEN, MentorRequest, Need
from mentorship.mentorships.models import OCCUPYING, Mentorship
from mentorship.people import queries as people
from mentorship.people.models import Person
from mentorship.profiles.models import Expertise
from mentorship.profiles.words import LEVELS

FROM, UP_TO = 2, 3
"""The levels from which somebody could grow into a holder."""
ASKED_AT_ONCE = 50


@dataclass(frozen=True)
class HolderLine:
    """A holder: the mark and words of how long they stay, whether they pass it on, and their free places."""

    person: Person
    site: str
    shape: str
    tone: str
    stays: str
    willing: bool
    free: int


@dataclass(frozen=True)
class GrowerLine:
    """A junior who grows: where they stand, where they go, and when they get there."""

    person: Person
    site: str
    reached: str
    target: str
    when: str


@dataclass(frozen=True)
class CouldLine:
    """Somebody who knows the domain somewhat and is in no pair for it."""

    person: Person
    site: str
    level: str


@dataclass(frozen=True)
class One:
    """A domain with its people."""

    holders: list[HolderLine]
    growing: list[GrowerLine]
    could: list[CouldLine]

    def people(self) -> set[int]:
        """Return whose names stand on the page."""
        found = {id_of(line.person) for line in self.holders}
        found |= {id_of(line.person) for line in self.growing}
        return found | {id_of(line.person) for line in self.could}


def one(session: Session, facts: Facts, row: Row) -> One:
    """Return a domain with its people, in a fixed number of queries."""
    could = _could(session, row)
    ids = [holder.person_id for holder in row.holders]
    ids += [growing.grower.person_id for growing in row.growing]
    ids += [person_id for person_id, _level in could]
    known = people.persons(session, ids)
    return One(
        _holders(facts, row, known),
        [_grower(facts, growing, known) for growing in row.growing],
        [_could_line(facts, known[person_id], level) for person_id, level in could],
    )


def _holders(facts: Facts, row: Row, known: dict[int, Person]) -> list[HolderLine]:
    free = {offer.person_id: offer.free for offer in facts.offers if offer.domain_id == row.field.domain_id}
    lines = []
    for holder in row.holders:
        shape, tone = words.GLYPHS[holder.horizon]
        line = HolderLine(
            person=known[holder.person_id],
            site=facts.sites[holder.site_id],
            shape=shape,
            tone=tone,
            stays=gettext(words.STAYS[holder.horizon]),
            willing=holder.willing,
            free=free.get(holder.person_id, 0),
        )
        lines.append(line)
    return lines


def _grower(facts: Facts, growing: Growing, known: dict[int, Person]) -> GrowerLine:
    grower = growing.grower
    return GrowerLine(
        person=known[grower.person_id],
        site=facts.sites[grower.site_id],
        reached=gettext(LEVELS[grower.reached]),
        target=gettext(LEVELS[grower.target]),
        when=words.arrives(growing.goal, facts.today),
    )


def _could_line(facts: Facts, person: Person, level: int) -> CouldLine:
    return CouldLine(person, facts.sites[person.site_id], gettext(LEVELS[level]))


def _could(session: Session, row: Row) -> Sequence[tuple[int, int]]:
    """Return who could be asked to grow: the highest level first; not who learns it, asks for it, or leaves."""
    domain_id = row.field.domain_id
    busy = {growing.grower.person_id for growing in row.growing}
    busy |= _in_pairs(session, domain_id) | _asking(session, domain_id)
    query = (
        columns(col(Expertise.person_id), col(Expertise.level))
        .join(Person, col(Person.id) == col(Expertise.person_id))
        .where(
            col(Expertise.domain_id) == domain_id,
            col(Expertise.level).between(FROM, UP_TO),
            col(Person.left_on).is_(None),
            col(Person.last_day).is_(None),
        )
        .order_by(col(Expertise.level).desc(), *people.BY_NAME)
    )
    found: list[tuple[int, int]] = []
    for person_id, level in session.execute(query):
        if person_id not in busy and len(found) < ASKED_AT_ONCE:
            found.append((person_id, level))
    return found


def _in_pairs(session: Session, domain_id: int) -> set[int]:
    query: Any = columns(col(Mentorship.junior_id)).where(
        col(Mentorship.domain_id) == domain_id,
        col(Mentorship.status).in_(OCCUPYING),
    )
    return set(session.execute(query).scalars())


def _asking(session: Session, domain_id: int) -> set[int]:
    query: Any = (
        columns(col(MentorRequest.person_id))
        .join(Need, col(Need.request_id) == col(MentorRequest.id))
        .where(col(Need.domain_id) == domain_id, col(MentorRequest.status) == OPEN)
    )
    return set(session.execute(query).scalars())
