"""The mirror as pictures: ours a diamond and the sector's a ring on one line; ways of learning as two bars. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mentorship.base.figures.table import Table
from mentorship.base.i18n import gettext, integer
from mentorship.insight.mirror import words
from mentorship.insight.mirror.rows import Row
from mentorship.insight.mirror.rules import of_rounded

LEFT, RIGHT = 10, 230
BESIDE = 14
"""So far from a mark stands its number."""


@dataclass(frozen=True)
class Pair:
    """Two marks on one line, their numbers, the stretch in which ours may lie, and the same in words."""

    ours: float
    sector: float | None
    low: float
    high: float
    ours_at: float
    sector_at: float
    ours_ends: bool
    written: str
    theirs: str
    told: str


def pair(row: Row) -> Pair | None:
    """Draw a row; None where ours is not told."""
    if row.ours is None:
        return None
    ours = _across(row.ours.percent)
    low, high = of_rounded(row.ours.share, row.ours.answers)
    sector = None if row.sector is None else _across(row.sector.percent)
    ours_left = sector is not None and ours <= sector
    side = -BESIDE if ours_left else BESIDE
    return Pair(
        ours,
        sector,
        _across(low * 100),
        _across(high * 100),
        round(ours + side, 1),
        round((sector or 0) - side, 1),
        ours_left,
        integer(_ours(row)),
        integer(_theirs(row)),
        words.told(row),
    )


def _across(percent: float) -> float:
    return round(LEFT + (RIGHT - LEFT) * percent / 100, 1)


BARS_WIDTH = 360
LONGEST = 300
STEP = 54


@dataclass(frozen=True)
class Bar:
    """A way of learning: its name, how long both bars are, and their numbers; `y` is where it begins."""

    name: str
    y: int
    ours: float
    sector: float
    written: str
    theirs: str


@dataclass(frozen=True)
class Bars:
    """The ways of learning as bars, with the same in words and as a table."""

    bars: Sequence[Bar]
    told: str
    table: Table
    width: int = BARS_WIDTH

    @property
    def height(self) -> int:
        """How high it is."""
        return len(self.bars) * STEP - 2


def bars(rows: Sequence[Row]) -> Bars:
    """Draw the ways of learning, ours thick and the sector's thin."""
    most = max((max(_ours(row), _theirs(row)) for row in rows), default=1)
    found = []
    table = []
    for place, row in enumerate(rows):
        name = words.way(row.question)
        written, theirs = integer(_ours(row)), integer(_theirs(row))
        bar = Bar(
            name,
            place * STEP,
            round(LONGEST * _ours(row) / max(most, 1), 1),
            round(LONGEST * _theirs(row) / max(most, 1), 1),
            written,
            theirs,
        )
        found.append(bar)
        table.append((name, written, theirs, words.tag(row)))
    head = gettext("Way of learning"), gettext("You, in percent"), gettext("Sector, in percent"), gettext("Difference")
    return Bars(found, words.ways_told(rows), Table(head, table))


def _ours(row: Row) -> int:
    return row.ours.percent if row.ours else 0


def _theirs(row: Row) -> int:
    return row.sector.percent if row.sector else 0
