"""Reads of profiles: one person's whole, and the names of domains that every room shows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Select, func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.db import Given, id_of
from mentorship.base.letters import folded
from mentorship.base.prepared import prepared
from mentorship.base.settled import settled
from mentorship.matching import LEAST_LEVEL
from mentorship.people import queries as people
from mentorship.people.access import Actor, Subject
from mentorship.people.models import Person
from mentorship.profiles import coverage
from mentorship.profiles.models import Capacity, Domain, Expertise, FormComfort, FormWish, Plan, Training, Wish
from mentorship.profiles.rosters import queries as rosters
from mentorship.profiles.rosters.models import DayOff, WorkTime


@dataclass(frozen=True)
class Profile:
    """Everything a person tells about their work and learning; the roster is today's."""

    expertise: list[tuple[Domain, Expertise]]
    work: WorkTime
    roster_id: int | None
    days_off: dict[int, bool]
    wanted_forms: list[str]
    comfort: dict[str, int]
    capacity: Capacity
    plan: Plan
    wishes: list[tuple[Wish, Person]] = field(default_factory=list)


def domains(session: Session) -> list[Domain]:
    """Return all domains in the order of what they are called in the reader's language."""
    return sorted(_domains(session), key=lambda domain: folded(domain.title))


@settled
def _domains(session: Session) -> list[Domain]:
    return list(session.exec(select(Domain)))


def domain_names(session: Session) -> dict[int, str]:
    """Return by id what each domain is called in the reader's language."""
    return {id_of(domain): domain.title for domain in domains(session)}


def titles_of_names(session: Session) -> dict[str, str]:
    """Return by its name, as it stands on a pair, what each domain is called in the reader's language."""
    return {domain.name: domain.title for domain in domains(session)}


def capacity(session: Session, person_id: int) -> Capacity:
    """Return what a mentor offers; a new, empty offer when they never said."""
    return session.get(Capacity, person_id) or Capacity(person_id=person_id)


def wishes(session: Session, person_id: int, reader: Actor | None = None) -> list[tuple[Wish, Person]]:
    """Return whom a person named, by name; those of before are closed to a reader who may be another."""
    found = []
    for wish, person in _named(session, person_id):
        if not _closed(wish.person_id, wish.changed_at, reader):
            found.append((wish, person))
    return found


@prepared
def _named(person_id: Given[int]) -> Select[Wish, Person]:
    query = select(Wish, Person).join(Person, col(Person.id) == Wish.other_id)
    return query.where(Wish.person_id == person_id).order_by(*people.BY_NAME)


def _closed(person_id: int, changed_at: datetime | None, reader: Actor | None) -> bool:
    """Tell whether what somebody said of themselves is closed to them: a code opened their account since."""
    if reader is None or reader.person_id != person_id:
        return False
    return reader.is_closed(changed_at)


def profile(session: Session, person_id: int, today: date, reader: Actor | None = None) -> Profile:
    """Return a person's whole profile as it is today; plan and wishes are closed to a reader who may be another."""
    work = session.get(WorkTime, person_id)
    plan = session.get(Plan, person_id)
    if plan is not None and _closed(person_id, plan.changed_at, reader):
        plan = None
    return Profile(
        expertise=_expertise(session, person_id),
        work=work or WorkTime(person_id=person_id),
        roster_id=rosters.rosters_on(session, today, [person_id]).get(person_id),
        days_off=days_off(session, person_id),
        wanted_forms=_wanted_forms(session, person_id),
        comfort=_comfort(session, person_id),
        capacity=capacity(session, person_id),
        plan=plan or Plan(person_id=person_id),
        wishes=wishes(session, person_id, reader),
    )


def _expertise(session: Session, person_id: int) -> list[tuple[Domain, Expertise]]:
    rows = _held(session, person_id).all()
    return sorted(rows, key=lambda row: folded(row[0].title))


@prepared
def _held(person_id: Given[int]) -> Select[Domain, Expertise]:
    query = select(Domain, Expertise).join(Expertise, col(Expertise.domain_id) == Domain.id)
    return query.where(Expertise.person_id == person_id)


def days_off(session: Session, person_id: int) -> dict[int, bool]:
    """Return the weekdays out of somebody's roster; True for a school day."""
    return dict(_days_off(session, person_id).all())


@prepared
def _days_off(person_id: Given[int]) -> Select[int, bool]:
    return select(DayOff.weekday, DayOff.school).where(DayOff.person_id == person_id)


def _wanted_forms(session: Session, person_id: int) -> list[str]:
    """Return somebody's ways of learning, the most wanted first."""
    return list(_wished_forms(session, person_id))


@prepared
def _wished_forms(person_id: Given[int]) -> SelectOfScalar[str]:
    query = select(FormWish.form).where(FormWish.person_id == person_id)
    return query.order_by(col(FormWish.weight).desc())


def _comfort(session: Session, person_id: int) -> dict[str, int]:
    return dict(_comforts(session, person_id).all())


@prepared
def _comforts(person_id: Given[int]) -> Select[str, int]:
    return select(FormComfort.form, FormComfort.comfort).where(FormComfort.person_id == person_id)


def levels(session: Session, person_id: int) -> dict[int, int]:
    """Return a person's level by domain."""
    query = select(Expertise.domain_id, Expertise.level).where(Expertise.person_id == person_id)
    return dict(session.exec(query).all())


def passing_on(session: Session, person: Person) -> dict[int, int]:
    """Count by domain the others at somebody's site who want to pass it on and can."""
    query = (
        select(Expertise.domain_id, func.count())
        .join(Person, col(Person.id) == Expertise.person_id)
        .where(
            Expertise.willing,
            Expertise.level >= LEAST_LEVEL,
            Person.site_id == person.site_id,
            Person.id != person.id,
            col(Person.left_on).is_(None),
        )
        .group_by(col(Expertise.domain_id))
    )
    return dict(session.exec(query).all())


def trainings(session: Session, person_id: int) -> list[Training]:
    """Return the trainings for mentors that a person followed, the newest first."""
    query = (
        select(Training)
        .where(Training.person_id == person_id)
        .order_by(
            col(Training.followed_on).desc(),
            Training.title,
        )
    )
    return list(session.exec(query))


def training_subject(session: Session, training_id: int) -> Subject | None:
    """Return who followed a training."""
    found = session.get(Training, training_id)
    if found is None:
        return None
    return Subject(frozenset({found.person_id}))


def who_plans(session: Session, ids: Collection[int]) -> set[int]:
    """Return who of these said how long they think they stay."""
    said = select(Plan.person_id).where(col(Plan.person_id).in_(ids), Plan.horizon != "unknown")
    return set(session.exec(said))


def who_wishes(session: Session, ids: Collection[int]) -> set[int]:
    """Return who of these named a colleague, wanted or not."""
    named = select(Wish.person_id).where(col(Wish.person_id).in_(ids))
    return set(session.exec(named.distinct()))


def horizons(session: Session, today: date) -> dict[int, list[str]]:
    """Return by domain how long those who hold it stay, "unknown" for whoever did not say and has no last day."""
    query = (
        select(Expertise.domain_id, Plan.horizon, col(Person.last_day))
        .join(Person, col(Person.id) == Expertise.person_id)
        .outerjoin(Plan, col(Plan.person_id) == Expertise.person_id)
        .where(
            Expertise.level >= coverage.HOLDS,
            col(Person.left_on).is_(None),
        )
    )
    found: dict[int, list[str]] = {}
    for domain_id, said, last_day in session.exec(query):
        held = found.setdefault(domain_id, [])
        held.append(coverage.horizon(said, last_day, today))
    return found
