"""Who manages the two of a pair: all of them are asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import chunked, id_of
from mentorship.people import queries as people
from mentorship.people.managers import others_above
from mentorship.people.models import Person


def managers_of(session: Session, ids: Iterable[int], now: datetime) -> dict[int, set[int]]:
    """Return by person their managers, the first and the others, who are still here."""
    others = others_above(session)
    found: dict[int, set[int]] = {}
    for some in chunked(ids):
        query = select(Person).where(col(Person.id).in_(some))
        for person in session.exec(query):
            person_id = id_of(person)
            found[person_id] = set(others.get(person_id, ()))
            if person.manager_id is not None:
                found[person_id].add(person.manager_id)
    gone = _gone(session, all_of(found), now)
    for managers in found.values():
        managers -= gone
    return found


def all_of(managers: Mapping[int, set[int]]) -> set[int]:
    """Return the managers of all."""
    found: set[int] = set()
    for some in managers.values():
        found |= some
    return found


def _gone(session: Session, ids: set[int], now: datetime) -> set[int]:
    """Return which of some people are not here any more."""
    today = local_date(now)
    gone = set(ids)
    for person_id, person in people.persons(session, ids).items():
        if not person.is_gone(today):
            gone.discard(person_id)
    return gone
