"""Verbs of whose check-in came in by a slip: that it was them, or take it back. They never commit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from mentorship.base import audit
from mentorship.base.errors import Conflict
from mentorship.base.i18n import N_
from mentorship.checkins import queries as check_ins
from mentorship.checkins.models import OPEN, SKIPPED, SUBJECT, Answer, CheckIn, CheckInCode
from mentorship.checkins.signals.withdrawing import withdraw
from mentorship.checkins.slips import queries

NOTHING = N_("There is nothing to withdraw any more.")


def note_tablet(session: Session, check_in_id: int) -> None:
    """Note that a check-in came in on a shared tablet, by the card of its author: it may have been somebody else."""
    found = check_ins.held(session, check_in_id)
    found.slip_by_id = found.person_id
    found.slip_seen_at = None


def was_me(session: Session, check_in_id: int, now: datetime) -> None:
    """Remember that a person said that they answered by a slip themselves; they may take it back all the same."""
    found = check_ins.held(session, check_in_id)
    if found.slip_by_id is not None and found.slip_seen_at is None:
        found.slip_seen_at = now


def take_back(session: Session, check_in_id: int, now: datetime) -> CheckIn:
    """Take back what came in by a slip: answers, note and what was noticed in them go, and the slip works no more.

    The check-in is open again while it can still be answered; else it counts as skipped.
    """
    found = check_ins.held(session, check_in_id)
    if not queries.is_to_take_back(session, found, now):
        raise Conflict(NOTHING)
    for table in (Answer, CheckInCode):
        session.exec(delete(table).where(col(table.check_in_id) == check_in_id))
    by = found.slip_by_id
    found.note = ""
    found.note_shared = False
    found.help_from = []
    found.slip_by_id = None
    found.slip_seen_at = None
    found.status = SKIPPED
    found.closed_at = now
    if queries.opens_again(session, found, now):
        found.status = OPEN
        found.closed_at = None
    session.flush()
    withdraw(session, found, now)
    audit.record(
        session,
        now,
        found.person_id,
        "take back slip",
        SUBJECT,
        check_in_id,
        made_by=by,
    )
    return found
