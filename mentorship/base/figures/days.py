"""The roster strip: 28 real days, each with the letter of its shift."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from babel.dates import format_date

from mentorship.base.i18n import N_, gettext, locale, long_day

DAYS = 28
NOON = time(12)
DAYBREAK = time(7)
EVENING = time(20)
SHIFTS = {
    "early": (N_("E"), N_("early shift")),
    "day": (N_("D"), N_("day shift")),
    "late": (N_("L"), N_("late shift")),
    "night": (N_("N"), N_("night shift")),
    "school": (N_("S"), N_("school day")),
    "away": (N_("A"), N_("away")),
    "free": ("–", N_("free")),
}
"""By kind of day its letter and its words."""
TOGETHER = N_("shift together")
TODAY = N_("today")


@dataclass(frozen=True)
class Day:
    """A day as it is drawn."""

    date: date
    kind: str
    label: str
    letter: str
    said: str
    together: bool
    today: bool


@dataclass(frozen=True)
class KeyOf:
    """A kind of day in the key under the strip."""

    kind: str
    letter: str
    word: str


@dataclass(frozen=True)
class Days:
    """Four weeks of days, and what their letters mean."""

    days: tuple[Day, ...]
    key: tuple[KeyOf, ...]
    any_together: bool
    said: str


def shift_kind(start: time, end: time) -> str:
    """Return what people call a shift: by night where it goes over midnight or begins in the evening."""
    if end <= start or start >= EVENING:
        return "night"
    if start >= NOON:
        return "late"
    return "early" if start < DAYBREAK else "day"


def days(kinds: Mapping[date, str], together: Sequence[date], today: date) -> Days:
    """Show the four weeks from this Monday on; a day without a kind (one of `SHIFTS`) is free."""
    monday = today - timedelta(days=today.weekday())
    found = []
    for place in range(DAYS):
        when = monday + timedelta(days=place)
        kind = kinds.get(when, "free")
        day = _day(when, kind, when in together, when == today)
        found.append(day)
    shown = {day.kind for day in found}
    key = [_key(kind) for kind in SHIFTS if kind in shown]
    return Days(
        days=tuple(found),
        key=tuple(key),
        any_together=any(day.together for day in found),
        said=gettext(
            N_("28 days from %(monday)s on"),
            monday=long_day(monday),
        ),
    )


def _day(when: date, kind: str, together: bool, today: bool) -> Day:
    letter, word = SHIFTS[kind]
    said = [gettext(word)]
    if together:
        said.append(gettext(TOGETHER))
    if today:
        said.append(gettext(TODAY))
    return Day(
        date=when,
        kind=kind,
        label=format_date(when, "EEEEEE d", locale=locale()),
        letter=_letter(letter),
        said=", ".join(said),
        together=together,
        today=today,
    )


def _key(kind: str) -> KeyOf:
    letter, word = SHIFTS[kind]
    return KeyOf(kind, _letter(letter), gettext(word))


def _letter(letter: str) -> str:
    return letter if letter == "–" else gettext(letter)
