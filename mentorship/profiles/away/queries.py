"""Who is not there when: the timetables of people with the days on which they are away or their site is closed.

What is due, asked, reminded, missed or done together is worked out from these. A match, a feed and what others see of a
roster are worked out from `rosters.queries.timetables`, which knows of no absence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.base.once import once
from mentorship.base.prepared import prepared
from mentorship.matching import Timetable
from mentorship.people import queries as people
from mentorship.people.access import Subject
from mentorship.people.models import Person
from mentorship.profiles.away import rules
from mentorship.profiles.away.models import Away
from mentorship.profiles.away.rules import Spell
from mentorship.profiles.closed_days.queries import closed_on
from mentorship.profiles.rosters import queries as rosters
from mentorship.profiles.rosters.rules import UNSAID, Pieces, holding

Ordinals = frozenset[int]
NEVER: Ordinals = frozenset()
BACK = timedelta(weeks=28)
AHEAD = timedelta(weeks=16)
"""Closed days are looked up so far back and ahead: further than anything is counted or due."""


@dataclass(frozen=True)
class Presence:
    """Who works when: by person the timetables of who has a roster, and the days on which somebody is out.

    `away` are the days of that person alone; `out` has the closed days too.
    """

    timetables: Mapping[int, Timetable]
    out: Mapping[int, Ordinals]
    away: Mapping[int, Ordinals]

    def out_of(self, person_id: int) -> Ordinals:
        """Return the days on which somebody is not there, as ordinals."""
        return self.out.get(person_id, NEVER)

    def out_of_either(self, one: int, other: int) -> Ordinals:
        """Return the days on which one of two is not there."""
        first = self.out_of(one)
        second = self.out_of(other)
        return first if first is second else first | second


EVERYBODY = Presence({}, {}, {})
"""When nobody is looked for."""


def presence(session: Session, person_ids: Collection[int] | None, today: date) -> Presence:
    """Return who works when of everybody (or these), in a number of queries that does not grow with people."""
    pieces = rosters.pieces_held(session, person_ids)
    planned = rosters.timetables_of(session, pieces, person_ids)
    away = away_days(session, person_ids)
    out = _out(session, person_ids, today, pieces, away)
    return Presence(_with(planned, out), out, away)


def planned(session: Session, person_ids: Collection[int] | None, today: date) -> dict[int, Timetable]:
    """Return who works when by their roster, less the closed days, which everybody knows: nobody is away in it."""
    pieces = rosters.pieces_held(session, person_ids)
    timetables = rosters.timetables_of(session, pieces, person_ids)
    closed = _out(session, person_ids, today, pieces, {})
    return _with(timetables, closed)


def days_out(session: Session, person_ids: Collection[int] | None, today: date) -> dict[int, Ordinals]:
    """Return the days on which everybody (or these) is away, or their site is closed; who is always there is not."""
    pieces = rosters.pieces_held(session, person_ids)
    away = away_days(session, person_ids)
    return _out(session, person_ids, today, pieces, away)


def _out(
    session: Session,
    person_ids: Collection[int] | None,
    today: date,
    pieces: Mapping[int, Pieces],
    away: Mapping[int, Ordinals],
) -> dict[int, Ordinals]:
    closed = closed_on(session, today - BACK, today + AHEAD)
    if not away and not any(closed.values()):
        return {}
    closing = _Closing(closed, rosters.running_on(session))
    out: dict[int, Ordinals] = {}
    for person_id, site_id in _sites(session, person_ids):
        days = closing.of(site_id, pieces.get(person_id, UNSAID))
        own = away.get(person_id)
        if own:
            days = days | own
        if days:
            out[person_id] = days
    return out


def _with(planned: Mapping[int, Timetable], out: Mapping[int, Ordinals]) -> dict[int, Timetable]:
    """Return the timetables with the days out; one object for all that are alike."""
    alike: dict[tuple[int, Ordinals], Timetable] = {}
    found = {}
    for person_id, timetable in planned.items():
        days = out.get(person_id)
        if days is None:
            found[person_id] = timetable
            continue
        key = id(timetable), days
        if key not in alike:
            alike[key] = replace(timetable, out=days)
        found[person_id] = alike[key]
    return found


class _Closing:
    """On which closed days a crew is at home, worked out once for each site and rosters."""

    def __init__(self, closed: Mapping[int, Ordinals], running_on: Collection[int]) -> None:
        self._closed = closed
        self._running_on = running_on
        self._known: dict[tuple[int, Pieces], Ordinals] = {}

    def of(self, site_id: int, pieces: Pieces) -> Ordinals:
        """Return the closed days on which who works there by these rosters is at home."""
        key = site_id, pieces
        if key not in self._known:
            self._known[key] = self._worked_out(site_id, pieces)
        return self._known[key]

    def _worked_out(self, site_id: int, pieces: Pieces) -> Ordinals:
        closed = self._closed.get(site_id, NEVER)
        worked = {day for day in closed if holding(pieces, day) in self._running_on}
        return closed - worked if worked else closed


@once
def _sites(session: Session, person_ids: Collection[int] | None) -> list[tuple[int, int]]:
    """Return where everybody (or these) works."""
    return [(person_id, site_id) for person_id, site_id in _places(session, person_ids)]


@prepared
def _places(person_ids: Collection[int] | None) -> Select[Any, int]:
    query = columns(
        col(Person.id),
        col(Person.site_id),
    )
    if person_ids is None:
        return query.where(col(Person.left_on).is_(None))
    return query.where(col(Person.id).in_(person_ids))


@once
def away_days(session: Session, person_ids: Collection[int] | None = None) -> dict[int, Ordinals]:
    """Return by person, of who is away at any time, on which days."""
    spells: dict[int, list[Spell]] = defaultdict(list)
    for person_id, first, last in _spells(session, person_ids):
        spells[person_id].append((first, last))
    return {person_id: rules.ordinals(own) for person_id, own in spells.items()}


@prepared
def _spells(person_ids: Collection[int] | None) -> Select[int, date, date]:
    query = select(
        col(Away.person_id),
        col(Away.first_day),
        col(Away.last_day),
    )
    if person_ids is None:
        return query
    return query.where(col(Away.person_id).in_(person_ids))


@dataclass(frozen=True)
class Entry:
    """An entry as the person themselves reads it: `by` filled it in, when that was somebody else."""

    id: int
    first_day: date
    last_day: date
    by: Person | None


def own_entries(session: Session, person_id: int, today: date) -> list[Entry]:
    """Return what stands of somebody from today on; for the person alone."""
    rows = of_person(session, person_id, today)
    others = people.persons(session, [row.entered_by_id for row in rows])
    found = []
    for row in rows:
        by = None
        if row.entered_by_id != person_id:
            by = others.get(row.entered_by_id or 0)
        entry = Entry(
            id=id_of(row),
            first_day=row.first_day,
            last_day=row.last_day,
            by=by,
        )
        found.append(entry)
    return found


def of_person(session: Session, person_id: int, since: date) -> list[Away]:
    """Return the entries of somebody that end on a day or later, in order."""
    query = select(Away).where(
        Away.person_id == person_id,
        col(Away.last_day) >= since,
    )
    return list(session.exec(query.order_by(col(Away.first_day))))


def subject(session: Session, away_id: int) -> Subject | None:
    """Return whose entry it is: nobody else has a way to it."""
    found = session.get(Away, away_id)
    if found is None:
        return None
    return Subject(frozenset({found.person_id}))


def away_for_long(session: Session, today: date) -> set[int]:
    """Return who is away today, in an absence of over two weeks."""
    query = select(Away).where(
        col(Away.first_day) <= today,
        col(Away.last_day) >= today,
    )
    found = set()
    for row in session.exec(query):
        if rules.is_long((row.first_day, row.last_day)):
            found.add(row.person_id)
    return found


def direct_reports(session: Session, manager_id: int) -> list[Person]:
    """Return the people here who have this manager, by name."""
    team = select(Person).where(
        Person.manager_id == manager_id,
        col(Person.left_on).is_(None),
    )
    return list(session.exec(team.order_by(*people.BY_NAME)))
