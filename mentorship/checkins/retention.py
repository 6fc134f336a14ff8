"""Deletes what check-ins keep no longer: first the notes, later the answers and signals of pairs that are over."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.checkins.models import Answer, CheckIn, CheckInCode
from mentorship.checkins.signals.models import Signal
from mentorship.mentorships import queries as mentorships
from mentorship.programme.queries import programme
from mentorship.programme.rules import over_on

UNREAD: dict[str, Any] = {"synchronize_session": False}


def purge(session: Session, now: datetime) -> None:
    """Empty the notes and delete the answers of pairs that ended longer ago than the programme keeps them."""
    settings = programme(session)
    today = local_date(now)
    notes_until = over_on(today, settings.notes_months)
    _empty_notes(session, notes_until)
    answers_until = over_on(today, settings.answers_months)
    _delete_answers(session, answers_until)
    session.expire_all()


def _empty_notes(session: Session, last_day: date) -> None:
    """Empty the notes of pairs that were over on a day."""
    over = mentorships.ended_by(last_day)
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


def _delete_answers(session: Session, last_day: date) -> None:
    """Delete what was asked, answered and drawn from it of pairs that were over on a day."""
    over = mentorships.ended_by(last_day)
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
