"""What the pulse does when somebody leaves: they are not asked any more; what they sent has no name to find it by."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from mentorship.base.db import id_of
from mentorship.people.models import Person
from mentorship.pulse.models import PulseInvited


def left(session: Session, leaver: Person, now: datetime) -> None:
    """Forget that an open wave asked who left, and whether they took part."""
    theirs = col(PulseInvited.person_id) == id_of(leaver)
    session.exec(delete(PulseInvited).where(theirs))
