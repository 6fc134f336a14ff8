"""Reads of the rosters themselves: what is worked by each, and by how many."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from mentorship.base.db import id_of, only_reads
from mentorship.base.letters import by_name
from mentorship.base.settled import settled
from mentorship.matching import Blocks, Pattern, joined
from mentorship.people.access import Subject
from mentorship.profiles.rosters.models import Roster, RosterChange, RosterDay, Shift, WorkTime


@dataclass(frozen=True)
class Cycle:
    """A roster with what is on each of its days: shifts, or a code that means free; nothing is free too."""

    roster: Roster
    shifts: tuple[tuple[Shift, ...], ...]


@settled
def rosters(session: Session) -> list[Roster]:
    """Return all rosters by name."""
    return by_name(session.exec(select(Roster)))


def shifts(session: Session) -> dict[int, Shift]:
    """Return all shifts by id."""
    return {id_of(shift): shift for shift in session.exec(select(Shift))}


@settled
def default_roster(session: Session) -> Roster | None:
    """Return the roster by which who has none is matched; None where the programme says of none."""
    return session.exec(select(Roster).where(col(Roster.is_default))).first()


def default_name(session: Session) -> str:
    """Return the name of that roster; "" where there is none."""
    chosen = default_roster(session)
    return "" if chosen is None else chosen.name


def roster_subject(session: Session, roster_id: int) -> Subject | None:
    """Return of whom a roster is: of nobody; None where there is none."""
    return None if session.get(Roster, roster_id) is None else Subject()


def shift_subject(session: Session, shift_id: int) -> Subject | None:
    """Return of whom a shift is: of nobody; None where there is none."""
    return None if session.get(Shift, shift_id) is None else Subject()


def rosters_with(session: Session, shift_id: int) -> set[int]:
    """Return the rosters that have a shift on some day."""
    query = select(RosterDay.roster_id).where(RosterDay.shift_id == shift_id)
    return set(session.exec(query))


def used_by(session: Session) -> dict[int, int]:
    """Count the rosters that have each shift on some day."""
    rosters_of = func.count(func.distinct(col(RosterDay.roster_id)))
    query = select(RosterDay.shift_id, rosters_of).group_by(col(RosterDay.shift_id))
    return dict(session.exec(query).all())


def cycles(session: Session, roster_ids: Collection[int] | None = None) -> list[Cycle]:
    """Return all rosters (or these) by name, each with its days."""
    known = shifts(session)
    worked = _days(session, roster_ids)
    query = select(Roster)
    if roster_ids is not None:
        query = query.where(col(Roster.id).in_(roster_ids))
    found = []
    for roster in by_name(session.exec(query)):
        days = worked.get(id_of(roster), {})
        shown = []
        for day in range(roster.days):
            of_day = [known[shift_id] for shift_id in days.get(day, ())]
            shown.append(tuple(sorted(of_day, key=_in_the_day)))
        found.append(Cycle(roster, tuple(shown)))
    return found


def _in_the_day(shift: Shift) -> tuple[int, str]:
    return shift.begins or 0, shift.code


def _days(session: Session, roster_ids: Collection[int] | None) -> dict[int, dict[int, list[int]]]:
    """Return by roster the shifts of each day that has any."""
    query = select(
        RosterDay.roster_id,
        RosterDay.day,
        RosterDay.shift_id,
    )
    if roster_ids is not None:
        query = query.where(col(RosterDay.roster_id).in_(roster_ids))
    found: dict[int, dict[int, list[int]]] = {}
    for roster_id, day, shift_id in session.exec(query):
        days = found.setdefault(roster_id, {})
        of_day = days.setdefault(day, [])
        of_day.append(shift_id)
    return found


def patterns(session: Session, roster_ids: Collection[int] | None = None) -> dict[int, Pattern]:
    """Return what is worked by each roster (or these)."""
    if roster_ids is None:
        return _patterns(session, None)
    found = _patterns(session, None if only_reads(session) else frozenset(roster_ids))
    return {roster_id: found[roster_id] for roster_id in roster_ids if roster_id in found}


@settled
def _patterns(session: Session, roster_ids: frozenset[int] | None) -> dict[int, Pattern]:
    times = _times(session)
    worked = _days(session, roster_ids)
    query = select(
        col(Roster.id),
        col(Roster.starts_on),
        col(Roster.days),
        col(Roster.repeats),
    )
    if roster_ids is not None:
        these = col(Roster.id).in_(roster_ids)
        query = query.where(these)
    found: dict[int, Pattern] = {}
    for roster_id, starts_on, length, repeats in session.exec(query):
        assert roster_id is not None
        days = worked.get(roster_id, {})
        blocks = []
        for day in range(length):
            of_day = days.get(day, ())
            blocks.append(_blocks(of_day, times))
        found[roster_id] = Pattern(
            starts_on.toordinal(),
            tuple(blocks),
            repeats,
        )
    return found


def _times(session: Session) -> dict[int | None, tuple[int, int]]:
    """Return begin and end of the shifts that have any."""
    times = {}
    query = select(
        col(Shift.id),
        Shift.begins,
        Shift.ends,
    )
    for shift_id, begins, ends in session.exec(query):
        if begins is not None and ends is not None:
            times[shift_id] = begins, ends
    return times


def _blocks(shift_ids: Collection[int], times: Mapping[int | None, tuple[int, int]]) -> Blocks:
    return joined(times[shift_id] for shift_id in shift_ids if shift_id in times)


def roster_users(session: Session, today: date) -> dict[int, int]:
    """Count the people who work by each roster today."""
    changes = col(RosterChange.from_day)
    last_day = func.max(changes).label("last_day")
    last = (
        select(RosterChange.person_id, last_day)
        .where(changes <= today)
        .group_by(col(RosterChange.person_id))
        .subquery()
    )
    changed_since = select(last.c.person_id)
    unchanged = (
        select(WorkTime.roster_id, func.count())
        .where(col(WorkTime.person_id).not_in(changed_since))
        .group_by(col(WorkTime.roster_id))
    )
    same_person = last.c.person_id == RosterChange.person_id
    same_day = last.c.last_day == RosterChange.from_day
    changed = (
        select(RosterChange.roster_id, func.count())
        .join(last, same_person & same_day)
        .group_by(col(RosterChange.roster_id))
    )
    found: dict[int, int] = {}
    for query in (unchanged, changed):
        for roster_id, number in session.exec(query):
            if roster_id is not None:
                found[roster_id] = found.get(roster_id, 0) + number
    return found
