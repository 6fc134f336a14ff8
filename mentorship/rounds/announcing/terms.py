"""On which days nobody is asked to answer: the closed days of the sites, which count for all managers alike."""

from __future__ import annotations

from datetime import date, timedelta

from sqlmodel import Session

from mentorship.profiles.closed_days.queries import closed_on

AHEAD = timedelta(days=90)
"""Further than any term: twenty working days, with Christmas within."""


def closed(session: Session, today: date) -> frozenset[int]:
    """Return the ordinals of the days from today on at which a site is closed."""
    by_site = closed_on(session, today, today + AHEAD)
    return frozenset().union(*by_site.values())
