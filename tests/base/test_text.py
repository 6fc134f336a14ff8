"""Numbers, days and tables as the reader writes them, and numbers as people type them."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship.base import i18n, sheets
from mentorship.base.forms import Form, Invalid, Paragraph, RowId
from mentorship.base.i18n import use_locale

HALF_PAST_MIDNIGHT = datetime(2026, 7, 14, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("locale", "wanted"),
    [
        (
            "nl",
            [
                "3 mrt 2026",
                "15 jul 2026",
                "15 jul 2026 00:30",
                "1.234,5",
                "2,50",
                "0,3",
                "12.345",
                "38\u202f%",
                "maandag",
                "a, b en c",
            ],
        ),
        (
            "en",
            [
                "3 Mar 2026",
                "15 Jul 2026",
                "15 Jul 2026 00:30",
                "1,234.5",
                "2.50",
                "0.3",
                "12,345",
                "38%",
                "Monday",
                "a, b, and c",
            ],
        ),
    ],
)
def test_in_the_readers_language(locale: str, wanted: list[str]):
    with use_locale(locale):
        shown = [
            i18n.day(date(2026, 3, 3)),
            i18n.day(HALF_PAST_MIDNIGHT),
            i18n.moment(HALF_PAST_MIDNIGHT),
            i18n.decimal(1234.5),
            i18n.decimal(Decimal("2.5"), fixed=True),
            i18n.decimal(0.3),
            i18n.integer(12345),
            i18n.percent(0.375),
            i18n.weekday(0),
            i18n.joined(["a", "b", "c"]),
        ]
    assert [text.replace("\N{NO-BREAK SPACE}", "") for text in shown] == wanted


@pytest.mark.parametrize(
    ("locale", "wanted"),
    [
        ("nl", ["0 plekken", "0,5 plekken", "1 plek", "1 plek", "1,5 plekken", "1.000 plekken"]),
        ("en", ["0 places", "0.5 places", "1 place", "1 place", "1.5 places", "1,000 places"]),
    ],
)
def test_one_is_singular_and_one_and_a_half_is_not(locale: str, wanted: list[str]):
    with use_locale(locale):
        shown = [i18n.ngettext("%(num)s place", "%(num)s places", num) for num in (0, 0.5, 1, 1.0, 1.5, 1000)]
    assert shown == wanted


def test_a_moment_is_told_in_the_hour_of_its_season():
    with use_locale("nl"):
        assert i18n.moment(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)) == "25 okt 2026 02:30"
        assert i18n.moment(datetime(2026, 10, 25, 1, 30, tzinfo=UTC)) == "25 okt 2026 02:30", (
            "the hour that comes twice"
        )
        assert i18n.moment(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == "1 jan 2027 00:30"


def test_nothing_is_nothing_and_an_unknown_language_is_dutch():
    assert (i18n.day(None), i18n.moment(None), i18n.decimal(None)) == ("", "", "")
    with use_locale("xx"):
        assert i18n.decimal(0.5) == "0,5"
        with use_locale("en"):
            assert i18n.decimal(0.5) == "0.5"
        assert i18n.locale() == "nl", "the language before comes back"


@pytest.mark.parametrize(("typed", "read"), [("2,5", "2.5"), ("2.5", "2.5"), (" 40 ", "40"), ("-0,25", "-0.25")])
def test_decimals_as_people_type_them(typed: str, read: str):
    assert i18n.parse_decimal(typed) == Decimal(read)


@pytest.mark.parametrize("typed", ["", "twee", "1.000,5", "1,2,3", "--1", "2 5"])
def test_what_is_no_decimal(typed: str):
    with pytest.raises(InvalidOperation):
        i18n.parse_decimal(typed)


@given(st.decimals(-9999, 9999, places=2), st.sampled_from(["nl", "en"]))
def test_what_is_shown_can_be_sent_again(value: Decimal, locale: str):
    with use_locale(locale):
        shown = i18n.decimal(value)
        if abs(value) < 1000:  # a thousands mark is for reading only
            assert i18n.parse_decimal(shown) == value


@pytest.mark.parametrize("text", ["=1+1", "+31 6", "-2", "@x", "\tx", "\rx"])
def test_a_formula_is_defused(text: str):
    assert sheets.defused(text) == f"'{text}"


@pytest.mark.parametrize("value", ["Jan", "1=1", "'t Hart", "", 0, -5, 2.5, Decimal("-1"), None])
def test_anything_else_stays_as_it_is(value: object):
    assert sheets.defused(value) is value


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8), min_size=2)))
def test_a_table_reads_back_and_runs_nothing(rows: list[list[str]]):
    sent = sheets.to_csv(["=Naam", "b"], rows)
    assert sent.startswith(b"\xef\xbb\xbf'=Naam;b\r\n")
    back = list(csv.reader(io.StringIO(sent.decode("utf-8-sig"), newline=""), delimiter=";"))[1:]
    assert not [cell for row in back for cell in row if cell[:1] in "=+-@\t\r" and cell]
    assert [[cell.removeprefix("'") for cell in row] for row in back] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]


def test_negative_numbers_stay_numbers():
    assert sheets.to_csv(["a"], [[-3]]).endswith(b"\r\n-3\r\n")


class Sent(Form):
    text: Paragraph = ""
    id: RowId = 1


def said(**sent: str) -> dict[str, str]:
    with use_locale("en"):
        try:
            Sent.read(sent)
        except Invalid as failure:
            assert failure.values == sent, "what was typed comes back"
            return failure.errors
    return {}


def test_paragraph():
    assert Sent.read({"text": "  regel\r\nregel\t€ 𝄞\n"}).text == "regel\nregel\t€ 𝄞"
    assert said(text="x" * 2000) == said(text="x\r\n" * 999 + "yy") == {}
    assert said(text="x" * 2001) == {"text": "Too long: at most 2000 characters."}
    for bad in ("\0", "\x0b", "\x1b[2J", "\x7f", "\ud800"):
        assert said(text=f"a{bad}b") == {"text": "This text has characters that cannot be stored."}, repr(bad)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ("0", "At least 1."),
        ("-1", "At least 1."),
        (str(2**31), "At most 2147483647."),
        ("1e3", "whole number"),
        (str(10**30), "At most 2147483647."),
        ("9" * 5000, "too large"),
        ("", "whole number"),
        ("1.5", "whole number"),
    ],
)
def test_row_id(sent: str, sentence: str):
    assert sentence in said(id=sent)["id"]


def test_row_id_within_bounds_and_nothing_unknown():
    assert [Sent.read({"id": n}).id for n in ("1", str(2**31 - 1))] == [1, 2**31 - 1]
    assert said(role="admin") == {"role": "This field does not belong here."}


@pytest.mark.parametrize("value", [0, 0.5, 12.25, 1000, 1234.5, 999_999.999999])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_number_in_a_field_is_read_back_the_same(language, value):
    with i18n.use_locale(language):
        assert float(i18n.parse_decimal(i18n.typed(value, 6))) == value
