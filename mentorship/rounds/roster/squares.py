"""The days of a roster as squares to tap: a row a shift, a column a day, four weeks at a time. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mentorship.base.i18n import gettext, long_day, short_day, short_weekday, weekday
from mentorship.profiles.rosters.days import STEP, WEEK, Days
from mentorship.profiles.rosters.models import Shift
from mentorship.profiles.rosters.strip import blocks_of, kind_of


@dataclass(frozen=True)
class Square:
    """One shift on one day: the name of its field, whether it is worked, and what it is for who does not see it."""

    name: str
    on: bool
    said: str
    short: str


@dataclass(frozen=True)
class ShiftRow:
    """A shift with its squares of a week."""

    id: int
    code: str
    kind: str
    times: str
    squares: list[Square]


@dataclass(frozen=True)
class Week:
    """Seven days (of the last week some may be blank), and whether there are weeks after it to copy it to."""

    number: int
    title: str
    heads: list[str]
    blank: range
    rows: list[ShiftRow]
    goes_on: bool


@dataclass(frozen=True)
class Turn:
    """A way to four other weeks."""

    first: int
    text: str
    here: bool


@dataclass(frozen=True)
class Calendar:
    """How the days of a roster are called: dated, by the days of the week, or counted."""

    starts_on: date
    dated: bool
    by_week: bool

    def short(self, day: int) -> str:
        """Name a day in little room."""
        when = self.starts_on + timedelta(days=day)
        if self.dated:
            return f"{short_weekday(when)} {short_day(when)}"
        if self.by_week:
            return short_weekday(when)
        return str(day + 1)

    def said(self, day: int) -> str:
        """Name a day in full."""
        when = self.starts_on + timedelta(days=day)
        if self.dated:
            return long_day(when)
        if self.by_week:
            return gettext("%(day)s of week %(number)s", day=weekday(when.weekday()), number=day // WEEK + 1)
        return gettext("day %(number)s", number=day + 1)


def weeks(days: Days, shifts: Sequence[Shift], calendar: Calendar, first: int) -> list[Week]:
    """Return the four weeks from day `first` on."""
    found = []
    last = min(first + STEP, len(days))
    for begins in range(first, last, WEEK):
        ends = min(begins + WEEK, len(days))
        week = Week(
            number=begins // WEEK,
            title=gettext("Week %(number)s", number=begins // WEEK + 1),
            heads=[calendar.short(day) for day in range(begins, ends)],
            blank=range(WEEK - (ends - begins)),
            rows=[_row(shift, days, calendar, range(begins, ends)) for shift in shifts],
            goes_on=ends < len(days),
        )
        found.append(week)
    return found


def _row(shift: Shift, days: Days, calendar: Calendar, places: range) -> ShiftRow:
    assert shift.id is not None
    blocks = blocks_of([shift])
    squares = []
    for day in places:
        square = Square(
            name=f"day-{day}",
            on=shift.id in days[day],
            said=gettext("%(shift)s on %(day)s", shift=shift.code, day=calendar.said(day)),
            short=calendar.short(day),
        )
        squares.append(square)
    return ShiftRow(
        id=shift.id,
        code=shift.code,
        kind=kind_of(blocks),
        times=times(shift),
        squares=squares,
    )


def times(shift: Shift) -> str:
    """Return from when to when a shift is, or that its code means free."""
    if shift.begins is None or shift.ends is None:
        return gettext("free")
    return f"{clock(shift.begins)}–{clock(shift.ends)}"


def clock(minutes: int | None) -> str:
    """Write minutes from midnight as on a clock; nothing for None."""
    if minutes is None:
        return ""
    hour, minute = divmod(minutes, 60)
    return f"{hour % 24:02}:{minute:02}"


def turns(days: Days, first: int) -> list[Turn]:
    """Return the ways to each four weeks; none where all is on one page."""
    if len(days) <= STEP:
        return []
    found = []
    for begins in range(0, len(days), STEP):
        last = min(begins + STEP, len(days))
        text = gettext("Weeks %(first)s–%(last)s", first=begins // WEEK + 1, last=(last - 1) // WEEK + 1)
        found.append(Turn(begins, text, begins == first))
    return found
