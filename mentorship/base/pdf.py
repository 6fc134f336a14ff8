"""A paper as PDF, to be signed: by typst, where the extra `pdf` is installed. Its texts stand in quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.util import find_spec
from math import isqrt

from mentorship.base import marks
from mentorship.base.marks import Block, Cell

PAGE = """#set document(title: {title})
#set page(paper: "a4", margin: (x: 20mm, y: 22mm), numbering: "1 / 1", header: text(8pt, {title}))
#set text(size: 10pt, lang: "{language}", hyphenate: true)
#set par(leading: 0.6em, spacing: 0.9em)
#show heading: set block(above: 1.4em, below: 0.7em, sticky: true)
#show table.cell: set text(8pt)
#show table.cell: set par(justify: false)
#set table.cell(breakable: false)
#set table(stroke: 0.4pt + luma(170), inset: 4pt)
"""
_BETWEEN_WORDS = re.compile(r"_|/|::")
LEVELS = {marks.TITLE: 1, marks.HEADING: 2, marks.SUBHEADING: 3}


def available() -> bool:
    """Tell whether PDF can be made here."""
    return find_spec("typst") is not None


def printed(content: str, language: str) -> bytes:
    """Return a paper as PDF."""
    import typst

    made: bytes = typst.compile(source(content, language).encode(), format="pdf")
    return made


def source(content: str, language: str) -> str:
    """Return a paper as typst reads it; whatever somebody typed stands in quotes, so that none of it is a command."""
    head = PAGE.format(title=_quoted(marks.title(content)), language=language)
    shown = [_block(block) for block in marks.blocks(content)]
    return head + "\n".join(shown) + "\n"


def _block(block: Block) -> str:
    if block.kind in LEVELS:
        return f"#heading(level: {LEVELS[block.kind]}, {_words(block.text)})"
    if block.kind == marks.TABLE:
        return _table(block)
    if block.kind == marks.LIST:
        items = ", ".join(_words(line.cells[0]) for line in block.lines)
        return f"#list({items})"
    if block.kind == marks.QUOTED:
        return f"#block(inset: (left: 8pt), stroke: (left: 2pt + luma(150)), {_words(block.text)})"
    if block.kind == marks.FILL:
        return f'#block(width: 100%, inset: 6pt, stroke: (dash: "dashed"), {_words(block.text)})'
    return f"#par({_words(block.text)})"


def _table(block: Block) -> str:
    """Write a table whose heads stand again on each sheet; a column gets room by what it holds."""
    heads = ", ".join(f"strong({_words(cell)})" for cell in block.heads)
    cells = ", ".join(_words(cell) for row in block.rows for cell in row)
    columns = ", ".join(f"{room}fr" for room in _rooms(block))
    return f"#table(columns: ({columns},), table.header({heads}), {cells})"


LEAST, MOST = 10, 90
"""A column gets room as if its longest cell had at least and at most so many letters."""


def _rooms(block: Block) -> list[int]:
    """Return the share of each column: by the root of the letters in its longest cell, for long ones go on lines."""
    longest = [_letters(cell) for cell in block.heads]
    for row in block.rows:
        for number, cell in enumerate(row):
            longest[number] = max(longest[number], _letters(cell))
    return [isqrt(100 * min(max(letters, LEAST), MOST)) for letters in longest]


def _letters(cell: Cell) -> int:
    return sum(len(part.text) for part in cell)


def _words(cell: Cell) -> str:
    """Write the pieces of a line, those to be filled in marked."""
    return f"[{''.join(f'#{piece}' for piece in _pieces(cell))}]"


def _pieces(cell: Cell) -> Sequence[str]:
    found = []
    for part in cell:
        quoted = _quoted(part.text)
        if part.fill:
            found.append(f"highlight({quoted})")
        elif part.code:
            found.append(f"raw({_quoted(_breaking(part.text))})")
        else:
            found.append(f"text({quoted})")
    return found


def _breaking(name: str) -> str:
    """Let the name of a test go on a new line between its words."""
    return _BETWEEN_WORDS.sub("\\g<0>\u200b", name)


def _quoted(text: str) -> str:
    """Write a text in the quotes of typst."""
    inside = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inside}"'
