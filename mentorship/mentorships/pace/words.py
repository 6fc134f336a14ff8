"""What the planner says: in the heading, of each goal and step, and in the table beside the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mentorship.base.figures.table import Table
from mentorship.base.i18n import N_, day, gettext, ngettext
from mentorship.mentorships.goals.paces import Pace
from mentorship.mentorships.pace.planner import Ahead, Planned, ends
from mentorship.profiles.words import LEVELS

WHOLE = 100
MARK = 0.8
"""How wide the narrowest bar is drawn, in per cents."""
NOT_KNOWN = N_("not known: fewer than five people took this step")
AFTER_UNKNOWN = N_("not known, as the step before is not")


@dataclass(frozen=True)
class StepBar:
    """A step in words and as a bar, in per cents of the drawing; None where no day is known."""

    title: str
    weeks: str
    days: str
    x: float | None
    width: float | None


@dataclass(frozen=True)
class GoalPlan:
    """A goal as the page shows it: a finding, its steps, and where the day that was chosen stands in the drawing."""

    goal_id: int
    title: str
    finding: str
    steps: tuple[StepBar, ...]
    table: Table
    mark: float | None
    by: str
    offered: date | None

    @property
    def field(self) -> str:
        """How the field of its day is called."""
        return f"due-{self.goal_id}"

    @property
    def told(self) -> str:
        """What is drawn, for who does not see it."""
        said = [f"{step.title}: {step.days}" for step in self.steps]
        return "; ".join(said)


def shown(goals: Sequence[Planned], start: date) -> list[GoalPlan]:
    """Return the goals as the page shows them, drawn on one scale."""
    scale = _Scale(start, ends(goals, start))
    return [_goal(goal, scale) for goal in goals]


@dataclass(frozen=True)
class _Scale:
    start: date
    end: date

    def at(self, day: date) -> float:
        """Return where a day stands in the drawing."""
        whole = (self.end - self.start).days
        passed = (day - self.start).days
        return round(WHOLE * max(passed, 0) / whole, 2)


def _goal(goal: Planned, scale: _Scale) -> GoalPlan:
    steps = [_step(step, scale) for step in goal.steps]
    by = ""
    mark = None
    if goal.by is not None:
        by = gettext("Meant to be reached by %(day)s.", day=day(goal.by))
        mark = min(scale.at(goal.by), WHOLE - MARK)
    return GoalPlan(
        goal_id=goal.goal_id,
        title=goal.title,
        finding=_finding(goal),
        steps=tuple(steps),
        table=_table(steps),
        mark=mark,
        by=by,
        offered=goal.offered,
    )


def _finding(goal: Planned) -> str:
    if goal.first is None or goal.last is None:
        return gettext("%(goal)s: not known by when", goal=goal.title)
    return gettext(
        "%(goal)s: between %(first)s and %(last)s",
        goal=goal.title,
        first=day(goal.first),
        last=day(goal.last),
    )


def _step(step: Ahead, scale: _Scale) -> StepBar:
    word = gettext(LEVELS[step.level])
    x = width = None
    days = gettext(NOT_KNOWN if step.pace is None else AFTER_UNKNOWN)
    if step.first is not None and step.last is not None:
        days = gettext("%(first)s to %(last)s", first=day(step.first), last=day(step.last))
        x = min(scale.at(step.first), WHOLE - MARK)
        width = max(scale.at(step.last) - x, MARK)
    return StepBar(
        title=word[0].upper() + word[1:],
        weeks=_weeks(step.pace),
        days=days,
        x=x,
        width=None if width is None else round(width, 2),
    )


def _weeks(pace: Pace | None) -> str:
    if pace is None:
        return ""
    weeks = ngettext(
        "%(least)s to %(num)s week",
        "%(least)s to %(num)s weeks",
        pace.most,
        least=pace.least,
    )
    if pace.here:
        base = ngettext("of %(num)s step in this domain", "of %(num)s steps in this domain", pace.steps)
    else:
        base = ngettext("of %(num)s step in all domains", "of %(num)s steps in all domains", pace.steps)
    return f"{weeks}, {base}"


def _table(steps: Sequence[StepBar]) -> Table:
    rows = []
    for step in steps:
        row = (
            step.title,
            step.weeks or "–",
            step.days,
        )
        rows.append(row)
    head = (
        gettext("Step"),
        gettext("How long it takes here"),
        gettext("Expected"),
    )
    return Table(head, tuple(rows))


def heading(goals: Sequence[Planned]) -> str:
    """Say between which days all goals are expected to be reached, as far as that is known."""
    if not goals:
        return gettext("No goal runs now")
    firsts = [goal.first for goal in goals if goal.first is not None]
    lasts = [goal.last for goal in goals if goal.last is not None]
    if len(lasts) < len(goals):
        return gettext("By when the goals are reached is not known yet")
    return ngettext(
        "%(num)s goal, expected between %(first)s and %(last)s",
        "%(num)s goals, all expected between %(first)s and %(last)s",
        len(goals),
        first=day(max(firsts)),
        last=day(max(lasts)),
    )


def scale_said(goals: Sequence[Planned], start: date) -> str:
    """Say from when until when the drawings run."""
    return gettext(
        "The bars run from %(start)s to %(end)s.",
        start=day(start),
        end=day(ends(goals, start)),
    )
