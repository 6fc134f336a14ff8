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
_OFFICE = Timetable(date(2024, 1, 1).toordinal(), (*[(9 * 60, 17 * 60)] * 5, None, None))
"""Monday to Friday, for who has no roster."""


def next_due(
    last: date, together: Sequence[date], earliest_days: int = EARLIEST_DAYS, latest_days: int = LATEST_DAYS
) -> date:
    """Return the first day, `earliest_days` to `latest_days` after `last`, with two together-shifts since `last`."""
    latest = last + timedelta(days=latest_days)
    since = sorted({day for day in together if day > last})
    met = since[MEETINGS - 1] if len(since) >= MEETINGS else latest
    return min(max(last + timedelta(days=earliest_days), met), latest)


def next_moment(timetable: Timetable | None, now: datetime, days_ahead: int = 14) -> datetime:
    """Return the first moment from `now` in the person's own shift, in UTC; raise ValueError when `now` has no zone.

    At least 15 minutes after its begin and 30 before its end, if any shift until `days_ahead` days from now allows it;
    without a roster within working days 09:00-17:00; without a shift in these days `now` itself. Shifts are wall-clock
    times in Amsterdam: one that does not exist moves forward, one that exists twice is the first of the two.
    """
    if now.utcoffset() is None:
        raise ValueError("now must have a time zone")
    now = now.astimezone(UTC)
    shifts = _shifts(timetable or _OFFICE, local_date(now), days_ahead)
    if timetable is not None:
        for begin, end in shifts:
            moment = max(now, begin + SETTLED)
            if moment <= end - LEAVING:
                return moment
    return next((max(now, begin) for begin, end in shifts if now < end), now)


def _shifts(timetable: Timetable, today: date, days: int) -> list[tuple[datetime, datetime]]:
    """Return begin and end of the shifts from yesterday's, which may reach into today, until `days` from today."""
    yesterday = today - timedelta(days=1)
    begins, ends = timetable.minutes(days + 2, yesterday.toordinal())
    shifts = []
    for i in range(days + 2):
        day = yesterday + timedelta(days=i)
        begin, end = wall_time(day, int(begins[i])), wall_time(day, int(ends[i]))
        # free, or so short that the missing hour of March swallows it
        if begin < end:
            shifts.append((begin, end))
    return shifts


def reminders_due(opened_on: date, today: date, sent: Collection[int]) -> int | None:
    """Return which reminder is due and unsent, in days after opening; after a standstill only the last one is."""
    reached = [days for days in REMINDERS if today - opened_on >= timedelta(days=days)]
    if not reached or any(days >= reached[-1] for days in sent):
        return None
    return reached[-1]
