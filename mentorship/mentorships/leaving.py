"""What this room does when somebody leaves: proposals lapse, pairs end, and who stays may be paired again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import id_of, locking
from mentorship.mentor_requests.models import OPEN, WITHDRAWN, MentorRequest
from mentorship.mentorships.actions import SUBJECT
from mentorship.mentorships.goals.actions import settle_open
from mentorship.mentorships.models import ACTIVE, ENDED, OCCUPYING, PAUSED, PROPOSED, REFUSED, Mentorship
from mentorship.people.models import Person

RUNNING = (ACTIVE, PAUSED)


def of_leaver(session: Session, person_id: int, *statuses: str) -> list[Mentorship]:
    """Return somebody's pairs that stand so, the oldest first."""
    return list(
        session.exec(
            _of(
                person_id,
                statuses,
            )
        )
    )


def _of(person_id: int, statuses: Sequence[str]) -> SelectOfScalar[Mentorship]:
    theirs = or_(
        col(Mentorship.mentor_id) == person_id,
        col(Mentorship.junior_id) == person_id,
    )
    query = select(Mentorship).where(
        theirs,
        col(Mentorship.status).in_(statuses),
    )
    return query.order_by(col(Mentorship.id))


def left(session: Session, leaver: Person, now: datetime) -> None:
    """End the pairs of who left, let their proposals lapse, and give back what the juniors asked for who stay."""
    person_id = id_of(leaver)
    today = local_date(now)
    last_day = leaver.last_day or today
    found = list(
        session.exec(
            locking(
                _of(
                    person_id,
                    OCCUPYING,
                )
            )
        )
    )
    for pair in found:
        if pair.status == PROPOSED:
            pair.status = REFUSED
            pair.ended_on = today
        else:
            pair.status = ENDED
            pair.ended_on = _ended_on(
                pair,
                last_day,
            )
        pair.by_leaving = True
        audit.record(
            session,
            now,
            None,
            "end by leaving",
            SUBJECT,
            pair.id,
        )
    settle_open(
        session,
        [id_of(pair) for pair in found],
        now,
    )
    _settle_requests(
        session,
        found,
        person_id,
        now,
    )


def _ended_on(pair: Mentorship, last_day: date) -> date:
    if pair.started_on is None:
        return last_day
    return max(
        last_day,
        pair.started_on,
    )


def _settle_requests(session: Session, found: Sequence[Mentorship], leaver_id: int, now: datetime) -> None:
    """Withdraw what who left had asked for; give others back to the next round, unless they asked anew since."""
    request_ids = [pair.request_id for pair in found if pair.request_id is not None]
    query = select(MentorRequest).where(col(MentorRequest.id).in_(request_ids))
    requests = list(session.exec(locking(query.order_by(col(MentorRequest.id)))))
    asking = {request.person_id for request in requests}
    newer = select(MentorRequest.person_id).where(
        col(MentorRequest.person_id).in_(asking),
        MentorRequest.status == OPEN,
        col(MentorRequest.id).not_in(request_ids),
    )
    taken_over = {leaver_id, *session.exec(newer)}
    for request in requests:
        returns = request.person_id not in taken_over
        request.status = OPEN if returns else WITHDRAWN
        request.changed_at = now
        taken_over.add(request.person_id)


def would_end(session: Session, person_id: int) -> dict[str, int]:
    """Count the pairs that end and the proposals that lapse."""
    theirs = (
        _of(
            person_id,
            OCCUPYING,
        )
        .order_by(None)
        .subquery()
    )
    query = select(
        theirs.c.status,
        func.count(),
    ).group_by(theirs.c.status)
    counted = dict(session.execute(query).all())
    return {
        "pairs": counted.get(ACTIVE, 0) + counted.get(PAUSED, 0),
        "proposals": counted.get(PROPOSED, 0),
    }
