"""Pure decisions about reminding of a proposal: how often, and from which day the service does so by itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta

AGAIN_AFTER = timedelta(days=3)
"""Nobody is reminded more often than this, by whomever."""
BEFORE = timedelta(days=3)
"""So long before the last day the service reminds by itself, once."""
EARLIER = timedelta(days=7)
"""Or so long before it, who has no shift in the last days."""
SOON = 7
"""A proposal with fewer days left than this lapses this week."""


def days_left(last_day: date, today: date) -> int:
    """Return on how many days it can still be answered, today included; none when it is over."""
    return max(
        0,
        (last_day - today).days + 1,
    )


def lapses_soon(last_day: date, today: date) -> bool:
    """Tell whether a proposal lapses within a week."""
    return days_left(last_day, today) <= SOON


def is_recent(reminded_at: datetime | None, now: datetime) -> bool:
    """Tell whether somebody was reminded so shortly ago that they are left alone."""
    return reminded_at is not None and now - reminded_at < AGAIN_AFTER


def again_on(reminded_at: datetime) -> datetime:
    """Return from when somebody may be reminded again."""
    return reminded_at + AGAIN_AFTER


def reminds_from(last_day: date, next_shift_on: date) -> date:
    """Return from which day the service reminds; `next_shift_on`: the first shift within the last days, or after."""
    if next_shift_on <= last_day:
        return last_day - BEFORE
    return last_day - EARLIER
