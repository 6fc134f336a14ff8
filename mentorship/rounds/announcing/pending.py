"""What managers are asked about today: pairs of announced rounds, and pairs that were proposed at once."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, func, select

from mentorship.mentor_requests.models import OPEN, MentorRequest
from mentorship.mentorships.models import PROPOSED, REFUSED, Mentorship
from mentorship.rounds.announcing import queries
from mentorship.rounds.announcing.models import FINE, Objection
from mentorship.rounds.announcing.queries import Announced, Told


def pending(session: Session, now: datetime) -> list[Announced]:
    """Return all pairs that managers may object to, in a number of queries that does not grow."""
    rounds = queries.announced(session, now) if queries.is_any(session) else []
    return [*rounds, *at_once(session, now)]


def at_once(session: Session, now: datetime, mentorship_id: int | None = None) -> list[Announced]:
    """Return the proposals made at once, or one of them, whose managers may object still."""
    query = select(Mentorship).where(
        Mentorship.status == PROPOSED,
        col(Mentorship.objections_until) > now,
    )
    if mentorship_id is not None:
        query = query.where(Mentorship.id == mentorship_id)
    told = [_told(found) for found in session.exec(query.order_by(col(Mentorship.id)))]
    return queries.asked_about(session, told, now)


def _told(found: Mentorship) -> Told:
    assert found.request_id is not None and found.proposed_at is not None and found.objections_until is not None
    return Told(
        None,
        found.id,
        found.request_id,
        found.junior_id,
        found.mentor_id,
        found.proposed_at,
        found.objections_until,
    )


def consent_by(session: Session, junior_id: int, mentor_id: int, until: datetime, now: datetime) -> datetime | None:
    """Return when the silence of all managers of two is consent: not while one is away; None where there is none."""
    told = Told(
        None,
        None,
        0,
        junior_id,
        mentor_id,
        now,
        until,
    )
    (pair,) = queries.asked_about(session, [told], now)
    return max((one.ends for one in pair.asked), default=None)


def waiting_for(session: Session, person_id: int, now: datetime) -> list[Announced]:
    """Return the pairs to which somebody did not say anything yet, as a manager or in the place of one."""
    found = []
    for pair in pending(session, now):
        mine = pair.of(person_id)
        if any(one.said is None for one in mine):
            found.append(pair)
    return found


def count_objected(session: Session) -> int:
    """Count the pairs made at once that met an objection, of which the request waits again."""
    query = select(func.count(func.distinct(col(Objection.mentorship_id))))
    query = query.join(
        Mentorship,
        col(Mentorship.id) == Objection.mentorship_id,
    )
    query = query.join(
        MentorRequest,
        col(MentorRequest.id) == Objection.request_id,
    )
    query = query.where(
        Objection.reason != FINE,
        Mentorship.status == REFUSED,
        MentorRequest.status == OPEN,
    )
    return session.exec(query).one()
