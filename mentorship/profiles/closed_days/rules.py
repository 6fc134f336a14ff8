"""Which days a site may keep otherwise. Pure."""

from __future__ import annotations

from datetime import date

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_

AHEAD = 2
"""Years ahead for which it can be said already."""


def years(today: date) -> list[int]:
    """Return the years that can be looked at."""
    return list(range(today.year, today.year + AHEAD + 1))


def check_year(year: int, today: date) -> None:
    """Refuse a year that is over, or far ahead."""
    if year not in years(today):
        raise Refused(N_("Choose a day of this year or the two after it."), field="day")
