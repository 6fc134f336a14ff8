"""What this room does when somebody leaves: they work in no job here, and grow towards none; their proofs go along."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from mentorship.base.db import id_of
from mentorship.growth.certificates.models import Certificate
from mentorship.growth.models import CourseFollowed, JobHeld
from mentorship.growth.path.models import PathChosen
from mentorship.people.models import Person


def left(session: Session, leaver: Person, now: datetime) -> None:
    """Forget in which job profile who left worked, where they wanted to grow, what they followed and what they had."""
    for table in (JobHeld, PathChosen, CourseFollowed, Certificate):
        theirs = col(table.person_id) == id_of(leaver)
        session.exec(delete(table).where(theirs))
