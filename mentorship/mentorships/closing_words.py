"""Verbs on what is said at the end: what was reached, and the junior's thanks to the mentor. They never commit."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base import audit
from mentorship.base.db import locked
from mentorship.mentorships.models import ClosingWord

REACHED, THANKS = "reached", "thanks"
SUBJECT = "mentorship"


def say(
    session: Session,
    person_id: int,
    mentorship_id: int,
    side: str,
    *,
    reached: str,
    thanks: str,
    now: datetime,
) -> None:
    """Keep what one side says at the end, once; nothing said leaves no row."""
    said = []
    if reached:
        said.append(REACHED)
    if thanks:
        said.append(THANKS)
    if not said:
        return
    row = ClosingWord(
        mentorship_id=mentorship_id,
        side=side,
        reached=reached,
        thanks=thanks,
    )
    session.add(row)
    audit.record(
        session,
        now,
        person_id,
        "say closing words",
        SUBJECT,
        mentorship_id,
        what=said,
    )


def take_back(session: Session, person_id: int, mentorship_id: int, side: str, what: str, now: datetime) -> None:
    """Delete what one side said was reached, or its thanks; nothing happens when it is gone already."""
    found = locked(session, ClosingWord, (mentorship_id, side))
    if found is None or not getattr(found, what):
        return
    setattr(found, what, "")
    if not found.reached and not found.thanks:
        session.delete(found)
    audit.record(
        session,
        now,
        person_id,
        "take back closing words",
        SUBJECT,
        mentorship_id,
        what=[what],
    )
