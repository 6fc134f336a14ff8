"""Who is missing from an export, and who left and is in it again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.hr_import.choices import Choices
from mentorship.hr_import.report import Gone, Leaver
from mentorship.leaving.actions import take_back, take_leavers
from mentorship.people.access import Actor
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
    """Say of those who were ticked that today is their last day; return their numbers."""
    numbers = [leaver.number for leaver in leaving]
    if numbers:
        take_leavers(
            session,
            _actor(actor_id),
            numbers,
            local_date(now),
            now,
            confirmed=True,  # `stops` asked
        )
    return numbers


def bring_back(session: Session, numbers: Collection[str], actor_id: int | None, now: datetime) -> None:
    """Let people who left be here again."""
    if not numbers:
        return
    query = select(Person.id).where(col(Person.number).in_(numbers))
    for person_id in session.exec(query).all():
        assert person_id is not None
        take_back(
            session,
            _actor(actor_id),
            person_id,
            now,
        )


def _actor(actor_id: int | None) -> Actor:
    """Return who takes the export in: somebody, or the service itself."""
    return Actor(actor_id or 0, frozenset())
