"""A roster as it is drawn: the coming four weeks of a person, and the days of a cycle. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from mentorship.base.figures import days
from mentorship.base.figures.days import Days
from mentorship.base.i18n import gettext
from mentorship.matching import Timetable
from mentorship.profiles.rosters.models import Shift

DAY = 1440
"""Minutes of a day."""


@dataclass(frozen=True)
class CycleDay:
    """A day of a cycle: the kind of its shift, the code that people know it by, and the same in words."""

    kind: str
    code: str
    said: str


def coming(timetable: Timetable, days_off: Mapping[int, bool], today: date) -> Days:
    """Show the four weeks from this Monday on of somebody; `days_off` are weekdays, True for one at school."""
    monday = today - timedelta(days=today.weekday())
    cycle_days = len(timetable.shifts)
    kinds = {}
    for place in range(days.DAYS):
        when = monday + timedelta(days=place)
        since_start = when.toordinal() - timetable.start
        weekday = when.weekday()
        if weekday not in days_off:
            shift = timetable.shifts[since_start % cycle_days]
            kinds[when] = kind_of(shift)
        elif days_off[weekday]:
            kinds[when] = "school"
    return days.days(kinds, [], today)


def cycle(shifts: tuple[Shift | None, ...]) -> list[CycleDay]:
    """Return the days of a cycle."""
    found = []
    for shift in shifts:
        times = None
        code = "–"
        if shift is not None:
            times = shift.begins, shift.ends
            code = shift.code
        kind = kind_of(times)
        _letter, word = days.SHIFTS[kind]
        day = CycleDay(
            kind=kind,
            code=code,
            said=gettext(word),
        )
        found.append(day)
    return found


def kind_of(shift: tuple[int, int] | None) -> str:
    """Return what people call a shift of these minutes of the day; None is free."""
    if shift is None:
        return "free"
    begins, ends = shift
    return days.shift_kind(_clock(begins), _clock(ends))


def _clock(minutes: int) -> time:
    hour, minute = divmod(minutes % DAY, 60)
    return time(hour, minute)
