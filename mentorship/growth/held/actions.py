"""Verbs on who works in which job profile. They never commit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import locked
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import About, keep, state
from mentorship.growth.models import JobHeld, JobProfile
from mentorship.people import managers
from mentorship.people.access import COORDINATOR, HR, Actor
from mentorship.people.models import Person

NO_JOB = N_("Choose a job profile that there is.")
NOT_YOURS = N_("Somebody of these is not of your team. Nothing was changed.")
NO_PROFILE = N_("You work in no job profile.")


def hold(session: Session, actor: Actor, people: Collection[int], profile_id: int | None, now: datetime) -> int:
    """Say of people which profile they work in, None for none; return of how many that is new.

    Another profile asks other things, so whether they show how far they are begins anew.
    """
    _check(
        session,
        actor,
        people,
        profile_id,
    )
    changed = 0
    for person_id in sorted(people):
        changed += _hold(
            session,
            actor,
            person_id,
            profile_id,
            now,
        )
    return changed


def _check(session: Session, actor: Actor, people: Collection[int], profile_id: int | None) -> None:
    if profile_id is not None:
        job = locked(session, JobProfile, profile_id)
        if job is None or job.retired_at is not None:
            raise Refused(NO_JOB, field="profile")
    query = select(Person.id).where(col(Person.id).in_(people), col(Person.left_on).is_(None))
    if not actor.has(COORDINATOR, HR):
        line = managers.below(actor.person_id)
        query = query.where(col(Person.id).in_(line))
    if set(session.exec(query)) != set(people):
        raise Refused(NOT_YOURS)


def _hold(session: Session, actor: Actor, person_id: int, profile_id: int | None, now: datetime) -> bool:
    before = locked(session, JobHeld, person_id)
    if (before.profile_id if before else None) == profile_id:
        return False
    kept = keep(session, JobHeld, person_id=person_id)
    if before is not None:
        session.delete(before)
        session.flush()
    if profile_id is not None:
        row = JobHeld(
            person_id=person_id,
            profile_id=profile_id,
            since=local_date(now),
            set_by=actor.person_id,
        )
        session.add(row)
    session.flush()
    verb = "set whose job profile"
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        "person",
        person_id,
        profile_id=profile_id,
    )
    about = About(verb, "person", person_id)
    state(session, kept, about)
    return True


def show(session: Session, actor: Actor, shown: bool, now: datetime) -> None:
    """Show one's own managers how far one is in what one's job asks, or no longer."""
    row = locked(session, JobHeld, actor.person_id)
    if row is None:
        raise Refused(NO_PROFILE)
    if row.shown is shown:
        return
    kept = keep(session, JobHeld, person_id=actor.person_id)
    row.shown = shown
    session.flush()
    verb = "show own progress" if shown else "hide own progress"
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        "person",
        actor.person_id,
    )
    about = About(verb, "person", actor.person_id)
    state(session, kept, about)
