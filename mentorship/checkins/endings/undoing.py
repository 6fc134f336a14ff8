"""Taking an ending back: what it changed, and the verb that puts that back while nobody answered yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from mentorship.base.db import id_of, locking
from mentorship.base.errors import Conflict
from mentorship.base.undo import IN_USE, About, Kept, keep, state, state_verb
from mentorship.checkins.models import OPEN, Answer, CheckIn
from mentorship.checkins.signals.models import Signal
from mentorship.mentor_requests.models import MentorRequest
from mentorship.mentorships.goals.models import Goal, LevelClaim
from mentorship.mentorships.models import Mentorship
from mentorship.people.access import Actor

VERB, SUBJECT = "end mentorship", "mentorship"


@dataclass
class Ending:
    """A pair and all that its ending changes, as they were before."""

    pair_id: int
    rows: list[Kept] = field(default_factory=list)
    asked: dict[str, str] = field(default_factory=dict)
    """When each check-in that was open then was opened, by its id."""


def keep_ending(session: Session, pair: Mentorship) -> Ending:
    """Keep what an ending changes; of check-ins no more than when they were opened."""
    pair_id = id_of(pair)
    rows = [
        keep(
            session,
            MentorRequest,
            id=pair.request_id,
        ),
        keep(
            session,
            Mentorship,
            id=pair_id,
        ),
        keep(
            session,
            LevelClaim,
            id=_claims(session, pair_id),
        ),
        keep(
            session,
            Signal,
            id=_signals(session, pair_id),
        ),
    ]
    asked = {str(row.id): row.opened_at.isoformat() for row in _open(session, pair_id)}
    return Ending(
        pair_id,
        rows,
        asked,
    )


def _claims(session: Session, pair_id: int) -> list[int]:
    goals = select(Goal.id).where(Goal.mentorship_id == pair_id)
    claims = select(LevelClaim.id).where(col(LevelClaim.goal_id).in_(goals))
    return [one for one in session.exec(claims.order_by(col(LevelClaim.id))) if one]


def _signals(session: Session, pair_id: int) -> list[int]:
    raised = select(Signal.id).where(
        Signal.mentorship_id == pair_id,
        col(Signal.status) != "done",
    )
    return [one for one in session.exec(raised.order_by(col(Signal.id))) if one]


def _open(session: Session, pair_id: int) -> list[CheckIn]:
    waiting = select(CheckIn).where(
        CheckIn.mentorship_id == pair_id,
        CheckIn.status == OPEN,
    )
    return list(session.exec(locking(waiting.order_by(col(CheckIn.id)))))


def state_ending(session: Session, ending: Ending, mail: tuple[str, str], now: datetime) -> None:
    """State how an ending is undone, and that nobody is told then."""
    about = About(
        VERB,
        SUBJECT,
        ending.pair_id,
        [mail],
    )
    for rows in ending.rows:
        if rows.rows:
            state(
                session,
                rows,
                about,
            )
    state_verb(
        session,
        take_questions_back,
        About(
            VERB,
            SUBJECT,
            ending.pair_id,
        ),
        pair_id=ending.pair_id,
        asked=ending.asked,
        ended_at=now.isoformat(),
    )


def take_questions_back(
    session: Session,
    _actor: Actor,
    *,
    pair_id: int,
    asked: Mapping[str, str],
    ended_at: str,
    now: datetime,
) -> None:
    """Ask both no closing check-in after all; refuse when one of them began to answer it."""
    closing = select(CheckIn).where(
        CheckIn.mentorship_id == pair_id,
        col(CheckIn.closing).is_(True),
        CheckIn.opened_at == datetime.fromisoformat(ended_at),
    )
    rows = list(session.exec(locking(closing.order_by(col(CheckIn.id)))))
    new = [id_of(row) for row in rows if str(row.id) not in asked]
    begun = select(Answer.check_in_id).where(col(Answer.check_in_id).in_(new))
    answered = [row for row in rows if row.status != OPEN]
    if answered or session.exec(begun.limit(1)).first() is not None:
        raise Conflict(IN_USE)
    for row in rows:
        before = asked.get(str(row.id))
        if before is None:
            session.exec(delete(CheckIn).where(col(CheckIn.id) == row.id))
            continue
        row.closing = False
        row.opened_at = datetime.fromisoformat(before)
    session.flush()
