"""The knowledge map as pictures: five years of holders as two lines, and what becomes of one domain. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mentorship.base.figures.table import Table
from mentorship.base.i18n import gettext, integer
from mentorship.insight.knowledge import words
from mentorship.insight.knowledge.rules import YEARS, Outlook

WIDTH, HEIGHT = 430, 176
LEFT, RIGHT = 34, 300
TOP, BOTTOM = 26, 140
APART = 18
"""Words at the ends of the lines stand at least so far from each other."""
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
GRID = 3
Point = tuple[float, float]


@dataclass(frozen=True)
class Rule:
    """A line across the picture and the number it stands for."""

    y: float
    written: str


@dataclass(frozen=True)
class Said:
    """A word in the picture, where it stands."""

    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Years:
    """Two lines from now to five years on, the ground between them, and the words at their ends."""

    with_pairs: Sequence[Point]
    without: Sequence[Point]
    grid: Sequence[Rule]
    below: Sequence[Said]
    start: Said
    end_with: Said
    end_without: Said
    told: str
    table: Table
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT

    @property
    def area(self) -> str:
        """The corners of the ground between the lines."""
        return corners([*self.with_pairs, *reversed(self.without)])

    @property
    def upper(self) -> str:
        """The corners of the line with the running pairs."""
        return corners(self.with_pairs)

    @property
    def lower(self) -> str:
        """The corners of the line without them."""
        return corners(self.without)


def corners(points: Sequence[Point]) -> str:
    """Write points as a picture wants them."""
    return " ".join(f"{x},{y}" for x, y in points)


def years(found: Outlook, today_year: int) -> Years:
    """Draw how many hold something now and later, with and without the running pairs."""
    most = max(*found.with_pairs, *found.without, 1)
    step = _step(most)
    top = step * GRID
    upper = _line(found.with_pairs, top)
    lower = _line(found.without, top)
    return Years(
        with_pairs=upper,
        without=lower,
        grid=_grid(step),
        below=_below(today_year),
        start=_start(found, upper),
        end_with=_end(words.with_pairs(found.with_pairs[-1]), upper[-1][1]),
        end_without=_end(words.without(found.without[-1]), max(lower[-1][1], upper[-1][1] + APART)),
        told=words.told(found),
        table=_table(found),
    )


def _grid(step: int) -> list[Rule]:
    rules = []
    for place in range(GRID + 1):
        number = step * place
        rule = Rule(
            _down(number, step * GRID),
            integer(number),
        )
        rules.append(rule)
    return rules


def _below(today_year: int) -> list[Said]:
    found = []
    for year in YEARS:
        said = Said(
            str(today_year + year),
            _across(year),
            HEIGHT - 12,
        )
        found.append(said)
    return found


def _start(found: Outlook, upper: Sequence[Point]) -> Said:
    number = integer(found.now)
    _x, y = upper[0]
    return Said(
        gettext("%(number)s now", number=number),
        LEFT,
        y - 10,
    )


def _end(text: str, y: float) -> Said:
    return Said(text, RIGHT + 10, y + 4)


def _step(most: int) -> int:
    for step in STEPS:
        if step * GRID >= most:
            return step
    return -(-most // GRID)


def _line(numbers: Sequence[int], top: int) -> list[Point]:
    points = []
    for year, number in zip(YEARS, numbers, strict=True):
        point = _across(year), _down(number, top)
        points.append(point)
    return points


def _across(year: int) -> float:
    return round(LEFT + (RIGHT - LEFT) * year / YEARS[-1], 1)


def _down(number: int, top: int) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * number / top, 1)


def _table(found: Outlook) -> Table:
    head = gettext("When"), gettext("Without the pairs"), gettext("With the running pairs")
    rows = []
    for year, without, with_pairs in zip(YEARS, found.without, found.with_pairs, strict=True):
        row = words.in_years(year), integer(without), integer(with_pairs)
        rows.append(row)
    return Table(head, rows)


ROW_WIDTH, ROW_LEFT, ROW_RIGHT = 150, 8, 142


@dataclass(frozen=True)
class Move:
    """One domain in five years: where it stands now, without and with the running pairs, and the same in words."""

    now: float
    without: float
    with_pairs: float
    written: str
    told: str
    width: int = ROW_WIDTH
    left: int = ROW_LEFT
    right: int = ROW_RIGHT


def move(found: Outlook, most: int) -> Move:
    """Draw one domain on the scale of the longest."""
    return Move(
        now=_place(found.now, most),
        without=_place(found.without[-1], most),
        with_pairs=_place(found.with_pairs[-1], most),
        written=words.moves(found),
        told=words.told(found),
    )


def _place(number: int, most: int) -> float:
    return round(ROW_LEFT + (ROW_RIGHT - ROW_LEFT) * number / max(most, 1), 1)
