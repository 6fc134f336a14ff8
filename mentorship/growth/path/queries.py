"""Reads on where somebody wants to grow to: a fixed number of them, whatever the number of steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.growth import queries as jobs
from mentorship.growth.certificates.models import Certificate, CertificateKind
from mentorship.growth.models import CourseFollowed, JobLevel, JobProfile
from mentorship.growth.path.models import PathChosen
from mentorship.growth.path.rules import Learned, Proof, Stands
from mentorship.mentorships.goals.models import Goal
from mentorship.mentorships.goals.rules import CHANGING
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.mentorships.models import Mentorship
from mentorship.people.access import Subject
from mentorship.people.queries import person_subject
from mentorship.profiles.queries import levels


def chosen(session: Session, person_id: int, *, shown: bool = False) -> list[PathChosen]:
    """Return the directions that somebody chose (or those they show), the first chosen first."""
    query = select(PathChosen).where(PathChosen.person_id == person_id)
    if shown:
        query = query.where(col(PathChosen.shown))
    in_order = query.order_by(col(PathChosen.chosen_at), col(PathChosen.profile_id))
    return list(session.exec(in_order))


def shown_subject(session: Session, person_id: int) -> Subject | None:
    """Return whose path it is, where they show any of it."""
    if not chosen(session, person_id, shown=True):
        return None
    return person_subject(session, person_id)


def asked(session: Session) -> dict[int, dict[int, int]]:
    """Return the levels that each job in use asks."""
    found: dict[int, dict[int, int]] = {id_of(job): {} for job in jobs.profiles(session)}
    for row in session.exec(select(JobLevel)):
        if row.profile_id in found:
            found[row.profile_id][row.domain_id] = row.level
    return found


def followed(session: Session, person_id: int) -> dict[int, CourseFollowed]:
    """Return the courses that somebody says they followed, by course."""
    query = select(CourseFollowed).where(CourseFollowed.person_id == person_id)
    return {row.course_id: row for row in session.exec(query)}


def learned(session: Session) -> Learned:
    """Return how domains are learned here."""
    return Learned(jobs.courses(session), jobs.bases(session))


def growing(session: Session, person_id: int) -> dict[int, tuple[int, Mentorship]]:
    """Return by domain the level that a running pair of somebody works towards, and that pair."""
    query = (
        select(Goal.domain_id, Goal.target_level, Mentorship)
        .join(Mentorship, col(Mentorship.id) == Goal.mentorship_id)
        .where(
            Mentorship.junior_id == person_id,
            col(Mentorship.status).in_(CHANGING),
            col(Goal.dropped_at).is_(None),
        )
        .order_by(col(Goal.target_level), col(Goal.id))
    )
    return {domain_id: (target, pair) for domain_id, target, pair in session.exec(query)}


def proven(session: Session, person_id: int, today: date) -> dict[int, Proof]:
    """Return by domain a certificate of somebody that is valid, the one that ends last."""
    query = (
        select(CertificateKind, Certificate)
        .join(Certificate, col(Certificate.kind_id) == CertificateKind.id)
        .where(Certificate.person_id == person_id)
    )
    found: dict[int, Proof] = {}
    for kind, certificate in session.exec(query):
        if kind.domain_id is None or not certificate.holds(today):
            continue
        before = found.get(kind.domain_id)
        if before is None or _later(certificate.ends_on, before.ends_on):
            found[kind.domain_id] = Proof(kind.title, certificate.ends_on)
    return found


def _later(ends_on: date | None, other: date | None) -> bool:
    return other is not None and (ends_on is None or ends_on > other)


def stands(session: Session, person_id: int, today: date | None) -> Stands:
    """Return how somebody stands; with their certificates of a day, which are for themselves to show."""
    goals = growing(session, person_id)
    return Stands(
        levels(session, person_id),
        {domain_id: target for domain_id, (target, _pair) in goals.items()},
        followed(session, person_id).keys(),
        proven(session, person_id, today) if today else {},
    )


def in_use(session: Session, profile_id: int) -> JobProfile | None:
    """Return a job profile that is in use."""
    job = session.get(JobProfile, profile_id)
    return job if job is not None and job.retired_at is None else None


def guidance(session: Session, person_id: int) -> list[Mentorship]:
    """Return the pairs of somebody that began, on either side, the newest first."""
    begun: Any = col(Mentorship.started_on)
    theirs = or_(col(Mentorship.junior_id) == person_id, col(Mentorship.mentor_id) == person_id)
    query = select(Mentorship).where(theirs, begun.is_not(None))
    return list(session.exec(query.order_by(begun.desc(), col(Mentorship.id).desc())))


def hours(session: Session, pair_ids: Collection[int]) -> dict[int, Decimal]:
    """Return the hours that were noted of each of these pairs."""
    pair: Any = col(WorkedWeek.mentorship_id)
    query = select(pair, func.sum(WorkedWeek.hours)).where(pair.in_(pair_ids)).group_by(pair)
    return {pair_id: Decimal(str(total)) for pair_id, total in session.exec(query)}


def learned_in(session: Session, pair_ids: Collection[int]) -> dict[int, list[int]]:
    """Return the domains that each of these pairs works or worked on."""
    found = defaultdict(list)
    query = select(Goal.mentorship_id, Goal.domain_id).where(col(Goal.mentorship_id).in_(pair_ids))
    for pair_id, domain_id in session.exec(query.where(col(Goal.dropped_at).is_(None)).order_by(col(Goal.id))):
        found[pair_id].append(domain_id)
    return found
