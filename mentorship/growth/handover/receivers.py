"""Who could take a piece over, as far as the reader may know it; nobody of these is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.growth import near
from mentorship.growth.handover import queries
from mentorship.growth.handover.rules import Duo
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles
from mentorship.profiles.findable import queries as findable
from mentorship.profiles.models import Expertise, Wish

GROWS, ASKS, NAMED, KNOWS, FOUND, IN_PAIR = "grows", "asks", "named", "knows", "found", "in pair"
"""Why somebody is thought of, in this order."""
MOST = 30


@dataclass(frozen=True)
class Suggested:
    """Somebody who could take a piece over: why, and the level they have where that is why."""

    person: Person
    why: str
    level: int | None = None


@dataclass(frozen=True)
class Looking:
    """For whom receivers are sought, in what, and who looks: the person, or a coordinator, who reads levels too."""

    person: Person
    domain_id: int
    today: date
    reader: Actor

    @property
    def coordinates(self) -> bool:
        """Tell whether another looks."""
        return self.reader.person_id != self.person.id


def suggested(session: Session, looking: Looking) -> list[Suggested]:
    """Return who could take a piece over, who grows towards it first; each once, for the first reason there is."""
    reasons: dict[int, tuple[str, int | None]] = {}
    for person_id, why, level in _reasons(
        session,
        looking,
    ):
        reasons.setdefault(
            person_id,
            (why, level),
        )
    known = people.persons(
        session,
        reasons,
    )
    apart = _apart(
        session,
        looking,
    )
    found = []
    for person_id, (why, level) in reasons.items():
        person = known[person_id]
        stays = person.last_day is None and person.left_on is None
        if stays and person_id not in apart:
            found.append(
                Suggested(
                    person,
                    why,
                    level,
                )
            )
    return found[:MOST]


def _reasons(session: Session, looking: Looking) -> Iterator[tuple[int, str, int | None]]:
    """Yield who is thought of, why, and their level where that is the reason."""
    person_id = id_of(looking.person)
    duos = [
        duo
        for _mentor, duo in queries.duos(
            session,
            [person_id],
        )
        if duo.runs
    ]
    for duo in duos:
        if duo.domain_id == looking.domain_id and not duo.held:
            yield duo.junior_id, GROWS, None
    if looking.coordinates:
        for junior_id in sorted(
            near.asking(
                session,
                looking.domain_id,
            )
        ):
            yield junior_id, ASKS, None
    for wish, _named in profiles.wishes(
        session,
        person_id,
        looking.reader,
    ):
        if wish.wanted:
            yield wish.other_id, NAMED, None
    yield from _knowing(
        session,
        looking,
    )
    yield from _of_pairs(
        duos,
        looking.domain_id,
    )


def _of_pairs(duos: list[Duo], domain_id: int) -> Iterator[tuple[int, str, int | None]]:
    """Yield the juniors of running pairs about something else."""
    holding = {duo.junior_id for duo in duos if duo.domain_id == domain_id and duo.held}
    for duo in duos:
        if duo.junior_id not in holding:
            yield duo.junior_id, IN_PAIR, None


def _knowing(session: Session, looking: Looking) -> Iterator[tuple[int, str, int | None]]:
    """Yield who knows it somewhat: by their level for the coordinator, for others only who may be found by it."""
    if looking.coordinates:
        busy = {id_of(looking.person)} | near.in_pairs(
            session,
            looking.domain_id,
        )
        for near_id, level in near.near(
            session,
            looking.domain_id,
            busy,
            MOST,
        ):
            yield near_id, KNOWS, level
        return
    person_id = id_of(looking.person)
    for one in findable.found(
        session,
        person_id,
        looking.domain_id,
        looking.today,
    ):
        yield id_of(one), FOUND, None


def _apart(session: Session, looking: Looking) -> set[int]:
    """Return with whom the person cannot be: whom they named so, and for the coordinator who named them so."""
    person_id = id_of(looking.person)
    mine = select(Wish.other_id).where(
        Wish.person_id == person_id,
        ~col(Wish.wanted),
    )
    apart = {person_id, *session.exec(mine)}
    if looking.coordinates:
        theirs = select(Wish.person_id).where(
            Wish.other_id == person_id,
            ~col(Wish.wanted),
        )
        apart.update(session.exec(theirs))
    return apart


def levels(session: Session, ids: set[int], domains: set[int]) -> dict[tuple[int, int], int]:
    """Return the levels of these people in these domains, for the coordinator."""
    query = select(Expertise).where(
        col(Expertise.person_id).in_(ids),
        col(Expertise.domain_id).in_(domains),
    )
    found = {}
    for row in session.exec(query):
        found[row.person_id, row.domain_id] = row.level
    return found
