"""A sheet that was chosen as a file -> its lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PureWindowsPath

from mentorship.base.errors import Refused
from mentorship.hr_import.levels.rules import NO_ROWS
from mentorship.hr_import.reading import workbook
from mentorship.hr_import.reading.encoding import decoded
from mentorship.hr_import.reading.files import check_size
from mentorship.hr_import.reading.tables import Table, text_tables


def lines_of(path: str, content: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the number and cells of each line of the first sheet of a workbook, or of a text."""
    name = PureWindowsPath(path).name
    check_size(name, content, "file")
    for line, cells in _table(name, content).records(0, None):
        if cells is not None:
            yield line, cells


def _table(name: str, content: bytes) -> Table:
    if not workbook.is_workbook(content):
        ways = text_tables(name, name, decoded(content, None).text)
        return max(ways, key=_width)
    sheets = workbook.tables(name, name, content)
    if not sheets:
        raise Refused(NO_ROWS, field="file")
    return sheets[0]


def _width(table: Table) -> int:
    """Return how many cells a way to part a text finds in its first line."""
    _, cells = next(table.records(0, None), (0, None))
    return len(cells or ())
