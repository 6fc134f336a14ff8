"""Reads: in which domains how many colleagues can, and the names of those who may be found."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.matching import LEAST_LEVEL
from mentorship.people import queries as people
from mentorship.people.models import Account, Person
from mentorship.profiles.findable.models import Findable
from mentorship.profiles.models import Capacity, Expertise, Wish


def may_be_found(session: Session, person_id: int) -> bool:
    """Tell whether somebody said that colleagues may find them."""
    return session.get(Findable, person_id) is not None


def can_choose(session: Session, person_id: int) -> bool:
    """Tell whether somebody has something to choose: who passes something on, or may be found already."""
    passed_on = select(Expertise.domain_id).where(
        Expertise.person_id == person_id,
        *_passes_on(),
    )
    return may_be_found(session, person_id) or session.exec(passed_on).first() is not None


def able(session: Session, me: int, today: date) -> dict[int, int]:
    """Count by domain the others here who can pass it on and want to, whether they may be found or not."""
    query = (
        select(Expertise.domain_id, func.count())
        .join(Person, col(Person.id) == Expertise.person_id)
        .where(*_can(me, today))
        .group_by(col(Expertise.domain_id))
    )
    return dict(session.exec(query).all())


def _can(me: int, today: date) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of being another who is here, can it and wants to pass it on."""
    return (
        *_passes_on(),
        col(Person.id) != me,
        *_here(today),
    )


def _passes_on() -> tuple[ColumnElement[bool], ...]:
    return (
        col(Expertise.willing).is_(True),
        col(Expertise.level) >= LEAST_LEVEL,
    )


def _here(today: date) -> tuple[ColumnElement[bool], ...]:
    stays = or_(
        col(Person.last_day).is_(None),
        col(Person.last_day) >= today,
    )
    return col(Person.left_on).is_(None), stays


def found(session: Session, me: int, domain_id: int, today: date) -> list[Person]:
    """Return by name who can pass a domain on and may be found, as far as this reader may see."""
    query = (
        _findable(me, today)
        .join(Expertise, col(Expertise.person_id) == Person.id)
        .where(Expertise.domain_id == domain_id, *_can(me, today))
    )
    return list(session.exec(query.order_by(*people.BY_NAME)))


def is_found(session: Session, me: int, person_id: int, today: date) -> bool:
    """Tell whether a reader finds somebody by any domain: why not is told to nobody."""
    passes_on = exists().where(
        col(Expertise.person_id) == person_id,
        *_passes_on(),
    )
    query = _findable(me, today).where(Person.id == person_id, passes_on)
    return session.exec(query).first() is not None


def _findable(me: int, today: date) -> SelectOfScalar[Person]:
    """Return a query of the others who may be found: with an account, not paused, and no block between the two.

    Who is away stands among them as ever, for a name that goes and comes would tell of it.
    """
    return (
        select(Person)
        .join(Findable, col(Findable.person_id) == Person.id)
        .where(
            col(Person.id) != me,
            *_here(today),
            exists().where(col(Account.person_id) == col(Person.id)),
            ~_paused(today),
            ~_blocked(me, col(Person.id)),
        )
    )


def _paused(today: date) -> Any:
    goes_on = or_(
        col(Capacity.paused_until).is_(None),
        col(Capacity.paused_until) >= today,
    )
    return exists().where(
        col(Capacity.person_id) == col(Person.id),
        col(Capacity.paused).is_(True),
        goes_on,
    )


def _blocked(me: int, other: Any) -> Any:
    """Return the condition that one of two would rather not be with the other."""
    mine = and_(col(Wish.person_id) == me, col(Wish.other_id) == other)
    theirs = and_(col(Wish.person_id) == other, col(Wish.other_id) == me)
    return exists().where(
        col(Wish.wanted).is_(False),
        or_(mine, theirs),
    )


def wanted_by(session: Session, me: int, others: Collection[int]) -> set[int]:
    """Return whom of these somebody named as wanted."""
    query = select(Wish.other_id).where(
        Wish.person_id == me,
        col(Wish.wanted).is_(True),
        col(Wish.other_id).in_(others),
    )
    return set(session.exec(query))
