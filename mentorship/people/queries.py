"""Reads of people: by name, by line, by role."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.db import Given, chunked, id_of, locking
from mentorship.base.letters import by_name, folded
from mentorship.base.once import once
from mentorship.base.settled import settled
from mentorship.people import lookups, managers
from mentorship.people.access import MANAGER, Subject
from mentorship.people.models import Account, Person, PersonRole, Site

BEFORE_A_WORD = "\t", " ", "-"
"""What stands before a word in the key of a name: between its parts, and inside one."""
BY_NAME = col(Person.sort_key), col(Person.id)
"""How every list of people is sorted: by the letters of their names."""


def person_by_number(session: Session, number: str) -> Person | None:
    """Find somebody by personnel number."""
    query = select(Person).where(Person.number == number)
    return session.exec(query).first()


def person_by_login(session: Session, name: str) -> Person | None:
    """Find somebody by e-mail address or personnel number."""
    typed = name.strip()
    found = person_by_number(session, typed)
    if found is not None:
        return found
    by_address = select(Person).where(Person.email == typed.lower())
    return session.exec(by_address).first()


def roles_of(session: Session, person_id: int) -> frozenset[str]:
    """Return the roles a person holds now."""
    return frozenset(lookups.held(session, person_id))


@once
def line_above(session: Session, person_id: int) -> frozenset[int]:
    """Return who appraises a person, and everyone above."""
    return frozenset(found for (found,) in lookups.above(session, person_id))


def line_below(manager_id: Given[int]) -> Select[int]:
    """Return a query of the ids of everyone below a manager."""
    return managers.below(manager_id)


def person_subject(session: Session, person_id: int) -> Subject | None:
    """Return whose own a person's data is and who stands above them; None when there is no such person."""
    if session.get(Person, person_id) is None:
        return None
    return Subject(
        owners=frozenset({person_id}),
        line=line_above(session, person_id),
    )


def persons(session: Session, ids: Iterable[int | None]) -> dict[int, Person]:
    """Return people by id, in as many queries as the database needs, not as there are people."""
    found: dict[int, Person] = {}
    for some in chunked(ids):
        for person in lookups.by_id(session, some):
            found[id_of(person)] = person
    return found


@settled
def sites(session: Session) -> list[Site]:
    """Return all sites by name."""
    return by_name(session.exec(select(Site)))


def place_of_site(session: Session, person: Any = Person) -> ColumnElement[int]:
    """Return a column that holds the place of a person's site among the sites by name; `person` may be an alias."""
    places = {}
    for place, site in enumerate(sites(session)):
        places[id_of(site)] = place
    return case(
        places,
        value=col(person.site_id),
        else_=len(places),
    )


@settled
def site_names(session: Session) -> dict[int, str]:
    """Return the names of all sites."""
    query = select(Site.id, Site.name)
    names = {}
    for site_id, name in session.exec(query):
        if site_id is not None:
            names[site_id] = name
    return names


def people_named(text: str) -> SelectOfScalar[Person]:
    """Return a query of the people here in whose name or number each of these words stands."""
    here = select(Person).where(col(Person.left_on).is_(None))
    return here.where(*named(text))


def named(text: str, person: Any = Person) -> list[ColumnElement[bool]]:
    """Return the conditions of having each of these words in one's name or number; `person` may be an alias."""
    found = []
    for word in folded(text).split():
        within = has_word(col(person.sort_key), word)
        found.append(within)
    return found


def has_word(key: Any, word: str) -> ColumnElement[bool]:
    """Return the condition that a folded word stands somewhere in the key of somebody's name and number."""
    within: ColumnElement[bool] = key.contains(word, autoescape=True)
    return within


def begun_first(key: Any, text: str) -> ColumnElement[int]:
    """Return a column to sort by: first those in whose names every word that was typed begins a word."""
    begins = []
    for word in folded(text).split():
        places = [key.startswith(word, autoescape=True)]
        for before in BEFORE_A_WORD:
            place = key.contains(before + word, autoescape=True)
            places.append(place)
        begins.append(or_(*places))
    return case((and_(True, *begins), 0), else_=1)


def with_account(session: Session, ids: Iterable[int]) -> set[int]:
    """Return who of these has an account."""
    found: set[int] = set()
    for some in chunked(ids):
        of_some = col(Account.person_id).in_(some)
        query = select(Account.person_id).where(of_some)
        found.update(session.exec(query))
    return found


def roles_among(session: Session, ids: Iterable[int]) -> frozenset[str]:
    """Return every role that any of these holds."""
    found: set[str] = set()
    for held in roles_of_many(session, ids).values():
        found.update(held)
    return frozenset(found)


def is_active(session: Session, person_id: int) -> bool:
    """Tell whether somebody has an account."""
    return session.get(Account, person_id) is not None


def roles_of_many(session: Session, ids: Iterable[int]) -> dict[int, list[str]]:
    """Return the roles of each of these who holds one."""
    found: dict[int, list[str]] = {}
    for some in chunked(ids):
        held = select(PersonRole).where(col(PersonRole.person_id).in_(some))
        for row in session.exec(held):
            roles = found.setdefault(row.person_id, [])
            roles.append(row.role)
    return found


def colleagues(session: Session, text: str, person_id: int, limit: int = 20) -> list[Person]:
    """Find others than this person by name or personnel number."""
    others = people_named(text).where(Person.id != person_id)
    begun = begun_first(col(Person.sort_key), text)
    first = others.order_by(begun, *BY_NAME).limit(limit)
    return list(session.exec(first))


def last_days(session: Session) -> dict[int, date]:
    """Return the last day of everybody who leaves, by person."""
    query = select(col(Person.id), col(Person.last_day)).where(
        col(Person.last_day).is_not(None),
        col(Person.left_on).is_(None),
    )
    found = {}
    for person_id, last_day in session.exec(query):
        if person_id is not None and last_day is not None:
            found[person_id] = last_day
    return found


def any_left(session: Session, ids: Collection[int]) -> bool:
    """Tell whether somebody of these left."""
    for some in chunked(ids):
        query = select(Person.id).where(col(Person.id).in_(some), col(Person.left_on).is_not(None))
        if session.exec(query.limit(1)).first() is not None:
            return True
    return False


def anybody(session: Session) -> bool:
    """Tell whether anybody is, or ever was, here."""
    return session.exec(select(Person.id).limit(1)).first() is not None


def count_here(session: Session) -> int:
    """Count the people who did not leave."""
    query = select(func.count()).select_from(Person).where(col(Person.left_on).is_(None))
    return session.exec(query).one()


def count_team(session: Session, manager_id: int) -> int:
    """Count the people here who have this manager."""
    team = select(func.count()).where(
        Person.manager_id == manager_id,
        col(Person.left_on).is_(None),
    )
    return session.exec(team).one()


def count_without(session: Session) -> int:
    """Count the people here whose manager left."""
    query = (
        select(func.count())
        .select_from(Person)
        .where(
            col(Person.left_on).is_(None),
            manager_left(),
        )
    )
    return session.exec(query).one()


def is_here(today: Given[date]) -> ColumnElement[bool]:
    """Return the condition that somebody's last day has not passed, be it that what follows was not done yet."""
    return and_(
        col(Person.left_on).is_(None),
        or_(
            col(Person.last_day).is_(None),
            col(Person.last_day) >= today,
        ),
    )


def manager_left() -> ColumnElement[bool]:
    """Return the condition that somebody's manager left."""
    ever = col(Person.left_on) >= date.min  # by the index, for it is asked on every page of who lists people
    gone = select(col(Person.id)).where(ever)
    return col(Person.manager_id).in_(gone)


def manager_above(session: Session, person_id: int) -> int | None:
    """Return the nearest of those above somebody who is here and manages; of two as near, the first manager."""
    line = persons(session, {person_id, *line_above(session, person_id)})
    held = roles_of_many(session, line)
    others = managers.others_above(session, line)
    to_see = [person_id]
    for one in to_see:  # which grows: first all who are as near, then those above them
        if one != person_id and line[one].left_on is None and MANAGER in held.get(one, ()):
            return one
        for above in (line[one].manager_id, *others.get(one, ())):
            if above is not None and above not in to_see:
                to_see.append(above)
    return None


def staying(session: Session, role: str) -> set[int]:
    """Return who holds a role and has no last day; locked, so that two who leave at once follow each other."""
    holders = (
        select(Person)
        .join(PersonRole, col(PersonRole.person_id) == Person.id)
        .where(
            PersonRole.role == role,
            col(Person.left_on).is_(None),
        )
    )
    found = set()
    for person in session.exec(locking(holders.order_by(col(Person.id)))):
        if person.last_day is None:
            found.add(id_of(person))
    return found


def people_with_role(session: Session, role: str) -> Collection[int]:
    """Return the ids of everyone who holds a role and did not leave."""
    return set(lookups.holders(session, role))
