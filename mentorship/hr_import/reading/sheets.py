"""Sheets of a known kind: their columns and rows. What a value means is decided in `rules`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mentorship.hr_import.reading.export import Remark


@dataclass(frozen=True, slots=True)
class Row:
    """One row: cells by column, or the problem that kept it from being read; `note` is what had to be mended."""

    line: int
    key: str
    cells: Mapping[str, str]
    problem: Remark | None = None
    source: str = ""
    note: Remark | None = None


@dataclass(frozen=True)
class Sheet:
    """What was found of one kind: the columns that it has, those it has besides, and its rows."""

    name: str
    columns: frozenset[str]
    unknown: tuple[str, ...]
    rows: tuple[Row, ...]
    sources: tuple[str, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)
    """What each column is called there."""


@dataclass(frozen=True)
class Unplaced:
    """A table of which it is not clear what it is, or that lacks a column: to be mapped by hand."""

    source: str
    stem: str
    kind: str | None
    """What it seems to be."""
    lacking: str
    """The column that was not found, "" when no line of headings was."""
    headings: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]


def together(sheets: Iterable[Sheet]) -> dict[str, Sheet]:
    """Return sheets by kind; those of one kind are read one behind the other."""
    found: dict[str, Sheet] = {}
    for sheet in sheets:
        earlier = found.get(sheet.name)
        if earlier is None:
            found[sheet.name] = sheet
            continue
        found[sheet.name] = Sheet(
            sheet.name,
            earlier.columns | sheet.columns,
            tuple(dict.fromkeys((*earlier.unknown, *sheet.unknown))),
            (*earlier.rows, *sheet.rows),
            (*earlier.sources, *sheet.sources),
            {**sheet.headings, **earlier.headings},
        )
    return found


def shown(value: str, most: int = 40) -> str:
    """Return a value from the file so that it can stand in a sentence: printable, and not too long."""
    words = value[:1000].split()
    plain = "".join(sign if sign.isprintable() else "·" for sign in " ".join(words))
    if len(plain) > most:
        return plain[: most - 1] + "…"
    return plain
