"""Which mentors a round holds for whom while it is not published, so that nobody else gives their places away."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session, col, select

from mentorship.mentor_requests.models import OPEN, MentorRequest
from mentorship.rounds.facts import Pair
from mentorship.rounds.models import Round, RoundPair


def held(session: Session, statuses: Collection[str], but: int | None = None) -> list[Pair]:
    """Return the pairs (request, mentor) of rounds in these states, but for one round, whose request is still open."""
    query = select(RoundPair.request_id, RoundPair.mentor_id)
    query = query.join(
        Round,
        col(Round.id) == RoundPair.round_id,
    )
    query = query.join(
        MentorRequest,
        col(MentorRequest.id) == RoundPair.request_id,
    )
    query = query.where(
        col(Round.status).in_(list(statuses)),
        MentorRequest.status == OPEN,
    )
    if but is not None:
        query = query.where(Round.id != but)
    in_order = query.order_by(
        col(RoundPair.request_id),
        col(RoundPair.mentor_id),
    )
    return list(session.exec(in_order))


def states(session: Session, statuses: Collection[str]) -> tuple[tuple[int | None, str, int], ...]:
    """Return which rounds are in these states, and as of which change: what they hold hangs on that."""
    query = select(
        Round.id,
        Round.status,
        Round.version,
    )
    chosen = query.where(col(Round.status).in_(list(statuses)))
    return tuple(session.exec(chosen.order_by(col(Round.id))))
