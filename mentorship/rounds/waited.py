"""How many published rounds found nobody, by whatever it is counted of: what waiting counts, and whom it befalls."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col

from mentorship.mentor_requests.models import MentorRequest
from mentorship.rounds.models import Round, RoundUnmatched

REQUEST, PERSON = col(MentorRequest.id), col(MentorRequest.person_id)


def rounds_waited(
    session: Session,
    of: Any,
    before: datetime | None = None,
    only: Collection[int] | None = None,
) -> dict[int, int]:
    """Count the rounds without a mentor, by REQUEST or by PERSON; `before`: of those that were published sooner."""
    published_at = col(Round.published_at)
    query = columns(of, func.count())
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
    if only is not None:
        query = query.where(of.in_(only))
    rows = session.execute(query.group_by(of))
    return dict(rows.all())
