"""Who works by which roster, from when on; and the timetables of many people."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select
from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.base.once import once
from mentorship.base.prepared import prepared
from mentorship.base.settled import settled
from mentorship.matching import ALWAYS, NOTHING, Pattern, Timetable
from mentorship.profiles.rosters import rules
from mentorship.profiles.rosters.models import DayOff, Roster, RosterChange, WorkTime
from mentorship.profiles.rosters.patterns import default_roster, patterns
from mentorship.profiles.rosters.rules import Pieces


@dataclass(frozen=True)
class ToMatch:
    """The timetables of a match by person; `by_default` have none of their own and work by the programme's."""

    timetables: Mapping[int, Timetable]
    default: Timetable | None
    by_default: Collection[int]

    def of(self, person_id: int) -> Timetable | None:
        """Return the timetable that somebody is matched by."""
        return self.timetables.get(person_id, self.default)

    def is_default(self, person_id: int) -> bool:
        """Tell whether that is the programme's, for want of one of their own."""
        if person_id in self.timetables:
            return person_id in self.by_default
        return self.default is not None


def timetables(session: Session, person_ids: Collection[int] | None = None) -> dict[int, Timetable]:
    """Return the timetable of everybody (or these) who has a roster; equal ones are one object."""
    return timetables_of(session, pieces_held(session, person_ids), person_ids)


def pieces_held(session: Session, person_ids: Collection[int] | None) -> dict[int, Pieces]:
    """Return by which rosters everybody (or these) works who has one."""
    with_roster = {}
    for person_id, own in roster_pieces(session, person_ids).items():
        if any(roster_id is not None for _, roster_id in own):
            with_roster[person_id] = own
    return with_roster


def timetables_of(
    session: Session,
    pieces: Mapping[int, Pieces],
    person_ids: Collection[int] | None,
) -> dict[int, Timetable]:
    """Return the timetables of who works by these rosters."""
    return _made(session, pieces, person_ids, None)


@settled
def running_on(session: Session) -> set[int]:
    """Return the rosters whose crews are at work on closed days."""
    query = select(Roster.id).where(col(Roster.runs_on).is_(True))
    return {roster_id for roster_id in session.exec(query) if roster_id is not None}


def timetables_to_match(session: Session, today: date, person_ids: Collection[int] | None = None) -> ToMatch:
    """Return by which timetable everybody (or these) is matched from today on."""
    ordinal = today.toordinal()
    chosen = default_roster(session)
    default_id = None if chosen is None else id_of(chosen)
    by_default = set()
    held = {}
    for person_id, pieces in roster_pieces(session, person_ids).items():
        holding = rules.since(pieces, ordinal)
        if holding[0][1] is None:
            if default_id is not None:
                by_default.add(person_id)
            elif len(holding) == 1:
                continue
        held[person_id] = holding
    found = _made(session, held, person_ids, default_id)
    default = None
    if default_id is not None:
        pattern = patterns(session, [default_id])[default_id]
        default = Timetable(((ALWAYS, pattern),))
    return ToMatch(found, default, by_default)


@once
def roster_pieces(session: Session, person_ids: Collection[int] | None) -> dict[int, Pieces]:
    """Return of everybody (or these) who ever said so from when on they work by which roster."""
    found: dict[int, Pieces] = {}
    for person_id, roster_id in _first(session, person_ids):
        found[person_id] = ((ALWAYS, roster_id),)
    for person_id, from_day, roster_id in _later(session, person_ids):
        before = found.get(person_id, rules.UNSAID)
        change = from_day.toordinal(), roster_id
        found[person_id] = (*before, change)
    return found


@prepared
def _first(person_ids: Collection[int] | None) -> Select[int, int | None]:
    query = select(WorkTime.person_id, WorkTime.roster_id)
    if person_ids is None:
        return query
    return query.where(col(WorkTime.person_id).in_(person_ids))


@prepared
def _later(person_ids: Collection[int] | None) -> Select[int, date, int | None]:
    query = select(
        col(RosterChange.person_id),
        col(RosterChange.from_day),
        col(RosterChange.roster_id),
    )
    query = query.order_by(col(RosterChange.from_day))
    if person_ids is None:
        return query
    return query.where(col(RosterChange.person_id).in_(person_ids))


def rosters_on(session: Session, day: date, person_ids: Collection[int] | None = None) -> dict[int, int]:
    """Return the roster that everybody (or these) works by on a day; who has none is not there."""
    found = {}
    for person_id, pieces in roster_pieces(session, person_ids).items():
        roster_id = rules.holding(pieces, day.toordinal())
        if roster_id is not None:
            found[person_id] = roster_id
    return found


def people_on(session: Session, roster_ids: Collection[int], today: date) -> set[int]:
    """Return who works by one of these rosters, today or from a later day on."""
    found = set()
    for person_id, pieces in roster_pieces(session, None).items():
        own = rules.since(pieces, today.toordinal())
        if any(roster_id in roster_ids for _, roster_id in own):
            found.add(person_id)
    return found


def _made(
    session: Session,
    pieces: Mapping[int, Pieces],
    person_ids: Collection[int] | None,
    default_id: int | None,
) -> dict[int, Timetable]:
    """Return the timetable of each, one object for all who are alike; `default_id` stands where there is no roster."""
    base = patterns(session, None if person_ids is None else _named(pieces, default_id))
    off = _weekdays_off(session, person_ids)
    made: dict[tuple[Pieces, frozenset[int]], Timetable] = {}
    found = {}
    for person_id, own in pieces.items():
        weekdays = frozenset(off.get(person_id, ()))
        key = own, weekdays
        if key not in made:
            held = _patterns_of(own, base, default_id)
            made[key] = Timetable(held, weekdays)
        found[person_id] = made[key]
    return found


def _patterns_of(
    pieces: Pieces,
    base: Mapping[int, Pattern],
    default_id: int | None,
) -> tuple[tuple[int, Pattern], ...]:
    held = []
    for day, roster_id in pieces:
        pattern = NOTHING
        chosen = default_id if roster_id is None else roster_id
        if chosen is not None:
            pattern = base[chosen]
        held.append((day, pattern))
    return tuple(held)


def _named(pieces: Mapping[int, Pieces], default_id: int | None) -> set[int]:
    """Return the rosters that somebody works by at any time."""
    found = set() if default_id is None else {default_id}
    for own in pieces.values():
        found.update(roster_id for _, roster_id in own if roster_id is not None)
    return found


@once
def _weekdays_off(session: Session, person_ids: Collection[int] | None) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for person_id, weekday in _days_off(session, person_ids):
        weekdays = found.setdefault(person_id, set())
        weekdays.add(weekday)
    return found


@prepared
def _days_off(person_ids: Collection[int] | None) -> Select[int, int]:
    query = select(DayOff.person_id, DayOff.weekday)
    if person_ids is None:
        return query
    return query.where(col(DayOff.person_id).in_(person_ids))
