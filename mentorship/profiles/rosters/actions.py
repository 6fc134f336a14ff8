"""Verbs on rosters: add one, and choose one's own and the days out of it. They never commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import count

from sqlalchemy import delete, insert, update
from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import chunked, id_of
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import About, Kept, keep, state
from mentorship.people.access import Actor
from mentorship.profiles.models import ROSTER, FilledIn
from mentorship.profiles.rosters import queries, rules
from mentorship.profiles.rosters.models import DayOff, Roster, RosterChange, RosterDay, Shift, WorkTime
from mentorship.profiles.rosters.ready_made import SHAPES
from mentorship.profiles.rosters.rules import Pieces


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
    from_day: date | None = None,
) -> None:
    """Choose one's roster, the weekdays taken out of it (value True: at school), and whether one can work remotely.

    Another roster holds from `from_day` on, which is today if nothing is said, and the earlier one until then.
    """
    if roster_id is not None and session.get(Roster, roster_id) is None:
        raise Refused(N_("This roster is no longer there."), field="roster_id")
    kept = [keep(session, table, person_id=actor.person_id) for table in (WorkTime, RosterChange, DayOff)]
    today = local_date(now)
    see_to_it(session, actor)
    work_by(session, {actor.person_id: roster_id}, from_day or today, today)
    work = session.get_one(WorkTime, actor.person_id)
    work.remote = remote
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


def see_to_it(session: Session, actor: Actor) -> None:
    """Take off the mark of another: who chooses their own roster sees to it themselves."""
    marked = delete(FilledIn).where(
        col(FilledIn.person_id) == actor.person_id,
        col(FilledIn.section) == ROSTER,
    )
    session.exec(marked)


def work_by(session: Session, chosen: Mapping[int, int | None], from_day: date, today: date) -> None:
    """Let people work by a roster (None: by none) from a day on; what was over eight weeks ago is forgotten."""
    for some in chunked(chosen):
        known = queries.roster_pieces(session, some)
        settled = {}
        for person_id in some:
            before = known.get(person_id, rules.UNSAID)
            settled[person_id] = rules.changed(before, chosen[person_id], from_day.toordinal())
        _write_pieces(session, settled, today)


def forget_earlier(session: Session, today: date) -> None:
    """Forget the rosters that people worked by until eight weeks ago."""
    long_ago = today - timedelta(days=rules.LOOK_BACK)
    passed = select(RosterChange.person_id).where(RosterChange.from_day <= long_ago)
    people = set(session.exec(passed))
    for some in chunked(people):
        _write_pieces(session, queries.roster_pieces(session, some), today)


def _write_pieces(session: Session, pieces: Mapping[int, Pieces], today: date) -> None:
    """Write by which rosters some people work."""
    long_ago = today.toordinal() - rules.LOOK_BACK
    first = []
    later = []
    for person_id, own in pieces.items():
        (_, roster_id), *changes = rules.since(own, long_ago)
        row = {
            "person_id": person_id,
            "roster_id": roster_id,
        }
        first.append(row)
        for ordinal, changed_to in changes:
            change = {
                "person_id": person_id,
                "from_day": date.fromordinal(ordinal),
                "roster_id": changed_to,
            }
            later.append(change)
    _write_first(session, first)
    theirs = col(RosterChange.person_id).in_(pieces)
    session.exec(delete(RosterChange).where(theirs))
    if later:
        session.exec(insert(RosterChange), params=later)
    session.expire_all()


def _write_first(session: Session, rows: Sequence[Mapping[str, int | None]]) -> None:
    """Write by which roster people work until the first change."""
    people = [row["person_id"] for row in rows]
    theirs = col(WorkTime.person_id).in_(people)
    present = set(session.exec(select(WorkTime.person_id).where(theirs)))
    known = []
    fresh = []
    for row in rows:
        if row["person_id"] in present:
            known.append(row)
        else:
            fresh.append({**row, "remote": False})
    if fresh:
        session.exec(insert(WorkTime), params=fresh)
    if known:
        session.exec(update(WorkTime), params=known)
