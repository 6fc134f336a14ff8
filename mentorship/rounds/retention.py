"""Deletes rounds that are kept no longer, and the requests that no round and no pair needs any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date, wall_time
from mentorship.mentor_requests.models import OPEN, MentorRequest, Need, RequestOutcome
from mentorship.mentorships.models import Mentorship
from mentorship.programme.queries import programme
from mentorship.programme.rules import over_on
from mentorship.rounds.models import SOLVING, Round, RoundOverride, RoundPair, RoundUnmatched

_PARTS = (RoundPair, RoundUnmatched, RoundOverride)


def purge(session: Session, now: datetime) -> None:
    """Delete old rounds, published or not, and old requests that are over and that nothing points at.

    They go as long after their last step as pairs do after their end; pairs that are over are gone by then.
    """
    months, whole = programme(session).pairs_months, {"synchronize_session": False}
    before = wall_time(over_on(local_date(now), months) + timedelta(days=1), 0)
    stepped = func.coalesce(Round.published_at, Round.solved_at, Round.created_at)
    rounds = select(Round.id).where(stepped < before, Round.status != SOLVING)
    for part in _PARTS:
        session.exec(delete(part).where(col(part.round_id).in_(rounds)), execution_options=whole)
    session.exec(delete(Round).where(col(Round.id).in_(rounds)), execution_options=whole)
    over = select(MentorRequest.id).where(MentorRequest.status != OPEN, col(MentorRequest.changed_at) < before)
    for table in (Mentorship, *_PARTS):
        over = over.where(~select(table).where(col(table.request_id) == MentorRequest.id).exists())
    for told in (Need, RequestOutcome):
        session.exec(delete(told).where(col(told.request_id).in_(over)), execution_options=whole)
    session.exec(delete(MentorRequest).where(col(MentorRequest.id).in_(over)), execution_options=whole)
    session.expire_all()
