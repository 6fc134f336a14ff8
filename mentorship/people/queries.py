"""Reads of people: by name, by line, by role."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Select, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.people.access import Subject
from mentorship.people.models import Account, Person, PersonRole, Site


def person_by_number(session: Session, number: str) -> Person | None:
    """Find somebody by personnel number."""
    return session.exec(select(Person).where(Person.number == number)).first()


def person_by_login(session: Session, name: str) -> Person | None:
    """Find somebody by e-mail address or personnel number."""
    name = name.strip()
    return person_by_number(session, name) or session.exec(select(Person).where(Person.email == name.lower())).first()


def roles_of(session: Session, person_id: int) -> frozenset[str]:
    """Return the roles a person holds now."""
    return frozenset(session.exec(select(PersonRole.role).where(PersonRole.person_id == person_id)))


def line_above(session: Session, person_id: int) -> frozenset[int]:
    """Return who appraises a person, and everyone above."""
    return frozenset(session.scalars(_above(person_id)))


def _above(person_id: int) -> Select[int]:
    chain = select(Person.manager_id).where(Person.id == person_id).cte("chain", recursive=True)
    chain = chain.union(select(Person.manager_id).where(Person.id == chain.c.manager_id))
    return select(chain.c.manager_id).where(chain.c.manager_id.is_not(None))


def line_below(manager_id: int) -> Select[int]:
    """Return a query of the ids of everyone below a manager."""
    tree = select(Person.id).where(Person.manager_id == manager_id).cte("tree", recursive=True)
    tree = tree.union(select(Person.id).where(Person.manager_id == tree.c.id))
    return select(tree.c.id)


def person_subject(session: Session, person_id: int) -> Subject | None:
    """Return whose own a person's data is and who stands above them; None when there is no such person."""
    if session.get(Person, person_id) is None:
        return None
    return Subject(frozenset({person_id}), line_above(session, person_id))


def persons(session: Session, ids: Iterable[int | None]) -> dict[int, Person]:
    """Return people by id, in as many queries as the database needs, not as there are people."""
    wanted = sorted({i for i in ids if i is not None})
    found: dict[int, Person] = {}
    for start in range(0, len(wanted), 5000):
        for person in session.exec(select(Person).where(col(Person.id).in_(wanted[start : start + 5000]))):
            assert person.id is not None
            found[person.id] = person
    return found


def sites(session: Session) -> list[Site]:
    """Return all sites by name."""
    return list(session.exec(select(Site).order_by(Site.name)))


def site_names(session: Session) -> dict[int, str]:
    """Return the names of all sites."""
    rows = session.exec(select(Site.id, Site.name))
    return {site_id: name for site_id, name in rows if site_id is not None}


@dataclass(frozen=True)
class ListedPerson:
    """A line of the list of people."""

    person: Person
    site: str
    roles: frozenset[str]
    active: bool


def _matching(text: str, site_id: int | None, role: str | None, without_account: bool) -> SelectOfScalar[Person]:
    query = select(Person).where(col(Person.left_on).is_(None))
    for word in text.split():
        like = f"%{word.lower().replace('%', '').replace('_', '')}%"
        query = query.where(
            or_(
                func.lower(Person.given_name).like(like),
                func.lower(Person.family_name).like(like),
                func.lower(Person.infix).like(like),
                func.lower(Person.number).like(like),
            )
        )
    if site_id:
        query = query.where(Person.site_id == site_id)
    if role:
        query = query.where(col(Person.id).in_(select(PersonRole.person_id).where(PersonRole.role == role)))
    if without_account:
        query = query.where(~select(Account.person_id).where(Account.person_id == Person.id).exists())
    return query


def count_people(
    session: Session, text: str = "", site_id: int | None = None, role: str | None = None, without_account: bool = False
) -> int:
    """Count the people that fit a search."""
    query = _matching(text, site_id, role, without_account).subquery()
    return session.scalar(select(func.count()).select_from(query)) or 0


def list_people(
    session: Session,
    text: str = "",
    site_id: int | None = None,
    role: str | None = None,
    without_account: bool = False,
    offset: int = 0,
    limit: int = 50,
) -> list[ListedPerson]:
    """Return one page of the people that fit a search, by family name."""
    query = _matching(text, site_id, role, without_account)
    query = query.order_by(Person.family_name, Person.given_name, col(Person.id)).offset(offset).limit(limit)
    found = list(session.exec(query))
    ids = [p.id for p in found]
    roles: dict[int, set[str]] = {}
    for row in session.exec(select(PersonRole).where(col(PersonRole.person_id).in_(ids))):
        roles.setdefault(row.person_id, set()).add(row.role)
    active = set(session.exec(select(Account.person_id).where(col(Account.person_id).in_(ids))))
    names = {s.id: s.name for s in sites(session)}
    return [
        ListedPerson(p, names.get(p.site_id, ""), frozenset(roles.get(p.id or 0, ())), p.id in active) for p in found
    ]


def colleagues(session: Session, text: str, person_id: int, limit: int = 20) -> list[Person]:
    """Find others than this person by name or personnel number."""
    query = _matching(text, None, None, False).where(Person.id != person_id)
    return list(session.exec(query.order_by(Person.family_name, Person.given_name, col(Person.id)).limit(limit)))


def people_with_role(session: Session, role: str) -> Collection[int]:
    """Return the ids of everyone who holds a role and did not leave."""
    held = select(PersonRole.person_id).join(Person, col(Person.id) == PersonRole.person_id)
    return set(session.exec(held.where(PersonRole.role == role, col(Person.left_on).is_(None))))
