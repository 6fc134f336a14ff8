"""Which quarter is closed when, and whether it may be published: pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from mentorship.base.clock import wall_time
from mentorship.programme.rules import AGGREGATES, Visibility

GRACE = timedelta(days=14)
"""So long after its end a quarter is closed: an answer can be corrected for a while."""
MONTHS = 3


def quarter_of(day: date) -> date:
    """Return the first day of the quarter in which a day falls."""
    months_in = (day.month - 1) % MONTHS
    return date(day.year, day.month - months_in, 1)


def next_quarter(quarter: date) -> date:
    """Return the first day of the quarter after one."""
    beyond = quarter + timedelta(days=31 * MONTHS)
    return quarter_of(beyond)


def quarter_before(quarter: date) -> date:
    """Return the first day of the quarter before one."""
    return quarter_of(quarter - timedelta(days=1))


def last_day(quarter: date) -> date:
    """Return the last day of a quarter."""
    return next_quarter(quarter) - timedelta(days=1)


def closes_on(quarter: date) -> date:
    """Return the day on which a quarter is closed."""
    return next_quarter(quarter) + GRACE


def last_closed(today: date) -> date:
    """Return the newest quarter that is closed on a day."""
    ended_by = quarter_of(today - GRACE)
    return quarter_of(ended_by - timedelta(days=1))


def bounds(quarter: date) -> tuple[datetime, datetime]:
    """Return the moment at which a quarter begins, and that at which the next one does."""
    begins = wall_time(quarter, 0)
    ends = wall_time(next_quarter(quarter), 0)
    return begins, ends


def may_publish(managers: Visibility, quarter: date) -> bool:
    """Tell whether a whole quarter was asked under the choice that managers see groups alone."""
    if managers.chosen != AGGREGATES:
        return False
    begins, _ends = bounds(quarter)
    return managers.since is None or managers.since <= begins


def first_closing(managers: Visibility, today: date) -> date | None:
    """Return when the first quarter from now on is published; None while managers do not see groups alone."""
    if managers.chosen != AGGREGATES:
        return None
    quarter = last_closed(today)
    while closes_on(quarter) <= today or not may_publish(managers, quarter):
        quarter = next_quarter(quarter)
    return closes_on(quarter)
