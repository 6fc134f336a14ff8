"""Verbs on codes on paper: make them for who has no mail, and forget those that open nothing any more."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, or_
from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.checkins.actions import SUBJECT
from mentorship.checkins.links import queries as code_queries
from mentorship.checkins.links.models import CheckInCode
from mentorship.checkins.models import OPEN, CheckIn
from mentorship.people.access import Actor
from mentorship.people.account.rules import CODE_DAYS, code_digest, new_code


def make(session: Session, actor: Actor, person_ids: Collection[int], now: datetime) -> list[tuple[CheckIn, str]]:
    """Make a code for each open check-in of these people (an earlier one stops working), to print once.

    Who has mail, or nothing to answer any more, is passed over.
    """
    if not code_queries.reaches(session, actor, person_ids):
        raise Refused(N_("You hand out codes in your own line only."))
    asked = code_queries.to_open(session, actor, person_ids)
    if not asked:
        raise Refused(N_("None of these people has a check-in waiting any more."))
    session.exec(delete(CheckInCode).where(col(CheckInCode.check_in_id).in_([c.id for c in asked])))
    made, until = [(found, new_code()) for found in asked], now + timedelta(days=CODE_DAYS)
    session.add_all(
        CheckInCode(check_in_id=found.id or 0, code_hash=code_digest(code), made_by=actor.person_id, expires_at=until)
        for found, code in made
    )
    number = len({found.person_id for found in asked})
    audit.record(session, now, actor.person_id, "make check-in codes", SUBJECT, None, people=number)
    return made


def purge(session: Session, now: datetime) -> None:
    """Delete the codes that are too old, and those of check-ins that closed."""
    closed = select(CheckIn.id).where(CheckIn.status != OPEN)
    session.exec(
        delete(CheckInCode).where(or_(col(CheckInCode.expires_at) < now, col(CheckInCode.check_in_id).in_(closed)))
    )
