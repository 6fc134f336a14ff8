"""A roster as it is drawn: the coming four weeks of a person, and the days of a cycle. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from mentorship.base.figures import days
from mentorship.base.figures.days import Days
from mentorship.base.i18n import gettext
from mentorship.matching import Blocks, Timetable, joined
from mentorship.profiles.rosters.models import Shift

DAY = 1440
"""Minutes of a day."""


@dataclass(frozen=True)
class CycleDay:
    """A day of a cycle: the kind of its shift, the code that people know it by, and the same in words."""

    kind: str
    code: str
    said: str


def coming(
    timetable: Timetable,
    days_off: Mapping[int, bool],
    today: date,
    away: Collection[int] = (),
) -> Days:
    """Show the four weeks from this Monday on of somebody; `days_off` are weekdays, True for one at school.

    `away` are the ordinals on which they are not there: for their own eyes alone.
    """
    found = kinds(timetable, days_off, today)
    found |= away_kinds(away)
    return days.days(found, [], today)


def kinds(timetable: Timetable, days_off: Mapping[int, bool], begins: date) -> dict[date, str]:
    """Return what kind of day each of the four weeks from the Monday of a day on is; one that is not there is free."""
    monday = begins - timedelta(days=begins.weekday())
    found = {}
    worked = timetable.worked(days.DAYS, monday.toordinal())
    for place, blocks in enumerate(worked):
        when = monday + timedelta(days=place)
        weekday = when.weekday()
        if weekday not in days_off:
            found[when] = kind_of(blocks)
        elif days_off[weekday]:
            found[when] = "school"
    return found


def away_kinds(ordinals: Collection[int]) -> dict[date, str]:
    """Return the days on which somebody is away as kinds of a strip."""
    return {date.fromordinal(day): "away" for day in ordinals}


def cycle(shifts: Sequence[Sequence[Shift]]) -> list[CycleDay]:
    """Return the days of a cycle."""
    found = []
    for of_day in shifts:
        kind = kind_of(blocks_of(of_day))
        _letter, word = days.SHIFTS[kind]
        code = "+".join(shift.code for shift in of_day)
        day = CycleDay(
            kind=kind,
            code=code or "–",
            said=gettext(word),
        )
        found.append(day)
    return found


def blocks_of(shifts: Iterable[Shift]) -> Blocks:
    """Return what is worked in these shifts of one day."""
    times = []
    for shift in shifts:
        if shift.begins is not None and shift.ends is not None:
            times.append((shift.begins, shift.ends))
    return joined(times)


def kind_of(blocks: Blocks) -> str:
    """Return what people call a day of this work: after its longest block; without any it is free."""
    if not blocks:
        return "free"
    begins, ends = max(blocks, key=lambda block: block[1] - block[0])
    return days.shift_kind(_clock(begins), _clock(ends))


def _clock(minutes: int) -> time:
    hour, minute = divmod(minutes % DAY, 60)
    return time(hour, minute)
