"""The line of a person, read from the database: who appraises them, by the first manager and by the others, and up."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, Subquery, and_, case, literal, true, union_all
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from mentorship.people.models import Person, PersonManager


def above(person_id: int) -> Select[int]:
    """Return a query of the ids of everyone above a person."""
    start = columns(literal(person_id).label("id"))
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


def below(manager_id: int) -> Select[int]:
    """Return a query of the ids of everyone below a manager."""
    start = columns(literal(manager_id).label("id"))
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
    upward = case((which.c.n == 0, col(Person.manager_id)), else_=col(PersonManager.manager_id))
    next_ones = (
        columns(up.c.who, upward)
        .select_from(up)
        .join(which, true())
        .outerjoin(Person, and_(which.c.n == 0, person == up.c.id))
        .outerjoin(PersonManager, and_(which.c.n == 1, col(PersonManager.person_id) == up.c.id))
        .where(upward.is_not(None))
    )
    up = up.union(next_ones)
    return columns(up.c.who).where(up.c.id == manager_id, up.c.who != manager_id)


def others_above(session: Session) -> dict[int, tuple[int, ...]]:
    """Return the managers of people beside their first, of who has more than one."""
    rows = select(PersonManager.person_id, PersonManager.manager_id)
    ordered = rows.order_by(col(PersonManager.person_id), col(PersonManager.manager_id))
    found: dict[int, tuple[int, ...]] = {}
    for person_id, manager_id in session.exec(ordered):
        earlier = found.get(person_id, ())
        found[person_id] = (*earlier, manager_id)
    return found


def _either() -> Subquery:
    """Return the first manager (0) and the others (1): a recursive query may name itself only once."""
    first = columns(literal(0).label("n"))
    return union_all(first, columns(literal(1))).subquery("which")
