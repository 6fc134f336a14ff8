"""How all running pairs stand, but for those of the reader's own."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from mentorship.checkins.standings import standings
from mentorship.mentorships.models import ACTIVE, Mentorship
from mentorship.people.access import Actor


def classes(session: Session, actor: Actor, now: datetime) -> dict[int, str]:
    """Return the class of every running pair that the actor is no side of: of one's own it would tell the other's."""
    me = actor.person_id
    query = select(Mentorship.id).where(
        col(Mentorship.status) == ACTIVE,
        col(Mentorship.mentor_id) != me,
        col(Mentorship.junior_id) != me,
    )
    running = [pair_id for pair_id in session.exec(query) if pair_id is not None]
    return standings(session, running, now)
