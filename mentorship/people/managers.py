"""The line of a person, read from the database: who appraises them, by the first manager and by the others, and up."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Subquery, and_, case, literal, or_, true, type_coerce, union_all
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from mentorship.base.db import Given, chunked
from mentorship.people.models import Person, PersonManager


def above(person_id: Given[int]) -> Select[int]:
    """Return a query of the ids of everyone above a person."""
    start = columns(type_coerce(person_id, Integer).label("id"))
    chain = start.cte("chain", recursive=True)
    which = _either()
    upward = case((which.c.n == 0, col(Person.manager_id)), else_=col(PersonManager.manager_id))
    next_ones = (
        columns(upward)
        .select_from(chain)
        .join(which, true())
        .outerjoin(Person, and_(which.c.n == 0, col(Person.id) == chain.c.id))
        .outerjoin(PersonManager, and_(which.c.n == 1, col(PersonManager.person_id) == chain.c.id))
        .where(upward.is_not(None))
    )
    chain = chain.union(next_ones)
    return columns(chain.c.id).where(chain.c.id != person_id)


def below(manager_id: Given[int]) -> Select[int]:
    """Return a query of the ids of everyone below a manager."""
    start = columns(type_coerce(manager_id, Integer).label("id"))
    tree = start.cte("tree", recursive=True)
    which = _either()
    downward = case((which.c.n == 0, col(Person.id)), else_=col(PersonManager.person_id))
    next_ones = (
        columns(downward)
        .select_from(tree)
        .join(which, true())
        .outerjoin(Person, and_(which.c.n == 0, col(Person.manager_id) == tree.c.id))
        .outerjoin(PersonManager, and_(which.c.n == 1, col(PersonManager.manager_id) == tree.c.id))
        .where(downward.is_not(None))
    )
    tree = tree.union(next_ones)
    return columns(tree.c.id).where(tree.c.id != manager_id)


def of_these_below(ids: Collection[int], manager_id: int) -> Select[int]:
    """Return a query of those of these people above whom a manager stands, by going up from each."""
    person = col(Person.id)
    start: Any = columns(person.label("who"), person.label("id")).where(person.in_(ids))
    up = start.cte("up", recursive=True)
    which = _either()
    is_first = which.c.n == 0
    upward = case((is_first, col(Person.manager_id)), else_=col(PersonManager.manager_id))
    first = and_(is_first, person == up.c.id)
    others = and_(which.c.n == 1, col(PersonManager.person_id) == up.c.id)
    next_ones = (
        columns(up.c.who, upward)
        .select_from(up)
        .join(which, true())
        .outerjoin(Person, first)
        .outerjoin(PersonManager, others)
        .where(upward.is_not(None))
    )
    up = up.union(next_ones)
    return columns(up.c.who).where(up.c.id == manager_id, up.c.who != manager_id)


def others_above(session: Session, ids: Collection[int] | None = None) -> dict[int, tuple[int, ...]]:
    """Return the managers of people (None: of all) beside their first, of who has more than one."""
    rows = select(PersonManager.person_id, PersonManager.manager_id)
    if ids is not None:
        rows = rows.where(col(PersonManager.person_id).in_(ids))
    ordered = rows.order_by(col(PersonManager.person_id), col(PersonManager.manager_id))
    found: dict[int, tuple[int, ...]] = {}
    for person_id, manager_id in session.exec(ordered):
        earlier = found.get(person_id, ())
        found[person_id] = (*earlier, manager_id)
    return found


def each_above(session: Session) -> dict[int, set[int]]:
    """Return of everybody who has a manager all their managers: the first and the others."""
    rows = select(col(Person.id), col(Person.manager_id)).where(col(Person.manager_id).is_not(None))
    also = select(PersonManager.person_id, PersonManager.manager_id)
    found: dict[int, set[int]] = {}
    for person_id, manager_id in [*session.exec(rows), *session.exec(also)]:
        if person_id is not None and manager_id is not None:
            found.setdefault(person_id, set()).add(manager_id)
    return found


def of_people(session: Session, people: Collection[Person]) -> set[int]:
    """Return the managers of some people: the first of each and the others."""
    found = {person.manager_id for person in people if person.manager_id is not None}
    for some in chunked(person.id for person in people):
        also = col(PersonManager.person_id).in_(some)
        found.update(session.exec(select(PersonManager.manager_id).where(also)))
    return found


def has_manager(person: Any, manager_id: int) -> ColumnElement[bool]:
    """Return the condition that somebody has this manager, first or not; `person` may be an alias."""
    also = select(PersonManager.person_id).where(PersonManager.manager_id == manager_id)
    return or_(col(person.manager_id) == manager_id, col(person.id).in_(also))


def _either() -> Subquery:
    """Return the first manager (0) and the others (1): a recursive query may name itself only once."""
    first = columns(literal(0).label("n"))
    return union_all(first, columns(literal(1))).subquery("which")
