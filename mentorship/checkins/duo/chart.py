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


def drawn(line: Sequence[Point]) -> list[Mark]:
    """Place the points of a line in its picture, as far apart as their dates."""
    if not line:
        return []
    first, span = line[0][0], max((line[-1][0] - line[0][0]).days, 1)
    reach, rise = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN
    return [
        Mark(on, value, round(MARGIN + reach * (on - first).days / span, 1), round(HEIGHT - MARGIN - rise * value, 1))
        for on, value in line
    ]
