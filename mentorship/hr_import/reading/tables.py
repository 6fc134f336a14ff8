"""A file of text or a sheet of a workbook as lines of cells, whatever they mean."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

MAX_LINES_PER_ROW = 50
"""A quoted text may run over so many lines; beyond that a quotation mark was left open."""
DELIMITERS = (";", ",", "\t", "|")
HEAD = 30
"""Among so many lines the headings are looked for: titles may stand above them."""
Cells = list[str]
_SEPARATOR_LINE = re.compile(r'"?sep=(.|\\t)?"?[;,\s]*', re.IGNORECASE)


class Table(Protocol):
    """Lines of cells."""

    @property
    def source(self) -> str:
        """What it is called by who made it: the file, and of a workbook the sheet."""

    @property
    def stem(self) -> str:
        """The part of that name which may say what kind it is."""

    def records(self, after: int, width: int | None) -> Iterator[tuple[int, Cells | None]]:
        """Yield the number and cells (None: its quotes do not match) of each line beyond one that is not empty."""


def head(table: Table) -> list[tuple[int, Cells]]:
    """Return the first lines of a table."""
    found = []
    for line, cells in islice(table.records(0, None), HEAD):
        if cells is not None:
            found.append((line, cells))
    return found


@dataclass(frozen=True)
class CellTable:
    """A sheet of a workbook, its cells written as people write them."""

    source: str
    stem: str
    rows: Sequence[Cells]
    first: int = 1

    def records(self, after: int, width: int | None) -> Iterator[tuple[int, Cells | None]]:
        """Yield the rows that are not empty, by their number in the sheet."""
        for at, cells in enumerate(self.rows):
            line = at + self.first
            if line > after and any(cells):
                yield line, cells


@dataclass(frozen=True)
class TextTable:
    """A text whose cells are parted by one sign."""

    source: str
    stem: str
    lines: Sequence[str]
    delimiter: str

    def records(self, after: int, width: int | None) -> Iterator[tuple[int, Cells | None]]:
        """Yield the records that are not empty, by the number of their first line."""
        at = after
        while at < len(self.lines):
            if self.lines[at] in ("\n", "\r\n", "\r"):
                at += 1
                continue
            cells, used = self._cells(at, width)
            if cells is None or "".join(cells).strip():  # a line of empty cells is no row
                yield at + 1, cells
            at += used

    def _cells(self, at: int, width: int | None) -> tuple[Cells | None, int]:
        """Return the cells of the record that starts `at`, and how many lines it took."""
        line = self.lines[at]
        if '"' not in line:
            return line.rstrip("\r\n").split(self.delimiter), 1
        ahead = self.lines[at : at + MAX_LINES_PER_ROW]
        reader = csv.reader(
            ahead,
            delimiter=self.delimiter,
            strict=True,
        )
        try:
            cells = next(reader)
        except csv.Error:
            return None, 1
        if reader.line_num > 1 and width is not None and len(cells) != width:
            return None, 1  # a quotation mark left open must not swallow the rows after it
        return cells, reader.line_num


def lines_of(text: str) -> tuple[list[str], tuple[str, ...]]:
    """Return the lines of a text, and what may part its cells: what it says itself, or each sign that may."""
    # not splitlines(): that also splits at characters that are part of a text
    lines = list(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    told = _SEPARATOR_LINE.fullmatch(lines[0].strip("\r\n")) if lines else None
    if told is None:
        return lines, DELIMITERS
    lines[0] = "\n"  # kept, so that lines keep their numbers
    sign = "\t" if told[1] == "\\t" else told[1]
    return lines, (sign,) if sign else DELIMITERS


def text_tables(source: str, stem: str, text: str) -> list[TextTable]:
    """Return a text parted in every way that it may be; only one of them makes sense."""
    lines, signs = lines_of(text)
    return [
        TextTable(
            source,
            stem,
            lines,
            sign,
        )
        for sign in signs
    ]
