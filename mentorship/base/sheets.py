"""Tables out, as CSV or as a workbook that a spreadsheet opens well and that run no formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from mentorship.base.clock import AMSTERDAM
from mentorship.base.i18n import gettext, locale, typed
from mentorship.base.lists import Value

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_DAYS = {"nl": "[$-413]d mmm yyyy", "en": "[$-809]d mmm yyyy"}
_NO_NAME = re.compile(r"[\[\]:*?/\\']")
"""What the name of a sheet may not hold."""
LONGEST_NAME = 31
LONGEST_TEXT = 32_000
DECIMALS = 6
_PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}
"""No file on disk, and text stays text."""


@dataclass(frozen=True)
class Head:
    """The head of a column of a sheet, translated, and whether it holds shares between 0 and 1."""

    title: str
    share: bool = False


def defused(value: object) -> object:
    """Put an apostrophe before text that a spreadsheet would run as a formula; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _said(value: Value) -> object:
    """Return what CSV holds of a value: numbers with the decimal mark of the reader, dates as every program reads."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, float | Decimal):
        return typed(value, DECIMALS)
    if isinstance(value, datetime):
        return f"{value.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return defused(value)


def to_csv(header: Sequence[str], rows: Iterable[Sequence[Value]], foot: str = "") -> bytes:
    """Return UTF-8 with a byte-order mark and semicolons, as the spreadsheets of this country expect.

    `foot` is a sentence under the rows.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(map(defused, header))
    for row in rows:
        writer.writerow(map(_said, row))
    if foot:
        writer.writerows([(), (defused(foot),)])
    written = out.getvalue()
    return written.encode("utf-8-sig")


class _Sheet:
    """One sheet of a workbook, written cell by cell: numbers as numbers, days as days, words as words."""

    def __init__(self, book: Workbook, name: str, heads: Sequence[Head]) -> None:
        day = _DAYS[locale()]
        self._sheet: Worksheet = book.add_worksheet(name)
        self._bold = book.add_format({"bold": True, "bottom": 1})
        self._day = _at_left(book, day)
        self._moment = _at_left(book, f"{day} hh:mm")
        share = book.add_format({"num_format": "0%"})
        self._numbers: list[Format | None] = []
        for place, head in enumerate(heads):
            style = share if head.share else None
            self._numbers.append(style)
            self._words(0, place, head.title, self._bold)
        self._sheet.freeze_panes(1, 0)

    def write(self, row: int, place: int, value: Value) -> None:
        """Write one value; nothing stays empty."""
        if value is None or value == "":
            return
        if isinstance(value, str | bool):
            text = str(_said(value))
            self._words(row, place, text)
        elif isinstance(value, datetime):
            local = value.astimezone(AMSTERDAM)
            written = local.replace(tzinfo=None)
            self._sheet.write_datetime(row, place, written, self._moment)
        elif isinstance(value, date):
            self._sheet.write_datetime(row, place, value, self._day)
        else:
            style = self._numbers[place]
            self._sheet.write_number(row, place, value, style)

    def _words(self, row: int, place: int, text: str, style: Format | None = None) -> None:
        """Write text as text, whatever it looks like."""
        harmless = str(defused(text))
        self._sheet.write_string(row, place, harmless[:LONGEST_TEXT], style)

    def finish(self, rows: int, columns: int) -> None:
        """Give every column the width of what stands in it, and the heads a filter."""
        if columns:
            self._sheet.autofilter(0, 0, rows, columns - 1)
        self._sheet.autofit()

    def foot(self, row: int, text: str) -> None:
        """Write a sentence under the rows; it runs on over the columns, which keep their width."""
        self._words(row, 0, text)


def _at_left(book: Workbook, written: str) -> Format:
    """Return the format of what is written so, and stands at the left as words do."""
    return book.add_format(
        {
            "num_format": written,
            "align": "left",
        }
    )


def to_xlsx(title: str, heads: Sequence[Head], rows: Iterable[Sequence[Value]], foot: str = "") -> bytes:
    """Return a workbook of one sheet, made in memory: personal data leave no file behind."""
    out = io.BytesIO()
    with Workbook(out, _PLAIN) as book:
        allowed = _NO_NAME.sub(" ", title)
        name = allowed[:LONGEST_NAME].strip()
        sheet = _Sheet(book, name or "Leermaat", heads)
        number = 0
        for number, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                sheet.write(number, place, value)
        sheet.finish(number, len(heads))
        if foot:
            sheet.foot(number + 2, foot)
    return out.getvalue()
