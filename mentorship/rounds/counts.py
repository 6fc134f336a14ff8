"""Counts of a round's outcome, and of what became of it; a fixed number of queries whatever its size."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, case, func, or_
from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.matching import SCALE
from mentorship.mentor_requests.models import OPEN, MentorRequest
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.models import EXPIRED, PROPOSED, TAKEN_BACK, Mentorship
from mentorship.people.models import Person
from mentorship.rounds.models import DRAFT, SOLVED, SOLVING, Round, RoundOverride, RoundPair

TENTH = SCALE // 10


def _proposed(round_id: int) -> ColumnElement[bool]:
    """Return the condition that a mentorship was proposed by this round, beside its pair and the round."""
    return and_(
        col(RoundPair.round_id) == round_id,
        col(RoundPair.request_id) == Mentorship.request_id,
        col(RoundPair.mentor_id) == Mentorship.mentor_id,
        col(Round.id) == RoundPair.round_id,
        # a pair that expired may be proposed again by a later round
        col(Round.published_at) == Mentorship.proposed_at,
    )


def answers(session: Session, round_id: int) -> dict[str, int]:
    """Count by status (or "expired") what became of the pairs of a published round."""
    status = case(
        (mentorships.expired(), EXPIRED),
        (mentorships.withdrawn(), TAKEN_BACK),
        else_=col(Mentorship.status),
    )
    stands = status.label("stands")
    query = select(stands, func.count()).select_from(Mentorship, RoundPair, Round)
    query = query.where(_proposed(round_id))
    query = query.group_by(stands)
    counted = session.exec(query).all()
    return dict(counted)


def silent(session: Session, round_id: int) -> tuple[int, int]:
    """Count the juniors and the mentors who did not answer yet, of the proposals of a round that wait."""
    waits = and_(_proposed(round_id), col(Mentorship.status) == PROPOSED)
    found = []
    for answer in (Mentorship.junior_accepted, Mentorship.mentor_accepted):
        query = select(func.count()).select_from(Mentorship, RoundPair, Round)
        query = query.where(waits, col(answer).is_(None))
        found.append(session.exec(query).one())
    juniors, mentors = found
    return juniors, mentors


def by_tenth(session: Session, round_id: int) -> dict[int, int]:
    """Count the pairs of a round by the tenth that their score lies in, 0 to 9."""
    tenth = _tenth()
    query = select(tenth, func.count()).where(RoundPair.round_id == round_id)
    found = {}
    for place, number in session.exec(query.group_by(tenth)).all():
        found[int(place)] = number
    return found


def _tenth() -> ColumnElement[int]:
    tenth = col(RoundPair.score) // TENTH
    return case((tenth > 9, 9), else_=tenth)


def in_tenths(tenths: Collection[int]) -> ColumnElement[bool]:
    """Return the condition that the score of a pair lies in one of these tenths; 1 also stands for what is lower."""
    wanted = set(tenths)
    if 1 in wanted:
        wanted.add(0)
    return _tenth().in_(wanted)


def decided(session: Session, round_id: int) -> int:
    """Count what people decided about pairs of a round."""
    query = select(func.count()).where(
        col(RoundOverride.round_id) == round_id,
    )
    return session.exec(query).one()


def open_requests(session: Session, site_ids: Collection[int]) -> int:
    """Count the open requests at these sites (none: all)."""
    query = select(func.count()).select_from(MentorRequest)
    query = query.join(Person, col(Person.id) == MentorRequest.person_id)
    query = query.where(
        MentorRequest.status == OPEN,
        col(Person.left_on).is_(None),
    )
    if site_ids:
        query = query.where(col(Person.site_id).in_(list(site_ids)))
    return session.exec(query).one()


def rivals(session: Session, found: Round) -> list[Round]:
    """Return the other rounds that are not published yet and take requests of the same sites, the oldest first."""
    query = select(Round).where(
        or_(*[col(Round.status) == status for status in (DRAFT, SOLVING, SOLVED)]),
        col(Round.id) != id_of(found),
    )
    sites = set(found.site_ids)
    others = session.exec(query.order_by(col(Round.id)))
    return [other for other in others if not sites or not other.site_ids or sites & set(other.site_ids)]
