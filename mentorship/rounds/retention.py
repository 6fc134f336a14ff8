"""Deletes rounds that are kept no longer, and the requests that no round and no pair needs any more."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date, wall_time
from mentorship.mentor_requests.models import OPEN, MentorRequest, Need, PlaceAsked, RequestOutcome
from mentorship.mentorships.models import Mentorship
from mentorship.programme.queries import programme
from mentorship.programme.rules import over_on
from mentorship.rounds.announcing.models import Objection
from mentorship.rounds.models import SOLVING, AnnouncedPair, Round, RoundOverride, RoundPair, RoundUnmatched
from mentorship.rounds.notes.models import RoundNote

_PARTS = (RoundPair, RoundUnmatched, RoundOverride, AnnouncedPair, Objection, RoundNote)


def _long_ago(session: Session, now: datetime) -> datetime:
    """Return when the last step was of what goes now: as long ago as the end of a pair that goes."""
    months = programme(session).pairs_months
    last_day = over_on(local_date(now), months)
    return wall_time(last_day + timedelta(days=1), 0)


def delete_rounds(session: Session, now: datetime) -> None:
    """Delete old rounds, published or not."""
    before = _long_ago(session, now)
    last_step = func.coalesce(
        Round.published_at,
        Round.solved_at,
        Round.created_at,
    )
    old = select(Round.id).where(
        last_step < before,
        Round.status != SOLVING,
    )
    for part in _PARTS:
        _delete(session, part, col(part.round_id).in_(old))
    _delete(session, Round, col(Round.id).in_(old))
    session.expire_all()


def delete_requests(session: Session, now: datetime) -> None:
    """Delete old requests that are over and that nothing points at; pairs that are over are gone by then."""
    before = _long_ago(session, now)
    old = select(MentorRequest.id).where(
        MentorRequest.status != OPEN,
        col(MentorRequest.changed_at) < before,
    )
    for table in (
        Mentorship,
        *_PARTS,
    ):
        pointing = select(table).where(
            col(table.request_id) == MentorRequest.id,
        )
        old = old.where(~pointing.exists())
    for part in (Need, RequestOutcome, PlaceAsked):
        _delete(session, part, col(part.request_id).in_(old))
    _delete(session, MentorRequest, col(MentorRequest.id).in_(old))
    session.expire_all()


def _delete(session: Session, table: type[Any], condition: Any) -> None:
    """Delete these rows; the session forgets afterwards what it knew."""
    session.exec(
        delete(table).where(condition),
        execution_options={"synchronize_session": False},
    )
