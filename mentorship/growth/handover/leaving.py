"""What happens to handover plans when somebody leaves: theirs goes on as a record, and they take nothing over."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.growth.handover import queries
from mentorship.growth.handover.models import PASSED_ON, HandoverPiece, HandoverPlan
from mentorship.people.models import Person


def announced(session: Session, leaver: Person, now: datetime) -> None:
    """Forget a plan that was the person's alone where the last day passed unannounced: nobody read it before."""
    leaver_id = id_of(leaver)
    plan = queries.plan_of(
        session,
        leaver_id,
    )
    if plan is None or plan.shared or not leaver.is_gone(local_date(now)):
        return
    session.exec(delete(HandoverPiece).where(col(HandoverPiece.person_id) == leaver_id))
    session.exec(delete(HandoverPlan).where(col(HandoverPlan.person_id) == leaver_id))


def left(session: Session, leaver: Person, now: datetime) -> None:
    """Keep how far each piece is as the pairs show it now, which end; who left takes nothing over any more."""
    leaver_id = id_of(leaver)
    for piece in queries.pieces(
        session,
        leaver_id,
    ):
        if piece.row.step != piece.step:
            piece.row.step = piece.step
            piece.row.stepped_on = leaver.last_day
    session.flush()
    theirs = update(HandoverPiece).where(
        col(HandoverPiece.receiver_id) == leaver_id,
        col(HandoverPiece.step) < PASSED_ON,
    )
    session.exec(theirs.values(receiver_id=None))


def would_end(session: Session, person_id: int) -> dict[str, int]:
    """Count the pieces that are not passed on, of a plan that coordinators read: of another they know nothing."""
    person = session.get(
        Person,
        person_id,
    )
    plan = queries.plan_of(
        session,
        person_id,
    )
    known = person is not None and person.last_day is not None
    if plan is None or not (plan.shared or known):
        return {"pieces": 0}
    found = queries.pieces(
        session,
        person_id,
    )
    standing = queries.of_pieces(
        plan,
        found,
    )
    return {"pieces": standing.left}
