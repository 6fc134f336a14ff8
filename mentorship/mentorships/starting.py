"""A pair starts: both said yes, and the days are over on which managers may object to who was paired at once."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import id_of, locking
from mentorship.mentorships import queries
from mentorship.mentorships.goals import actions as goals
from mentorship.mentorships.models import ACTIVE, Mentorship


def start(session: Session, accepted: Mentorship, now: datetime) -> None:
    """Let a pair run from today on, with the goals that its request named."""
    accepted.status = ACTIVE
    accepted.started_on = local_date(now)
    goals.from_request(session, accepted, now)


def start_due(session: Session, now: datetime) -> list[int]:
    """Start the pairs to which both said yes and nobody may object any more; return their ids."""
    query = select(Mentorship).where(
        queries.agreed(),
        col(Mentorship.objections_until) <= now,
    )
    in_order = query.order_by(col(Mentorship.id))
    due = list(session.exec(locking(in_order)))
    for found in due:
        start(session, found, now)
        audit.record(
            session,
            now,
            None,
            "start mentorship",
            "mentorship",
            found.id,
        )
    return [id_of(found) for found in due]
