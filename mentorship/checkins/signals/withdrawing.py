"""Withdrawing what was noticed in answers that their author took back."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from mentorship.checkins.findings import ANSWERS
from mentorship.checkins.models import CheckIn
from mentorship.checkins.signals import raising
from mentorship.checkins.signals.models import Signal


def withdraw(session: Session, taken_back: CheckIn, now: datetime) -> None:
    """Delete the signals in which these answers had a part, unless what else was answered says the same.

    What was closed with what was done stays: somebody did it.
    """
    raised = select(Signal).where(
        Signal.mentorship_id == taken_back.mentorship_id,
        Signal.side == taken_back.side,
        col(Signal.kind).in_(ANSWERS),
        col(Signal.status) != "done",
    )
    day = taken_back.due_on.isoformat()
    drawn = [one for one in session.exec(raised) if day in one.evidence]
    if not drawn:
        return
    still = raising.called_for(session, now, taken_back.mentorship_id)
    for one in drawn:
        if (one.kind, one.side, one.about, one.since) not in still:
            session.delete(one)
    session.flush()
