"""Pure decisions about certificates: until when, what ends soon, and whom to tell of it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_

EARLY, LATE = 90, 30
REMINDED = (EARLY, LATE)
"""So many days before a certificate ends the person is told, once each."""
SOON = timedelta(days=EARLY)
EARLIEST = date(1950, 1, 1)


def end_of(got_on: date, months: int | None) -> date | None:
    """Return the last day of a certificate of so many months; None where it has no end."""
    if months is None:
        return None
    year, earlier = divmod(got_on.year * 12 + got_on.month - 1 + months, 12)
    month = earlier + 1
    last = monthrange(year, month)[1]
    return date(year, month, min(got_on.day, last))


def check_days(got_on: date, ends_on: date | None, today: date) -> None:
    """Refuse a certificate of a day to come or of very long ago, and one that ends before it was got."""
    if not EARLIEST <= got_on <= today:
        raise Refused(N_("Fill in a day that has been."), field="got_on")
    if ends_on is not None and ends_on <= got_on:
        raise Refused(N_("A certificate ends after the day on which it was got."), field="ends_on")


def stage(ends_on: date | None, today: date) -> int | None:
    """Return which reminder is due: of 90 or of 30 days before the end; None where none is."""
    if ends_on is None or ends_on < today:
        return None
    left = (ends_on - today).days
    for days in sorted(REMINDED):
        if left <= days:
            return days
    return None


def due_since(ends_on: date, days: int) -> date:
    """Return the day on which the reminder of so many days before the end is due."""
    return ends_on - timedelta(days=days)


def waits(ends_on: date | None, seen_on: date | None, today: date) -> bool:
    """Tell whether somebody did not see yet that a certificate ends: once for each of the two reminders."""
    days = stage(ends_on, today)
    if days is None or ends_on is None:
        return False
    return seen_on is None or seen_on < due_since(ends_on, days)
