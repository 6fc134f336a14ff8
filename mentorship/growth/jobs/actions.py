"""Verbs on job profiles. They never commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.db import locked
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import About, keep, state
from mentorship.growth import queries
from mentorship.growth.models import JobLevel, JobProfile
from mentorship.people.access import Actor
from mentorship.profiles.models import Domain

SAME_NAME = N_("There is a job profile with this name already.")
GONE = N_("This job profile is no longer there.")
NO_DOMAIN = N_("Choose a domain that there is.")


@dataclass(frozen=True)
class JobWords:
    """What a job is called, and what it is, in Dutch and, where wanted, in English."""

    name: str
    name_en: str = ""
    explanation: str = ""
    explanation_en: str = ""


def add(session: Session, actor: Actor, words: JobWords, now: datetime) -> JobProfile:
    """Add a job profile that asks nothing yet."""
    return _set_words(
        session,
        actor,
        None,
        words,
        now,
    )


def change(
    session: Session,
    actor: Actor,
    profile_id: int,
    words: JobWords,
    levels: Mapping[int, int],
    now: datetime,
) -> None:
    """Say what a job is called, and which level it asks in which domains."""
    if (
        locked(
            session,
            JobProfile,
            profile_id,
        )
        is None
    ):
        raise Refused(GONE)
    _set_words(
        session,
        actor,
        profile_id,
        words,
        now,
    )
    ask(
        session,
        actor,
        profile_id,
        levels,
        now,
    )


def _set_words(session: Session, actor: Actor, profile_id: int | None, words: JobWords, now: datetime) -> JobProfile:
    _check_name(
        session,
        profile_id,
        words.name,
    )
    kept = keep(
        session,
        JobProfile,
        id=profile_id,
    )
    row = JobProfile(name=words.name)
    if profile_id is not None:
        row = session.get_one(JobProfile, profile_id)
    for key, value in asdict(words).items():
        setattr(
            row,
            key,
            value,
        )
    session.add(row)
    session.flush()
    verb = "set job profile"
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        "job profile",
        row.id,
        name=words.name,
    )
    about = About(
        verb,
        "job profile",
        row.id,
    )
    left = replace(kept, where={"id": row.id})
    state(
        session,
        left,
        about,
    )
    return row


def _check_name(session: Session, profile_id: int | None, name: str) -> None:
    query = select(JobProfile).where(JobProfile.id != profile_id).order_by(col(JobProfile.id))
    for other in session.exec(query):
        if other.name.casefold() == name.casefold():
            raise Refused(SAME_NAME, field="name")


def ask(session: Session, actor: Actor, profile_id: int, levels: Mapping[int, int], now: datetime) -> None:
    """Say which level a job asks in which domains."""
    known = set(session.exec(select(Domain.id)))
    if not known.issuperset(levels):
        raise Refused(NO_DOMAIN)
    if queries.levels_of(session, profile_id) == dict(levels):
        return
    kept = keep(
        session,
        JobLevel,
        profile_id=profile_id,
    )
    session.exec(delete(JobLevel).where(col(JobLevel.profile_id) == profile_id))
    for domain_id, level in levels.items():
        row = JobLevel(
            profile_id=profile_id,
            domain_id=domain_id,
            level=level,
        )
        session.add(row)
    session.flush()
    verb = "set what a job asks"
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        "job profile",
        profile_id,
        number=len(levels),
    )
    about = About(
        verb,
        "job profile",
        profile_id,
    )
    state(
        session,
        kept,
        about,
    )


def retire(session: Session, actor: Actor, profile_id: int, retired: bool, now: datetime) -> None:
    """Take a job profile out of use, or into use again; who works in it is kept."""
    row = locked(
        session,
        JobProfile,
        profile_id,
    )
    if row is None:
        raise Refused(GONE)
    if retired is (row.retired_at is not None):
        return
    kept = keep(
        session,
        JobProfile,
        id=profile_id,
    )
    row.retired_at = now if retired else None
    session.flush()
    verb = "retire job profile" if retired else "use job profile again"
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        "job profile",
        profile_id,
        name=row.name,
    )
    about = About(
        verb,
        "job profile",
        profile_id,
    )
    state(
        session,
        kept,
        about,
    )
