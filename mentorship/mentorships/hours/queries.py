"""Reads of hours worked together: what a mentor can still note, what they noted, and what mentors' weeks count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.matching import Timetable
from mentorship.mentorships import queries
from mentorship.mentorships.hours import rules as hours
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.mentorships.models import ACTIVE, SITE, Mentorship
from mentorship.profiles.models import Capacity
from mentorship.profiles.rosters import queries as roster_queries
from mentorship.programme.queries import programme


@dataclass(frozen=True)
class Line:
    """One junior in one week: the hours noted, or else foreseen (None when a roster is not known)."""

    mentorship_id: int
    junior_id: int
    hours: Decimal | None
    noted: bool


@dataclass(frozen=True)
class Card:
    """One week to note."""

    monday: date
    is_over: bool
    lines: list[Line]


def led(session: Session, mentor_id: int) -> list[Mentorship]:
    """Return the running pairs that a person mentors."""
    query = select(Mentorship).where(Mentorship.mentor_id == mentor_id, Mentorship.status == ACTIVE)
    return list(session.exec(query.order_by(col(Mentorship.id))))


def noted(session: Session, mentor_id: int, today: date) -> list[WorkedWeek]:
    """Return what a mentor noted for the weeks that can still be noted, the newest week first, other guiding last."""
    since = hours.weeks_open(today)[-1]
    query = select(WorkedWeek).where(WorkedWeek.mentor_id == mentor_id, WorkedWeek.week >= since)
    order = col(WorkedWeek.week).desc(), col(WorkedWeek.mentorship_id).is_(None), col(WorkedWeek.mentorship_id)
    return list(session.exec(query.order_by(*order)))


def weeks_to_note(session: Session, mentor_id: int, today: date) -> int:
    """Count the weeks that are over and in which a running pair was not noted yet."""
    pairs = led(session, mentor_id)
    known = {(row.mentorship_id, row.week) for row in noted(session, mentor_id, today)} if pairs else set()
    over = [monday for monday in hours.weeks_open(today) if hours.is_over(monday, today)]
    return sum(any(hours.ran(p.started_on, m) and (p.id, m) not in known for p in pairs) for m in over)


def cards(session: Session, mentor_id: int, today: date, change: date | None = None) -> list[Card]:
    """Return a card per week that is not noted yet, the newest first; of the week to `change` also what is noted."""
    pairs = led(session, mentor_id)
    if not pairs:
        return []
    known = {(row.mentorship_id, row.week): row.hours for row in noted(session, mentor_id, today)}
    sides = {i for pair in pairs for i in (pair.mentor_id, pair.junior_id)}
    rosters, fails = roster_queries.timetables(session, sides), queries.failing(session)
    most = programme(session).hours_per_pair
    found = []
    for monday in hours.weeks_open(today):
        asked = [p for p in pairs if hours.ran(p.started_on, monday)]
        lines = [
            _line(pair, monday, known.get((pair.id, monday)), rosters, most, fails.get(pair.id or 0, {}).get(SITE))
            for pair in asked
            if monday == change or (pair.id, monday) not in known
        ]
        if lines:
            found.append(Card(monday, hours.is_over(monday, today), lines))
    return found


def _line(
    pair: Mentorship,
    monday: date,
    known: Decimal | None,
    rosters: Mapping[int, Timetable],
    most: Decimal,
    apart_since: datetime | None,
) -> Line:
    junior, mentor = rosters.get(pair.junior_id), rosters.get(pair.mentor_id)
    foreseen = known
    if known is None and apart_since is not None and local_date(apart_since) < monday:
        foreseen = Decimal(0)
    elif known is None and junior and mentor:
        foreseen = hours.prefill(junior, mentor, monday, most, remote=bool(pair.explanation.get("remote")))
    assert pair.id is not None
    return Line(pair.id, pair.junior_id, foreseen, known is not None)


def weeks(
    session: Session, rosters: Mapping[int, Timetable], today: date, mentor_ids: Collection[int] | None = None
) -> dict[int, list[hours.Week]]:
    """Return the weeks of the last twelve that mentors (all, or these) noted anything for, in one query."""
    query = select(WorkedWeek, Capacity).join(Capacity, col(Capacity.person_id) == WorkedWeek.mentor_id, isouter=True)
    query = query.where(WorkedWeek.week > today - hours.LOOK_BACK)
    if mentor_ids is not None:
        query = query.where(col(WorkedWeek.mentor_id).in_(list(mentor_ids)))
    pairs: dict[tuple[int, date], list[Decimal]] = defaultdict(list)
    other: dict[tuple[int, date], Decimal] = {}
    confirmed: dict[int, Decimal | None] = {}
    for row, offer in session.exec(query):
        confirmed[row.mentor_id] = offer.confirmed_hours if offer else None
        key = row.mentor_id, row.week
        if row.mentorship_id is None:
            other[key] = row.hours
        else:
            pairs[key].append(row.hours)
    found: dict[int, list[hours.Week]] = defaultdict(list)
    for mentor_id, monday in sorted(pairs.keys() | other.keys()):
        own = hours.at_work(rosters[mentor_id], monday) if mentor_id in rosters else None
        key = mentor_id, monday
        counted = hours.spent(pairs.get(key, []), own, other.get(key, Decimal(0)))
        found[mentor_id].append(hours.Week(monday, confirmed[mentor_id], counted))
    return found


def first_pairs(session: Session) -> set[int]:
    """Return the oldest running pair of each mentor: what concerns all of a mentor's pairs is told with that one."""
    running = (Mentorship.status == ACTIVE, col(Mentorship.started_on).is_not(None))
    oldest = select(func.min(Mentorship.id)).where(*running).group_by(col(Mentorship.mentor_id))
    return {pair_id for pair_id in session.exec(oldest) if pair_id is not None}
