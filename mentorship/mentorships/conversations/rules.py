"""Pure decision: which phase a pair is in, by how it runs, its steps and its time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

START, ON_THE_WAY, ALONE, LAST = 1, 2, 3, 4
"""The numbers of the phases, in their order."""
FIRST_WEEKS = timedelta(weeks=4)
"""So long without a step a pair is at its start."""
LAST_WEEKS = timedelta(weeks=4)
"""So long before the day that it is meant to run until, a pair is rounding off."""


@dataclass(frozen=True)
class Course:
    """How a pair runs: since when, until when it is meant to (or will) run, and the steps confirmed of all its goals.

    `over`: it ended.
    """

    began_on: date | None
    until: date | None
    done: int
    steps: int
    over: bool = False


def phase(course: Course, today: date) -> int:
    """Return the phase that a pair is in.

    Rounding off: it ended, every step is taken, or its last day is near. Towards working alone: half of the steps are
    taken, or, where no goals were set, half of the time is over. The start: the first weeks, as long as no step is.
    """
    if course.over or _is_near(course.until, today) or 0 < course.steps <= course.done:
        return LAST
    if course.done and course.done * 2 >= course.steps:
        return ALONE
    if course.done:
        return ON_THE_WAY
    if not course.steps and _half_over(course, today):
        return ALONE
    if course.began_on is None or today < course.began_on + FIRST_WEEKS:
        return START
    return ON_THE_WAY


def _is_near(until: date | None, today: date) -> bool:
    return until is not None and until - today <= LAST_WEEKS


def _half_over(course: Course, today: date) -> bool:
    if course.began_on is None or course.until is None:
        return False
    return (today - course.began_on) * 2 >= course.until - course.began_on
