"""How all running pairs stand, but for those of the reader's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from mentorship.base.letters import by_name
from mentorship.checkins.standings import standings
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.models import ACTIVE, Mentorship
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles


@dataclass(frozen=True)
class Duo:
    """A pair of a class: who, and in which domain."""

    mentorship_id: int
    junior: Person
    mentor: Person
    domain: str
    site: str

    @property
    def name(self) -> str:
        """Name both, the junior first: it is sorted by that."""
        return f"{self.junior.name} – {self.mentor.name}"


def classes(session: Session, actor: Actor, now: datetime) -> dict[int, str]:
    """Return the class of every running pair that the actor is no side of: of one's own it would tell the other's."""
    me = actor.person_id
    query = select(Mentorship.id).where(
        col(Mentorship.status) == ACTIVE,
        col(Mentorship.mentor_id) != me,
        col(Mentorship.junior_id) != me,
    )
    running = [pair_id for pair_id in session.exec(query) if pair_id is not None]
    return standings(session, running, now)


def has_own(session: Session, actor: Actor) -> bool:
    """Tell whether a pair of the actor's own runs."""
    pairs = mentorships.of_person(session, actor.person_id)
    return any(pair.status == ACTIVE for pair in pairs)


def duos(session: Session, ids: Sequence[int]) -> list[Duo]:
    """Return pairs with the names of both, by name."""
    pairs = mentorships.by_id(session, ids)
    sides = set()
    for pair in pairs.values():
        sides |= {pair.junior_id, pair.mentor_id}
    known = people.persons(session, sides)
    domains = profiles.domain_names(session)
    sites = people.site_names(session)
    found = []
    for pair_id, pair in pairs.items():
        junior = known[pair.junior_id]
        duo = Duo(
            pair_id,
            junior,
            known[pair.mentor_id],
            domains[pair.domain_id],
            sites.get(junior.site_id, ""),
        )
        found.append(duo)
    return by_name(found)
