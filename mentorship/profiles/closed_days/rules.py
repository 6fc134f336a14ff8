"""Which days a site may keep otherwise. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_

FRIDAY = 5
AHEAD = 2
"""Years ahead for which it can be said already."""


def years(today: date) -> list[int]:
    """Return the years that can be looked at."""
    return list(range(today.year, today.year + AHEAD + 1))


def after_working_days(today: date, number: int, closed: Collection[int]) -> date:
    """Return the last of so many working days after today: no weekend, and no day (ordinal) that is closed."""
    day = today
    left = number
    while left:
        day += timedelta(days=1)
        if day.isoweekday() <= FRIDAY and day.toordinal() not in closed:
            left -= 1
    return day


def check_year(year: int, today: date) -> None:
    """Refuse a year that is over, or far ahead."""
    if year not in years(today):
        raise Refused(N_("Choose a day of this year or the two after it."), field="day")
