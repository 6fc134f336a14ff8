"""The hours of guiding that a week is expected to bring, day by day, so that they can be planned. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal

from mentorship.matching import TOGETHER, Timetable, together_days
from mentorship.mentorships.hours.rules import in_common, prefill

WEEK = 7
QUARTER = 25
"""Hours are planned in quarters, here in hundredths."""
_AN_HOUR = 60


def by_day(
    junior: Timetable, mentor: Timetable, monday: date, hours_per_pair: Decimal, *, remote: bool = False
) -> dict[date, Decimal]:
    """Return on which days of a week the hours are planned that `prefill` expects of it, all of them.

    They go in quarters, in turn, over its together-shifts, also those that none are left for; what these have no room
    for goes to the other days with time in common.
    """
    expected = prefill(
        junior,
        mentor,
        monday,
        hours_per_pair,
        remote=remote,
    )
    least = _AN_HOUR if remote else TOGETHER
    ordinals = together_days(
        junior,
        mentor,
        monday.toordinal(),
        WEEK,
        least,
    )
    days = [date.fromordinal(ordinal) for ordinal in ordinals]
    room = _room(junior, mentor, monday)
    planned = dict.fromkeys(days, 0)
    left = _deal(planned, room, days, _hundredths(expected))
    others = [day for day in room if day not in planned]
    left = _deal(planned, room, others, left)
    if left and days:  # what the hours of days lose by rounding
        planned[days[0]] += left
    return {day: Decimal(hours) / 100 for day, hours in sorted(planned.items())}


def _room(junior: Timetable, mentor: Timetable, monday: date) -> dict[date, int]:
    """Return the time in common of each day that has any, in hundredths of hours."""
    found = {}
    for number in range(WEEK):
        day = monday + timedelta(days=number)
        common = _hundredths(in_common(junior, mentor, day, 1))
        if common:
            found[day] = common
    return found


def _deal(planned: dict[date, int], room: dict[date, int], days: Collection[date], hours: int) -> int:
    """Give these days a quarter of an hour each in turn, as far as they have room; return what is left."""
    left = hours
    while left:
        before = left
        for day in days:
            share = min(QUARTER, left, room.get(day, 0))
            if share:
                planned[day] = planned.get(day, 0) + share
                room[day] -= share
                left -= share
        if left == before:
            break
    return left


def _hundredths(hours: Decimal) -> int:
    return int(hours * 100)
