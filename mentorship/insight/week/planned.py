"""A pair's week: on which days they are at work together, from when to when, and the hours planned for it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from mentorship.checkins.together_shifts import times_together
from mentorship.matching import Timetable
from mentorship.mentorships.hours.spreading import by_day

NO_HOURS = Decimal(0)


@dataclass(frozen=True)
class Guiding:
    """A day of guiding: the stretches (UTC) both are at work, long enough to count, and the hours planned."""

    day: date
    times: tuple[tuple[datetime, datetime], ...]
    hours: Decimal


@lru_cache(maxsize=20_000)
def week_of_pair(
    junior: Timetable,
    mentor: Timetable,
    monday: date,
    hours_per_pair: Decimal,
    remote: bool,
) -> tuple[Guiding, ...]:
    """Return the days of guiding of a week, as `hours.rules.prefill` reckons its hours."""
    planned = by_day(
        junior,
        mentor,
        monday,
        hours_per_pair,
        remote=remote,
    )
    found = []
    for day, hours in planned.items():
        times = times_together(
            junior,
            mentor,
            day,
            remote,
        )
        guiding = Guiding(day, tuple(times), hours)
        found.append(guiding)
    return tuple(found)
