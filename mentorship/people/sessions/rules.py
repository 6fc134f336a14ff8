"""How long a session lasts that nobody uses, and how long somebody is known for sure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from mentorship.people.access import POWERFUL

SURE_FOR = timedelta(minutes=10)
"""So long after somebody signed in or confirmed that it is them, what matters most is open to them."""
FINENESS = 15
"""A use is written down when the last that was is older than this part of the time a session lasts unused."""
COARSEST = timedelta(minutes=10)
ENDED, IDLE, LONG = "ended", "idle", "long"
"""Why a session is over: ended from elsewhere, not used, or as long as one lasts at most."""


@dataclass(frozen=True)
class Limits:
    """How long a session lasts that nobody uses; shorter for whoever decides about others."""

    everybody: timedelta
    powerful: timedelta

    def of(self, roles: Collection[str]) -> timedelta:
        """Return how long a session lasts unused of who holds these roles."""
        if POWERFUL.isdisjoint(roles):
            return self.everybody
        return min(self.everybody, self.powerful)


def is_idle(seen_at: datetime, limit: timedelta, now: datetime) -> bool:
    """Tell whether a session was not used for too long."""
    return seen_at + limit <= now


def is_worth_noting(seen_at: datetime, limit: timedelta, now: datetime) -> bool:
    """Tell whether the last use that was written down is long enough ago to write this one down too."""
    return now - seen_at > min(limit / FINENESS, COARSEST)


def is_sure(confirmed_at: datetime | None, now: datetime) -> bool:
    """Tell whether somebody confirmed lately enough that it is them."""
    return confirmed_at is not None and now < confirmed_at + SURE_FOR


def why_over(
    ended_at: datetime | None,
    expires_at: datetime,
    idle_at: datetime,
    now: datetime,
) -> str:
    """Return why a session is over, "" when it runs; `idle_at`: when it ends unless it is used."""
    if ended_at is not None:
        return ENDED
    if min(idle_at, expires_at) > now:
        return ""
    return IDLE if idle_at < expires_at else LONG
