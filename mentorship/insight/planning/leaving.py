"""What addresses for a planning system do when somebody leaves: those they made, or of their line, hold nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, or_
from sqlmodel import Session, col

from mentorship.base.db import id_of
from mentorship.insight.planning.models import PlanningFeed
from mentorship.people.models import Person


def left(session: Session, leaver: Person, now: datetime) -> None:
    """Let the addresses of who left, and those that tell of their line, stop working."""
    leaver_id = id_of(leaver)
    theirs = or_(
        col(PlanningFeed.person_id) == leaver_id,
        col(PlanningFeed.manager_id) == leaver_id,
    )
    session.exec(delete(PlanningFeed).where(theirs))
