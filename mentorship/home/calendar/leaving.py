"""What the calendar does when somebody leaves: their address holds nothing any more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from mentorship.base.db import id_of
from mentorship.home.calendar.models import CalendarFeed
from mentorship.people.models import Person


def left(session: Session, leaver: Person, now: datetime) -> None:
    """Let the address of who left stop working."""
    theirs = col(CalendarFeed.person_id) == id_of(leaver)
    session.exec(delete(CalendarFeed).where(theirs))
