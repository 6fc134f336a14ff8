"""Reads of hours worked together: what a mentor can still note, what they noted, and what mentors' weeks count."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import MANY, id_of
from mentorship.base.once import once
from mentorship.matching import Timetable
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.hours import lookups, rules
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.mentorships.models import ACTIVE, SITE, Mentorship
from mentorship.profiles.away import queries as away
from mentorship.profiles.away.queries import EVERYBODY, Presence
from mentorship.profiles.models import Capacity
from mentorship.profiles.rosters import queries as rosters
from mentorship.programme.queries import programme


@dataclass(frozen=True)
class Line:
    """One junior in one week: the hours noted, or else foreseen (None when a roster is not known)."""

    mentorship_id: int
    junior_id: int
    hours: Decimal | None
    noted: bool


@dataclass(frozen=True)
class WeekToNote:
    """One week to note."""

    monday: date
    has_passed: bool
    lines: list[Line]

    @property
    def can_be_planned(self) -> bool:
        """Tell whether the week is over and anything was foreseen in it."""
        return self.has_passed and any(line.hours is not None for line in self.lines)


def led(session: Session, mentor_id: int) -> list[Mentorship]:
    """Return the running pairs that a person mentors."""
    return list(lookups.led(session, mentor_id))


def has_other(session: Session, mentor_id: int, week: date) -> bool:
    """Tell whether other guiding stands noted of somebody in a week."""
    query = select(WorkedWeek.id).where(
        WorkedWeek.mentor_id == mentor_id,
        WorkedWeek.week == week,
        col(WorkedWeek.mentorship_id).is_(None),
    )
    return session.exec(query).first() is not None


def noted(session: Session, mentor_id: int, today: date) -> list[WorkedWeek]:
    """Return what a mentor noted for the weeks that can still be noted, the newest week first, other guiding last."""
    since = rules.weeks_open(today)[-1]
    return list(lookups.noted_since(session, mentor_id, since))


def _noted_hours(session: Session, mentor_id: int, today: date) -> dict[tuple[int | None, date], Decimal]:
    """Return the hours noted by pair and week."""
    found = {}
    for row in noted(session, mentor_id, today):
        found[row.mentorship_id, row.week] = row.hours
    return found


@once
def weeks_to_note(session: Session, mentor_id: int, today: date) -> int:
    """Count the weeks that are over and in which a running pair was not noted yet."""
    pairs = led(session, mentor_id)
    if not pairs:
        return 0
    known = _noted_hours(session, mentor_id, today)
    open_weeks = []
    for monday in rules.weeks_open(today):
        if rules.has_passed(monday, today) and any(_lacks(pair, monday, known) for pair in pairs):
            open_weeks.append(monday)
    if not open_weeks:
        return 0
    there = away.presence(session, _sides(pairs), today)
    number = 0
    for monday in open_weeks:
        number += any(_lacks(pair, monday, known, there) for pair in pairs)
    return number


def _lacks(
    pair: Mentorship,
    monday: date,
    known: Mapping[tuple[int | None, date], Decimal],
    there: Presence = EVERYBODY,
) -> bool:
    """Tell whether nothing was noted yet for a pair that ran in a week, in which neither was away all the time."""
    if not rules.ran(pair.started_on, monday) or (pair.id, monday) in known:
        return False
    for person_id in (pair.mentor_id, pair.junior_id):
        if rules.is_out(there.timetables.get(person_id), there.out_of(person_id), monday):
            return False
    return True


@dataclass(frozen=True)
class _Foreseeing:
    """What the hours of a pair are foreseen from: rosters, rules that fail, the most a pair needs."""

    rosters: Mapping[int, Timetable]
    failing: Mapping[int, Mapping[str, datetime]]
    most: Decimal

    def alike(self, pair: Mentorship) -> object:
        """Return what the hours foreseen of a pair follow from: equal rosters are one object."""
        apart_since = self.failing.get(id_of(pair), {}).get(SITE)
        junior = self.rosters.get(pair.junior_id)
        mentor = self.rosters.get(pair.mentor_id)
        return id(junior), id(mentor), bool(pair.explanation.get("remote")), apart_since

    def hours(self, pair: Mentorship, monday: date) -> Decimal | None:
        """Return the hours foreseen in a week: 0 since a site keeps the two apart, None without both rosters."""
        fails = self.failing.get(id_of(pair), {})
        apart_since = fails.get(SITE)
        if apart_since is not None and local_date(apart_since) < monday:
            return Decimal(0)
        junior = self.rosters.get(pair.junior_id)
        mentor = self.rosters.get(pair.mentor_id)
        if junior is None or mentor is None:
            return None
        remote = bool(pair.explanation.get("remote"))
        return rules.prefill(
            junior,
            mentor,
            monday,
            self.most,
            remote=remote,
        )


def cards(session: Session, mentor_id: int, today: date, change: date | None = None) -> list[WeekToNote]:
    """Return a card per week that is not noted yet, the newest first; of the week to `change` also what is noted."""
    pairs = led(session, mentor_id)
    if not pairs:
        return []
    known = _noted_hours(session, mentor_id, today)
    there = away.presence(session, _sides(pairs), today)
    foreseeing = _foreseeing(session, there.timetables, pairs)
    found = []
    for monday in rules.weeks_open(today):
        lines = []
        for pair in pairs:
            if _lacks(pair, monday, known, there):
                foreseen = foreseeing.hours(pair, monday)
                lines.append(_line(pair, foreseen, noted=False))
            elif monday == change and rules.ran(pair.started_on, monday):
                hours = known[pair.id, monday]
                lines.append(_line(pair, hours, noted=True))
        if lines:
            has_passed = rules.has_passed(monday, today)
            found.append(WeekToNote(monday, has_passed, lines))
    return found


def foreseen(session: Session, pair: Mentorship, mondays: Iterable[date]) -> dict[date, Decimal | None]:
    """Return the hours that the rosters foresee for a pair in these weeks, whoever was away: others read it too."""
    planned = rosters.timetables(session, _sides([pair]))
    foreseeing = _foreseeing(session, planned, [pair])
    return {monday: foreseeing.hours(pair, monday) for monday in mondays}


def foreseen_of(
    session: Session, pairs: Collection[Mentorship], mondays: Sequence[date]
) -> dict[int, Mapping[date, Decimal | None]]:
    """Return the same of many pairs: worked out once for all who meet by the same rosters."""
    sides = _sides(pairs)
    planned = rosters.timetables(session, sides if len(sides) < MANY else None)
    foreseeing = _foreseeing(session, planned, pairs)
    alike: dict[object, Mapping[date, Decimal | None]] = {}
    found = {}
    for pair in pairs:
        key = foreseeing.alike(pair)
        if key not in alike:
            alike[key] = {monday: foreseeing.hours(pair, monday) for monday in mondays}
        found[id_of(pair)] = alike[key]
    return found


def _sides(pairs: Iterable[Mentorship]) -> set[int]:
    sides: set[int] = set()
    for pair in pairs:
        sides.update((pair.mentor_id, pair.junior_id))
    return sides


def _foreseeing(session: Session, timetables: Mapping[int, Timetable], pairs: Iterable[Mentorship]) -> _Foreseeing:
    return _Foreseeing(
        rosters=timetables,
        failing=mentorships.failing(session, [id_of(pair) for pair in pairs]),
        most=programme(session).hours_per_pair,
    )


def _line(pair: Mentorship, hours: Decimal | None, *, noted: bool) -> Line:
    return Line(
        mentorship_id=id_of(pair),
        junior_id=pair.junior_id,
        hours=hours,
        noted=noted,
    )


@dataclass
class _Noted:
    """What one mentor noted for one week: hours with each junior, and other guiding."""

    confirmed: Decimal | None
    with_juniors: list[Decimal] = field(default_factory=list)
    other: Decimal = Decimal(0)


def weeks(
    session: Session,
    timetables: Mapping[int, Timetable],
    today: date,
    mentor_ids: Collection[int] | None = None,
) -> dict[int, list[rules.MentorWeek]]:
    """Return the weeks of the last twelve that mentors (all, or these) noted anything for, in one query."""
    noted = _noted_by_all(session, today - rules.LOOK_BACK, mentor_ids)
    found: dict[int, list[rules.MentorWeek]] = {}
    for mentor_id, monday in sorted(noted):
        week = noted[mentor_id, monday]
        own = None
        several = len(week.with_juniors) > 1  # else their own working hours cap nothing
        if several and mentor_id in timetables:
            own = rules.at_work(timetables[mentor_id], monday)
        spent = rules.spent(week.with_juniors, own, week.other)
        counted = rules.MentorWeek(monday, week.confirmed, spent)
        found.setdefault(mentor_id, []).append(counted)
    return found


def _noted_by_all(
    session: Session,
    after: date,
    mentor_ids: Collection[int] | None,
) -> dict[tuple[int, date], _Noted]:
    offers = select(Capacity.person_id, col(Capacity.confirmed_hours))
    query = columns(
        col(WorkedWeek.mentor_id),
        col(WorkedWeek.week),
        col(WorkedWeek.mentorship_id),
        col(WorkedWeek.hours),
    ).where(col(WorkedWeek.week) > after)
    if mentor_ids is not None:
        ids = list(mentor_ids)
        offers = offers.where(col(Capacity.person_id).in_(ids))
        query = query.where(col(WorkedWeek.mentor_id).in_(ids))
    confirmed = dict(session.exec(offers).all())
    found: dict[tuple[int, date], _Noted] = {}
    for mentor_id, monday, pair_id, hours in session.execute(query):
        week = found.get((mentor_id, monday))
        if week is None:
            week = found[mentor_id, monday] = _Noted(confirmed.get(mentor_id))
        if pair_id is None:
            week.other = hours
        else:
            week.with_juniors.append(hours)
    return found


def first_pairs(session: Session) -> set[int]:
    """Return the oldest running pair of each mentor: what concerns all of a mentor's pairs is told with that one."""
    oldest = (
        select(func.min(Mentorship.id))
        .where(Mentorship.status == ACTIVE)
        .where(col(Mentorship.started_on).is_not(None))
        .group_by(col(Mentorship.mentor_id))
    )
    return {pair_id for pair_id in session.exec(oldest) if pair_id is not None}
