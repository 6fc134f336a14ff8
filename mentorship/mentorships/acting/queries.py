"""Reads on acting on pairs: as what somebody acts, whose end comes near, and whether two want each other again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.db import Given
from mentorship.base.once import once
from mentorship.mentorships import queries
from mentorship.mentorships.acting import rules
from mentorship.mentorships.models import ACTIVE, PAUSED, Mentorship
from mentorship.people.access import MANAGER, Actor
from mentorship.people.line import Line
from mentorship.profiles.models import Wish


def roles_in(session: Session, actor: Actor, pairs: Sequence[Mentorship]) -> dict[int, str]:
    """Return as what somebody acts on each of these pairs; those that are not theirs are left out."""
    sides: set[int] = set()
    for pair in pairs:
        sides |= {pair.mentor_id, pair.junior_id}
    below: set[int] = set()
    if actor.has(MANAGER) and sides:
        below = Line(session, actor.person_id).among(sides)
    found = {}
    for pair in pairs:
        who = rules.acts_as(
            actor,
            pair,
            below,
        )
        if who is not None and pair.id is not None:
            found[pair.id] = who
    return found


@once
def near_their_end(session: Session, today: date, person_id: int | None = None) -> list[Mentorship]:
    """Return the pairs (of somebody) that run and whose expected end is at most a week ahead, or over."""
    until = today + rules.ASKED_BEFORE
    query = _ending_by(until) if person_id is None else ending_of(person_id, until)
    return list(session.exec(query.order_by(col(Mentorship.id))))


def ending_of(person_id: Given[int], until: Given[date]) -> SelectOfScalar[Mentorship]:
    """Return the query for the pairs of somebody that run, and are expected to end by a day."""
    theirs = or_(
        col(Mentorship.mentor_id) == person_id,
        col(Mentorship.junior_id) == person_id,
    )
    return _ending_by(until).where(theirs)


def _ending_by(until: Given[date]) -> SelectOfScalar[Mentorship]:
    return select(Mentorship).where(
        col(Mentorship.status).in_((ACTIVE, PAUSED)),
        col(Mentorship.expected_end) <= until,
        col(Mentorship.ends_on).is_(None),
    )


def to_end(session: Session, today: date) -> list[int]:
    """Return the pairs that run and whose day to end has come."""
    query = select(Mentorship.id).where(
        col(Mentorship.status).in_((ACTIVE, PAUSED)),
        col(Mentorship.ends_on) <= today,
    )
    return [one for one in session.exec(query.order_by(col(Mentorship.id))) if one is not None]


def wants(session: Session, person_id: int, other_id: int) -> bool:
    """Tell whether somebody named another as wanted."""
    named = session.get(Wish, (person_id, other_id))
    return named is not None and named.wanted


def may_pair_again(session: Session, pair: Mentorship) -> bool:
    """Tell whether nothing stands between the two of a pair any more: each named the other, and it ended well."""
    both = {(pair.mentor_id, pair.junior_id), (pair.junior_id, pair.mentor_id)}
    if both.intersection(queries.apart(session)):
        return False
    return wants(
        session,
        pair.mentor_id,
        pair.junior_id,
    ) and wants(
        session,
        pair.junior_id,
        pair.mentor_id,
    )
