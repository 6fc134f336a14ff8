"""Deletes what check-ins keep no longer: first the notes, later the answers and signals of pairs that are over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.personal import ANSWERS, NOTES
from mentorship.checkins.models import MISSED, SKIPPED, Answer, CheckIn, CheckInCode
from mentorship.checkins.signals.models import Signal
from mentorship.mentorships import queries as mentorships
from mentorship.programme.queries import programme
from mentorship.programme.rules import over_on

UNREAD: dict[str, Any] = {"synchronize_session": False}


def empty_notes(session: Session, now: datetime) -> None:
    """Empty the notes of pairs that ended longer ago than the programme keeps them."""
    over = _over(session, now, NOTES)
    emptied = (
        update(CheckIn)
        .where(
            col(CheckIn.note) != "",
            col(CheckIn.mentorship_id).in_(over),
        )
        .values(
            note="",
            note_shared=False,
        )
    )
    session.exec(emptied, execution_options=UNREAD)
    session.expire_all()


def _over(session: Session, now: datetime, setting: str) -> Any:
    """Return a query of the pairs that ended longer ago than a setting of the programme says."""
    months = getattr(programme(session), setting)
    last_day = over_on(local_date(now), months)
    return mentorships.ended_by(last_day)


def delete_answers(session: Session, now: datetime) -> None:
    """Delete what was asked, answered and drawn from it of pairs that ended longer ago than the programme keeps it.

    What was tapped and not sent goes as soon as it can no longer be sent.
    """
    delete_unsent(session)
    over = _over(session, now, ANSWERS)
    asked = select(CheckIn.id).where(col(CheckIn.mentorship_id).in_(over))
    deleted = [
        delete(Answer).where(col(Answer.check_in_id).in_(asked)),
        delete(CheckInCode).where(col(CheckInCode.check_in_id).in_(asked)),
        delete(CheckIn).where(col(CheckIn.mentorship_id).in_(over)),
        delete(Signal).where(col(Signal.mentorship_id).in_(over)),
    ]
    for rows in deleted:
        session.exec(
            rows,
            execution_options=UNREAD,
        )
    session.expire_all()


def delete_unsent(session: Session) -> None:
    """Delete what was filled in of check-ins that closed without being sent."""
    unsent = col(CheckIn.status).in_((MISSED, SKIPPED))
    closed = select(CheckIn.id).where(unsent)
    tapped = delete(Answer).where(col(Answer.check_in_id).in_(closed))
    session.exec(tapped, execution_options=UNREAD)
    written = update(CheckIn).where(unsent, col(CheckIn.note) != "")
    emptied = written.values(note="", note_shared=False)
    session.exec(emptied, execution_options=UNREAD)
