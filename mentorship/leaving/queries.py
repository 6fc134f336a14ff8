"""Reads about leaving: who has to be let go now, who is about to, and what would end."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from mentorship.leaving.rooms import ROOMS
from mentorship.people.models import Person


def due(session: Session, today: date) -> list[int]:
    """Return whose last day has passed without what follows from it, the earliest first."""
    query = select(col(Person.id)).where(
        col(Person.last_day) < today,
        col(Person.left_on).is_(None),
    )
    found = session.exec(
        query.order_by(
            col(Person.last_day),
            col(Person.id),
        )
    )
    return [person_id for person_id in found if person_id is not None]


def last_days(session: Session) -> list[tuple[str, date]]:
    """Return the number and last day of everybody who has one, ahead or behind."""
    query = select(
        col(Person.number),
        col(Person.last_day),
    ).where(col(Person.last_day).is_not(None))
    by_id = query.order_by(col(Person.id))
    return [(number, day) for number, day in session.exec(by_id) if day is not None]


def of_number(key: ColumnElement[str], number: str) -> ColumnElement[bool]:
    """Say which keys of what files said are about who has a number: theirs alone, or one with something beside it."""
    begins = key.startswith(f"{number}/", autoescape=True)
    ends = key.endswith(f"/{number}", autoescape=True)
    return or_(key == number, begins, ends)


def would_end(session: Session, person_id: int) -> dict[str, int]:
    """Count what ends when somebody leaves, by what it is."""
    found: dict[str, int] = {}
    for room in ROOMS:
        found.update(
            room.would_end(
                session,
                person_id,
            )
        )
    return found


def here(session: Session, numbers: Collection[str]) -> list[int]:
    """Return the ids of the people with these numbers who did not leave."""
    wanted = set(numbers)
    query = select(
        col(Person.id),
        col(Person.number),
    ).where(col(Person.left_on).is_(None))
    found = []
    for person_id, number in session.exec(query):
        if person_id is not None and number in wanted:
            found.append(person_id)
    return sorted(found)
