"""Who carries what: places, hours and mentorships per mentor, sorted and paged by the database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, true
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.base.lists import View
from mentorship.base.mail_kinds import HOURS_AGAIN
from mentorship.base.outbox import OutboxRow
from mentorship.insight import loads
from mentorship.insight.loads import Loads
from mentorship.mentorships.hours import queries as hours
from mentorship.mentorships.hours.rules import Balance, balance
from mentorship.mentorships.models import ACTIVE, OCCUPYING, PAUSED, Mentorship
from mentorship.people.line import Line
from mentorship.people.models import Person
from mentorship.people.queries import BY_NAME, begun_first, line_below, named
from mentorship.profiles import rules
from mentorship.profiles.models import Capacity
from mentorship.profiles.rosters import queries as rosters
from mentorship.programme.queries import programme

SPENT = "spent"
ASKED_AGAIN_AFTER = timedelta(days=3)
"""No manager is asked again about hours more often than this, by whomever."""
EVERYTHING = View(sort="name")


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


@dataclass(frozen=True)
class Guided:
    """Somebody a mentor guides, and in which pair."""

    pair_id: int
    name: str


@dataclass(frozen=True)
class Totals:
    """Sums over all mentors somebody may see, and how many are how full; `free`: those who have a place free.

    `fitting`: how many of them fit what is looked for.
    """

    fills: Mapping[str, int]
    places: int
    taken: int
    waiting: int
    free: int
    fitting: int

    @property
    def mentors(self) -> int:
        """Return how many there are."""
        return sum(self.fills.values())


def workload(session: Session, manager_id: int | None, today: date, view: View = EVERYTHING) -> list[Load]:
    """Return what a view shows of who carries what in a manager's line, or (None) of all."""
    line = loads.of_line(session, manager_id, today)
    fitting = line.fitting(view)
    if view.sort == SPENT:  # what counts of a week follows from the mentor's roster, which the database cannot work out
        in_order = fitting.order_by(*BY_NAME)
        found = _read(session, today, in_order, everybody=True)
        found.sort(key=_ratio, reverse=view.descending)
        end = None if view.limit is None else view.offset + view.limit
        return found[view.offset : end]
    order = line.orders[view.sort]
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
        paused = rules.is_paused(offer.paused, offer.paused_until, today)
        load = Load(
            person=person,
            site=site,
            places=offer.places,
            usable=usable,
            taken=taken,
            proposed=proposed,
            free=0 if paused else rules.free_places(usable, taken),
            hours=offer.hours,
            confirmed=offer.confirmed_hours,
            waits=rules.waits(offer.hours, offer.confirmed_hours, offer.answered_hours),
            paused=paused,
            balance=balance(weeks.get(offer.person_id, [])),
        )
        found.append(load)
    return found


def juniors(session: Session, mentor_ids: Collection[int]) -> dict[int, list[Guided]]:
    """Return whom each of these mentors guides, by name; who was proposed and did not answer yet is not among them."""
    query = (
        select(
            Mentorship.mentor_id,
            Mentorship.id,
            Person,
        )
        .join(Person, col(Person.id) == Mentorship.junior_id)
        .where(
            col(Mentorship.mentor_id).in_(mentor_ids),
            col(Mentorship.status).in_((ACTIVE, PAUSED)),
        )
    )
    found: dict[int, list[Guided]] = {}
    for mentor_id, pair_id, person in session.exec(query.order_by(*BY_NAME)):
        assert pair_id is not None
        guided = Guided(pair_id, person.name)
        found.setdefault(mentor_id, []).append(guided)
    return found


def asked_again(session: Session, today: date) -> dict[int, date]:
    """Return on which day each manager was asked again about hours who is to be left alone today."""
    query = select(
        OutboxRow.recipient_id,
        func.max(OutboxRow.due_on),
    )
    lately = query.where(
        col(OutboxRow.kind) == HOURS_AGAIN,
        col(OutboxRow.due_on) > today - ASKED_AGAIN_AFTER,
    )
    by_manager = lately.group_by(col(OutboxRow.recipient_id))
    return dict(session.exec(by_manager).all())


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
            loads.waits() == 1,
            or_(col(Capacity.places) > 0, occupied.exists()),
        )
    )
    number: int = session.execute(query).scalar_one()
    return number


def totals(session: Session, manager_id: int | None, today: date, view: View = EVERYTHING) -> Totals:
    """Return the sums over a manager's line, or (None) all, and how many of those fit a view; the line is read once."""
    rows = _marked(loads.of_line(session, manager_id, today), view)
    summed = (rows.places, rows.load, rows.waiting, rows.free, rows.fitting)
    query = sa_select(rows.fill, func.count(), *map(func.sum, summed)).group_by(rows.fill)
    fills = dict.fromkeys(loads.FILLS, 0)
    sums = [0] * len(summed)
    for fill, mentors, *parts in session.execute(query):
        fills[fill] = mentors
        sums = [before + int(part) for before, part in zip(sums, parts, strict=True)]
    return Totals(fills, *sums)


def _marked(line: Loads, view: View) -> Any:
    """Return the columns of what the mentors of a line carry, with marks: how full, 1 where it waits, is free, fits."""
    marks = {
        "fill": line.fill,
        "waiting": line.orders["waiting"],
        "free": _one_where(line.states[loads.FREE]),
        "fitting": _one_where(and_(true(), *line.conditions(view))),
    }
    marked = [value.label(name) for name, value in marks.items()]
    return line.query.add_columns(*marked).subquery().c


def _one_where(condition: Any) -> Any:
    return case((condition, 1), else_=0)


def load_of(session: Session, mentor_id: int, today: date) -> Load | None:
    """Return what one mentor offers and carries; None for who does neither."""
    everybody = loads.of_line(session, None, today)
    of_one = col(Person.id) == mentor_id
    query = everybody.query.where(of_one)
    return next(iter(_read(session, today, query, everybody=False)), None)


def called(session: Session, manager_id: int, text: str, today: date, limit: int) -> list[Load]:
    """Return the mentors in a manager's line who fit a name or number, those whose names begin so first."""
    begun = begun_first(col(Person.sort_key), text)
    fitting = loads.guiding().where(*named(text))
    in_order = fitting.order_by(begun, *BY_NAME)
    line = Line(session, manager_id)
    shown = line.first(in_order, [col(Person.id)], limit)
    of_these = loads.of_line(session, None, today, shown).query
    found = _read(session, today, of_these, everybody=False)
    return sorted(found, key=lambda load: shown.index(id_of(load.person)))
