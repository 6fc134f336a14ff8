"""Reads of many people at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from sqlmodel import Session, col, select

from mentorship.base.db import chunked, id_of
from mentorship.insight.many.rules import ROSTER, SITE
from mentorship.people import queries as people
from mentorship.people.models import Person
from mentorship.profiles.rosters import queries as rosters


def here(session: Session, ids: Collection[int]) -> list[Person]:
    """Return those of these who are here, by name."""
    found: list[Person] = []
    for some in chunked(ids):
        query = select(Person).where(col(Person.id).in_(some), col(Person.left_on).is_(None))
        found += session.exec(query)
    return sorted(found, key=lambda person: person.sort_key)


def stands(
    session: Session,
    what: str,
    found: Collection[Person],
    today: date,
) -> Mapping[int, Collection[str | int]]:
    """Return of each of these what they have of what is to change: roles, a site, or a roster."""
    ids = [id_of(person) for person in found]
    if what == SITE:
        return {id_of(person): [person.site_id] for person in found}
    if what == ROSTER:
        held = rosters.rosters_on(session, today, ids)
        return {person_id: [held[person_id]] if person_id in held else [] for person_id in ids}
    roles = people.roles_of_many(session, ids)
    return {person_id: roles.get(person_id, []) for person_id in ids}
