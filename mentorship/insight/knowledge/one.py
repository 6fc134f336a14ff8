"""One domain by name, for the coordinator alone: who holds it, who grows in it, and whom one could ask to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.base.i18n import gettext
from mentorship.growth import near
from mentorship.growth.handover import queries as handover
from mentorship.insight.knowledge import words
from mentorship.insight.knowledge.facts import Facts
from mentorship.insight.knowledge.rules import Growing, Row
from mentorship.people import queries as people
from mentorship.people.models import Person
from mentorship.profiles.words import LEVELS

ASKED_AT_ONCE = 50


@dataclass(frozen=True)
class HolderLine:
    """A holder: the mark and words of how long they stay, whether they pass it on, and their free places.

    `handover`: whether their handover plan is open to the coordinator, begun or not.
    """

    person: Person
    site: str
    shape: str
    tone: str
    stays: str
    willing: bool
    free: int
    handover: bool


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
    plans = {id_of(person) for person, _plan in handover.open_to_coordinators(session)}
    return One(
        _holders(facts, row, known, plans),
        [_grower(facts, growing, known) for growing in row.growing],
        [_could_line(facts, known[person_id], level) for person_id, level in could],
    )


def _holders(facts: Facts, row: Row, known: dict[int, Person], plans: set[int]) -> list[HolderLine]:
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
            handover=holder.person_id in plans,
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
    """Return who could be asked to grow: not who learns it, asks for it, or leaves."""
    domain_id = row.field.domain_id
    busy = {growing.grower.person_id for growing in row.growing}
    busy |= near.in_pairs(session, domain_id) | near.asking(session, domain_id)
    return near.near(
        session,
        domain_id,
        busy,
        ASKED_AT_ONCE,
    )
