"""Which running duos a change of a roster would part: the change is made, looked at, and taken back."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from mentorship.base import undo
from mentorship.base.db import id_of
from mentorship.mentorships.models import ACTIVE, Mentorship
from mentorship.people import access
from mentorship.people.access import Actor
from mentorship.people.queries import persons
from mentorship.rounds import retest

Change = Callable[[], object]


@dataclass(frozen=True)
class Parted:
    """A running duo by who is in it."""

    junior_id: int
    mentor_id: int


@dataclass(frozen=True)
class Effects:
    """The duos that would be at work together too little, and how many others less than now, but enough."""

    parted: tuple[Parted, ...] = ()
    fewer: int = 0


def of(session: Session, people: Collection[int] | None, today: date, change: Change) -> Effects:
    """Return what a change would do to the running duos of these people (None: all); nothing of it stays."""
    pairs = _running(session, people)
    before = retest.meetings(session, pairs, today)
    savepoint = session.begin_nested()
    change()
    session.flush()
    after = retest.meetings(session, pairs, today)
    savepoint.rollback()
    session.expire_all()
    undo.forget(session)
    parted = []
    fewer = 0
    for pair in pairs:
        was = before[id_of(pair)]
        becomes = after[id_of(pair)]
        if becomes.too_little and not was.too_little:
            parted.append(Parted(pair.junior_id, pair.mentor_id))
        elif becomes.shifts < was.shifts:
            fewer += 1
    return Effects(tuple(parted), fewer)


def _running(session: Session, people: Collection[int] | None) -> list[Mentorship]:
    query = select(Mentorship).where(Mentorship.status == ACTIVE)
    in_order = query.order_by(col(Mentorship.id))
    found = []
    for pair in session.exec(in_order):
        if people is None or pair.junior_id in people or pair.mentor_id in people:
            found.append(pair)
    return found


def names(session: Session, reader: Actor, found: Effects) -> list[tuple[str, str]]:
    """Name the two of each duo to who may know of it: the coordinator, and who is in it. HR reads how many, no more."""
    seen = []
    for pair in found.parted:
        if access.COORDINATE.allows(reader) or reader.person_id in (pair.junior_id, pair.mentor_id):
            seen.append(pair)
    sides: list[int | None] = []
    for pair in seen:
        sides += [pair.junior_id, pair.mentor_id]
    known = persons(session, sides)
    return [(known[pair.junior_id].name, known[pair.mentor_id].name) for pair in seen]
