"""Reads on who works in which job profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.base.lists import View
from mentorship.growth.models import JobHeld
from mentorship.people import managers, queries
from mentorship.people.models import Person

NONE = "none"


@dataclass(frozen=True)
class HeldLine:
    """Somebody, where they work, and in which profile."""

    person: Person
    site: str
    profile: str


def _fitting(manager_id: int | None, view: View) -> Any:
    query = queries.people_named(view.text).where(col(Person.left_on).is_(None))
    if manager_id is not None:
        line = managers.below(manager_id)
        query = query.where(col(Person.id).in_(line))
    if sites := view.ids("site"):
        query = query.where(col(Person.site_id).in_(sites))
    wanted = view.one("profile")
    if wanted == NONE:
        held = select(JobHeld.person_id)
        query = query.where(col(Person.id).not_in(held))
    elif wanted:
        held = select(JobHeld.person_id).where(JobHeld.profile_id == int(wanted))
        query = query.where(col(Person.id).in_(held))
    return query


def count(session: Session, manager_id: int | None, view: View) -> int:
    """Count who fits."""
    fitting = _fitting(manager_id, view).subquery()
    query = select(func.count()).select_from(fitting)
    return session.exec(query).one()


def lines(session: Session, manager_id: int | None, view: View, titles: dict[int, str]) -> list[HeldLine]:
    """Return the rows that a view shows, by name."""
    query = _fitting(manager_id, view).order_by(*queries.BY_NAME)
    people = list(session.exec(query.offset(view.offset).limit(view.limit)))
    ids = [person.id for person in people]
    of_these = select(JobHeld.person_id, JobHeld.profile_id).where(col(JobHeld.person_id).in_(ids))
    held = dict(session.exec(of_these).all())
    sites = queries.site_names(session)
    found = []
    for person in people:
        profile = titles.get(held.get(id_of(person), 0), "")
        line = HeldLine(person, sites[person.site_id], profile)
        found.append(line)
    return found
