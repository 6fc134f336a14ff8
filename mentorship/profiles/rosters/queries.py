"""Reads of rosters, and the timetables of many people."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.base.letters import by_name
from mentorship.matching import Timetable
from mentorship.profiles.rosters.models import DayOff, Roster, RosterDay, Shift, WorkTime


@dataclass(frozen=True)
class Cycle:
    """A roster with the shift of each day of its cycle; None is free."""

    roster: Roster
    shifts: tuple[Shift | None, ...]


def rosters(session: Session) -> list[Roster]:
    """Return all rosters by name."""
    return by_name(session.exec(select(Roster)))


def shifts(session: Session) -> dict[int, Shift]:
    """Return all shifts by id."""
    return {id_of(shift): shift for shift in session.exec(select(Shift))}


def cycles(session: Session) -> list[Cycle]:
    """Return all rosters by name, each with its cycle."""
    known = shifts(session)
    worked: dict[int, dict[int, Shift]] = {}
    for row in session.exec(select(RosterDay)):
        days = worked.setdefault(row.roster_id, {})
        days[row.day] = known[row.shift_id]
    found = []
    for roster in rosters(session):
        days = worked.get(id_of(roster), {})
        cycle = Cycle(
            roster=roster,
            shifts=tuple(days.get(day) for day in range(roster.days)),
        )
        found.append(cycle)
    return found


def base_timetables(session: Session) -> dict[int, Timetable]:
    """Return the timetable of each roster, without anybody's days off."""
    found = {}
    for cycle in cycles(session):
        times: list[tuple[int, int] | None] = []
        for shift in cycle.shifts:
            if shift is None:
                times.append(None)
            else:
                times.append((shift.begins, shift.ends))
        timetable = Timetable(
            cycle.roster.starts_on.toordinal(),
            tuple(times),
        )
        found[id_of(cycle.roster)] = timetable
    return found


def timetables(session: Session, person_ids: Collection[int] | None = None) -> dict[int, Timetable]:
    """Return the timetable of everybody (or these) who has a roster; equal ones are one object."""
    base = base_timetables(session)
    off = _weekdays_off(session, person_ids)
    working = select(WorkTime.person_id, WorkTime.roster_id)
    if person_ids is not None:
        working = working.where(col(WorkTime.person_id).in_(person_ids))
    made: dict[tuple[int, frozenset[int]], Timetable] = {}
    found = {}
    for person_id, roster_id in session.exec(working):
        if roster_id is None:
            continue
        weekdays = frozenset(off.get(person_id, ()))
        key = roster_id, weekdays
        if key not in made:
            roster = base[roster_id]
            made[key] = Timetable(
                roster.start,
                roster.shifts,
                weekdays,
            )
        found[person_id] = made[key]
    return found


def _weekdays_off(session: Session, person_ids: Collection[int] | None) -> dict[int, set[int]]:
    query = select(DayOff.person_id, DayOff.weekday)
    if person_ids is not None:
        query = query.where(col(DayOff.person_id).in_(person_ids))
    found: dict[int, set[int]] = {}
    for person_id, weekday in session.exec(query):
        weekdays = found.setdefault(person_id, set())
        weekdays.add(weekday)
    return found


def roster_users(session: Session) -> dict[int, int]:
    """Count the people on each roster."""
    counted = select(WorkTime.roster_id, func.count()).group_by(col(WorkTime.roster_id))
    found = {}
    for roster_id, number in session.exec(counted):
        if roster_id is not None:
            found[roster_id] = number
    return found
