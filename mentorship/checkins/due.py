"""When to ask, when to remind, when to stop waiting, given today or now. Pure: no session, no clock."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from mentorship.base.clock import local_date, wall_time
from mentorship.matching import Timetable

MEETINGS = 2
"""Together-shifts that there must have been before there is something to ask about."""
REMINDERS = (3, 7)
"""Days after opening."""
EARLIEST_DAYS, LATEST_DAYS, MISSED_AFTER_DAYS = 10, 42, 14
FIRST, AFTER_LOW_DAYS = 4, 14
"""So many come in the rhythm of the beginning; so soon the next of a side follows what it said that was low."""
SETTLED, LEAVING = timedelta(minutes=15), timedelta(minutes=30)
"""Nobody is asked in the first minutes of a shift, nor in its last."""
_AT_WORK = ((9 * 60, 17 * 60),)
_OFFICE = Timetable.of(date(2024, 1, 1).toordinal(), (*[_AT_WORK] * 5, (), ()))
"""Monday to Friday, for who has no roster."""
NEVER: frozenset[int] = frozenset()
"""Of who is always there: the ordinals on which somebody is away, or their site is closed."""


def is_out(day: date, out: Collection[int]) -> bool:
    """Tell whether somebody is not there on a day."""
    return day.toordinal() in out


def free_day(day: date, taken: Collection[date]) -> date:
    """Return a day, or the first one after it for which a side was not asked yet: who answered today is asked again."""
    while day in taken:
        day += timedelta(days=1)
    return day


def days_later(day: date, days: int, out: Collection[int] = NEVER) -> date:
    """Return the day that is so many days later, of which those `out` do not count."""
    found = day.toordinal()
    if not any(found < gone <= found + days for gone in out):
        return day + timedelta(days=days)
    left = days
    while left > 0:
        found += 1
        left -= found not in out
    return date.fromordinal(found)


def days_since(day: date, today: date, out: Collection[int] = NEVER) -> int:
    """Return how many days there are from a day until today, of which those `out` do not count."""
    begins = day.toordinal()
    ends = today.toordinal()
    gone = sum(begins < one <= ends for one in out)
    return ends - begins - gone


def last_day(opened_on: date, out: Collection[int] = NEVER) -> date:
    """Return the last day on which a check-in can be answered, unless the next one opens before.

    The term of who is away shifts by the days that they are.
    """
    return days_later(opened_on, MISSED_AFTER_DAYS - 1, out)


def is_missed(opened_on: date, today: date, out: Collection[int] = NEVER) -> bool:
    """Tell whether a check-in counts as missed today; never on a day on which somebody is away."""
    if is_out(today, out):
        return False
    return today > last_day(opened_on, out)


def interval(times: int, low: bool, days: int, later_days: int) -> int:
    """Return after how many days at least a side is asked that was asked so many times; `low`: what it said last."""
    wanted = days if times < FIRST else later_days
    if low:
        return min(wanted, AFTER_LOW_DAYS)
    return wanted


def next_due(
    last: date,
    together: Sequence[date],
    earliest_days: int = EARLIEST_DAYS,
    latest_days: int = LATEST_DAYS,
    out: Collection[int] = NEVER,
) -> date:
    """Return the first day, `earliest_days` to `latest_days` after `last`, with two together-shifts since `last`.

    Days on which a side is `out` do not count, and it is none of them. A date that moved because of them is one on
    which the two are at work together: so it tells no more than when they meet again.
    """
    earliest = days_later(last, earliest_days, out)
    latest = days_later(last, latest_days, out)
    since = set()
    for day in together:
        if day > last:
            since.add(day)
    if len(since) < MEETINGS:
        return latest
    in_order = sorted(since)
    met = in_order[MEETINGS - 1]
    due = min(max(earliest, met), latest)
    if days_since(last, due, out) == (due - last).days:
        return due
    return next((day for day in in_order if day >= due), due)


def on_or_after(day: date, out: Collection[int]) -> date:
    """Return the first day from a day on that is not `out`."""
    found = day.toordinal()
    while found in out:
        found += 1
    return date.fromordinal(found)


def next_moment(
    timetable: Timetable | None,
    now: datetime,
    days_ahead: int = 14,
    out: Collection[int] = NEVER,
) -> datetime:
    """Return the first moment from `now` in the person's own shift, in UTC; raise ValueError when `now` has no zone.

    At least 15 minutes after its begin and 30 before its end, if any shift until `days_ahead` days from now allows it;
    without a roster within working days 09:00-17:00; without a shift in these days `now` itself. Shifts are wall-clock
    times in Amsterdam: one that does not exist moves forward, one that exists twice is the first of the two.
    On the days `out` there are no shifts; the days ahead begin with the return.
    """
    if now.utcoffset() is None:
        raise ValueError("now must have a time zone")
    now = _back(now.astimezone(UTC), out)
    if timetable is None:
        office = replace(_OFFICE, out=frozenset(out)) if out else _OFFICE
        return _within(_shifts(office, now, days_ahead), now)
    shifts = _shifts(timetable, now, days_ahead)
    for begin, end in shifts:
        moment = max(now, begin + SETTLED)
        if moment <= end - LEAVING:
            return moment
    return _within(shifts, now)


def _back(now: datetime, out: Collection[int]) -> datetime:
    """Return the midnight with which somebody who is away is there again; `now` of who is there."""
    today = local_date(now)
    if not is_out(today, out):
        return now
    return wall_time(on_or_after(today, out), 0)


Shift = tuple[datetime, datetime]
"""When it begins and ends."""


def _within(shifts: Sequence[Shift], now: datetime) -> datetime:
    """Return the first moment from `now` in one of these shifts, at its very begin or end too; else `now`."""
    for begin, end in shifts:
        if now < end:
            return max(now, begin)
    return now


def _shifts(timetable: Timetable, now: datetime, days: int) -> list[Shift]:
    """Return the shifts from yesterday's, which may reach into today, until `days` from today."""
    yesterday = local_date(now) - timedelta(days=1)
    shifts = []
    for number, blocks in enumerate(timetable.worked(days + 2, yesterday.toordinal())):
        day = yesterday + timedelta(days=number)
        for begins, ends in blocks:
            begin = wall_time(day, begins)
            end = wall_time(day, ends)
            # so short that the missing hour of March swallows it
            if begin < end:
                shifts.append((begin, end))
    return shifts


def reminders_due(
    opened_on: date,
    today: date,
    sent: Collection[int],
    out: Collection[int] = NEVER,
) -> int | None:
    """Return which reminder is due and unsent, in days after opening; after a standstill only the last one is.

    Days `out` do not count, and on one of them none is due.
    """
    if is_out(today, out):
        return None
    open_for = days_since(opened_on, today, out)
    last = None
    for days in REMINDERS:
        if open_for >= days:
            last = days
    if last is None:
        return None
    for days in sent:
        if days >= last:
            return None
    return last
