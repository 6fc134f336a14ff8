"""How long the steps that are left are expected to take, and the days that follow from it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mentorship.base.db import id_of
from mentorship.mentorships.goals import dates, paces
from mentorship.mentorships.goals.dates import Calendar
from mentorship.mentorships.goals.paces import Pace
from mentorship.mentorships.goals.queries import GoalState


@dataclass(frozen=True)
class Ahead:
    """A step that is left: to which level, how long it takes here, and between which days it is expected.

    Of one without a pace, and of those after it, no day is known.
    """

    level: int
    pace: Pace | None
    first: date | None
    last: date | None


@dataclass(frozen=True)
class Planned:
    """A goal that runs, with the steps that are left.

    `by`: by when it is meant to be reached, as the reader knows it; `offered`: the day its field is filled in with.
    """

    goal_id: int
    domain_id: int
    title: str
    steps: tuple[Ahead, ...]
    by: date | None
    offered: date | None

    @property
    def first(self) -> date | None:
        """The earlier end of when the target is expected."""
        return self.steps[-1].first

    @property
    def last(self) -> date | None:
        """The later end of when the target is expected."""
        return self.steps[-1].last


def planned(states: Sequence[GoalState], taken: Sequence[paces.Step], calendar: Calendar) -> list[Planned]:
    """Return the goals that run, with when their steps are expected from now on."""
    found = []
    for state in states:
        if not state.fulfilled:
            found.append(_planned(state, taken, calendar))
    return found


def _planned(state: GoalState, taken: Sequence[paces.Step], calendar: Calendar) -> Planned:
    steps = _ahead(state, taken, dates.starts(calendar))
    by = dates.stands(state.goal, calendar)
    if by is not None and by < calendar.today:
        by = None
    return Planned(
        goal_id=id_of(state.goal),
        domain_id=state.goal.domain_id,
        title=state.domain.title,
        steps=steps,
        by=by,
        offered=_offered(state, by, steps[-1].last),
    )


def _offered(state: GoalState, by: date | None, last: date | None) -> date | None:
    """Return the day to fill in: the one that stands, or else the later end of what is expected."""
    if by is not None:
        return state.goal.due_on if state.goal.held_on is None else by
    return last


def _ahead(state: GoalState, taken: Sequence[paces.Step], start: date) -> tuple[Ahead, ...]:
    first: date | None = start
    last: date | None = start
    found = []
    for level in range(state.reached + 1, state.goal.target_level + 1):
        pace = paces.pace(taken, state.goal.domain_id, level)
        first = _later(first, None if pace is None else pace.least)
        last = _later(last, None if pace is None else pace.most)
        step = Ahead(
            level=level,
            pace=pace,
            first=first,
            last=last,
        )
        found.append(step)
    return tuple(found)


def _later(day: date | None, weeks: int | None) -> date | None:
    if day is None or weeks is None:
        return None
    return day + timedelta(weeks=weeks)


def ends(goals: Sequence[Planned], start: date) -> date:
    """Return the last day that a drawing of these goals has room for."""
    found = [start + timedelta(weeks=4)]
    for goal in goals:
        if goal.by is not None:
            found.append(goal.by)
        for step in goal.steps:
            if step.last is not None:
                found.append(step.last)
    return max(found)
