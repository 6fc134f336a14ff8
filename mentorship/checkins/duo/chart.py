"""One's own line as it is drawn. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mentorship.checkins.balance import Point

WIDTH, HEIGHT, MARGIN = 400, 120, 10


@dataclass(frozen=True)
class Mark:
    """One point of a drawn line: when, how high in [0, 1], and where in the picture."""

    day: date
    value: float
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    """A line in its picture, from its first mark to its last."""

    marks: Sequence[Mark]
    width: int = WIDTH
    height: int = HEIGHT
    half: int = HEIGHT // 2

    @property
    def first(self) -> Mark:
        """Where the line begins."""
        return self.marks[0]

    @property
    def last(self) -> Mark:
        """Where the line ends."""
        return self.marks[-1]

    @property
    def goes_on(self) -> bool:
        """Tell whether there is a line to draw between marks."""
        return len(self.marks) > 1


def drawn(line: Sequence[Point]) -> Drawing | None:
    """Place the points of a line in its picture, as far apart as their dates; None without any."""
    if not line:
        return None
    first, _ = line[0]
    last, _ = line[-1]
    span = max((last - first).days, 1)
    reach = WIDTH - 2 * MARGIN
    rise = HEIGHT - 2 * MARGIN
    marks = []
    for day, value in line:
        passed = (day - first).days
        x = MARGIN + reach * passed / span
        y = HEIGHT - MARGIN - rise * value
        mark = Mark(
            day=day,
            value=value,
            x=round(x, 1),
            y=round(y, 1),
        )
        marks.append(mark)
    return Drawing(marks)
