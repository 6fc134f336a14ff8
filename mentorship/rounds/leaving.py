"""What rounds do when somebody leaves: one that is not published yet is solved again without them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlmodel import Session, col

from mentorship.base import audit
from mentorship.base.db import id_of
from mentorship.base.i18n import N_
from mentorship.mentor_requests.models import OPEN, MentorRequest
from mentorship.people.models import Person
from mentorship.profiles.models import Capacity
from mentorship.rounds.actions import SUBJECT
from mentorship.rounds.announcing.models import Objection
from mentorship.rounds.models import (
    ANNOUNCED,
    DRAFT,
    SOLVED,
    SOLVING,
    AnnouncedPair,
    Round,
    RoundOverride,
    RoundPair,
    RoundUnmatched,
)
from mentorship.rounds.notes.models import RoundNote

LEFT = N_("Somebody who was in this round left, so its pairs no longer hold. Find pairs again.")
UNPUBLISHED = (DRAFT, SOLVING, SOLVED, ANNOUNCED)
PARTS = (RoundPair, RoundUnmatched, RoundOverride)
TOLD = (AnnouncedPair, Objection)
"""What managers were told, and what they said to it."""
WITHOUT_MENTOR = (RoundUnmatched, RoundNote)
"""Parts that are of a request alone."""


def left(session: Session, leaver: Person, now: datetime) -> None:
    """Drop who left from the rounds that are not published: a solved one has to be solved again, an announced one is.

    One that is being solved begins anew, for it may have read them already.
    """
    person_id = id_of(leaver)
    holding = set(session.scalars(_holding(person_id)))
    for part in (*PARTS, *TOLD, RoundNote):
        theirs = _theirs(
            part,
            person_id,
        )
        session.execute(
            delete(part).where(
                theirs,
                col(part.round_id).in_(_unpublished()),
            )
        )
    of_theirs = col(Round.id).in_(holding)
    _change(
        session,
        col(Round.status) == SOLVED,
        of_theirs,
        status=DRAFT,
        failure=LEFT,
    )
    _change(
        session,
        col(Round.status) == ANNOUNCED,
        of_theirs,
        solve_again=True,
        claimed_at=None,
        renewed_at=None,
    )
    if _takes_part(session, person_id):
        _change(
            session,
            or_(col(Round.status) == SOLVING, col(Round.solve_again).is_(True)),
            claimed_at=None,
            renewed_at=None,
            stage="",
        )
    for round_id in sorted(holding):
        audit.record(
            session,
            now,
            None,
            "drop who left",
            SUBJECT,
            round_id,
        )
    session.expire_all()


def _change(session: Session, *which: Any, **values: Any) -> None:
    these = update(Round).where(*which)
    session.execute(
        these.values(
            **values,
            version=Round.version + 1,
        )
    )


def _takes_part(session: Session, person_id: int) -> bool:
    """Tell whether a round may read somebody as one who asks or who offers a place."""
    asks = select(col(MentorRequest.id)).where(
        col(MentorRequest.person_id) == person_id,
        col(MentorRequest.status) == OPEN,
    )
    offers = select(col(Capacity.person_id)).where(
        col(Capacity.person_id) == person_id,
        col(Capacity.places) > 0,
    )
    return bool(
        session.scalar(
            select(
                or_(
                    asks.exists(),
                    offers.exists(),
                )
            )
        )
    )


def _unpublished() -> Any:
    return select(col(Round.id)).where(col(Round.status).in_(UNPUBLISHED))


def _theirs(part: Any, person_id: int) -> Any:
    """Return the condition that a part of a round is of somebody, as mentor or by what they asked."""
    asked = select(col(MentorRequest.id)).where(col(MentorRequest.person_id) == person_id)
    of_request = col(part.request_id).in_(asked)
    if part in WITHOUT_MENTOR:
        return of_request
    return or_(
        of_request,
        col(part.mentor_id) == person_id,
    )


def _holding(person_id: int) -> Any:
    """Return a query of the rounds, not published, in whose outcome or decisions somebody is."""
    found = []
    for part in PARTS:
        within = select(col(part.round_id)).where(
            _theirs(
                part,
                person_id,
            )
        )
        found.append(col(Round.id).in_(within))
    return _unpublished().where(or_(*found))


def would_end(session: Session, person_id: int) -> dict[str, int]:
    """Count the rounds that have to be solved again."""
    rounds = _holding(person_id).subquery()
    return {"rounds": session.scalar(select(func.count()).select_from(rounds)) or 0}
