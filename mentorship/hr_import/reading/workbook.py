"""The bytes of a workbook (XLSX) -> its sheets; refused before it can unpack into more than a machine holds."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.hr_import.reading import unpacking
from mentorship.hr_import.reading.tables import CellTable

ZIP, OLE = unpacking.ZIP, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_SHEETS = 50
_FIRST_DAY = datetime(1899, 12, 31)  # noqa: DTZ001 (a cell has no time zone)
MOST_WHOLE = 1e15
_NO_ERROR = re.compile(r"#(N/[AB]|REF!|VALUE!|WAARDE!|NAME\?|NAAM\?|DIV/0!|DEEL/0!|NUM!|GETAL!|NULL!|LEEG!|VERW!)")


def is_workbook(content: bytes) -> bool:
    """Tell whether bytes are a workbook of some kind, by their first few."""
    return content.startswith((ZIP, OLE))


def tables(file: str, stem: str, content: bytes) -> list[CellTable]:
    """Return the visible sheets; refuse, naming the file, what is no XLSX or holds too much."""
    if content.startswith(OLE):
        raise Refused(
            N_("%(file)s is an old or locked Excel file. Save it as XLSX without a password, or as CSV."),
            file=file,
        )
    unpacking.check(file, content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return list(
            _sheets(
                file,
                stem,
                book,
            )
        )
    except PasswordError:
        raise Refused(N_("%(file)s is locked with a password. Save it without one."), file=file) from None
    except (CalamineError, OSError, ValueError):
        raise unpacking.unreadable(file) from None


def _sheets(file: str, stem: str, book: CalamineWorkbook) -> Iterator[CellTable]:
    seen = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible
    ]
    if len(seen) > MAX_SHEETS:
        raise Refused(
            N_("%(file)s has more than %(most)s sheets."),
            file=file,
            most=MAX_SHEETS,
        )
    alone = len(seen) == 1
    for name in seen:
        sheet = book.get_sheet_by_name(name)
        if sheet.start is None:
            continue
        rows = [list(map(written, row)) for row in sheet.to_python(skip_empty_area=True)]
        _fill_merged(rows, sheet.start, sheet.merged_cell_ranges or ())
        # a lone sheet is called Blad1 or after the report: then the name of the file says as much
        named = f"{stem} {name}" if alone else name
        yield CellTable(
            f"{file}, {name}",
            named,
            rows,
            sheet.start[0] + 1,
        )


def _fill_merged(rows: list[list[str]], start: tuple[int, int], ranges: Iterable[Any]) -> None:
    """Let what stands in a cell that is merged down hold for the rows below that are not empty."""
    filled: dict[int, int] = {}
    for (first, column), (last, _) in sorted(ranges):
        top, at = first - start[0], column - start[1]
        if last == first or top < filled.get(at, 0) or at < 0 or top >= len(rows) or at >= len(rows[top]):
            continue
        below = rows[top + 1 : last - start[0] + 1]
        for row in below:
            if any(row) and not row[at]:
                row[at] = rows[top][at]
        filled[at] = top + len(below) + 1


def written(value: Any) -> str:
    """Return a cell as people would write it."""
    for kind, write in _WRITTEN:
        if isinstance(value, kind):
            return write(value)
    return str(value)


def _text(value: str) -> str:
    return "" if _NO_ERROR.fullmatch(value) else value


def _yes_no(value: bool) -> str:
    return "ja" if value else "nee"


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < MOST_WHOLE:
        return str(int(value))
    return repr(value)


def _length(value: timedelta) -> str:
    return _clock(round(value.total_seconds()))


def _day(value: date) -> str:
    return f"{value:%d-%m-%Y}"


def _time(value: time) -> str:
    return f"{value:%H:%M}"


def _clock(seconds: int) -> str:
    minutes = (seconds + 30) // 60
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _moment(value: datetime) -> str:
    if value.year < 1901:  # a time alone, counted from the day that Excel begins with
        since = value - _FIRST_DAY
        return _clock(round(since.total_seconds()) % 86_400)
    if value.time() == time(0):
        return f"{value:%d-%m-%Y}"
    return f"{value:%d-%m-%Y %H:%M}"


_WRITTEN: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (str, _text),
    (bool, _yes_no),
    (float, _number),
    (datetime, _moment),
    (date, _day),
    (time, _time),
    (timedelta, _length),
)
"""How each kind of cell is written; what is of two kinds goes by the first."""
