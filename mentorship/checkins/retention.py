"""Deletes what check-ins keep no longer: first the notes, later the answers and signals of pairs that are over."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.checkins.links.models import CheckInCode
from mentorship.checkins.models import Answer, CheckIn
from mentorship.checkins.signals.models import Signal
from mentorship.mentorships import queries as mentorships
from mentorship.programme.queries import programme
from mentorship.programme.rules import over_on


def purge(session: Session, now: datetime) -> None:
    """Empty the notes and delete the answers of pairs that ended longer ago than the programme keeps them."""
    settings, today = programme(session), local_date(now)
    silent = mentorships.ended_by(over_on(today, settings.notes_months))
    emptied = update(CheckIn).where(col(CheckIn.note) != "", col(CheckIn.mentorship_id).in_(silent))
    whole = {"synchronize_session": False}
    session.exec(emptied.values(note="", note_shared=False), execution_options=whole)
    gone = mentorships.ended_by(over_on(today, settings.answers_months))
    asked = select(CheckIn.id).where(col(CheckIn.mentorship_id).in_(gone))
    for part in (Answer, CheckInCode):
        session.exec(delete(part).where(col(part.check_in_id).in_(asked)), execution_options=whole)
    for table in (CheckIn, Signal):
        session.exec(delete(table).where(col(table.mentorship_id).in_(gone)), execution_options=whole)
    session.expire_all()
