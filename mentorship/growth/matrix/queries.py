"""Reads of the training matrix: a constant number of them, whatever the number of people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.base.lists import View
from mentorship.growth.matrix.rules import Column
from mentorship.growth.models import JobHeld, JobLevel
from mentorship.mentorships.goals.models import Goal
from mentorship.mentorships.goals.rules import CHANGING
from mentorship.mentorships.models import Mentorship
from mentorship.people import managers, queries
from mentorship.people.models import Person
from mentorship.profiles.models import Expertise


@dataclass(frozen=True)
class Line:
    """A row: somebody, where they work, and by domain the level they have and the one a running pair works towards."""

    person: Person
    site: str
    have: dict[int, int] = field(default_factory=dict)
    goals: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Whose:
    """Of whom the matrix is: who works in a profile; for a manager those of their line who show it."""

    profile_id: int
    manager_id: int | None
    view: View = field(default_factory=View)


def _holders(whose: Whose) -> Any:
    """Return a condition on people: of the profile, here, and to be seen by who looks."""
    held = select(JobHeld.person_id).where(JobHeld.profile_id == whose.profile_id)
    if whose.manager_id is not None:
        held = held.where(col(JobHeld.shown))
    found = [col(Person.left_on).is_(None), col(Person.id).in_(held)]
    if whose.manager_id is not None:
        line = managers.below(whose.manager_id)
        found.append(col(Person.id).in_(line))
    return and_(*found)


def _fitting(whose: Whose) -> Any:
    """Return the same, narrowed to what is looked at."""
    view = whose.view
    found = [_holders(whose), *queries.named(view.text)]
    if sites := view.ids("site"):
        found.append(col(Person.site_id).in_(sites))
    if team := view.one("team"):
        found.append(managers.has_manager(Person, int(team)))
    if lacks := view.one("lacks"):
        domain_id = int(lacks)
        found.append(~_has(whose, domain_id))
        found.append(~_grows(whose, domain_id))
    return and_(*found)


def _asked(whose: Whose) -> ColumnElement[bool]:
    return col(JobLevel.profile_id) == whose.profile_id


def _enough() -> ColumnElement[bool]:
    same = col(Expertise.domain_id) == JobLevel.domain_id
    return and_(same, col(Expertise.level) >= JobLevel.level)


def _has(whose: Whose, domain_id: int) -> Any:
    of_domain = col(JobLevel.domain_id) == domain_id
    query = select(Expertise.person_id).join(JobLevel, _enough())
    own = query.where(_asked(whose), of_domain, Expertise.person_id == Person.id)
    return own.exists()


def _towards(whose: Whose) -> Any:
    """Return a query of who works in a running pair towards what the profile asks, and in which domain."""
    same = col(Goal.domain_id) == JobLevel.domain_id
    far_enough = col(Goal.target_level) >= JobLevel.level
    query: Any = select_columns(
        col(Mentorship.junior_id).label("person_id"), col(JobLevel.domain_id).label("domain_id")
    )
    goals = query.select_from(JobLevel).join(Goal, and_(same, far_enough))
    pairs = goals.join(Mentorship, col(Mentorship.id) == Goal.mentorship_id)
    running = col(Mentorship.status).in_(CHANGING)
    return pairs.where(_asked(whose), col(Goal.dropped_at).is_(None), running)


def _grows(whose: Whose, domain_id: int) -> Any:
    of_domain = col(JobLevel.domain_id) == domain_id
    theirs = _towards(whose).where(of_domain, col(Mentorship.junior_id) == Person.id)
    return theirs.exists()


def count(session: Session, whose: Whose) -> int:
    """Count who fits."""
    query = select(func.count()).select_from(Person)
    return session.exec(query.where(_fitting(whose))).one()


def unshown(session: Session, whose: Whose) -> int:
    """Count who of a manager's line works in the profile and does not show how far they are."""
    if whose.manager_id is None:
        return 0
    same = col(Person.id) == JobHeld.person_id
    line = managers.below(whose.manager_id)
    query = select(func.count()).select_from(Person).join(JobHeld, same)
    kept = query.where(JobHeld.profile_id == whose.profile_id, ~col(JobHeld.shown), col(Person.left_on).is_(None))
    return session.exec(kept.where(col(Person.id).in_(line))).one()


def columns(session: Session, whose: Whose, asked: dict[int, int], people: int) -> list[Column]:
    """Return of each domain that is asked how many of those who fit have it or grow towards it."""
    fitting = select(Person.id).where(_fitting(whose))
    ok = _having(session, whose, fitting)
    grows = _growing(session, whose, fitting)
    found = []
    for domain_id, need in asked.items():
        column = Column(
            domain_id,
            need,
            ok.get(domain_id, 0),
            grows.get(domain_id, 0),
            people,
        )
        found.append(column)
    return found


def _having(session: Session, whose: Whose, fitting: Any) -> dict[int, int]:
    domain = col(JobLevel.domain_id)
    theirs = col(Expertise.person_id).in_(fitting)
    query = select(domain, func.count()).join(Expertise, _enough())
    having = query.where(_asked(whose), theirs)
    found = session.exec(having.group_by(domain))
    return dict(found.all())


def _growing(session: Session, whose: Whose, fitting: Any) -> dict[int, int]:
    towards = _towards(whose).distinct().subquery()
    domain = towards.c.domain_id
    level = and_(
        col(Expertise.person_id) == towards.c.person_id,
        col(Expertise.domain_id) == domain,
    )
    needed = and_(col(JobLevel.domain_id) == domain, _asked(whose))
    lacks = or_(
        col(Expertise.level).is_(None),
        col(Expertise.level) < JobLevel.level,
    )
    query = select_columns(domain, func.count().label("number")).select_from(towards)
    joined = query.join(JobLevel, needed).outerjoin(Expertise, level)
    theirs = towards.c.person_id.in_(fitting)
    growing = joined.where(lacks, theirs).group_by(domain)
    return {row.domain_id: row.number for row in session.execute(growing)}


def _in_order(whose: Whose) -> Any:
    """Return a query of how many of what is asked each person has."""
    person = col(Expertise.person_id)
    query: Any = select_columns(person.label("person_id"), func.count().label("number"))
    having = query.select_from(Expertise).join(JobLevel, _enough())
    return having.where(_asked(whose)).group_by(person).subquery()


def whole(session: Session, whose: Whose, asked: int) -> int:
    """Count who has all that is asked."""
    order = _in_order(whose)
    query = select(func.count()).select_from(Person).join(order, order.c.person_id == Person.id)
    return session.exec(query.where(_fitting(whose), order.c.number == asked)).one()


def lines(session: Session, whose: Whose, asked: dict[int, int]) -> list[Line]:
    """Return the rows that a view shows."""
    view = whose.view
    query = select(Person).where(_fitting(whose))
    name, person_id = queries.BY_NAME
    if view.sort == "order":
        order = _in_order(whose)
        number = func.coalesce(order.c.number, 0)
        query = query.outerjoin(order, order.c.person_id == Person.id)
        query = query.order_by(number.desc() if view.descending else number, name, person_id)
    else:
        query = query.order_by(name.desc() if view.descending else name, person_id)
    found = list(session.exec(query.offset(view.offset).limit(view.limit)))
    return _read(session, found, asked)


def of_person(session: Session, person: Person, asked: dict[int, int]) -> Line:
    """Return the row of one person."""
    (line,) = _read(session, [person], asked)
    return line


def _read(session: Session, people: list[Person], asked: dict[int, int]) -> list[Line]:
    ids = [id_of(person) for person in people]
    have = _levels(session, ids, asked)
    goals = _goals(session, ids)
    sites = queries.site_names(session)
    found = []
    for person in people:
        key = id_of(person)
        site = sites[person.site_id]
        found.append(
            Line(
                person,
                site,
                have[key],
                goals[key],
            )
        )
    return found


def _levels(session: Session, ids: list[int], asked: dict[int, int]) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = defaultdict(dict)
    theirs = col(Expertise.person_id).in_(ids)
    of_these = col(Expertise.domain_id).in_(asked)
    query = select(Expertise.person_id, Expertise.domain_id, Expertise.level)
    for person_id, domain_id, level in session.exec(query.where(theirs, of_these)):
        found[person_id][domain_id] = level
    return found


def _goals(session: Session, ids: list[int]) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = defaultdict(dict)
    same = col(Goal.mentorship_id) == Mentorship.id
    theirs = col(Mentorship.junior_id).in_(ids)
    running = col(Mentorship.status).in_(CHANGING)
    kept = col(Goal.dropped_at).is_(None)
    query = select(Mentorship.junior_id, Goal.domain_id, Goal.target_level).join(Goal, same)
    for junior_id, domain_id, target in session.exec(query.where(theirs, running, kept)):
        before = found[junior_id].get(domain_id, 0)
        found[junior_id][domain_id] = max(before, target)
    return found


def teams(session: Session, whose: Whose) -> list[tuple[str, str]]:
    """Return the managers of those who work in the profile, to choose a team by."""
    of_these = select(Person.manager_id).where(_holders(whose), col(Person.manager_id).is_not(None))
    query = select(Person).where(col(Person.id).in_(of_these)).order_by(*queries.BY_NAME)
    return [(str(person.id), person.name) for person in session.exec(query)]
