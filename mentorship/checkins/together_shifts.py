"""The days on which two rosters bring a pair together, and from when to when. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
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
    """Return the unbroken stretches (UTC) of the junior's shifts of `day`, long enough, in which the mentor works too.

    Long enough is 4 hours by the clock, at a distance 1. Shifts of the mentor that abut make one stretch.
    """
    if junior is None or mentor is None:
        return []
    (blocks,) = junior.worked(1, day.toordinal())
    least = AN_HOUR if remote else TOGETHER
    found = []
    for own in blocks:
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
    for midnight, begin, end in _around(mentor, day):
        left = max(first, midnight + begin)
        right = min(last, midnight + end)
        if left >= right:
            continue
        if stretches and left <= stretches[-1][1]:
            left, before = stretches.pop()
            right = max(right, before)
        stretches.append((left, right))
    return stretches


def _around(mentor: Timetable, day: date) -> Iterator[tuple[int, int, int]]:
    """Yield the blocks from the day before until the day after, each with its midnight in minutes of `day`."""
    for number, blocks in enumerate(mentor.worked(3, day.toordinal() - 1)):
        for begin, end in blocks:
            yield (number - 1) * DAY, begin, end
