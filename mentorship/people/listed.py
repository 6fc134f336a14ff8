"""Reads for the list of people: who fits what is looked for, in which order, and what stands of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.db import id_of
from mentorship.base.lists import View
from mentorship.people import queries
from mentorship.people.models import ROLES, Account, Person, PersonRole

WITH_ACCOUNT, WITHOUT_ACCOUNT = "active", "none"
MANAGER_LEFT, LEAVES = "left", "leaves"
UNABLE_TO_SIGN_IN = View(filters={"account": (WITHOUT_ACCOUNT,)})
"""The view of those who have no account yet."""


@dataclass(frozen=True)
class ListedPerson:
    """A line of the list of people."""

    person: Person
    site: str
    roles: list[str]
    active: bool


def _fitting(view: View) -> SelectOfScalar[Person]:
    """Return a query of the people here that fit a view, in no order."""
    query = queries.people_named(view.text)
    if sites := view.ids("site"):
        at_sites = col(Person.site_id).in_(sites)
        query = query.where(at_sites)
    if roles := view.chosen("role"):
        held = col(PersonRole.role).in_(roles)
        holders = select(PersonRole.person_id).where(held)
        query = query.where(col(Person.id).in_(holders))
    own = Account.person_id == Person.id
    has_account = select(Account.person_id).where(own).exists()
    wanted = view.one("account")
    if wanted == WITHOUT_ACCOUNT:
        query = query.where(~has_account)
    if wanted == WITH_ACCOUNT:
        query = query.where(has_account)
    if view.one("manager") == MANAGER_LEFT:
        query = query.where(queries.manager_left())
    if view.one("leaves") == LEAVES:
        query = query.where(col(Person.last_day).is_not(None))
    return query


def count_people(session: Session, view: View) -> int:
    """Count the people that fit a view."""
    fitting = _fitting(view).subquery()
    counted = select(func.count()).select_from(fitting)
    return session.exec(counted).one()


@dataclass(frozen=True)
class Staff:
    """How many people there are, and how many of them cannot sign in yet."""

    people: int
    without_account: int


def staff(session: Session) -> Staff:
    """Count the people here."""
    return Staff(
        people=count_people(session, View()),
        without_account=count_people(session, UNABLE_TO_SIGN_IN),
    )


def _ordered(session: Session, view: View) -> SelectOfScalar[Person]:
    """Return a query of the people that fit a view, as it sorts them; those that are equal in that, by name."""
    name, person_id = queries.BY_NAME
    orders: dict[str, Any] = {
        "number": col(Person.number),
        "site": queries.place_of_site(session),
    }
    order = orders.get(view.sort, name)
    if view.descending:
        order = order.desc()
    return _fitting(view).order_by(order, name, person_id)


def list_people(session: Session, view: View) -> list[ListedPerson]:
    """Return the people that a view shows."""
    query = _ordered(session, view)
    page = query.offset(view.offset).limit(view.limit)
    found = list(session.exec(page))
    return _listed(session, found)


def called(session: Session, text: str, limit: int) -> list[ListedPerson]:
    """Return some of the people whom a name or number fits; first those whose names begin with what was typed."""
    begun = queries.begun_first(col(Person.sort_key), text)
    in_order = queries.people_named(text).order_by(begun, *queries.BY_NAME)
    found = list(session.exec(in_order.limit(limit)))
    return _listed(session, found)


def _listed(session: Session, people: list[Person]) -> list[ListedPerson]:
    ids = [id_of(person) for person in people]
    roles = queries.roles_of_many(session, ids)
    active = queries.with_account(session, ids)
    names = queries.site_names(session)
    found = []
    for person in people:
        held = roles.get(id_of(person), [])
        line = ListedPerson(
            person=person,
            site=names[person.site_id],
            roles=sorted(held, key=ROLES.index),
            active=person.id in active,
        )
        found.append(line)
    return found
