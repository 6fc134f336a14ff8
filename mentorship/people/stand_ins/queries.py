"""Reads of who stands in for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlmodel import Session, col, or_, select

from mentorship.people.access import Subject
from mentorship.people.models import Person
from mentorship.people.stand_ins.models import StandIn


def coming(session: Session, today: date, of: Collection[int] | None = None) -> dict[int, list[StandIn]]:
    """Return by who is stood in for, of everybody or some, who does from today on, in order of days."""
    query = select(StandIn)
    query = query.where(col(StandIn.last_day) >= today)
    if of is not None:
        query = query.where(
            col(StandIn.person_id).in_(of),
        )
    in_order = query.order_by(
        col(StandIn.first_day),
        col(StandIn.id),
    )
    found: dict[int, list[StandIn]] = defaultdict(list)
    for row in session.exec(in_order):
        found[row.person_id].append(row)
    return found


def stands_in_for(session: Session, person_id: int, today: date) -> set[int]:
    """Return for whom somebody stands in on a day."""
    query = select(StandIn.person_id).where(
        StandIn.stand_in_id == person_id,
        col(StandIn.first_day) <= today,
        col(StandIn.last_day) >= today,
    )
    return set(session.exec(query))


def about(session: Session, person_id: int, today: date) -> list[StandIn]:
    """Return what stands from today on in which somebody has a part, on either side."""
    either = or_(
        col(StandIn.person_id) == person_id,
        col(StandIn.stand_in_id) == person_id,
    )
    query = select(StandIn).where(
        either,
        col(StandIn.last_day) >= today,
    )
    in_order = query.order_by(
        col(StandIn.first_day),
        col(StandIn.id),
    )
    return list(session.exec(in_order))


def subject(session: Session, stand_in_id: int) -> Subject | None:
    """Return whose part it is that somebody else does; None when there is no such row."""
    found = session.get(StandIn, stand_in_id)
    if found is None:
        return None
    return Subject(frozenset({found.person_id}))


def person_subject(session: Session, person_id: int) -> Subject | None:
    """Return for whom a stand-in is named; None when there is nobody."""
    if session.get(Person, person_id) is None:
        return None
    return Subject(frozenset({person_id}))
