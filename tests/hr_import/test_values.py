"""Each value in the whole kind of ways it is written, and what is none stays none."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship.hr_import.reading import values
from mentorship.hr_import.reading.spellings import is_free, language, spoken

FIFTH = date(2026, 1, 5)
DAYS_IN_ONE_WORD = """
05-01-2026 5-1-2026 5-01-2026 05/01/2026 5/1/2026 05.01.2026 5.1.2026 2026-01-05 2026-1-5 2026/01/05 20260105
5-1-26 05/01/26 46027 46027.0 46027,0 5-jan-2026 5-jan-26 05-JAN-2026
"""
DAYS_IN_SEVERAL = """
2026-01-05 00:00:00
2026-01-05T00:00:00
05-01-2026 00:00
5/1/2026 0:00:00
2026-01-05 00:00:00.000
5 januari 2026
5 Jan. 2026
5 January 2026
ma 5-1-2026
maandag 5 januari 2026
"""
HALF_PAST_SEVEN = "07:30 7:30 07:30:00 7:30:00 7.30 07.30 0730 7u30 7h30 0.3125 0,3125 07:30u"
FREE = "- – — ‒ ― − -- --- ‑ x X vrij Vrij VRIJ free off rust . _"


@pytest.mark.parametrize("text", [*DAYS_IN_ONE_WORD.split(), *DAYS_IN_SEVERAL.strip().splitlines()])
def test_a_date_is_read_however_it_is_written(text: str) -> None:
    assert values.day(text) == FIFTH


@pytest.mark.parametrize(
    "text",
    ["5-13-2026", "31-02-2026", "vorig jaar", "", "5-1", "2026", "1-1-1", "05-01-2026 07:30", "00-00-0000"],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert values.day(text) is None


@given(st.dates(date(1955, 1, 1), date(2090, 1, 1)))
def test_every_day_is_read_back_from_each_shape(day: date) -> None:
    assert values.day(f"{day:%d-%m-%Y}") == day
    assert values.day(f"{day.day}/{day.month}/{day.year}") == day
    assert values.day(f"{day:%Y-%m-%d} 00:00:00") == day
    assert values.day(str((day - date(1899, 12, 30)) // timedelta(days=1))) == day


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *(
            (text, 450)
            for text in [
                "07:30",
                "7:30",
                "07:30:00",
                "7:30:00",
                "7.30",
                "07.30",
                "0730",
                "7u30",
                "7h30",
                "0.3125",
                "0,3125",
                "07:30u",
            ]
        ),
        ("7:30 uur", 450),
        ("24:00", 1440),
        ("24:00:00", 1440),
        ("2400", 1440),
        ("00:00", 0),
        ("0", 0),
        ("1.0", 1440),
        ("0.25", 360),
        ("0.9166666666666666", 1320),
        ("6 uur", 360),
        ("22u", 1320),
    ],
)
def test_a_time_is_read_however_it_is_written(text: str, minutes: int) -> None:
    assert values.minutes(text) == minutes


@pytest.mark.parametrize("text", ["24:01", "25:00", "7:60", "7", "vroeg", "", "-", "1.5", "7:3", "?"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert values.minutes(text) is None


@given(st.integers(0, 1439))
def test_every_minute_is_read_back_from_each_shape(minute: int) -> None:
    hour, rest = divmod(minute, 60)
    for text in (f"{hour:02}:{rest:02}", f"{hour}:{rest:02}:00", f"{hour:02}{rest:02}", repr(minute / 1440)):
        assert values.minutes(text) == minute, text


@pytest.mark.parametrize(
    ("text", "amount"),
    [("4,5", "4.5"), ("4.50", "4.5"), ("2", "2"), ("2,500", "2.5"), ("2 uur", "2"), ("2:30", "2.5"), ("2.0", "2")],
)
def test_hours(text: str, amount: str) -> None:
    assert values.hours(text) == Decimal(amount)
    assert values.hours("1e1") is None


@pytest.mark.parametrize(
    ("text", "level"),
    [("4", 4), ("4,0", 4), ("4.00", 4), ("Niveau 4", 4), ("4 - legt het uit", 4), ("Vraagbaak", 5), ("nog niet", 0)],
)
def test_levels(text: str, level: int) -> None:
    assert values.level(text) == level


def test_what_is_no_level_is_none() -> None:
    assert [values.level(text) for text in ("4,5", "goed", "", "-1")] == [None] * 4


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10042.0", "10042"),
        ("10042,00", "10042"),
        ("'01001", "01001"),
        ("1.0042E+04", "10042"),
        ("1,0042e4", "10042"),
        ("A-12", "A-12"),
        ("01001", "01001"),
        ("10.5", "10.5"),
    ],
)
def test_a_number_loses_what_a_spreadsheet_made_of_it(text: str, number: str) -> None:
    assert values.number(text) == number


def read(text: str) -> list[str | None]:
    return [language(word) for word in spoken(text)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("nl,en", ["nl", "en"]),
        ("Nederlands, Engels", ["nl", "en"]),
        ("Nederlands en Engels", ["nl", "en"]),
        ("Dutch and English", ["nl", "en"]),
        ("nl en", ["nl", "en"]),
        ("NL / EN", ["nl", "en"]),
        ("nl-NL;en_GB", ["nl", "en"]),
        ("Deutsch + polski", ["de", "pl"]),
        ("Türkçe|Română", ["tr", "ro"]),
        ("Oekraïens", ["uk"]),
        ("українська", ["uk"]),
        ("Français & español", ["fr", "es"]),
        ("Arabisch (moedertaal)", ["ar"]),
        ("eng dut pol", ["en", "nl", "pl"]),
        ("Vlaams", ["nl"]),
        ("Klingon", [None]),
    ],
)
def test_languages(text: str, codes: list[str | None]) -> None:
    assert read(text) == codes


@pytest.mark.parametrize(
    "text",
    ["-", "–", "—", "‒", "―", "−", "--", "---", "‑", "x", "X", "vrij", "Vrij", "VRIJ", "free", "off", "rust", ".", "_"],
)
def test_what_means_a_free_day(text: str) -> None:
    assert is_free(text)
