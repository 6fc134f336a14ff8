"""Reads of announced pairs: which managers are asked, what they said, and until when silence is no answer yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import chunked, id_of
from mentorship.mentor_requests.models import MentorRequest
from mentorship.people import queries as people
from mentorship.people.managers import others_above
from mentorship.people.models import Person
from mentorship.people.stand_ins import queries as stand_ins
from mentorship.people.stand_ins.models import StandIn
from mentorship.profiles.away.queries import NEVER, away_days
from mentorship.rounds.announcing import rules, terms
from mentorship.rounds.announcing.models import Objection
from mentorship.rounds.announcing.rules import Answer
from mentorship.rounds.models import ANNOUNCED, AnnouncedPair, Round, RoundPair


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


@dataclass(frozen=True)
class Announced:
    """A pair that was announced, and the managers of each side who are asked about it."""

    round_id: int
    request_id: int
    junior_id: int
    mentor_id: int
    announced_at: datetime
    until: datetime
    asked: tuple[Asked, ...]
    sides: Mapping[int, frozenset[str]]
    """By manager, on which sides they stand."""

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
    rows = list(session.exec(in_order))
    if not rows:
        return []
    both = set()
    round_ids = set()
    for row, junior_id in rows:
        both |= {junior_id, row.mentor_id}
        round_ids.add(row.round_id)
    asking = _Asking(session, both, round_ids, now)
    return [asking.about(row, junior_id) for row, junior_id in rows]


class _Asking:
    """All that says who is asked and what they said, read once for many pairs."""

    def __init__(self, session: Session, ids: Collection[int], round_ids: Collection[int], now: datetime) -> None:
        self._today = local_date(now)
        self._managers = managers_of(session, ids, now)
        asked = all_of(self._managers)
        self._standing = stand_ins.coming(session, self._today, asked)
        instead = set()
        for rows in self._standing.values():
            instead |= {row.stand_in_id for row in rows}
        self._away = away_days(session, asked | instead)
        self._closed = terms.closed(session, self._today)
        self._said = _said(session, round_ids)

    def about(self, row: AnnouncedPair, junior_id: int) -> Announced:
        sides: dict[int, set[str]] = defaultdict(set)
        for manager_id in self._managers.get(junior_id, ()):
            sides[manager_id].add("junior")
        for manager_id in self._managers.get(row.mentor_id, ()):
            sides[manager_id].add("mentor")
        asked = [self._asked(row, manager_id) for manager_id in sorted(sides)]
        return Announced(
            row.round_id,
            row.request_id,
            junior_id,
            row.mentor_id,
            row.announced_at,
            row.objections_until,
            tuple(asked),
            {manager_id: frozenset(on) for manager_id, on in sides.items()},
        )

    def _asked(self, row: AnnouncedPair, manager_id: int) -> Asked:
        key = (row.round_id, row.request_id, row.mentor_id, manager_id)
        objection = self._said.get(key)
        said, by_id = None, None
        if objection is not None:
            said, by_id = objection.reason, objection.by_id
        out = self._out(manager_id)
        ends = rules.ends(
            row.objections_until,
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


def _said(session: Session, round_ids: Collection[int]) -> dict[tuple[int | None, int, int, int], Objection]:
    query = select(Objection).where(col(Objection.round_id).in_(round_ids))
    found = {}
    for row in session.exec(query):
        key = (row.round_id, row.request_id, row.mentor_id, row.manager_id)
        found[key] = row
    return found


def managers_of(session: Session, ids: Iterable[int], now: datetime) -> dict[int, set[int]]:
    """Return by person their managers, the first and the others, who are still here."""
    others = others_above(session)
    found: dict[int, set[int]] = {}
    for some in chunked(ids):
        query = select(Person).where(col(Person.id).in_(some))
        for person in session.exec(query):
            person_id = id_of(person)
            found[person_id] = set(others.get(person_id, ()))
            if person.manager_id is not None:
                found[person_id].add(person.manager_id)
    gone = _gone(session, all_of(found), now)
    for managers in found.values():
        managers -= gone
    return found


def all_of(managers: Mapping[int, set[int]]) -> set[int]:
    """Return the managers of all."""
    found: set[int] = set()
    for some in managers.values():
        found |= some
    return found


def _gone(session: Session, ids: set[int], now: datetime) -> set[int]:
    """Return which of some people are not here any more."""
    today = local_date(now)
    gone = set(ids)
    for person_id, person in people.persons(session, ids).items():
        if not person.is_gone(today):
            gone.discard(person_id)
    return gone


def waiting_for(session: Session, person_id: int, now: datetime) -> list[Announced]:
    """Return the pairs to which somebody did not say anything yet, as a manager or in the place of one."""
    found = []
    for pair in announced(session, now):
        mine = pair.of(person_id)
        if any(one.said is None for one in mine):
            found.append(pair)
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
