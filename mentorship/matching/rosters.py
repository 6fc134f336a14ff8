"""Two timetables -> together-shifts and common hours, over the joint cycle of both or the 52 weeks from a day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import lcm

import numpy as np

from mentorship.matching.arrays import Flags, Ints
from mentorship.matching.timetables import DAY, LONGEST, MONDAY, Timetable

TOGETHER = 4 * 60
"""Minutes both must be at work without a break for a shift to be a together-shift."""
FOUR_WEEKS = 28
YEAR = 52 * 7
"""Days that two timetables are compared over when no short cycle holds all of both."""
NEVER = -3 * DAY
"""A minute before all that is compared with a day."""


@dataclass(frozen=True)
class Meeting:
    """How much a junior and a mentor are at work together.

    `shifts_per_four_weeks`: together-shifts, one a day at most, however many blocks it has; `longest_gap`: days from
    one to the next at most, None when there are none; `share_of_shifts`, `share_of_hours`: of the junior's own, in
    [0, 1]; `hours_per_two_weeks`: common working time.
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


NO_MEETING = Meeting(0.0, None, 0.0, 0.0, 0.0)


def meet(junior: Timetable, mentor: Timetable, first: int = MONDAY) -> Meeting:
    """Return how `junior` and `mentor` meet by their rosters; nobody's absence (`out`) enters it.

    Exact over the joint cycle where that is at most 53 weeks. Else over the 52 weeks from ordinal `first`, as far as
    both are known: from the first day on which they are until the first on which one is not.
    """
    junior, mentor = junior.planned, mentor.planned
    if junior.period is not None and mentor.period is not None:
        days = lcm(junior.period, mentor.period)
        if days <= LONGEST:
            return _meeting(junior, mentor, MONDAY, days, True)
    begins, days = _both_known(junior, mentor, first)
    return _meeting(junior, mentor, begins, days, False)


def _both_known(junior: Timetable, mentor: Timetable, first: int) -> tuple[int, int]:
    """Return from which ordinal on, and for how many days on end, something is known of both."""
    known = junior.known(YEAR, first) & mentor.known(YEAR, first)
    begins = int(known.argmax())
    rest = known[begins:]
    days = len(rest) if rest.all() else int(rest.argmin())
    return first + begins, days


@lru_cache(maxsize=200_000)
def _meeting(junior: Timetable, mentor: Timetable, first: int, days: int, goes_on: bool) -> Meeting:
    """Return how two meet in `days` days from ordinal `first`, which are a whole cycle if it `goes_on` like that."""
    if not days:
        return NO_MEETING
    longest, common, works = _overlap(junior, mentor, days, first)
    together = np.flatnonzero(longest >= TOGETHER)
    begin, end = junior.minutes(days, first)
    shifts, minutes = int(works.sum()), int((end - begin).sum())
    return Meeting(
        shifts_per_four_weeks=len(together) * FOUR_WEEKS / days,
        longest_gap=_longest_gap(together, days, goes_on) if len(together) else None,
        share_of_shifts=len(together) / shifts if shifts else 0.0,
        share_of_hours=int(common.sum()) / minutes if minutes else 0.0,
        hours_per_two_weeks=int(common.sum()) * 14 / days / 60,
    )


def _longest_gap(together: Ints, days: int, goes_on: bool) -> int:
    """Return the most days from one to the next; in days that do not go on alike also to the first and after the last.

    Four weeks without one at either end are four weeks without one.
    """
    if goes_on:
        return int(np.diff(together, append=together[0] + days).max())
    return int(np.diff(together, prepend=-1, append=days).max())


def together_days(junior: Timetable, mentor: Timetable, first: int, days: int, least: int = TOGETHER) -> list[int]:
    """Return the ordinals from `first` on which both are at work for `least` unbroken minutes of the junior's shift."""
    longest, _, _ = _overlap(junior, mentor, days, first)
    return [first + int(d) for d in np.flatnonzero(longest >= least)]


def _overlap(junior: Timetable, mentor: Timetable, days: int, first: int) -> tuple[Ints, Ints, Flags]:
    """Per day of the junior: longest unbroken and total overlap in minutes with the mentor's shifts, and works."""
    begins, ends = junior.minutes(days, first)
    # a night shift reaches into the next day: compare with the mentor's shifts of the day before, of and after
    around = mentor.minutes(days + 2, first - 1)
    steps = _days_that_count(ends, around[1])
    longest, total = np.zeros((2, days), dtype=np.int64)
    for begin, end in zip(begins.T, ends.T, strict=True):
        unbroken, minutes = _overlap_of_block(begin, end, around, steps)
        longest = np.maximum(longest, unbroken)
        total += minutes
    works = np.logical_or.reduce(ends > begins, axis=1)
    return longest, total, works


def _overlap_of_block(begin: Ints, end: Ints, around: tuple[Ints, Ints], steps: list[int]) -> tuple[Ints, Ints]:
    """Per day, of one block of the junior: longest unbroken and total overlap in minutes with the mentor's."""
    days = len(begin)
    longest, total, run = np.zeros((3, days), dtype=np.int64)
    reached = np.full(days, NEVER)
    for step in steps:
        window, shift = slice(step, step + days), (step - 1) * DAY
        for other_begin, other_end in zip(around[0].T, around[1].T, strict=True):
            left, right = _common(begin, end, other_begin[window] + shift, other_end[window] + shift)
            # blocks of the mentor that abut or overlap make one unbroken stretch, and no minute counts twice
            minutes = np.maximum(right - np.maximum(left, reached), 0)
            run = np.where(left <= reached, run, 0) + minutes
            reached = np.where(minutes > 0, right, reached)
            longest = np.maximum(longest, run)
            total += minutes
    return longest, total


def _days_that_count(ends: Ints, around_ends: Ints) -> list[int]:
    """Return which of the mentor's days count: that before (0) or after (2) only where a shift ends past midnight."""
    days = [1]
    if around_ends.max(initial=0) > DAY:
        days.insert(0, 0)
    if ends.max(initial=0) > DAY:
        days.append(2)
    return days


def _common(begin: Ints, end: Ints, other_begin: Ints, other_end: Ints) -> tuple[Ints, Ints]:
    """Return per day from when until when two shifts are at work together; until `NEVER` where one of them is free."""
    both = (end > begin) & (other_end > other_begin)
    return np.maximum(begin, other_begin), np.where(both, np.minimum(end, other_end), NEVER)
