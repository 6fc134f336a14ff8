"""The day by which a goal is meant to be reached, as one reader finds it. Never a lateness; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from mentorship.base.i18n import day, gettext
from mentorship.mentorships.goals.models import Goal
from mentorship.mentorships.goals.queries import GoalState

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """The days as the reader of a pair knows them.

    `own`: the reader is one of the two; `runs`: the pair does, or pauses; `until`: when a pause of it is over, as far
    as that is known; `out`: the days (as ordinals) on which not both are there, which the two alone may know.
    """

    today: date
    own: bool
    runs: bool
    until: date | None = None
    out: frozenset[int] = frozenset()


def both_there(wanted: date, calendar: Calendar) -> date:
    """Return a day, or when the two meet again where it falls in time out that has begun."""
    first = last = wanted.toordinal()
    if first not in calendar.out:
        return wanted
    while first - 1 in calendar.out:
        first -= 1
    if first > calendar.today.toordinal():
        return wanted
    while last in calendar.out:
        last += 1
    return date.fromordinal(last)


def stands(goal: Goal, calendar: Calendar) -> date | None:
    """Return by which day a goal is meant to be reached as things are: a pause and time out put it off."""
    if goal.due_on is None:
        return None
    found = goal.due_on
    if goal.held_on is not None:
        until = calendar.until or calendar.today
        found += max(until - goal.held_on, timedelta())
    return both_there(found, calendar)


def starts(calendar: Calendar) -> date:
    """Return from which day on a pair works on its goals: today, or once its pause or time out is over."""
    return both_there(max(calendar.today, calendar.until or calendar.today), calendar)


def said(state: GoalState, calendar: Calendar) -> str:
    """Say by when a goal is meant to be reached; of a day that has passed to the two alone, and kindly."""
    by = stands(state.goal, calendar)
    if by is None or state.fulfilled or not calendar.runs:
        return ""
    if by < calendar.today:
        return _passed(by, calendar)
    when = gettext("Meant to be reached by %(day)s.", day=day(by))
    if state.goal.held_on is not None:
        return " ".join((when, gettext("The pair pauses; the day moves along.")))
    if by != state.goal.due_on:
        return " ".join((when, gettext("That is when you meet again.")))
    return when


def _passed(by: date, calendar: Calendar) -> str:
    if not calendar.own:
        return ""
    return gettext("The day you had in mind, %(day)s, has passed. Choose another if you like.", day=day(by))


NOWHERE = Calendar(date.min, own=False, runs=False)
"""What tells of no day at all."""
