"""When to ask, when to remind, when to stop waiting, given today or now. Pure: no session, no clock."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, timedelta

from mentorship.base.clock import local_date, wall_time
from mentorship.matching import Timetable

MEETINGS = 2
"""Together-shifts that there must have been before there is something to ask about."""
REMINDERS = (3, 7)
"""Days after opening."""
EARLIEST_DAYS, LATEST_DAYS, MISSED_AFTER_DAYS = 10, 42, 14
SETTLED, LEAVING = timedelta(minutes=15), timedelta(minutes=30)
"""Nobody is asked in the first minutes of a shift, nor in its last."""
_AT_WORK = ((9 * 60, 17 * 60),)
_OFFICE = Timetable.of(date(2024, 1, 1).toordinal(), (*[_AT_WORK] * 5, (), ()))
"""Monday to Friday, for who has no roster."""


def last_day(opened_on: date) -> date:
    """Return the last day on which a check-in can be answered, unless the next one opens before."""
    return opened_on + timedelta(days=MISSED_AFTER_DAYS - 1)


def next_due(
    last: date, together: Sequence[date], earliest_days: int = EARLIEST_DAYS, latest_days: int = LATEST_DAYS
) -> date:
    """Return the first day, `earliest_days` to `latest_days` after `last`, with two together-shifts since `last`."""
    earliest = last + timedelta(days=earliest_days)
    latest = last + timedelta(days=latest_days)
    since = set()
    for day in together:
        if day > last:
            since.add(day)
    if len(since) < MEETINGS:
        return latest
    in_order = sorted(since)
    met = in_order[MEETINGS - 1]
    return min(max(earliest, met), latest)


def next_moment(timetable: Timetable | None, now: datetime, days_ahead: int = 14) -> datetime:
    """Return the first moment from `now` in the person's own shift, in UTC; raise ValueError when `now` has no zone.

    At least 15 minutes after its begin and 30 before its end, if any shift until `days_ahead` days from now allows it;
    without a roster within working days 09:00-17:00; without a shift in these days `now` itself. Shifts are wall-clock
    times in Amsterdam: one that does not exist moves forward, one that exists twice is the first of the two.
    """
    if now.utcoffset() is None:
        raise ValueError("now must have a time zone")
    now = now.astimezone(UTC)
    if timetable is None:
        return _within(_shifts(_OFFICE, now, days_ahead), now)
    shifts = _shifts(timetable, now, days_ahead)
    for begin, end in shifts:
        moment = max(now, begin + SETTLED)
        if moment <= end - LEAVING:
            return moment
    return _within(shifts, now)


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


def reminders_due(opened_on: date, today: date, sent: Collection[int]) -> int | None:
    """Return which reminder is due and unsent, in days after opening; after a standstill only the last one is."""
    open_for = (today - opened_on).days
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
