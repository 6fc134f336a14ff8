"""What this room does when somebody leaves or objects: they are asked nothing, and what was tapped goes unsent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, delete
from sqlmodel import Session, col, select

from mentorship.base.db import id_of, locking
from mentorship.checkins.models import OPEN, SKIPPED, Answer, CheckIn, CheckInCode
from mentorship.people.models import Person
from mentorship.people.objections import CHECK_INS, objected


def left(session: Session, leaver: Person, now: datetime) -> None:
    """Pass over what is still asked of who left or objected; the codes for it open nothing any more."""
    _pass_over(session, col(CheckIn.person_id) == id_of(leaver), now)


def objected_meanwhile(session: Session, now: datetime) -> None:
    """Pass over what was opened for who objected while it was being opened."""
    _pass_over(session, col(CheckIn.person_id).in_(objected(CHECK_INS)), now)


def _pass_over(session: Session, whose: ColumnElement[bool], now: datetime) -> None:
    query = select(CheckIn).where(
        whose,
        CheckIn.status == OPEN,
    )
    asked = list(session.exec(locking(query.order_by(col(CheckIn.id)))))
    if not asked:
        return
    ids = [id_of(one) for one in asked]
    for one in asked:
        one.status = SKIPPED
        one.closed_at = now
        one.note = ""
        one.note_shared = False
        one.help_from = []
    session.flush()
    for table in (Answer, CheckInCode):
        session.exec(delete(table).where(col(table.check_in_id).in_(ids)))
