"""The queries of people that nearly every page asks."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.db import Given
from mentorship.base.prepared import prepared
from mentorship.people import managers
from mentorship.people.models import Person, PersonRole


@prepared
def held(person_id: Given[int]) -> SelectOfScalar[str]:
    """Return a query of the roles that somebody holds."""
    return select(PersonRole.role).where(PersonRole.person_id == person_id)


above = prepared(managers.above)


@prepared
def by_id(ids: Collection[int]) -> SelectOfScalar[Person]:
    """Return a query of these people."""
    return select(Person).where(col(Person.id).in_(ids))


@prepared
def holders(role: Given[str]) -> SelectOfScalar[int]:
    """Return a query of who holds a role and did not leave."""
    query = select(PersonRole.person_id).join(Person, col(Person.id) == PersonRole.person_id)
    return query.where(
        PersonRole.role == role,
        col(Person.left_on).is_(None),
    )
