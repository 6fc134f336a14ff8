"""The segmented bar: how a whole falls apart, with its reasons under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mentorship.base.figures.table import Table
from mentorship.base.i18n import N_, gettext, integer

LENGTH = 100
APART = 0.4
REASONS = (
    ("reason-1", ""),
    ("reason-2", "hatch"),
    ("reason-3", ""),
    ("reason-4", "dots"),
)
"""Colour and pattern of the first reason, the second, and so on."""


@dataclass(frozen=True)
class Portion:
    """A part of the whole: its words, its count, what it is, where its name leads, and a word after it.

    `kind` is yes (done, chosen), ok (begun), open (waits), soon (waits, not for long), no, or reason.
    """

    name: str
    count: int
    kind: str
    href: str = ""
    note: str = ""


@dataclass(frozen=True)
class Segment:
    """A portion as it is drawn, in per cents of the bar."""

    portion: Portion
    x: float
    width: float
    look: str
    pattern: str


@dataclass(frozen=True)
class Segments:
    """A whole in its parts, in the order in which they were told."""

    segments: tuple[Segment, ...]
    said: str
    table: Table


def segments(portions: Sequence[Portion]) -> Segments:
    """Show how a whole falls apart; what nobody is in stands in the list, and is not drawn."""
    drawn = sum(portion.count > 0 for portion in portions)
    whole = sum(portion.count for portion in portions)
    room = LENGTH - APART * max(0, drawn - 1)
    looks = iter(REASONS * len(portions))
    found = []
    x = 0.0
    for portion in portions:
        look, pattern = next(looks) if portion.kind == "reason" else (portion.kind, "")
        width = room * portion.count / whole if whole else 0
        segment = Segment(
            portion=portion,
            x=round(x, 2),
            width=round(width, 2),
            look=look,
            pattern=pattern,
        )
        found.append(segment)
        if width:
            x += width + APART
    said = []
    for each in portions:
        number = integer(each.count)
        said.append(f"{number} {each.name}")
    return Segments(
        segments=tuple(found),
        said=", ".join(said),
        table=_table(portions),
    )


def _table(portions: Sequence[Portion]) -> Table:
    head = (
        gettext(N_("What")),
        gettext(N_("How many")),
    )
    rows = []
    for each in portions:
        row = each.name, integer(each.count)
        rows.append(row)
    return Table(head, rows)
