"""What this room does when somebody leaves: it forgets when they were away."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col

from mentorship.base.db import id_of
from mentorship.people.models import Person
from mentorship.profiles.away.models import Away


def left(session: Session, leaver: Person, now: datetime) -> None:
    """Forget when who left was away, and for whom else they filled that in."""
    person_id = id_of(leaver)
    session.exec(delete(Away).where(col(Away.person_id) == person_id))
    entered = update(Away).where(col(Away.entered_by_id) == person_id)
    session.exec(entered.values(entered_by_id=None))
