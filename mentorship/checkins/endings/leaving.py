"""What endings do when somebody leaves: the one who stays is asked once more how it went."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.checkins.endings.actions import close_signals, open_closing
from mentorship.checkins.settings import queries as settings
from mentorship.mentorships.models import ENDED, Mentorship
from mentorship.people.models import Person


def left(session: Session, leaver: Person, now: datetime) -> None:
    """Close what asked for attention in the pairs that ended, and ask the other one of each how it went."""
    person_id = id_of(leaver)
    query = select(Mentorship).where(
        Mentorship.status == ENDED,
        col(Mentorship.by_leaving).is_(True),
        col(Mentorship.ended_on) >= (leaver.last_day or local_date(now)),
        or_(
            col(Mentorship.mentor_id) == person_id,
            col(Mentorship.junior_id) == person_id,
        ),
    )
    ended = list(session.exec(query.order_by(col(Mentorship.id))))
    if not ended:
        return
    close_signals(
        session,
        [id_of(pair) for pair in ended],
        now,
    )
    if not settings.lacking(session):
        started = [pair for pair in ended if pair.started_on is not None]
        open_closing(
            session,
            started,
            now,
        )
