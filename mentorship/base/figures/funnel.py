"""The funnel: how many are left after each rule; its height is the square root of the count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from mentorship.base.figures.table import Table
from mentorship.base.i18n import N_, gettext, integer, ngettext

HEIGHT = 72
TALLEST = 68


@dataclass(frozen=True)
class Step:
    """A rule as it is drawn: from how high to how high, how many are left and what became of the others."""

    rule: str
    before: str
    """How many there were, at the first step; else nothing."""
    left: str
    fell: str
    path: str
    kind: str
    """"" somebody is left, end (who is left after all), stop (the first that leaves nobody), past (after that)."""


@dataclass(frozen=True)
class Funnel:
    """Rules in their order, from all there are to who is left."""

    steps: tuple[Step, ...]
    table: Table
    height: int = HEIGHT

    @property
    def stop(self) -> str:
        """The rule that leaves nobody; "" where somebody is left."""
        return next((step.rule for step in self.steps if step.kind == "stop"), "")


def funnel(start: int, rules: Sequence[tuple[str, int]]) -> Funnel:
    """Show how many of `start` are left after each rule, with its words."""
    steps = []
    rows = []
    before = start
    for place, (rule, left) in enumerate(rules):
        fallen = before - left
        step = Step(
            rule=rule,
            before=integer(start) if place == 0 and left != start else "",
            left=integer(left),
            fell=_fell(fallen) if before else "",
            path=_path(
                tall(before, start),
                tall(left, start),
            ),
            kind=_kind(
                left,
                first=place == 0,
                last=place == len(rules) - 1,
                anybody=before > 0,
            ),
        )
        steps.append(step)
        row = rule, integer(left), integer(fallen)
        rows.append(row)
        before = left
    head = (
        gettext(N_("Rule")),
        gettext(N_("Left")),
        gettext(N_("Fell off")),
    )
    return Funnel(tuple(steps), Table(head, rows))


def tall(count: int, start: int) -> float:
    """Return how high so many stand, of so many at the start."""
    if not start:
        return 0.0
    return round(TALLEST * sqrt(count / start), 1)


def _path(before: float, after: float) -> str:
    if not before:
        return ""
    top_left, bottom_left = _edge(before)
    top_right, bottom_right = _edge(after)
    return f"M0 {top_left}L100 {top_right}V{bottom_right}L0 {bottom_left}z"


def _edge(height: float) -> tuple[float, float]:
    """Return from where to where an edge of this height stands."""
    middle = HEIGHT / 2
    top = middle - height / 2
    bottom = middle + height / 2
    return round(top, 1), round(bottom, 1)


def _kind(left: int, *, first: bool, last: bool, anybody: bool) -> str:
    if not left:
        return "stop" if first or anybody else "past"
    return "end" if last else ""


def _fell(number: int) -> str:
    if not number:
        return gettext(N_("nobody falls off"))
    return ngettext("%(num)s falls off", "%(num)s fall off", number)
