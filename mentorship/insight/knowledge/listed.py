"""The knowledge map as a list: its columns, what it is chosen by, its order, and how a domain stands in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mentorship.base.i18n import N_, gettext
from mentorship.base.lists import Column, Filter, Listing, View
from mentorship.insight.knowledge import words
from mentorship.insight.knowledge.drawings import Move, move
from mentorship.insight.knowledge.facts import LOW
from mentorship.insight.knowledge.rules import SOONEST_FIRST, Row
from mentorship.people.models import Site

CRITICAL, OTHER = "critical", "other"
MOST_MARKS = 24
"""Of more holders than these the marks are counted, not drawn one by one."""


@dataclass(frozen=True)
class Mark:
    """A holder as a mark: its shape, and its colour."""

    shape: str
    tone: str


@dataclass(frozen=True)
class Line:
    """A domain as it stands on the page."""

    row: Row
    title: str
    key: int
    kind: str
    band: str
    bars: range
    dim: range
    summed: str
    marks: Sequence[Mark]
    holders: str
    willing: str
    move: Move
    growing: str


def _of(key: str) -> Callable[[Any], int]:
    """Return how many of the holders of a line stay so long."""

    def count(line: Any) -> int:
        return sum(holder.horizon == key for holder in line.row.holders)

    return count


def _in(place: int, kind: str) -> Callable[[Any], int]:
    """Return how many hold it at one of the years."""

    def number(line: Any) -> int:
        return int(getattr(line.row.outlook, kind)[place])

    return number


COLUMNS = (
    Column(
        "domain",
        N_("Domain"),
        sorts=True,
        fixed=True,
        parts=(
            Column("title", N_("Domain"), lambda line: line.title),
            Column("critical", N_("Critical"), lambda line: line.row.field.critical),
            Column("remote", N_("Can be learnt from afar"), lambda line: line.row.field.remote),
        ),
    ),
    Column(
        "risk",
        N_("Risk"),
        sorts=True,
        parts=(
            Column("band", N_("Risk"), lambda line: line.band),
            Column("position", N_("Position"), lambda line: line.row.risk.position),
            Column("attrition", N_("Attrition"), lambda line: round(line.row.risk.attrition, 2)),
            Column("figure", N_("Position times attrition"), lambda line: round(line.row.risk.figure, 2)),
        ),
    ),
    Column(
        "holders",
        N_("Holders now"),
        sorts=True,
        parts=(
            Column("now", N_("Holders now"), lambda line: len(line.row.holders)),
            *[Column(key, words.STAYS[key], _of(key)) for key in SOONEST_FIRST],
            Column("willing", N_("Pass it on"), lambda line: line.row.willing),
        ),
    ),
    Column(
        "later",
        N_("In five years, without → with pairs"),
        sorts=True,
        parts=(
            Column("without-1", N_("In 1 year, without pairs"), _in(1, "without")),
            Column("with-1", N_("In 1 year, with pairs"), _in(1, "with_pairs")),
            Column("without-3", N_("In 3 years, without pairs"), _in(2, "without")),
            Column("with-3", N_("In 3 years, with pairs"), _in(2, "with_pairs")),
            Column("without-5", N_("In 5 years, without pairs"), _in(3, "without")),
            Column("with-5", N_("In 5 years, with pairs"), _in(3, "with_pairs")),
        ),
    ),
    Column(
        "growing",
        N_("Juniors who grow"),
        sorts=True,
        parts=(
            Column("juniors", N_("Juniors who grow"), lambda line: len(line.row.growing)),
            Column("arrives", N_("When"), lambda line: line.growing),
        ),
    ),
    Column("free", N_("Places free"), lambda line: line.row.free, sorts=True, number=True),
    Column("asked", N_("Open requests"), lambda line: line.row.asked, sorts=True, number=True),
)


def listing(sites: Sequence[Site]) -> Listing:
    """Return the list, the highest risk first."""
    return Listing(
        key="knowledge",
        title=N_("Knowledge map"),
        columns=COLUMNS,
        filters=(
            Filter("site", gettext("Site"), [(str(site.id), site.name) for site in sites], several=False),
            Filter(
                "critical",
                gettext("Kind"),
                [(CRITICAL, gettext("critical")), (OTHER, gettext("not critical"))],
                several=False,
            ),
        ),
        sort="risk",
        descending=True,
    )


ORDERS: Mapping[str, Callable[[Row], Any]] = {
    "domain": lambda row: row.field.title.casefold(),
    "risk": lambda row: (row.risk.figure, row.field.critical),
    "holders": lambda row: len(row.holders),
    "later": lambda row: (row.outlook.without[-1], row.outlook.with_pairs[-1]),
    "growing": lambda row: len(row.growing),
    "free": lambda row: row.free,
    "asked": lambda row: row.asked,
}


def chosen(found: Sequence[Row], view: View) -> list[Row]:
    """Return those that a view shows, in its order."""
    kind = view.one("critical")
    fitting = [row for row in found if not kind or row.field.critical == (kind == CRITICAL)]
    return sorted(fitting, key=ORDERS[view.sort], reverse=view.descending)


def folded(found: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines that stand open, and those folded under them: of low risk, where there are others."""
    high = [line for line in found if line.row.band > LOW]
    low = [line for line in found if line.row.band == LOW]
    return (high, low) if high else (low, [])


def lines(found: Sequence[Row], today: date) -> list[Line]:
    """Return domains as they stand on the page, their pictures on one scale."""
    most = max((max(row.outlook.now, *row.outlook.with_pairs) for row in found), default=1)
    return [_line(row, most, today) for row in found]


def _line(row: Row, most: int, today: date) -> Line:
    return Line(
        row=row,
        title=row.field.title,
        key=row.field.domain_id,
        kind=words.what_it_is(row),
        band=gettext(words.BANDS[row.band]),
        bars=range(row.band),
        dim=range(len(words.BANDS) - row.band),
        summed=words.summed(row.risk),
        marks=marks(row),
        holders=words.holders(row),
        willing=words.willing(row),
        move=move(row.outlook, most),
        growing=words.growing(row, today),
    )


def marks(row: Row) -> list[Mark]:
    """Return a mark for each holder, who leaves soonest first; none where there are too many to look at."""
    if len(row.holders) > MOST_MARKS:
        return []
    return [Mark(*words.GLYPHS[holder.horizon]) for holder in row.holders]
