"""Verbs on rosters: add one from a ready-made shape."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, select

from mentorship.base import audit
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.people.access import Actor
from mentorship.profiles.rosters.models import Roster, RosterDay, Shift
from mentorship.profiles.rosters.ready_made import SHAPES


def add_roster(session: Session, actor: Actor, *, name: str, shape: str, starts_on: date, now: datetime) -> Roster:
    """Add a roster in a ready-made shape, its cycle starting on a date; shifts it needs are added too."""
    if session.exec(select(Roster).where(Roster.name == name)).first():
        raise Refused(N_("There is a roster with this name already."))
    chosen = SHAPES[shape]
    roster = Roster(name=name, starts_on=starts_on, days=len(chosen.cycle))
    session.add(roster)
    session.flush()
    ids = {code: _shift(session, code, *times) for code, times in chosen.times.items()}
    assert roster.id is not None
    for day, code in enumerate(chosen.cycle):
        if code is not None:
            session.add(RosterDay(roster_id=roster.id, day=day, shift_id=ids[code]))
    audit.record(session, now, actor.person_id, "add roster", "roster", roster.id, name=name, shape=shape)
    return roster


def _shift(session: Session, code: str, begins: int, ends: int) -> int:
    """Return the shift with these times, whatever its code; add it under a code that is free."""
    found = session.exec(select(Shift).where(Shift.begins == begins, Shift.ends == ends)).first()
    if found is None:
        taken = set(session.exec(select(Shift.code)))
        free = next(c for c in (code, *(f"{code}{n}" for n in range(2, 1000))) if c not in taken)
        found = Shift(code=free, begins=begins, ends=ends)
        session.add(found)
        session.flush()
    assert found.id is not None
    return found.id
