"""Verbs on one roster and one shift: change, remove, add. They never commit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.db import id_of, locked
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import About, Kept, keep, state
from mentorship.people.access import Actor
from mentorship.profiles.rosters.days import Days
from mentorship.profiles.rosters.models import Roster, RosterChange, RosterDay, Shift, WorkTime
from mentorship.profiles.rosters.patterns import default_roster

CHANGED = N_(
    "Somebody changed this roster since you opened it. Nothing was saved; open it again to see what it is now."
)
TAKEN = N_("There is a roster with this name already.")
IN_USE = N_("People work by this roster, now or later, so it cannot be removed.")
SHIFT_IN_USE = N_("Rosters have this shift on their days, so it cannot be removed.")
IS_DEFAULT = N_("Who has no roster is matched by this one, so it cannot be removed. Switch that off first.")
CODE_TAKEN = N_("There is a shift with this code already.")
BOTH = N_("Fill in both times, or neither for a code that means free.")


@dataclass(frozen=True)
class Wanted:
    """What a roster is to be."""

    name: str
    starts_on: date
    repeats: bool
    runs_on: bool
    is_default: bool


@dataclass(frozen=True)
class Times:
    """What a shift is to be: an end that is not after the begin is on the next day; with neither it means free."""

    code: str
    begins: int | None
    ends: int | None
    description: str = ""

    def spread(self) -> tuple[int | None, int | None]:
        """Return begin and end in minutes from midnight."""
        if (self.begins is None) != (self.ends is None):
            raise Refused(BOTH, field="ends" if self.ends is None else "begins")
        if self.begins is not None and self.ends is not None and self.ends <= self.begins:
            return self.begins, self.ends + 1440
        return self.begins, self.ends


def days_of(session: Session, roster: Roster) -> Days:
    """Return the shifts on each day of a roster."""
    query = select(RosterDay).where(RosterDay.roster_id == roster.id)
    found: list[list[int]] = [[] for _ in range(roster.days)]
    for row in session.exec(query):
        if row.day < roster.days:
            found[row.day].append(row.shift_id)
    return tuple(tuple(sorted(shifts)) for shifts in found)


def set_days(
    session: Session,
    actor: Actor,
    roster_id: int,
    *,
    days: Days,
    seen: Days,
    now: datetime,
) -> None:
    """Put other shifts on the days of a roster, when they still are as they were `seen`."""
    roster = _taken(session, roster_id)
    if days_of(session, roster) != seen:
        raise Conflict(CHANGED)
    kept = [
        keep(session, Roster, id=roster_id),
        keep(session, RosterDay, roster_id=roster_id),
    ]
    roster.days = len(days)
    session.exec(delete(RosterDay).where(col(RosterDay.roster_id) == roster_id))
    rows = []
    for day, shifts in enumerate(days):
        for shift_id in shifts:
            row = {
                "roster_id": roster_id,
                "day": day,
                "shift_id": shift_id,
            }
            rows.append(row)
    if rows:
        session.exec(insert(RosterDay), params=rows)
    _record(session, actor, now, "change the days of a roster", roster_id, kept)


def change_roster(session: Session, actor: Actor, roster_id: int, wanted: Wanted, now: datetime) -> None:
    """Change what a roster is called, from when it counts, and for whom."""
    roster = _taken(session, roster_id)
    same = select(Roster.id).where(Roster.name == wanted.name, Roster.id != roster_id)
    if session.exec(same).first() is not None:
        raise Refused(TAKEN, field="name")
    kept = _no_other_default(session, roster) if wanted.is_default else []
    kept.append(keep(session, Roster, id=roster_id))
    roster.name = wanted.name
    roster.starts_on = wanted.starts_on
    roster.repeats = wanted.repeats
    roster.runs_on = wanted.runs_on
    roster.is_default = wanted.is_default
    _record(session, actor, now, "change roster", roster_id, kept)


def set_default(session: Session, actor: Actor, roster: Roster | None, now: datetime) -> None:
    """Let who has no roster be matched by this one (None: by none)."""
    other = default_roster(session)
    if other is roster:
        return
    kept = _no_other_default(session, roster)
    if roster is not None:
        kept.append(keep(session, Roster, id=id_of(roster)))
        roster.is_default = True
    about = roster or other
    if about is not None:
        _record(session, actor, now, "set default roster", id_of(about), kept)


def _no_other_default(session: Session, roster: Roster | None) -> list[Kept]:
    """Let no other roster be the default; return the one that was, as it was."""
    other = default_roster(session)
    if other is None or other is roster:
        return []
    kept = keep(session, Roster, id=id_of(other))
    other.is_default = False
    session.flush()  # there is one at most, also half-way
    return [kept]


def remove_roster(session: Session, actor: Actor, roster_id: int, now: datetime) -> None:
    """Remove a roster that nobody works by, now or later."""
    roster = _taken(session, roster_id)
    if roster.is_default:
        raise Refused(IS_DEFAULT)
    for model in (WorkTime, RosterChange):
        used = select(model.person_id).where(model.roster_id == roster_id)
        if session.exec(used).first() is not None:
            raise Refused(IN_USE)
    kept = [
        keep(session, RosterDay, roster_id=roster_id),
        keep(session, Roster, id=roster_id),
    ]
    session.exec(delete(RosterDay).where(col(RosterDay.roster_id) == roster_id))
    session.delete(roster)
    _record(session, actor, now, "remove roster", roster_id, kept)


def add_shift(session: Session, actor: Actor, times: Times, now: datetime) -> Shift:
    """Add a shift, or a code that means free."""
    begins, ends = times.spread()
    _check_code(session, times.code, None)
    shift = Shift(
        code=times.code,
        begins=begins,
        ends=ends,
        description=times.description,
    )
    session.add(shift)
    session.flush()
    audit.record(
        session,
        now,
        actor.person_id,
        "add shift",
        "shift",
        shift.id,
        code=times.code,
    )
    about = About("add shift", "shift", shift.id)
    state(session, Kept("shift", {"id": id_of(shift)}), about)
    return shift


def change_shift(session: Session, actor: Actor, shift_id: int, times: Times, now: datetime) -> None:
    """Change the code or the times of a shift, on every day of every roster that has it."""
    shift = locked(session, Shift, shift_id)
    if shift is None:
        raise Refused(N_("This shift is no longer there."))
    begins, ends = times.spread()
    _check_code(session, times.code, shift_id)
    kept = keep(session, Shift, id=shift_id)
    shift.code = times.code
    shift.begins = begins
    shift.ends = ends
    shift.description = times.description
    session.flush()
    audit.record(
        session,
        now,
        actor.person_id,
        "change shift",
        "shift",
        shift_id,
        code=times.code,
    )
    state(session, kept, About("change shift", "shift", shift_id))


def remove_shift(session: Session, actor: Actor, shift_id: int, now: datetime) -> None:
    """Remove a shift that no roster has on any of its days."""
    shift = locked(session, Shift, shift_id)
    if shift is None:
        raise Refused(N_("This shift is no longer there."))
    used = select(RosterDay.roster_id).where(RosterDay.shift_id == shift_id)
    if session.exec(used).first() is not None:
        raise Refused(SHIFT_IN_USE)
    kept = keep(session, Shift, id=shift_id)
    session.delete(shift)
    session.flush()
    audit.record(
        session,
        now,
        actor.person_id,
        "remove shift",
        "shift",
        shift_id,
        code=shift.code,
    )
    state(session, kept, About("remove shift", "shift", shift_id))


def _check_code(session: Session, code: str, but: int | None) -> None:
    others = select(Shift.id, Shift.code)
    for shift_id, other in session.exec(others):
        if other.casefold() == code.casefold() and shift_id != but:
            raise Refused(CODE_TAKEN, field="code")


def _taken(session: Session, roster_id: int) -> Roster:
    roster = locked(session, Roster, roster_id)
    if roster is None:
        raise Refused(N_("This roster is no longer there."))
    return roster


def _record(
    session: Session,
    actor: Actor,
    now: datetime,
    verb: str,
    roster_id: int,
    kept: Collection[Kept],
) -> None:
    """Write down what was done to a roster, and how it is taken back."""
    session.flush()
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        "roster",
        roster_id,
    )
    for rows in kept:
        state(session, rows, About(verb, "roster", roster_id))
