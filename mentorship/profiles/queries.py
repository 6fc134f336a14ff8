"""Reads of profiles: one person's whole, and the tables by which many are matched."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from mentorship.people.access import Subject
from mentorship.people.models import Person
from mentorship.profiles.models import Capacity, Domain, Expertise, FormComfort, FormWish, Plan, Training, Wish
from mentorship.profiles.rosters.models import DayOff, WorkTime


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


def domain_names(session: Session) -> dict[int, str]:
    """Return the names of all domains."""
    rows = session.exec(select(Domain.id, Domain.name))
    return {domain_id: name for domain_id, name in rows if domain_id is not None}


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
