"""How many published rounds found nobody for each person: whether a round fell out fairly for who waits."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col

from mentorship.mentor_requests.models import MentorRequest
from mentorship.rounds.models import Round, RoundUnmatched


def rounds_waited(session: Session, before: datetime | None) -> dict[int, int]:
    """Count the rounds without a mentor by person; `before`: of those that were published sooner."""
    published_at = col(Round.published_at)
    person = col(MentorRequest.person_id)
    query = columns(person, func.count())
    query = query.join(
        RoundUnmatched,
        col(RoundUnmatched.request_id) == MentorRequest.id,
    )
    query = query.join(
        Round,
        col(Round.id) == RoundUnmatched.round_id,
    )
    query = query.where(published_at.is_not(None))
    if before is not None:
        query = query.where(published_at < before)
    rows = session.execute(query.group_by(person))
    return dict(rows.all())
