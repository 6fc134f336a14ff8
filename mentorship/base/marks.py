"""A paper as lines, each with a mark that says what it is; what changed between two of them. Pure.

    # title      ## heading      ### heading under it      - of a list      ? as it is asked or shown, word for word
    ! to be filled in by the organisation      ~ a figure of today      |= heads of a table      | a row
    |~ a row of figures of today      > what is asked now      anything else: a paragraph

A line that begins with two spaces goes on with the one before. Cells stand between `¦`. `[[` and `]]` enclose what is
to be filled in within a line. Figures of today count in no difference and in no hash: they change by themselves, and
nobody agrees to them. What is asked is agreed to and kept; that it is asked no more, once it was entered, is no change.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

TITLE, HEADING, SUBHEADING, ITEM, QUOTED, FILL, FIGURE, ASKED = "#", "##", "###", "-", "?", "!", "~", ">"
HEADS, ROW, FIGURE_ROW = "|=", "|", "|~"
PARAGRAPH = ""
MARKS = (HEADS, FIGURE_ROW, ROW, SUBHEADING, HEADING, TITLE, ITEM, QUOTED, FILL, FIGURE, ASKED)
OF_TODAY = frozenset({FIGURE, FIGURE_ROW})
TABLE = "table"
LIST = "list"
BETWEEN = "¦"
_GOES_ON = re.compile(r"\n  +")
_TOGETHER = {HEADS: TABLE, ROW: TABLE, FIGURE_ROW: TABLE, ITEM: LIST, ASKED: LIST}
"""The lines that are one thing together."""
_APART = re.compile(r"(\[\[.*?\]\]|`[^`]*`)")


@dataclass(frozen=True)
class Part:
    """A piece of a line; `fill`: the organisation is to replace it; `code`: a name as the code has it."""

    text: str
    fill: bool = False
    code: bool = False


Cell = Sequence[Part]


@dataclass(frozen=True)
class Line:
    """A line of a paper."""

    mark: str
    text: str

    @property
    def cells(self) -> list[Cell]:
        """What stands in it, of a row each cell."""
        return [parts(cell.strip()) for cell in self.text.split(BETWEEN)]


@dataclass(frozen=True)
class Block:
    """What is shown as one thing: a heading, a paragraph, a whole list or table."""

    kind: str
    lines: Sequence[Line]

    @property
    def text(self) -> Cell:
        """The words of what is one line."""
        return self.lines[0].cells[0]

    @property
    def heads(self) -> list[Cell]:
        """The heads of a table."""
        return self.lines[0].cells

    @property
    def rows(self) -> list[list[Cell]]:
        """The rows of a table under its heads."""
        return [line.cells for line in self.lines if line.mark != HEADS]


def parts(text: str) -> list[Part]:
    """Cut a text where something is to be filled in, or named as the code has it."""
    found = []
    for piece in _APART.split(text):
        if piece.startswith("[["):
            found.append(Part(piece[2:-2], fill=True))
        elif piece.startswith("`"):
            found.append(Part(piece[1:-1], code=True))
        elif piece:
            found.append(Part(piece))
    return found


def lines(content: str) -> list[Line]:
    """Read a paper; empty lines only keep its text apart."""
    whole = _GOES_ON.sub(" ", content)
    return [_read(text) for text in whole.splitlines() if text.strip()]


def _read(text: str) -> Line:
    for mark in MARKS:
        if text.startswith(f"{mark} "):
            return Line(mark, text[len(mark) + 1 :].strip(" "))
    return Line(PARAGRAPH, text.strip())


def blocks(content: str) -> list[Block]:
    """Return what a paper shows, from top to bottom."""
    found = []
    for kind, together in groupby(lines(content), key=_kind):
        rows = list(together)
        if kind in (TABLE, LIST):
            found.append(Block(kind, rows))
        else:
            found.extend(Block(kind, [row]) for row in rows)
    return found


def _kind(line: Line) -> str:
    return _TOGETHER.get(line.mark, line.mark)


def title(content: str) -> str:
    """Return the title of a paper."""
    for line in lines(content):
        if line.mark == TITLE:
            return "".join(part.text for part in parts(line.text))
    return ""


def agreed_to(content: str) -> list[str]:
    """Return the lines that people agree to: all but the figures of today."""
    return [shown(line) for line in lines(content) if line.mark not in OF_TODAY]


def shown(line: Line) -> str:
    """Write a line as people read it, a row with strokes between its cells."""
    cells = line.text.split(BETWEEN)
    return " | ".join(cell.strip() for cell in cells)


def digest(content: str) -> str:
    """Return what tells two papers apart that do not say the same."""
    said = "\n".join(agreed_to(content))
    return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True)
class Change:
    """What stood somewhere in a paper, and what stands there now; either may be nothing."""

    before: Sequence[str]
    after: Sequence[str]


def difference(before: str, after: str) -> list[Change]:
    """Return what changed from one paper to another, from top to bottom; what is asked no more is no change."""
    new = agreed_to(after)
    answered = {shown(line) for line in lines(before) if line.mark == ASKED}.difference(new)
    old = [line for line in agreed_to(before) if line not in answered]
    return list(_changes(old, new))


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, begins, ends in matcher.get_opcodes():
        if tag != "equal":
            yield Change(before[start:end], after[begins:ends])
