"""Which weeks can be looked at, and on which days a pair works together. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from mentorship.mentorships.hours.rules import WEEK, spent, week_of
from mentorship.mentorships.models import PAUSED, Mentorship

BACK, AHEAD = 4, 8
"""Weeks before and after this one that can be looked at."""
LOGGED = 4
DAYS = 7
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Runs:
    """From which day on a pair works together, and before which day that is over; None where it is open."""

    since: date | None
    until: date | None

    def on(self, day: date) -> bool:
        """Tell whether it runs on a day."""
        if self.since is not None and day < self.since:
            return False
        return self.until is None or day < self.until


def runs(pair: Mentorship, last_days: Iterable[date | None], apart_since: date | None) -> Runs:
    """Return when a pair that runs, pauses or ended works together, as far as that is known.

    `last_days`: of the two, where one was said; `apart_since`: since when a site keeps them apart.
    """
    since = pair.paused_until if pair.status == PAUSED else pair.running_since
    ends = [day + A_DAY for day in last_days if day is not None]
    for day in (pair.ended_on, pair.ends_on):
        if day is not None:
            ends.append(day)
    if apart_since is not None:
        ends.append(apart_since)
    return Runs(since, min(ends, default=None))


def monday_at(today: date, offset: int) -> date:
    """Return the Monday of the week so many weeks after this one."""
    return week_of(today) + WEEK * offset


def days_of(monday: date) -> list[date]:
    """Return the days of a week."""
    return [monday + A_DAY * number for number in range(DAYS)]


def logged_weeks(monday: date, today: date) -> list[date]:
    """Return the last weeks that are over, up to the one that is looked at: their hours could be logged."""
    last = min(monday, week_of(today) - WEEK)
    return [last - WEEK * number for number in range(LOGGED)]


def hours_counted(with_each: Iterable[Decimal], own: Decimal | None) -> Decimal:
    """Return the hours that guiding takes of a mentor in a day or week, as logged hours count."""
    return spent(with_each, own)
