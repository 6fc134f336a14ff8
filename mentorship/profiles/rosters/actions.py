"""Verbs on rosters: add one, and choose one's own and the days out of it. They never commit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from itertools import count

from sqlalchemy import delete
from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.db import id_of
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import About, Kept, keep, state
from mentorship.people.access import Actor
from mentorship.profiles.rosters.models import DayOff, Roster, RosterDay, Shift, WorkTime
from mentorship.profiles.rosters.ready_made import SHAPES


def add_roster(session: Session, actor: Actor, *, name: str, shape: str, starts_on: date, now: datetime) -> Roster:
    """Add a roster in a ready-made shape, its cycle starting on a date; shifts it needs are added too."""
    same = select(Roster).where(Roster.name == name)
    if session.exec(same).first() is not None:
        raise Refused(N_("There is a roster with this name already."), field="name")
    chosen = SHAPES[shape]
    roster = Roster(name=name, starts_on=starts_on, days=len(chosen.cycle))
    session.add(roster)
    session.flush()
    shifts = {}
    for code, (begins, ends) in chosen.times.items():
        shifts[code] = _shift(session, code, begins, ends)
    for day, at_work in enumerate(chosen.cycle):
        if at_work is not None:
            worked = RosterDay(
                roster_id=id_of(roster),
                day=day,
                shift_id=shifts[at_work],
            )
            session.add(worked)
    audit.record(
        session,
        now,
        actor.person_id,
        "add roster",
        "roster",
        roster.id,
        name=name,
        shape=shape,
    )
    _state_added(session, id_of(roster))
    return roster


def _state_added(session: Session, roster_id: int) -> None:
    about = About("add roster", "roster", roster_id)
    state(session, Kept("roster", {"id": roster_id}), about)
    state(session, Kept("roster_day", {"roster_id": roster_id}), about)


def _shift(session: Session, code: str, begins: int, ends: int) -> int:
    """Return the shift with these times, whatever its code; add it under a code that is free."""
    same_times = select(Shift).where(Shift.begins == begins, Shift.ends == ends)
    found = session.exec(same_times).first()
    if found is None:
        found = Shift(
            code=_free_code(session, code),
            begins=begins,
            ends=ends,
        )
        session.add(found)
        session.flush()
    return id_of(found)


def _free_code(session: Session, code: str) -> str:
    """Return this code, or the first of code2, code3 ... that no shift has."""
    taken = set(session.exec(select(Shift.code)))
    numbers = count(2)
    free = code
    while free in taken:
        free = f"{code}{next(numbers)}"
    return free


def set_time(
    session: Session,
    actor: Actor,
    *,
    roster_id: int | None,
    days_off: Mapping[int, bool],
    remote: bool,
    now: datetime,
) -> None:
    """Choose one's roster, the weekdays taken out of it (value True: at school), and whether one can work remotely."""
    if roster_id is not None and session.get(Roster, roster_id) is None:
        raise Refused(N_("This roster is no longer there."), field="roster_id")
    kept = [keep(session, table, person_id=actor.person_id) for table in (WorkTime, DayOff)]
    work = session.get(WorkTime, actor.person_id) or WorkTime(person_id=actor.person_id)
    work.roster_id = roster_id
    work.remote = remote
    session.add(work)
    session.exec(delete(DayOff).where(col(DayOff.person_id) == actor.person_id))
    for weekday, school in days_off.items():
        day_off = DayOff(
            person_id=actor.person_id,
            weekday=weekday,
            school=school,
        )
        session.add(day_off)
    audit.record(
        session,
        now,
        actor.person_id,
        "set working time",
        "person",
        actor.person_id,
    )
    for rows in kept:
        state(session, rows, About("set working time", "person", actor.person_id))
