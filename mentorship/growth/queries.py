"""Reads on what jobs ask and how they are learned."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from mentorship.growth.models import BuildsOn, Course, CourseFollowed, JobHeld, JobLevel, JobProfile
from mentorship.people.access import Subject
from mentorship.people.models import Person
from mentorship.profiles.models import Domain


def profiles(session: Session, *, retired: bool = False) -> list[JobProfile]:
    """Return the job profiles in use (or those no longer), by name."""
    since: Any = col(JobProfile.retired_at)
    unused = since.is_not(None)
    name = func.lower(JobProfile.name)
    query = select(JobProfile).where(unused if retired else ~unused)
    in_order = query.order_by(name, col(JobProfile.id))
    return list(session.exec(in_order))


def levels_of(session: Session, profile_id: int) -> dict[int, int]:
    """Return the level that a job asks by domain, the domains by name."""
    same = col(Domain.id) == JobLevel.domain_id
    name = func.lower(Domain.name)
    query = select(JobLevel.domain_id, JobLevel.level).join(Domain, same)
    of_job = query.where(JobLevel.profile_id == profile_id)
    in_order = of_job.order_by(name, col(Domain.id))
    found = session.exec(in_order)
    return dict(found.all())


def sizes(session: Session) -> dict[int, int]:
    """Count the domains that each job asks."""
    job = col(JobLevel.profile_id)
    query = select(job, func.count())
    found = session.exec(query.group_by(job))
    return dict(found.all())


def holders(session: Session) -> dict[int, int]:
    """Count who works in each job profile."""
    job = col(JobHeld.profile_id)
    same = col(Person.id) == JobHeld.person_id
    here = col(Person.left_on).is_(None)
    query = select(job, func.count()).join(Person, same)
    found = session.exec(query.where(here).group_by(job))
    return dict(found.all())


def courses(session: Session) -> dict[int, list[Course]]:
    """Return the training courses by domain, what comes before guidance first."""
    first = col(Course.basics).desc()
    title = func.lower(Course.title)
    query = select(Course).order_by(
        first,
        title,
        col(Course.id),
    )
    found = defaultdict(list)
    for course in session.exec(query):
        found[course.domain_id].append(course)
    return found


def bases(session: Session) -> dict[int, list[int]]:
    """Return by domain those that it builds on."""
    found = defaultdict(list)
    query = select(BuildsOn).order_by(col(BuildsOn.domain_id), col(BuildsOn.base_id))
    for row in session.exec(query):
        found[row.domain_id].append(row.base_id)
    return found


def course_subject(session: Session, course_id: int) -> Subject | None:
    """Return a course that is there: nobody's."""
    return Subject() if session.get(Course, course_id) is not None else None


def any_followed(session: Session, course_id: int) -> bool:
    """Tell whether anybody says that they followed a course."""
    query = select(CourseFollowed.person_id).where(CourseFollowed.course_id == course_id).limit(1)
    return session.exec(query).first() is not None
