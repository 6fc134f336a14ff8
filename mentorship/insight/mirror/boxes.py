"""What the mirror shows in its boxes, ready to be put on the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mentorship.base.i18n import gettext
from mentorship.insight.mirror import drawings, words
from mentorship.insight.mirror.drawings import Pair
from mentorship.insight.mirror.rows import Row
from mentorship.insight.mirror.sector import Fact
from mentorship.pulse.figures import Share
from mentorship.pulse.models import PulseWave
from mentorship.pulse.words import GROUPS

Groups = Mapping[str, Mapping[str, Share | None]]
"""By statement and by group what of it is told."""


@dataclass(frozen=True)
class Read:
    """What the newest closed wave came to, beside the sector."""

    wave: PulseWave | None
    statements: Sequence[Row]
    ways: Sequence[Row]
    groups: Groups

    @property
    def group_names(self) -> list[str]:
        """Return the groups of which something is told."""
        found = []
        for group in GROUPS:
            told = [shares.get(group) for shares in self.groups.values()]
            if any(told):
                found.append(group)
        return found


@dataclass(frozen=True)
class Line:
    """A row as it stands on the page."""

    title: str
    picture: Pair | None
    tag: str
    tone: str
    glyph: str
    base: str


@dataclass(frozen=True)
class Boxes:
    """The rows by how they stand to the sector: behind, better, beside it, without a figure of it."""

    behind: list[Line]
    better: list[Line]
    beside: list[Line]
    alone: list[Line]

    @property
    def behind_title(self) -> str:
        """Say how much falls behind."""
        return words.behind_title(len(self.behind))

    @property
    def better_title(self) -> str:
        """Say how much is better."""
        return words.better_title(len(self.better))


def boxes(rows: Sequence[Row]) -> Boxes:
    """Put what is told of the statements into its boxes."""
    found = Boxes([], [], [], [])
    for row in rows:
        if row.ours is not None:
            box = _box(found, row)
            box.append(_line(row))
    return found


def _box(found: Boxes, row: Row) -> list[Line]:
    if row.sector is None:
        return found.alone
    if row.worse:
        return found.behind
    return found.better if row.better else found.beside


def _line(row: Row) -> Line:
    tone, glyph = words.tone(row)
    sector = row.sector
    return Line(
        words.title(row),
        drawings.pair(row),
        words.tag(row) if sector else "",
        tone,
        glyph,
        words.base(sector) if sector else "",
    )


def hidden(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Return the statements of which nothing of ours is told, each with the figure of the sector."""
    found = []
    for row in rows:
        if row.ours is not None:
            continue
        sector = ""
        if row.sector:
            sector = gettext("sector %(percent)s", percent=row.sector.percent)
        found.append((words.title(row), sector))
    return found


def table(made: Read) -> list[tuple[str, list[str]]]:
    """Return the table of groups: a statement, and of each group how many of a hundred say yes."""
    found = []
    names = made.group_names
    for row in made.statements:
        shares = made.groups.get(row.question, {})
        cells = [_cell(shares.get(group)) for group in names]
        found.append((words.title(row), cells))
    return found


def _cell(share: Share | None) -> str:
    return gettext("not told") if share is None else str(share.percent)


def facts(of_sector: Sequence[tuple[str, Fact]]) -> list[tuple[str, int, str]]:
    """Return figures of the sector in words, with of whom they are where that is stated."""
    found = []
    for text, fact in of_sector:
        base = words.base(fact) if fact.of else ""
        found.append((gettext(text), fact.percent, base))
    return found
