"""Who carries what: places, hours and mentorships per mentor, sorted and paged by the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Integer, Select, case, cast, func
from sqlmodel import Session, col, select

from mentorship.mentorships.hours import queries as hours_queries
from mentorship.mentorships.hours.rules import Balance, balance
from mentorship.mentorships.models import OCCUPYING, Mentorship
from mentorship.people.models import Person, Site
from mentorship.people.queries import line_below
from mentorship.profiles import rules
from mentorship.profiles.models import Capacity
from mentorship.profiles.rosters import queries as roster_queries
from mentorship.programme.models import Programme

SPENT = "spent"
SORTS = ("name", "site", "places", "taken", "free", "hours", "confirmed", "waiting", SPENT)


@dataclass(frozen=True)
class Load:
    """What one mentor offers and carries."""

    person: Person
    site: str
    places: int
    usable: int
    taken: int
    proposed: int
    free: int
    hours: Decimal
    confirmed: Decimal | None
    paused: bool
    balance: Balance | None

    @property
    def waits(self) -> bool:
        """Tell whether hours wait for the manager's confirmation."""
        return self.hours > 0 and (self.confirmed is None or self.confirmed < self.hours)


@dataclass(frozen=True)
class Totals:
    """Sums over all mentors somebody may see."""

    mentors: int
    places: int
    taken: int
    waiting: int


def _taken() -> Select[int, int, int]:
    proposed = func.sum(case((col(Mentorship.status) == "proposed", 1), else_=0))
    query = select(Mentorship.mentor_id, func.count().label("taken"), proposed.label("proposed"))
    return query.where(col(Mentorship.status).in_(OCCUPYING)).group_by(col(Mentorship.mentor_id))


def _hundredths(hours: Any) -> Any:
    """Return hours as a whole number, for SQLite would divide them as floats: 0.3 / 0.1 is less than 3 there."""
    return cast(func.round(hours * 100), Integer)


def _rows(manager_id: int | None) -> tuple[Select, dict]:  # type: ignore[type-arg]
    taken = _taken().subquery()
    counted = case((col(Programme.confirm_hours), func.coalesce(Capacity.confirmed_hours, 0)), else_=Capacity.hours)
    pairs = _hundredths(counted) // _hundredths(Programme.hours_per_pair)
    usable = case((pairs < Capacity.places, pairs), else_=Capacity.places)
    number = func.coalesce(taken.c.taken, 0).label("load")
    waits = case((func.coalesce(Capacity.confirmed_hours, 0) < Capacity.hours, 1), else_=0)
    query = (
        select(Capacity, Person, Site.name, number, func.coalesce(taken.c.proposed, 0))  # type: ignore[call-overload]
        .join(Person, col(Person.id) == Capacity.person_id)
        .join(Site, col(Site.id) == Person.site_id)
        .join(Programme, col(Programme.id) == 1)
        .join(taken, taken.c.mentor_id == Capacity.person_id, isouter=True)
        .where(col(Person.left_on).is_(None), (col(Capacity.places) > 0) | (taken.c.taken > 0))
    )
    if manager_id is not None:
        query = query.where(col(Person.id).in_(line_below(manager_id)))
    order = {
        "name": Person.family_name,
        "site": Site.name,
        "places": Capacity.places,
        "taken": number,
        "free": usable - func.coalesce(taken.c.taken, 0),
        "hours": Capacity.hours,
        "confirmed": func.coalesce(Capacity.confirmed_hours, -1),
        "waiting": waits,
    }
    return query, order


def count(session: Session, manager_id: int | None) -> int:
    """Count the mentors in a manager's line, or (None) all."""
    query, _ = _rows(manager_id)
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0


def workload(
    session: Session,
    manager_id: int | None,
    today: date,
    *,
    sort: str = "name",
    descending: bool = False,
    offset: int = 0,
    limit: int | None = None,
) -> list[Load]:
    """Return who carries what in a manager's line, or (None) of all."""
    query, order = _rows(manager_id)
    by_name = Person.family_name, Person.given_name, col(Person.id)
    if sort == SPENT:  # what counts of a week follows from the mentor's roster, which the database cannot work out
        found = _loads(session, today, query.order_by(*by_name), everybody=True)
        found.sort(key=lambda load: load.balance.ratio if load.balance else -1, reverse=descending)
        return found[offset : None if limit is None else offset + limit]
    by = order[sort]
    query = query.order_by(by.desc() if descending else by, *by_name).offset(offset).limit(limit)
    return _loads(session, today, query, everybody=limit is None)


def _loads(session: Session, today: date, query: Any, *, everybody: bool) -> list[Load]:
    settings, rows = session.get_one(Programme, 1), session.execute(query).all()
    shown = None if everybody else [offer.person_id for offer, *_ in rows]
    weeks = hours_queries.weeks(session, roster_queries.timetables(session, shown), today, shown)
    return [_load(settings, today, balance(weeks.get(row[0].person_id, [])), *row) for row in rows]


def _load(
    settings: Programme,
    today: date,
    balance: Balance | None,
    offer: Capacity,
    person: Person,
    site: str,
    taken: int,
    proposed: int,
) -> Load:
    usable = rules.usable_places(
        offer.places,
        offer.hours,
        offer.confirmed_hours,
        confirm=settings.confirm_hours,
        hours_per_pair=settings.hours_per_pair,
    )
    return Load(
        person,
        site,
        offer.places,
        usable,
        taken,
        proposed,
        rules.free_places(usable, taken),
        offer.hours,
        offer.confirmed_hours,
        rules.is_paused(offer.paused, offer.paused_until, today),
        balance,
    )


def totals(session: Session, manager_id: int | None) -> Totals:
    """Return the sums over a manager's line, or (None) all."""
    query, order = _rows(manager_id)
    rows = query.add_columns(order["waiting"].label("waiting")).subquery()
    sums = select(
        func.count(),
        func.coalesce(func.sum(rows.c.places), 0),
        func.coalesce(func.sum(rows.c.load), 0),
        func.coalesce(func.sum(rows.c.waiting), 0),
    )
    return Totals(*(int(v) for v in session.execute(sums.select_from(rows)).one()))
