"""What becomes of the posts of a confidant who leaves, and of those for whom they stood in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.checkins.confidants.models import Confidant
from mentorship.checkins.settings.models import CheckInSettings
from mentorship.people.models import Person


def left(session: Session, leaver: Person, now: datetime) -> None:
    """Leave the post of who left empty, until the coordinator names another; they stand in for nobody."""
    person_id = id_of(leaver)
    theirs = select(Confidant).where(Confidant.person_id == person_id)
    for post in session.exec(theirs):
        session.delete(post)
    session.flush()
    nobody = {"stand_in_id": None, "stand_in_from": None, "stand_in_until": None}
    session.exec(update(Confidant).where(col(Confidant.stand_in_id) == person_id).values(nobody))
    known = update(CheckInSettings).where(col(CheckInSettings.confidant) == leaver.number)
    session.exec(known.values(confidant=""))
