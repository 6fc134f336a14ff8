"""Sheets are read back as a spreadsheet would: numbers are numbers, days are days, and nothing runs."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from mentorship.base import sheets
from mentorship.base.i18n import use_locale
from mentorship.base.lists import Value
from mentorship.base.sheets import Head

UTC = ZoneInfo("UTC")


def workbook(heads: Sequence[str], rows: Sequence[Sequence[Value]], title: str = "Mensen") -> CalamineWorkbook:
    made = sheets.to_xlsx(title, [Head(text) for text in heads], rows)
    return CalamineWorkbook.from_filelike(io.BytesIO(made))


def read(rows: Sequence[Sequence[Value]]) -> list[list[object]]:
    heads = [f"k{place}" for place in range(len(rows[0]))]
    return workbook(heads, rows).get_sheet_by_index(0).to_python()[1:]


def test_a_workbook_holds_values_and_not_their_letters():
    moment = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    with use_locale("nl"):
        (row,) = read([["Ede", 4, 2.5, Decimal("4.25"), date(2026, 11, 3), moment, True, None, -3]])
    assert row == ["Ede", 4, 2.5, 4.25, date(2026, 11, 3), datetime(2026, 7, 2, 1, 30), "ja", "", -3]
    with use_locale("en"):
        assert read([[True, False]]) == [["yes", "no"]]


@pytest.mark.parametrize("text", ["=1+1", "+31 6", "-2", "@x", "\tx", '=HYPERLINK("x")', "{=1}", "https://x.nl"])
def test_text_in_a_workbook_is_never_more_than_text(text: str):
    (row,) = read([[text, "b"]])
    assert row[0] == (f"'{text}" if text[0] in "=+-@\t" else text)
    (heading, *_) = workbook([text, "b"], []).get_sheet_by_index(0).to_python()
    assert heading[0] == row[0]


@given(st.lists(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S"))), min_size=1, max_size=4))
def test_any_words_come_back(words: list[str]):
    (row,) = read([[f"x{word}" for word in words]])
    assert row == [f"x{word}" for word in words]


@pytest.mark.parametrize("title", ["Wie [draagt] wat?", "'", "", "x" * 99, "a/b:c*d\\e"])
def test_a_sheet_can_have_any_title(title: str):
    (name,) = workbook(["a"], [["b"]], title).sheet_names
    assert 0 < len(name) <= 31


def test_csv_has_the_decimal_mark_of_the_reader_and_no_other():
    row: list[Value] = [Decimal("1234.5"), 0.25, date(2026, 11, 3), True, None, "=1"]
    with use_locale("nl"):
        assert sheets.to_csv(["a"], [row]).endswith(b"\r\n1234,5;0,25;2026-11-03;ja;;'=1\r\n")
    with use_locale("en"):
        assert sheets.to_csv(["a"], [row]).endswith(b"\r\n1234.5;0.25;2026-11-03;yes;;'=1\r\n")
