"""Two rosters -> together-shifts and common hours, over the joint cycle of both."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import lcm

import numpy as np

from mentorship.matching.arrays import Flags, Ints

DAY = 24 * 60
TOGETHER = 4 * 60
"""Minutes both must be at work without a break for a shift to be a together-shift."""
FOUR_WEEKS = 28
NEVER = -3 * DAY
"""A minute before all that is compared with a day."""
_ANCHOR = 738_886
"""Ordinal of Monday 1 January 2024; with periodic rosters any Monday would do."""


@dataclass(frozen=True)
class Timetable:
    """One person's shifts: a cycle of days from `start` (a date's ordinal), less the weekdays in `off` (0 = Monday).

    `shifts` holds per day of the cycle (begin, end) in minutes from midnight, end above 1440 past it, or None when
    free.
    """

    start: int
    shifts: tuple[tuple[int, int] | None, ...]
    off: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if not 1 <= len(self.shifts) <= 366:
            raise ValueError("shifts must cover a cycle of 1 to 366 days")
        if not all(s is None or (0 <= s[0] < DAY and s[0] < s[1] <= s[0] + DAY) for s in self.shifts):
            raise ValueError("shifts must begin within the day and last at most 24 hours")

    @property
    def period(self) -> int:
        """Days after which the shifts repeat."""
        return lcm(len(self.shifts), 7) if self.off else len(self.shifts)

    def minutes(self, days: int, first: int = _ANCHOR) -> tuple[Ints, Ints]:
        """Return begin and end in minutes of the shift on each of `days` days from ordinal `first`; 0, 0 when free."""
        return _minutes(self, days, first)


@lru_cache(maxsize=4096)
def _minutes(timetable: Timetable, days: int, first: int) -> tuple[Ints, Ints]:
    day = first + np.arange(days)
    cycle = np.array([s or (0, 0) for s in timetable.shifts], dtype=np.int64)
    shift = cycle[(day - timetable.start) % len(timetable.shifts)]
    if timetable.off:
        shift = np.where(np.isin((day - 1) % 7, list(timetable.off))[:, None], 0, shift)
    shift.flags.writeable = False  # one array for all who ask
    return shift[:, 0], shift[:, 1]


@dataclass(frozen=True)
class Meeting:
    """How much a junior and a mentor are at work together, over their joint cycle.

    `shifts_per_four_weeks`: together-shifts; `longest_gap`: days from one to the next at most, None when there are
    none; `share_of_shifts`, `share_of_hours`: of the junior's own, in [0, 1]; `hours_per_two_weeks`: common working
    time.
    """

    shifts_per_four_weeks: float
    longest_gap: int | None
    share_of_shifts: float
    share_of_hours: float
    hours_per_two_weeks: float

    @property
    def enough_on_site(self) -> bool:
        """Two together-shifts per four weeks on average, and no four weeks without one."""
        return self.shifts_per_four_weeks >= 2 and self.longest_gap is not None and self.longest_gap <= FOUR_WEEKS

    @property
    def enough_remote(self) -> bool:
        """An hour of common working time per two weeks."""
        return self.hours_per_two_weeks >= 1


@lru_cache(maxsize=200_000)
def meet(junior: Timetable, mentor: Timetable) -> Meeting:
    """Return how `junior` and `mentor` meet; exact over the least common multiple of both periods."""
    days = lcm(junior.period, mentor.period)
    longest, common, works = _overlap(junior, mentor, days)
    together = np.flatnonzero(longest >= TOGETHER)
    gap = int(np.diff(together, append=together[0] + days).max()) if len(together) else None
    begin, end = junior.minutes(days)
    shifts, minutes = int(works.sum()), int((end - begin).sum())
    return Meeting(
        shifts_per_four_weeks=len(together) * FOUR_WEEKS / days,
        longest_gap=gap,
        share_of_shifts=len(together) / shifts if shifts else 0.0,
        share_of_hours=int(common.sum()) / minutes if minutes else 0.0,
        hours_per_two_weeks=int(common.sum()) * 14 / days / 60,
    )


def together_days(junior: Timetable, mentor: Timetable, first: int, days: int, least: int = TOGETHER) -> list[int]:
    """Return the ordinals from `first` on which both are at work for `least` unbroken minutes of the junior's shift."""
    longest, _, _ = _overlap(junior, mentor, days, first)
    return [first + int(d) for d in np.flatnonzero(longest >= least)]


def _overlap(junior: Timetable, mentor: Timetable, days: int, first: int = _ANCHOR) -> tuple[Ints, Ints, Flags]:
    """Per day of the junior: longest unbroken and total overlap in minutes with the mentor's shifts, and works."""
    begin, end = junior.minutes(days, first)
    works = end > begin
    # a night shift reaches into the next day: compare with the mentor's shifts of the day before, of and after
    around_begin, around_end = mentor.minutes(days + 2, first - 1)
    longest, total, run = np.zeros((3, days), dtype=np.int64)
    reached = np.full(days, NEVER)
    for step in _days_that_count(end, around_end):
        window, shift = slice(step, step + days), (step - 1) * DAY
        left, right = _common(begin, end, around_begin[window] + shift, around_end[window] + shift)
        # shifts of the mentor that abut or overlap make one unbroken stretch, and no minute counts twice
        minutes = np.maximum(right - np.maximum(left, reached), 0)
        run = np.where(left <= reached, run, 0) + minutes
        reached = np.where(minutes > 0, right, reached)
        longest = np.maximum(longest, run)
        total += minutes
    return longest, total, works


def _days_that_count(end: Ints, around_end: Ints) -> list[int]:
    """Return which of the mentor's days count: that before (0) or after (2) only where a shift ends past midnight."""
    days = [1]
    if around_end.max(initial=0) > DAY:
        days.insert(0, 0)
    if end.max(initial=0) > DAY:
        days.append(2)
    return days


def _common(begin: Ints, end: Ints, other_begin: Ints, other_end: Ints) -> tuple[Ints, Ints]:
    """Return per day from when until when two shifts are at work together; until `NEVER` where one of them is free."""
    both = (end > begin) & (other_end > other_begin)
    return np.maximum(begin, other_begin), np.where(both, np.minimum(end, other_end), NEVER)
