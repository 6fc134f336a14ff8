"""The query of what every mentor carries: what it can be sorted by, which states they are in, and how full they are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, and_, case, cast, func, or_
from sqlalchemy import select as sa_select
from sqlmodel import Session, col

from mentorship.base.lists import View
from mentorship.mentorships.models import OCCUPYING, PROPOSED, Mentorship
from mentorship.people.models import Person, Site
from mentorship.people.queries import line_below, named, place_of_site
from mentorship.profiles.models import Capacity
from mentorship.programme.models import Programme

WAITS, FREE = "waits", "free"
IDLE, NOBODY, HALF, MOST, FULL, OVER = "idle", "nobody", "half", "most", "full", "over"
FILLS = (IDLE, NOBODY, HALF, MOST, FULL, OVER)
"""How full a mentor is: no place counts, all are free, up to half is taken, more, all are, more than there are."""


@dataclass(frozen=True)
class Loads:
    """The query of what every mentor carries, the columns by which it can be sorted, and the states they can be in.

    `fill` says how full they are.
    """

    query: Any
    orders: dict[str, Any]
    states: dict[str, Any]
    fill: Any

    def fitting(self, view: View) -> Any:
        """Return the query of the mentors that fit a view."""
        return self.query.where(*self.conditions(view))

    def conditions(self, view: View) -> list[Any]:
        """Return what holds of a mentor that fits a view."""
        found: list[Any] = [*named(view.text)]
        if sites := view.ids("site"):
            found.append(col(Person.site_id).in_(sites))
        if state := view.one("state"):
            found.append(self.states[state])
        if fills := view.chosen("fill"):
            found.append(self.fill.in_(fills))
        return found


def _taken(few: Collection[int] | None) -> Any:
    """Return how many places each mentor (of these few) has taken, and how many of them are proposals."""
    proposed = case((col(Mentorship.status) == PROPOSED, 1), else_=0)
    query = sa_select(
        col(Mentorship.mentor_id),
        func.count().label("taken"),
        func.sum(proposed).label("proposed"),
    )
    occupying = col(Mentorship.status).in_(OCCUPYING)
    if few is not None:
        of_these = col(Mentorship.mentor_id).in_(few)
        query = query.where(of_these)
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


def _paused(today: date) -> Any:
    """Return the condition that a mentor pauses, as `profiles.rules.is_paused` says."""
    until = col(Capacity.paused_until)
    return and_(
        col(Capacity.paused),
        or_(until.is_(None), until >= today),
    )


def waits() -> Any:
    """Return 1 where hours wait for the manager, as `profiles.rules.waits` says; else 0."""
    confirmed = func.coalesce(Capacity.confirmed_hours, 0)
    answered = func.coalesce(Capacity.answered_hours, 0)
    both_less = and_(
        confirmed < Capacity.hours,
        answered < Capacity.hours,
    )
    return case((both_less, 1), else_=0)


def _fill(number: Any, usable: Any) -> Any:
    """Return how full somebody is who has taken a number of the places that count; the first that fits counts."""
    return case(
        (number > usable, OVER),
        (usable == 0, IDLE),
        (number == 0, NOBODY),
        (number == usable, FULL),
        (number * 2 <= usable, HALF),
        else_=MOST,
    )


def of_line(session: Session, manager_id: int | None, today: date, few: Collection[int] | None = None) -> Loads:
    """Return the query of the mentors in a manager's line, or (None) of all or of these few.

    Who pauses today has no place free.
    """
    taken = _taken(few)
    number = func.coalesce(taken.c.taken, 0)
    query = _query(taken, number)
    if manager_id is not None:
        line = col(Person.id).in_(line_below(manager_id))
        query = query.where(line)
    if few is not None:
        of_these = col(Person.id).in_(few)
        query = query.where(of_these)
    usable = _usable()
    left = usable - number
    pauses = and_(_paused(today), left > 0)
    free = case((pauses, 0), else_=left)
    states = {WAITS: waits() == 1, FREE: free > 0}
    return Loads(
        query,
        _orders(number, free, place_of_site(session)),
        states,
        _fill(number, usable),
    )


def guiding() -> Any:
    """Return a query of all mentors who offer places or have taken some: twice the id of each."""
    occupied = sa_select(col(Mentorship.id)).where(
        col(Mentorship.mentor_id) == Capacity.person_id,
        col(Mentorship.status).in_(OCCUPYING),
    )
    offers = or_(col(Capacity.places) > 0, occupied.exists())
    person_id = col(Person.id)
    query: Any = sa_select(person_id, person_id.label("who")).join(Capacity, col(Capacity.person_id) == person_id)
    return query.where(col(Person.left_on).is_(None), offers)


def _query(taken: Any, number: Any) -> Any:
    offers = or_(
        col(Capacity.places) > 0,
        taken.c.taken > 0,
    )
    query = sa_select(
        Capacity,
        Person,
        col(Site.name),
        number.label("load"),
        func.coalesce(taken.c.proposed, 0),
    )
    return (
        query.join(Person, col(Person.id) == Capacity.person_id)
        .join(Site, col(Site.id) == Person.site_id)
        .join(Programme, col(Programme.id) == 1)
        .join(taken, taken.c.mentor_id == Capacity.person_id, isouter=True)
        .where(col(Person.left_on).is_(None), offers)
    )


def _orders(number: Any, free: Any, site: Any) -> dict[str, Any]:
    """Return the columns to sort by; `number` is that of the places taken."""
    return {
        "name": Person.sort_key,
        "site": site,
        "places": Capacity.places,
        "taken": number,
        "free": free,
        "hours": Capacity.hours,
        "confirmed": func.coalesce(Capacity.confirmed_hours, -1),
        "waiting": waits(),
    }
