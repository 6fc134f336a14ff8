"""Reads for acting on pairs: those that were chosen and that somebody may act on, with their names."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.acting import queries as acting
from mentorship.mentorships.models import ACTIVE, PAUSED, Mentorship
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles


@dataclass(frozen=True)
class Chosen:
    """A pair that was chosen, with its people, and as what one acts on it."""

    pair: Mentorship
    mentor: Person
    junior: Person
    domain: str
    who: str

    @property
    def id(self) -> int:
        """The pair's."""
        return id_of(self.pair)

    @property
    def runs(self) -> bool:
        """Tell whether there is anything to pause or to end."""
        return self.pair.status in (ACTIVE, PAUSED)


def chosen(session: Session, actor: Actor, ids: Collection[int]) -> Sequence[Chosen]:
    """Return the pairs among these that somebody may act on, in the order of their juniors' names."""
    pairs = list(mentorships.by_id(session, ids).values())
    roles = acting.roles_in(
        session,
        actor,
        pairs,
    )
    theirs = [pair for pair in pairs if pair.id in roles]
    sides: set[int] = set()
    for pair in theirs:
        sides |= {pair.mentor_id, pair.junior_id}
    known = people.persons(session, sides)
    domains = profiles.domain_names(session)
    found = []
    for pair in theirs:
        row = Chosen(
            pair,
            known[pair.mentor_id],
            known[pair.junior_id],
            domains[pair.domain_id],
            roles[id_of(pair)],
        )
        found.append(row)
    return sorted(found, key=lambda one: (one.junior.name, one.id))
