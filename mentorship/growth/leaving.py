"""What this room does when somebody leaves: they work in no job here any more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from mentorship.base.db import id_of
from mentorship.growth.models import JobHeld
from mentorship.people.models import Person


def left(session: Session, leaver: Person, now: datetime) -> None:
    """Forget in which job profile who left worked."""
    theirs = col(JobHeld.person_id) == id_of(leaver)
    session.exec(delete(JobHeld).where(theirs))
