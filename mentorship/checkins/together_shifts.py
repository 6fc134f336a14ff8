"""The days on which two rosters bring a pair together. Pure."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from mentorship.matching import TOGETHER, Timetable, together_days

AN_HOUR = 60


@lru_cache(maxsize=20_000)
def days_together(
    junior: Timetable | None, mentor: Timetable | None, first: date, days: int, remote: bool
) -> tuple[date, ...]:
    """Return the days from `first` with a together-shift; at a distance, with an hour of work in common."""
    if junior is None or mentor is None:
        return ()
    least = TOGETHER
    if remote:
        least = AN_HOUR
    found = together_days(
        junior,
        mentor,
        first.toordinal(),
        days,
        least,
    )
    return tuple(map(date.fromordinal, found))
