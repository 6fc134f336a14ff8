"""Reads of looks: who looked at somebody, and whether that was noted just now."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.people.looks.models import Look
from mentorship.people.models import Person

SAME = timedelta(minutes=10)
"""Who looks again so soon still looks."""


def noted(session: Session, viewer_id: int, people: Collection[int], kind: str, now: datetime) -> set[int]:
    """Return at whom of these it was noted just now that somebody looked."""
    just_now = select(Look.person_id).where(
        Look.viewer_id == viewer_id,
        col(Look.person_id).in_(people),
        Look.kind == kind,
        Look.day == local_date(now),
        col(Look.last_at) > now - SAME,
    )
    return set(session.exec(just_now))


def count(session: Session, person_id: int) -> int:
    """Count the days on which others looked at somebody, each kind of page apart."""
    theirs = select(func.count()).where(Look.person_id == person_id)
    return session.exec(theirs).one()


def at(session: Session, person_id: int, offset: int, limit: int) -> list[tuple[Look, Person]]:
    """Return who looked at somebody, the newest first."""
    theirs = (
        select(Look, Person)
        .join(Person, col(Person.id) == Look.viewer_id)
        .where(Look.person_id == person_id)
        .order_by(
            col(Look.last_at).desc(),
            col(Look.viewer_id),
            col(Look.kind),
        )
    )
    page = theirs.offset(offset).limit(limit)
    return list(session.exec(page))
