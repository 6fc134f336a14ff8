"""The histogram: how many of each, as bars that may each lead to those it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mentorship.base.figures.table import Table
from mentorship.base.i18n import integer

MOST = 9
"""More bars than these nobody reads."""


@dataclass(frozen=True)
class Bin:
    """A bar: its name, its count, where it leads, and what it is.

    `kind` is "" (ordinary), low (nothing, past), over (a little too much), wide (well over, which is hatched); `limit`
    is written at a dashed line before it.
    """

    name: str
    count: int
    href: str = ""
    kind: str = ""
    chosen: bool = False
    limit: str = ""


@dataclass(frozen=True)
class Bar:
    """A bar as it is drawn, in per cents of the highest."""

    bin: Bin
    length: float

    @property
    def top(self) -> float:
        """Where it begins, from above."""
        return round(100 - self.length, 1)


@dataclass(frozen=True)
class Histogram:
    """Bars in their order, and the table of them."""

    bars: tuple[Bar, ...]
    table: Table


def histogram(bins: Sequence[Bin], head: tuple[str, str]) -> Histogram:
    """Show how many there are of each; `head` names what is counted, and by what.

    Raises
    ------
    ValueError
        If there are more than `MOST`.
    """
    if len(bins) > MOST:
        raise ValueError(f"{len(bins)} bars: at most {MOST} can be read")
    counts = [each.count for each in bins]
    highest = max([1, *counts])
    bars = []
    rows = []
    for each in bins:
        length = 100 * each.count / highest
        bar = Bar(each, round(length, 1))
        bars.append(bar)
        row = each.name, integer(each.count)
        rows.append(row)
    return Histogram(tuple(bars), Table(head, rows))
