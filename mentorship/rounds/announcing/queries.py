"""Reads of announced pairs: which managers are asked, what they said, and until when silence is no answer yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.mentor_requests.models import MentorRequest
from mentorship.people.stand_ins import queries as stand_ins
from mentorship.people.stand_ins.models import StandIn
from mentorship.profiles.away.queries import NEVER, away_days
from mentorship.rounds.announcing import rules, terms
from mentorship.rounds.announcing.managers import all_of, managers_of
from mentorship.rounds.announcing.models import Objection
from mentorship.rounds.announcing.rules import Answer
from mentorship.rounds.models import ANNOUNCED, AnnouncedPair, Round, RoundPair

Key = tuple[int | None, int | None, int, int, int]


@dataclass(frozen=True)
class Asked(Answer):
    """A manager who is asked about a pair: `by_id` gave the answer; `stand_in_id` is asked today in their place.

    `unreachable`: they are not there today, and nobody stands in.
    """

    by_id: int | None
    stand_in_id: int | None
    unreachable: bool

    def may_answer(self, person_id: int) -> bool:
        """Tell whether somebody gives this answer: the manager, or who stands in today."""
        return person_id in (self.manager_id, self.stand_in_id)


class Told(NamedTuple):
    """A pair that managers were told of: of a round, or proposed at once (`mentorship_id`)."""

    round_id: int | None
    mentorship_id: int | None
    request_id: int
    junior_id: int
    mentor_id: int
    announced_at: datetime
    until: datetime

    @property
    def about(self) -> str:
        """What it came with: pairs of a round are told together, one made at once alone."""
        if self.mentorship_id is None:
            return str(self.round_id)
        return f"pair {self.mentorship_id}"


@dataclass(frozen=True)
class Announced:
    """A pair that managers were told of, and the managers of each side who are asked about it."""

    told: Told
    asked: tuple[Asked, ...]
    sides: Mapping[int, frozenset[str]]
    """By manager, on which sides they stand."""

    @property
    def request_id(self) -> int:
        """The request that the mentor is for."""
        return self.told.request_id

    @property
    def junior_id(self) -> int:
        """Who asks."""
        return self.told.junior_id

    @property
    def mentor_id(self) -> int:
        """Who guides."""
        return self.told.mentor_id

    def of(self, person_id: int) -> list[Asked]:
        """Return the answers that somebody gives: their own, and those of whom they stand in for."""
        return [one for one in self.asked if one.may_answer(person_id)]


def is_any(session: Session) -> bool:
    """Tell whether any round is announced."""
    query = select(Round.id).where(Round.status == ANNOUNCED)
    found = session.exec(query.limit(1)).first()
    return found is not None


def to_end(session: Session) -> list[int]:
    """Return the rounds that are announced and wait for nothing else, the oldest first."""
    query = select(Round.id).where(
        Round.status == ANNOUNCED,
        col(Round.solve_again).is_(False),
        Round.failure == "",
    )
    found = []
    for round_id in session.exec(query.order_by(col(Round.id))):
        if round_id is not None:
            found.append(round_id)
    return found


def stuck(session: Session) -> list[Round]:
    """Return the announced rounds for which no pairs could be found again: somebody has to look."""
    query = select(Round).where(Round.status == ANNOUNCED, Round.failure != "")
    return list(session.exec(query.order_by(col(Round.id))))


def announced(session: Session, now: datetime, round_id: int | None = None) -> list[Announced]:
    """Return the announced pairs of all rounds or one, in a number of queries that does not grow."""
    query = select(AnnouncedPair, MentorRequest.person_id)
    query = query.join(
        Round,
        col(Round.id) == AnnouncedPair.round_id,
    )
    query = query.join(
        MentorRequest,
        col(MentorRequest.id) == AnnouncedPair.request_id,
    )
    query = query.where(Round.status == ANNOUNCED)
    if round_id is not None:
        query = query.where(AnnouncedPair.round_id == round_id)
    in_order = query.order_by(
        col(AnnouncedPair.round_id),
        col(AnnouncedPair.request_id),
        col(AnnouncedPair.mentor_id),
    )
    told = []
    for row, junior_id in session.exec(in_order):
        one = Told(
            row.round_id,
            None,
            row.request_id,
            junior_id,
            row.mentor_id,
            row.announced_at,
            row.objections_until,
        )
        told.append(one)
    return asked_about(session, told, now)


def asked_about(session: Session, told: Collection[Told], now: datetime) -> list[Announced]:
    """Return of pairs who is asked and what they said, in a number of queries that does not grow."""
    if not told:
        return []
    asking = _Asking(session, told, now)
    return [asking.about(one) for one in told]


class _Asking:
    """All that says who is asked and what they said, read once for many pairs."""

    def __init__(self, session: Session, told: Collection[Told], now: datetime) -> None:
        both: set[int] = set()
        for one in told:
            both |= {one.junior_id, one.mentor_id}
        self._today = local_date(now)
        self._managers = managers_of(session, both, now)
        asked = all_of(self._managers)
        self._standing = stand_ins.coming(session, self._today, asked)
        instead = set()
        for rows in self._standing.values():
            instead |= {row.stand_in_id for row in rows}
        self._away = away_days(session, asked | instead)
        self._closed = terms.closed(session, self._today)
        self._said = _said(session, told)

    def about(self, row: Told) -> Announced:
        sides: dict[int, set[str]] = defaultdict(set)
        for manager_id in self._managers.get(row.junior_id, ()):
            sides[manager_id].add("junior")
        for manager_id in self._managers.get(row.mentor_id, ()):
            sides[manager_id].add("mentor")
        asked = [self._asked(row, manager_id) for manager_id in sorted(sides)]
        return Announced(
            row,
            tuple(asked),
            {manager_id: frozenset(on) for manager_id, on in sides.items()},
        )

    def _asked(self, row: Told, manager_id: int) -> Asked:
        key = (row.round_id, row.mentorship_id, row.request_id, row.mentor_id, manager_id)
        objection = self._said.get(key)
        said, by_id = None, None
        if objection is not None:
            said, by_id = objection.reason, objection.by_id
        out = self._out(manager_id)
        ends = rules.ends(
            row.until,
            out | self._closed,
        )
        return Asked(
            manager_id,
            said,
            ends,
            by_id,
            self._stands_in_today(manager_id),
            self._today.toordinal() in out,
        )

    def _out(self, manager_id: int) -> frozenset[int]:
        """Return the days on which neither the manager is there nor anybody in their place."""
        out = set(self._away.get(manager_id, NEVER))
        for row in self._standing.get(manager_id, ()):
            away = self._away.get(row.stand_in_id, NEVER)
            there = _days(row) - away
            out -= there
        return frozenset(out)

    def _stands_in_today(self, manager_id: int) -> int | None:
        for row in self._standing.get(manager_id, ()):
            if row.first_day <= self._today <= row.last_day:
                return row.stand_in_id
        return None


def _days(row: StandIn) -> set[int]:
    span = range(row.first_day.toordinal(), row.last_day.toordinal() + 1)
    return set(span)


def _said(session: Session, told: Collection[Told]) -> dict[Key, Objection]:
    round_ids = {one.round_id for one in told}
    pair_ids = {one.mentorship_id for one in told}
    query = select(Objection).where(
        or_(
            col(Objection.round_id).in_(round_ids - {None}),
            col(Objection.mentorship_id).in_(pair_ids - {None}),
        ),
    )
    found = {}
    for row in session.exec(query):
        key = (row.round_id, row.mentorship_id, row.request_id, row.mentor_id, row.manager_id)
        found[key] = row
    return found


def to_ask(session: Session, round_id: int, now: datetime) -> tuple[int, int]:
    """Count the managers who would be asked about the pairs of a round, and the pairs of which a side has none."""
    query = select(RoundPair.mentor_id, MentorRequest.person_id)
    query = query.join(
        MentorRequest,
        col(MentorRequest.id) == RoundPair.request_id,
    )
    pairs = list(session.exec(query.where(RoundPair.round_id == round_id)))
    both: set[int] = set()
    for pair in pairs:
        both |= set(pair)
    managers = managers_of(session, both, now)
    without = 0
    for mentor_id, junior_id in pairs:
        if not managers[mentor_id] or not managers[junior_id]:
            without += 1
    asked = all_of(managers)
    return len(asked), without
