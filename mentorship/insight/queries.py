"""Who carries what: places, hours and mentorships per mentor, sorted and paged by the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Integer, Select, and_, case, cast, func, or_
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from mentorship.base.lists import View
from mentorship.mentorships.hours import queries as hours
from mentorship.mentorships.hours.rules import Balance, balance
from mentorship.mentorships.models import OCCUPYING, PROPOSED, Mentorship
from mentorship.people.models import Person, Site
from mentorship.people.queries import BY_NAME, begun_first, line_below, named, place_of_site
from mentorship.profiles import rules
from mentorship.profiles.models import Capacity
from mentorship.profiles.rosters import queries as rosters
from mentorship.programme.models import Programme
from mentorship.programme.queries import programme

SPENT = "spent"
WAITS, FREE, FULL = "waits", "free", "full"
EVERYTHING = View(sort="name")
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
    waits: bool
    paused: bool
    balance: Balance | None

    @property
    def partly_confirmed(self) -> bool:
        """Tell whether fewer hours were confirmed than promised."""
        return (self.confirmed or 0) < self.hours

    @property
    def partly_counts(self) -> bool:
        """Tell whether fewer places count than were set."""
        return self.usable < self.places

    @property
    def overfull(self) -> bool:
        """Tell whether more places are taken than count."""
        return self.taken > self.usable


@dataclass(frozen=True)
class Totals:
    """Sums over all mentors somebody may see."""

    mentors: int
    places: int
    taken: int
    waiting: int


@dataclass(frozen=True)
class _Loads:
    """The query of what every mentor carries, the columns by which it can be sorted, and the states they can be in."""

    query: Any
    orders: dict[str, Any]
    states: dict[str, Any]

    def fitting(self, view: View) -> Any:
        """Return the query of the mentors that fit a view."""
        of_name = named(view.text)
        query = self.query.where(*of_name)
        if sites := view.ids("site"):
            at_sites = col(Person.site_id).in_(sites)
            query = query.where(at_sites)
        if state := view.one("state"):
            query = query.where(self.states[state])
        return query


def _taken() -> Any:
    """Return how many places each mentor has taken, and how many of them are proposals."""
    proposed = case((col(Mentorship.status) == PROPOSED, 1), else_=0)
    query = sa_select(
        col(Mentorship.mentor_id),
        func.count().label("taken"),
        func.sum(proposed).label("proposed"),
    )
    occupying = col(Mentorship.status).in_(OCCUPYING)
    by_mentor = query.where(
        occupying,
    ).group_by(col(Mentorship.mentor_id))
    return by_mentor.subquery()


def _hundredths(hours: Any) -> Any:
    """Return hours as a whole number, for SQLite would divide them as floats: 0.3 / 0.1 is less than 3 there."""
    whole = func.round(hours * 100)
    return cast(whole, Integer)


def _usable() -> Any:
    """Return how many places count, as `profiles.rules.usable_places` says."""
    confirmed = func.coalesce(Capacity.confirmed_hours, 0)
    counted = case(
        (col(Programme.confirm_hours), confirmed),
        else_=Capacity.hours,
    )
    needed = _hundredths(Programme.hours_per_pair)
    pairs = _hundredths(counted) // needed
    return case(
        (pairs < Capacity.places, pairs),
        else_=Capacity.places,
    )


def _waits() -> Any:
    """Return 1 where hours wait for the manager, as `profiles.rules.waits` says; else 0."""
    confirmed = func.coalesce(Capacity.confirmed_hours, 0)
    answered = func.coalesce(Capacity.answered_hours, 0)
    both_less = and_(
        confirmed < Capacity.hours,
        answered < Capacity.hours,
    )
    return case((both_less, 1), else_=0)


def _of_line(session: Session, manager_id: int | None) -> _Loads:
    taken = _taken()
    number = func.coalesce(taken.c.taken, 0)
    query = (
        sa_select(
            Capacity,
            Person,
            col(Site.name),
            number.label("load"),
            func.coalesce(taken.c.proposed, 0),
        )
        .join(Person, col(Person.id) == Capacity.person_id)
        .join(Site, col(Site.id) == Person.site_id)
        .join(Programme, col(Programme.id) == 1)
        .join(taken, taken.c.mentor_id == Capacity.person_id, isouter=True)
        .where(
            col(Person.left_on).is_(None),
            or_(
                col(Capacity.places) > 0,
                taken.c.taken > 0,
            ),
        )
    )
    if manager_id is not None:
        line = col(Person.id).in_(line_below(manager_id))
        query = query.where(line)
    site = place_of_site(session)
    return _Loads(query, _orders(number, site), _states(number))


def _states(number: Any) -> dict[str, Any]:
    """Return the conditions of the states; `number` is that of the places taken."""
    free = _usable() - number
    return {
        WAITS: _waits() == 1,
        FREE: free > 0,
        FULL: free < 0,
    }


def _orders(number: Any, site: Any) -> dict[str, Any]:
    """Return the columns to sort by; `number` is that of the places taken."""
    return {
        "name": Person.sort_key,
        "site": site,
        "places": Capacity.places,
        "taken": number,
        "free": _usable() - number,
        "hours": Capacity.hours,
        "confirmed": func.coalesce(Capacity.confirmed_hours, -1),
        "waiting": _waits(),
    }


def count(session: Session, manager_id: int | None, view: View = EVERYTHING) -> int:
    """Count the mentors that fit a view in a manager's line, or (None) all."""
    mentors = _of_line(session, manager_id).fitting(view).subquery()
    number = select(func.count()).select_from(mentors)
    return session.exec(number).one()


def workload(session: Session, manager_id: int | None, today: date, view: View = EVERYTHING) -> list[Load]:
    """Return what a view shows of who carries what in a manager's line, or (None) of all."""
    loads = _of_line(session, manager_id)
    fitting = loads.fitting(view)
    if view.sort == SPENT:  # what counts of a week follows from the mentor's roster, which the database cannot work out
        in_order = fitting.order_by(*BY_NAME)
        found = _read(session, today, in_order, everybody=True)
        found.sort(key=_ratio, reverse=view.descending)
        rest = found[view.offset :]
        return rest[: view.limit]
    order = loads.orders[view.sort]
    if view.descending:
        order = order.desc()
    query = fitting.order_by(order, *BY_NAME)
    page = query.offset(view.offset).limit(view.limit)
    return _read(session, today, page, everybody=view.limit is None)


def _ratio(load: Load) -> Decimal:
    """Return hours spent per hour confirmed; who never noted any comes first."""
    if load.balance is None:
        return Decimal(-1)
    return load.balance.ratio


def _read(session: Session, today: date, query: Select[Any], *, everybody: bool) -> list[Load]:
    settings = programme(session)
    rows = session.execute(query).all()
    shown = None
    if not everybody:
        shown = [offer.person_id for offer, *_ in rows]
    timetables = rosters.timetables(session, shown)
    weeks = hours.weeks(session, timetables, today, shown)
    found = []
    for offer, person, site, taken, proposed in rows:
        usable = rules.places_that_count(offer, settings)
        load = Load(
            person=person,
            site=site,
            places=offer.places,
            usable=usable,
            taken=taken,
            proposed=proposed,
            free=rules.free_places(usable, taken),
            hours=offer.hours,
            confirmed=offer.confirmed_hours,
            waits=rules.waits(offer.hours, offer.confirmed_hours, offer.answered_hours),
            paused=rules.is_paused(offer.paused, offer.paused_until, today),
            balance=balance(weeks.get(offer.person_id, [])),
        )
        found.append(load)
    return found


def count_waiting(session: Session, manager_id: int) -> int:
    """Count the mentors in a manager's line whose hours wait to be confirmed; asked on every page of theirs."""
    occupied = sa_select(col(Mentorship.id)).where(
        col(Mentorship.mentor_id) == Capacity.person_id,
        col(Mentorship.status).in_(OCCUPYING),
    )
    query = (
        sa_select(func.count())
        .select_from(Capacity)
        .join(Person, col(Person.id) == Capacity.person_id)
        .where(
            col(Person.id).in_(line_below(manager_id)),
            col(Person.left_on).is_(None),
            _waits() == 1,
            or_(col(Capacity.places) > 0, occupied.exists()),
        )
    )
    number: int = session.execute(query).scalar_one()
    return number


def totals(session: Session, manager_id: int | None) -> Totals:
    """Return the sums over a manager's line, or (None) all."""
    loads = _of_line(session, manager_id)
    waiting = loads.orders["waiting"].label("waiting")
    rows = loads.query.add_columns(waiting).subquery()
    sums = sa_select(
        func.count(),
        func.coalesce(func.sum(rows.c.places), 0),
        func.coalesce(func.sum(rows.c.load), 0),
        func.coalesce(func.sum(rows.c.waiting), 0),
    )
    found = session.execute(sums.select_from(rows)).one()
    return Totals(*map(int, found))


def called(session: Session, manager_id: int, text: str, today: date, limit: int) -> list[Load]:
    """Return the mentors in a manager's line who fit a name or number, those whose names begin so first."""
    line = _of_line(session, manager_id).query.where(*named(text))
    first = begun_first(col(Person.sort_key), text)
    query = line.order_by(first, *BY_NAME).limit(limit)
    return _read(session, today, query, everybody=False)
