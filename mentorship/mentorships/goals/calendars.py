"""Which days count for a goal: when a pair pauses, and for the two themselves when not both are there."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from mentorship.mentorships.goals.dates import Calendar
from mentorship.mentorships.models import PAUSED, Mentorship
from mentorship.profiles.away import queries as away


def calendar(session: Session, pair: Mentorship, side: str | None, today: date) -> Calendar:
    """Return the days of a pair as one of the two knows them; who looks on learns nothing of when somebody is out."""
    until = pair.paused_until if pair.status == PAUSED else None
    if until is not None:
        until = max(until, today)
    out: frozenset[int] = frozenset()
    if side is not None and pair.runs:
        days = away.days_out(session, {pair.mentor_id, pair.junior_id}, today)
        out = days.get(pair.mentor_id, away.NEVER) | days.get(pair.junior_id, away.NEVER)
    return Calendar(
        today=today,
        own=side is not None,
        runs=pair.runs,
        until=until,
        out=out,
    )
