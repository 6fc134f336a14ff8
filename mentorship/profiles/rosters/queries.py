"""Reads of rosters, and the timetables of many people."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func
from sqlmodel import Session, col, select

from mentorship.matching import Timetable
from mentorship.profiles.rosters.models import DayOff, Roster, RosterDay, Shift, WorkTime


def rosters(session: Session) -> list[Roster]:
    """Return all rosters by name."""
    return list(session.exec(select(Roster).order_by(Roster.name)))


def shifts(session: Session) -> dict[int, Shift]:
    """Return all shifts by id."""
    return {s.id: s for s in session.exec(select(Shift)) if s.id is not None}


def roster_cycles(session: Session) -> dict[int, tuple[Roster, tuple[int | None, ...]]]:
    """Return each roster with its cycle of shift ids."""
    days: dict[int, dict[int, int]] = {}
    for row in session.exec(select(RosterDay)):
        days.setdefault(row.roster_id, {})[row.day] = row.shift_id
    return {
        r.id: (r, tuple(days.get(r.id, {}).get(d) for d in range(r.days)))
        for r in session.exec(select(Roster))
        if r.id is not None
    }


def base_timetables(session: Session) -> dict[int, Timetable]:
    """Return the timetable of each roster, without anybody's days off."""
    times = {i: (s.begins, s.ends) for i, s in shifts(session).items()}
    return {
        roster_id: Timetable(roster.starts_on.toordinal(), tuple(times[s] if s is not None else None for s in cycle))
        for roster_id, (roster, cycle) in roster_cycles(session).items()
    }


def timetables(session: Session, person_ids: Collection[int] | None = None) -> dict[int, Timetable]:
    """Return the timetable of everybody (or these) who has a roster; equal ones are one object."""
    base = base_timetables(session)
    days, times = select(DayOff.person_id, DayOff.weekday), select(WorkTime.person_id, WorkTime.roster_id)
    if person_ids is not None:
        days = days.where(col(DayOff.person_id).in_(person_ids))
        times = times.where(col(WorkTime.person_id).in_(person_ids))
    off: dict[int, set[int]] = {}
    for person_id, weekday in session.exec(days):
        off.setdefault(person_id, set()).add(weekday)
    made: dict[tuple[int, frozenset[int]], Timetable] = {}
    found = {}
    for person_id, roster_id in session.exec(times):
        if roster_id is not None:
            key = roster_id, frozenset(off.get(person_id, ()))
            found[person_id] = made.setdefault(key, Timetable(base[roster_id].start, base[roster_id].shifts, key[1]))
    return found


def roster_users(session: Session) -> dict[int, int]:
    """Count the people on each roster."""
    rows = session.exec(select(WorkTime.roster_id, func.count()).group_by(col(WorkTime.roster_id))).all()
    return {roster_id: number for roster_id, number in rows if roster_id is not None}
