"""Dates, times and numbers as people and spreadsheets write them -> values. Pure; None where it is not one."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from mentorship.hr_import.reading.spellings import LEVELS, plain

DAY = 24 * 60
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_WRITTEN_OUT = re.compile(r"([0-9]{1,2})[-/. ]+([a-z]{3,9})\.?[-/. ]+([0-9]{4}|[0-9]{2})")
_COMPACT = re.compile(r"(20[0-9]{2})([01][0-9])([0-3][0-9])")
_MIDNIGHT = re.compile(r"[t ]0{1,2}[:.]00([:.]00([.,]0+)?)?z?$")
_WEEKDAY = re.compile(r"^(ma|di|wo|do|vr|za|zo|[a-z]+dag)\.?,? ")
_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_OTHER_MONTHS = {"mar": 3, "maa": 3, "may": 5, "oct": 10}
_NUMBER_OF_DAY = re.compile(r"([2-7][0-9]{4})([.,]0+)?")
_EXCEL_BEGINS = date(1899, 12, 30)
_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.hu]|: ?)([0-9]{2})(?:[:.]([0-9]{2}))?(?: ?(?:u|uur|h|hrs))?\.?")
_FOUR_DIGITS = re.compile(r"([0-9]{2})([0-9]{2})")
_WHOLE_HOUR = re.compile(r"([0-9]{1,2}) ?(?:u|uur|h)\.?")
_FRACTION = re.compile(r"[01]?[.,][0-9]+(?:e-[0-9]+)?|[01]")
_WHOLE = re.compile(r"([0-9]{1,3})(?:[.,]0+)?")
_LEVEL = re.compile(r"(?:niveau )?([0-5])(?:[.,]0+)?(?: ?[-–:=.)]? ?[a-z ]+)?")
_HOURS = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,2})0*)?")
_HOURS_BY_CLOCK = re.compile(r"([0-9]{1,2}):([0-5][0-9])")
_UNIT = re.compile(r" ?(?:uur|uren|u|h|hours|hrs)\.?$")
_FLOATING = re.compile(r"([0-9]{1,15})[.,]0+")
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?e\+?[0-9]{1,2}", re.IGNORECASE)


def day(text: str) -> date | None:
    """Return a date: the day first or the year first, in digits or words, or as Excel counts days."""
    low = _MIDNIGHT.sub("", plain(text))
    low = _WEEKDAY.sub("", low)
    counted = _NUMBER_OF_DAY.fullmatch(low)
    if counted:
        return _EXCEL_BEGINS + timedelta(days=int(counted[1]))
    found = _YEAR_FIRST.fullmatch(low) or _COMPACT.fullmatch(low)
    if found:
        return _date(
            found[1],
            int(found[2]),
            found[3],
        )
    found = _DAY_FIRST.fullmatch(low)
    if found:
        return _date(
            found[3],
            int(found[2]),
            found[1],
        )
    found = _WRITTEN_OUT.fullmatch(low)
    if found:
        return _date(
            found[3],
            _month(found[2]),
            found[1],
        )
    return None


def _month(name: str) -> int:
    short = name[:3]
    if short in _MONTHS:
        return _MONTHS.index(short) + 1
    return _OTHER_MONTHS.get(short, 0)


def _date(year: str, month: int, number: str) -> date | None:
    century = 2000 if len(year) == 2 else 0
    try:
        return date(
            century + int(year),
            month,
            int(number),
        )
    except ValueError:  # the 30th of February
        return None


def minutes(text: str) -> int | None:
    """Return minutes from midnight of a time of the day; 24:00 is the end of it. A fraction is how Excel keeps one."""
    low = plain(text)
    clock = _CLOCK.fullmatch(low) or _FOUR_DIGITS.fullmatch(low)
    if clock and (low[1:2] != "." or not low.startswith("0.")):
        return _of_clock(int(clock[1]), int(clock[2]))
    whole = _WHOLE_HOUR.fullmatch(low)
    if whole:
        return _of_clock(int(whole[1]), 0)
    if _FRACTION.fullmatch(low):
        fraction = float(low.replace(",", "."))
        if fraction <= 1:
            return round(fraction * DAY)
    return None


def _of_clock(hour: int, minute: int) -> int | None:
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    return hour * 60 + minute


def whole(text: str) -> int | None:
    """Return a whole number, also one that a program wrote with a decimal nought."""
    found = _WHOLE.fullmatch(text)
    return int(found[1]) if found else None


def level(text: str) -> int | None:
    """Return a level from a number or from the words for it."""
    low = plain(text)
    if low in LEVELS:
        return LEVELS[low]
    found = _LEVEL.fullmatch(low)
    return int(found[1]) if found else whole(low)


def hours(text: str) -> Decimal | None:
    """Return a number of hours: a comma or a point before its decimals, or as a clock would say it."""
    low = _UNIT.sub("", plain(text))
    by_clock = _HOURS_BY_CLOCK.fullmatch(low)
    if by_clock:
        of_hour = Decimal(by_clock[2]) / 60
        return Decimal(by_clock[1]) + round(of_hour, 2)
    found = _HOURS.fullmatch(low)
    if not found:
        return None
    return Decimal(f"{found[1]}.{found[2] or 0}")


def number(text: str) -> str:
    """Return a personnel number as it is meant: without what a spreadsheet made of it."""
    without_mark = text.removeprefix("'").strip()
    floating = _FLOATING.fullmatch(without_mark)
    if floating:
        return floating[1]
    if _SCIENTIFIC.fullmatch(without_mark):
        return _of_scientific(without_mark)
    return without_mark


def _of_scientific(text: str) -> str:
    try:
        amount = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return text
    return f"{amount:f}" if amount == amount.to_integral_value() else text
