"""What the pulse does when somebody leaves: they are not asked any more; what they sent has no name to find it by."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from mentorship.base.db import id_of
from mentorship.people.models import Person
from mentorship.pulse.models import PulseInvited


def left(session: Session, leaver: Person, now: datetime) -> None:
    """Ask who left no more; that they took part stays until the close, so that who comes back is not asked twice."""
    theirs = col(PulseInvited.person_id) == id_of(leaver)
    session.exec(delete(PulseInvited).where(theirs, col(PulseInvited.taken).is_(False)))
