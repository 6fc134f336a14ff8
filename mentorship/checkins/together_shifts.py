"""The days on which two rosters bring a pair together, and from when to when. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from mentorship.base.clock import wall_time
from mentorship.matching import DAY, TOGETHER, Timetable, together_days

AN_HOUR = 60


@lru_cache(maxsize=20_000)
def days_together(
    junior: Timetable | None, mentor: Timetable | None, first: date, days: int, remote: bool
) -> tuple[date, ...]:
    """Return the days from `first` with a together-shift; at a distance, with an hour of work in common."""
    if junior is None or mentor is None:
        return ()
    least = TOGETHER
    if remote:
        least = AN_HOUR
    found = together_days(
        junior,
        mentor,
        first.toordinal(),
        days,
        least,
    )
    return tuple(map(date.fromordinal, found))


def times_together(
    junior: Timetable | None,
    mentor: Timetable | None,
    day: date,
    remote: bool,
) -> list[tuple[datetime, datetime]]:
    """Return the unbroken stretches (UTC) of the junior's shift of `day`, long enough, in which the mentor works too.

    Long enough is 4 hours by the clock, at a distance 1. Shifts of the mentor that abut make one stretch.
    """
    if junior is None or mentor is None:
        return []
    (own,) = _shifts(junior, day, 1)
    least = AN_HOUR if remote else TOGETHER
    found = []
    for left, right in _stretches(own, mentor, day):
        if right - left >= least:
            begin = wall_time(day, left)
            end = wall_time(day, right)
            found.append((begin, end))
    return found


def _stretches(own: tuple[int, int], mentor: Timetable, day: date) -> list[tuple[int, int]]:
    """Return when the mentor works within a shift of `day`, in minutes of that day."""
    stretches: list[tuple[int, int]] = []
    first, last = own
    yesterday = day - timedelta(days=1)
    around = _shifts(mentor, yesterday, 3)
    for number, (begin, end) in enumerate(around):
        if begin == end:
            continue
        midnight = (number - 1) * DAY
        left = max(first, midnight + begin)
        right = min(last, midnight + end)
        if left >= right:
            continue
        if stretches and left <= stretches[-1][1]:
            left, before = stretches.pop()
            right = max(right, before)
        stretches.append((left, right))
    return stretches


def _shifts(timetable: Timetable, first: date, days: int) -> list[tuple[int, int]]:
    begins, ends = timetable.minutes(days, first.toordinal())
    shifts = []
    for begin, end in zip(begins, ends, strict=True):
        shifts.append((int(begin), int(end)))
    return shifts
