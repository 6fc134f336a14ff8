"""Reads of what somebody gave as a mentor, for themselves alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.goals.models import CONFIRMED, Goal, LevelClaim
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.mentorships.models import ENDED, ClosingWord, Mentorship
from mentorship.mentorships.rules import JUNIOR, began
from mentorship.people import queries as people
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles
from mentorship.profiles.models import Training


@dataclass(frozen=True)
class Given:
    """Hours that were noted, and in how many weeks there were any."""

    hours: Decimal = Decimal(0)
    weeks: int = 0


@dataclass(frozen=True)
class Mentored:
    """A pair that somebody is or was the mentor of, with what was given and confirmed in it."""

    pair: Mentorship
    junior: Person
    domain: str
    given: Given
    steps: int


@dataclass(frozen=True)
class Thanks:
    """Words of thanks to a mentor at the end of a pair, and by whom."""

    words: str
    by: Person
    on: date | None


@dataclass(frozen=True)
class Mentoring:
    """All that somebody gave as a mentor, as far as it is kept; `other`: hours for others than one's own juniors."""

    pairs: Sequence[Mentored]
    other: Given
    weeks: int
    courses: Sequence[Training]
    thanks: Sequence[Thanks]

    @property
    def juniors(self) -> int:
        """How many people were mentored; who was twice counts once."""
        return len({one.pair.junior_id for one in self.pairs})

    @property
    def hours(self) -> Decimal:
        """The hours that were noted in all."""
        return sum((one.given.hours for one in self.pairs), self.other.hours)

    @property
    def steps(self) -> int:
        """How many steps of juniors were confirmed."""
        return sum(one.steps for one in self.pairs)

    @property
    def anything(self) -> bool:
        """Whether there is anything to state."""
        return bool(self.pairs or self.hours)


def mentoring(session: Session, person_id: int) -> Mentoring:
    """Return what somebody gave as a mentor, in a number of queries that does not grow with it."""
    led = [pair for pair in mentorships.of_person(session, person_id) if _led(pair, person_id)]
    given, weeks = _given(session, person_id)
    steps = _steps(session, [id_of(pair) for pair in led])
    domains = profiles.domain_names(session)
    persons = people.persons(session, _named(led))
    pairs = []
    for pair in led:
        one = Mentored(
            pair,
            persons[pair.junior_id],
            domains[pair.domain_id],
            given.get(pair.id, Given()),
            steps.get(id_of(pair), 0),
        )
        pairs.append(one)
    return Mentoring(
        pairs,
        given.get(None, Given()),
        weeks,
        profiles.trainings(session, person_id),
        _thanks(session, led, persons),
    )


def _led(pair: Mentorship, person_id: int) -> bool:
    return pair.mentor_id == person_id and began(pair.status) and pair.started_on is not None


def _named(led: Collection[Mentorship]) -> set[int]:
    """Return the juniors, and who thanked both when they ended a pair for them."""
    found = {pair.junior_id for pair in led}
    for pair in led:
        if pair.farewell_by_id is not None:
            found.add(pair.farewell_by_id)
    return found


def _given(session: Session, person_id: int) -> tuple[dict[int | None, Given], int]:
    """Return the hours noted by pair (None: other guiding), and the number of weeks in which there were any."""
    query = select(WorkedWeek).where(WorkedWeek.mentor_id == person_id, col(WorkedWeek.hours) > 0)
    found: dict[int | None, Given] = {}
    weeks = set()
    for row in session.exec(query):
        before = found.get(row.mentorship_id, Given())
        found[row.mentorship_id] = Given(before.hours + row.hours, before.weeks + 1)
        weeks.add(row.week)
    return found, len(weeks)


def _steps(session: Session, pair_ids: Collection[int]) -> dict[int, int]:
    """Count the steps that were confirmed, by pair."""
    query = (
        columns(col(Goal.mentorship_id), func.count())
        .join(LevelClaim, col(LevelClaim.goal_id) == Goal.id)
        .where(
            col(Goal.mentorship_id).in_(pair_ids),
            col(LevelClaim.status) == CONFIRMED,
        )
        .group_by(col(Goal.mentorship_id))
    )
    found = {}
    for pair_id, number in session.execute(query):
        found[pair_id] = number
    return found


def _thanks(session: Session, led: Collection[Mentorship], persons: dict[int, Person]) -> list[Thanks]:
    """Return the thanks that were said to this mentor once a pair had ended, the newest pair first."""
    over = [pair for pair in led if pair.status == ENDED]
    query = select(ClosingWord).where(
        col(ClosingWord.mentorship_id).in_([pair.id for pair in over]),
        ClosingWord.side == JUNIOR,
    )
    said = {word.mentorship_id: word.thanks for word in session.exec(query)}
    found = []
    for pair in over:
        words = said.get(id_of(pair), "")
        if words:
            found.append(Thanks(words, persons[pair.junior_id], pair.ended_on))
        by = persons.get(pair.farewell_by_id or 0)
        if pair.farewell and by is not None:
            found.append(Thanks(pair.farewell, by, pair.ended_on))
    return found
