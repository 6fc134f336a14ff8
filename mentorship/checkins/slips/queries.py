"""Reads of check-ins that came in by a slip."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.clock import local_date
from mentorship.base.db import Given
from mentorship.base.once import once
from mentorship.checkins import terms
from mentorship.checkins.models import ANSWERED, SKIPPED, Answer, CheckIn
from mentorship.people.access import Actor
from mentorship.people.models import Person

CAME_IN = (ANSWERED, SKIPPED)


@once
def came_in(session: Session, actor: Actor) -> list[CheckIn]:
    """Return somebody's check-ins that came in by a slip, of which they did not say yet whether it was them."""
    found = []
    in_order = came_in_for(actor.person_id).order_by(col(CheckIn.id))
    for one in session.exec(in_order):
        if not actor.is_closed(one.opened_at):
            found.append(one)
    return found


def came_in_for(person_id: Given[int]) -> SelectOfScalar[CheckIn]:
    """Return the query for these, also those that are closed to who looks."""
    return select(CheckIn).where(
        CheckIn.person_id == person_id,
        col(CheckIn.status).in_(CAME_IN),
        col(CheckIn.slip_by_id).is_not(None),
        col(CheckIn.slip_seen_at).is_(None),
    )


def maker(session: Session, found: CheckIn) -> Person | None:
    """Return who made the slip by which a check-in came in or was begun, None when it did not."""
    if found.slip_by_id is None:
        return None
    return session.get(Person, found.slip_by_id)


def opens_again(session: Session, found: CheckIn, now: datetime) -> bool:
    """Tell whether its person can still answer it once it is taken back."""
    if not terms.is_asked_still(session, found):
        return False
    return not terms.is_over(session, found, local_date(now))


def is_to_take_back(session: Session, found: CheckIn, now: datetime) -> bool:
    """Tell whether there is anything to take back: answers, or that it was skipped while it can still be answered."""
    if found.slip_by_id is None or found.status not in CAME_IN:
        return False
    return found.status == ANSWERED or opens_again(session, found, now)


def count_answers(session: Session, check_in_id: int) -> int:
    """Count the answers that were given."""
    query = select(func.count()).select_from(Answer).where(Answer.check_in_id == check_in_id)
    return session.exec(query).one()
