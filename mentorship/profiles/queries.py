"""Reads of profiles: one person's whole, and the tables by which many are matched."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import func
from sqlmodel import Session, col, select

from mentorship.matching import Timetable
from mentorship.people.access import Subject
from mentorship.people.models import Person
from mentorship.profiles.models import (
    Capacity,
    DayOff,
    Domain,
    Expertise,
    FormComfort,
    FormWish,
    Plan,
    Roster,
    RosterDay,
    Shift,
    Training,
    Wish,
    WorkTime,
)


@dataclass(frozen=True)
class Profile:
    """Everything a person tells about their work and learning."""

    expertise: list[tuple[Domain, Expertise]]
    work: WorkTime
    days_off: dict[int, bool]
    wanted_forms: list[str]
    comfort: dict[str, int]
    capacity: Capacity
    plan: Plan
    wishes: list[tuple[Wish, Person]] = field(default_factory=list)


def domains(session: Session) -> list[Domain]:
    """Return all domains by name."""
    return list(session.exec(select(Domain).order_by(Domain.name)))


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


def capacity(session: Session, person_id: int) -> Capacity:
    """Return what a mentor offers; a new, empty offer when they never said."""
    return session.get(Capacity, person_id) or Capacity(person_id=person_id)


def wishes(session: Session, person_id: int) -> list[tuple[Wish, Person]]:
    """Return whom a person named, wanted and not, by name."""
    rows = select(Wish, Person).join(Person, col(Person.id) == Wish.other_id).where(Wish.person_id == person_id)
    return [(w, p) for w, p in session.exec(rows.order_by(Person.family_name, Person.given_name))]


def profile(session: Session, person_id: int) -> Profile:
    """Return a person's whole profile."""
    expertise = select(Domain, Expertise).join(Expertise, col(Expertise.domain_id) == Domain.id)
    ranked = select(FormWish).where(FormWish.person_id == person_id).order_by(col(FormWish.weight).desc())
    comfort = session.exec(select(FormComfort).where(FormComfort.person_id == person_id))
    off = session.exec(select(DayOff).where(DayOff.person_id == person_id))
    return Profile(
        expertise=[
            (d, e) for d, e in session.exec(expertise.where(Expertise.person_id == person_id).order_by(Domain.name))
        ],
        work=session.get(WorkTime, person_id) or WorkTime(person_id=person_id),
        days_off={row.weekday: row.school for row in off},
        wanted_forms=[row.form for row in session.exec(ranked)],
        comfort={row.form: row.comfort for row in comfort},
        capacity=capacity(session, person_id),
        plan=session.get(Plan, person_id) or Plan(person_id=person_id),
        wishes=wishes(session, person_id),
    )


def levels(session: Session, person_id: int) -> dict[int, int]:
    """Return a person's level by domain."""
    rows = select(Expertise.domain_id, Expertise.level).where(Expertise.person_id == person_id)
    return dict(session.exec(rows).all())


def trainings(session: Session, person_id: int) -> list[Training]:
    """Return the trainings for mentors that a person followed, the newest first."""
    query = select(Training).where(Training.person_id == person_id)
    return list(session.exec(query.order_by(col(Training.followed_on).desc(), Training.title)))


def training_subject(session: Session, training_id: int) -> Subject | None:
    """Return who followed a training."""
    found = session.get(Training, training_id)
    return Subject(frozenset({found.person_id})) if found else None
