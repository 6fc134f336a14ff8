"""Verbs on training courses outside. They never commit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from sqlmodel import Session

from mentorship.base import audit
from mentorship.base.db import locked
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import About, keep, state
from mentorship.growth import queries
from mentorship.growth.jobs.actions import NO_DOMAIN
from mentorship.growth.models import Course
from mentorship.people.access import Actor
from mentorship.profiles.models import Domain

FOLLOWED = N_("Somebody followed this training course, and it stands on their path. It stays.")


def add_course(
    session: Session,
    actor: Actor,
    domain_id: int,
    *,
    title: str,
    provider: str,
    days: Decimal,
    basics: bool,
    now: datetime,
) -> None:
    """Say of a domain in which training course it is learned."""
    if session.get(Domain, domain_id) is None:
        raise Refused(NO_DOMAIN, field="domain")
    kept = keep(
        session,
        Course,
        id=None,
    )
    row = Course(
        domain_id=domain_id,
        title=title,
        provider=provider,
        days=days,
        basics=basics,
    )
    session.add(row)
    session.flush()
    verb = "add training course"
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        "training course",
        row.id,
        title=title,
    )
    about = About(
        verb,
        "training course",
        row.id,
    )
    left = replace(kept, where={"id": row.id})
    state(
        session,
        left,
        about,
    )


def remove_course(session: Session, actor: Actor, course_id: int, now: datetime) -> None:
    """Take a training course off."""
    row = locked(
        session,
        Course,
        course_id,
    )
    if row is None:
        return
    if queries.any_followed(session, course_id):
        raise Refused(FOLLOWED)
    kept = keep(
        session,
        Course,
        id=course_id,
    )
    title = row.title
    session.delete(row)
    session.flush()
    verb = "remove training course"
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        "training course",
        course_id,
        title=title,
    )
    about = About(
        verb,
        "training course",
        course_id,
    )
    state(
        session,
        kept,
        about,
    )
