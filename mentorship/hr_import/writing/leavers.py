"""Who is missing from an export, and who left and is in it again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.hr_import.choices import Choices
from mentorship.hr_import.report import Gone, Leaver
from mentorship.people.models import Person


def missing(session: Session, gone: Iterable[Gone]) -> list[Leaver]:
    """Return those of an earlier import who are not in this one, and have not left."""
    numbers = {one.who for one in gone if one.kind == "person"}
    found = []
    if numbers:
        here = select(Person).where(col(Person.left_on).is_(None)).order_by(col(Person.sort_key))
        for person in session.exec(here):
            if person.number in numbers:
                found.append(Leaver(person.number, person.name))
    return found


def chosen(leavers: Iterable[Leaver], choices: Choices) -> list[Leaver]:
    """Return whom somebody ticked as having left."""
    return [leaver for leaver in leavers if choices.all_leavers or leaver.number in choices.leavers]


def take(
    session: Session,
    leaving: Iterable[Leaver],
    actor_id: int | None,
    now: datetime,
) -> list[str]:
    """Let those who were ticked leave; return their numbers."""
    numbers = [leaver.number for leaver in leaving]
    for person in _people(session, numbers):
        person.left_on = local_date(now)
        audit.record(
            session,
            now,
            actor_id,
            "leave by import",
            "person",
            id_of(person),
        )
    session.flush()
    return numbers


def bring_back(session: Session, numbers: Collection[str], actor_id: int | None, now: datetime) -> None:
    """Let people who left be here again."""
    for person in _people(session, numbers):
        person.left_on = None
        audit.record(
            session,
            now,
            actor_id,
            "come back by import",
            "person",
            id_of(person),
        )
    session.flush()


def _people(session: Session, numbers: Collection[str]) -> list[Person]:
    if not numbers:
        return []
    query = select(Person).where(col(Person.number).in_(numbers))
    return list(session.exec(query))
