"""Lines: one's own over the check-ins, and a small one without an axis for a tile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from mentorship.base.figures.table import Table
from mentorship.base.i18n import N_, gettext, percent, short_day
from mentorship.base.i18n import day as written_day

WIDTH, HEIGHT = 400, 140
LEFT, RIGHT = 96, 378
TOP, BOTTOM = 16, 112
NEAREST = 52
"""Dates that stand closer than this are not all written."""


@dataclass(frozen=True)
class Mark:
    """One point of a line: when, how high in [0, 1], where in the picture, and the date under it if there is room."""

    day: date
    value: float
    x: float
    y: float
    label: str


@dataclass(frozen=True)
class Line:
    """A line in its picture, from its first mark to its last, and the table of it."""

    marks: tuple[Mark, ...]
    table: Table
    width: int = WIDTH
    height: int = HEIGHT
    top: int = TOP
    bottom: int = BOTTOM
    half: float = (TOP + BOTTOM) / 2

    @property
    def points(self) -> str:
        """The corners of the line."""
        return " ".join(f"{mark.x},{mark.y}" for mark in self.marks)

    @property
    def first(self) -> Mark:
        """Where the line begins."""
        return self.marks[0]

    @property
    def last(self) -> Mark:
        """Where the line ends."""
        return self.marks[-1]


def line(points: Sequence[tuple[date, float]]) -> Line | None:
    """Place the points of a line in its picture, as far apart as their dates; None without any."""
    if not points:
        return None
    first_day, _ = points[0]
    last_day, _ = points[-1]
    marks: list[Mark] = []
    beyond = float(RIGHT + NEAREST)
    for day, value in reversed(points):  # the last date is written first: the others make room for it
        x = _across(day, first_day, last_day)
        rise = (BOTTOM - TOP) * value
        fits = beyond - x >= NEAREST
        mark = Mark(
            day=day,
            value=value,
            x=round(x, 1),
            y=round(BOTTOM - rise, 1),
            label=short_day(day) if fits else "",
        )
        marks.insert(0, mark)
        if fits:
            beyond = x
    return Line(tuple(marks), _table(marks))


def _table(marks: Sequence[Mark]) -> Table:
    head = (
        gettext(N_("Date")),
        gettext(N_("Average")),
    )
    rows = []
    for mark in marks:
        row = written_day(mark.day), percent(mark.value)
        rows.append(row)
    return Table(head, rows)


def _across(day: date, first: date, last: date) -> float:
    passed = (day - first).days
    whole = (last - first).days
    width = RIGHT - LEFT
    return LEFT + width * passed / max(whole, 1)


SPARK_WIDTH, SPARK_HEIGHT = 90, 32
SPARK_LEFT, SPARK_RIGHT = 3, 87
SPARK_TOP, SPARK_BOTTOM = 4, 28


@dataclass(frozen=True)
class Spark:
    """A small line without an axis, and where it ends; the same in words."""

    points: str
    x: float
    y: float
    said: str
    width: int = SPARK_WIDTH
    height: int = SPARK_HEIGHT


def spark(values: Sequence[float], written: Callable[[float], str]) -> Spark | None:
    """Draw values from the oldest to the newest between their lowest and highest; None without two of them."""
    if len(values) < 2:
        return None
    low = min(values)
    rise = max(values) - low
    width = SPARK_RIGHT - SPARK_LEFT
    height = SPARK_BOTTOM - SPARK_TOP
    step = width / (len(values) - 1)
    points = []
    for place, value in enumerate(values):
        share = (value - low) / rise if rise else 0.5
        x = SPARK_LEFT + step * place
        y = SPARK_BOTTOM - height * share
        point = round(x, 1), round(y, 1)
        points.append(point)
    x, y = points[-1]
    said = gettext(
        N_("from %(first)s to %(last)s"),
        first=written(values[0]),
        last=written(values[-1]),
    )
    corners = [f"{across},{down}" for across, down in points]
    return Spark(" ".join(corners), x, y, said)
