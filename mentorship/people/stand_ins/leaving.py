"""What becomes of who stands in for somebody who leaves, and of whom they stood in for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, or_, update
from sqlmodel import Session, col

from mentorship.base.db import id_of
from mentorship.people.models import Person
from mentorship.people.stand_ins.models import StandIn


def left(session: Session, leaver: Person, now: datetime) -> None:
    """Let nobody stand in for who left, nor them for anybody."""
    person_id = id_of(leaver)
    theirs = or_(
        col(StandIn.person_id) == person_id,
        col(StandIn.stand_in_id) == person_id,
    )
    session.exec(delete(StandIn).where(theirs))
    named = update(StandIn).where(col(StandIn.named_by_id) == person_id)
    session.exec(named.values(named_by_id=None))
