"""Reads of the second factor: who has one, and whose sign-in waits for it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.secret_codes import digest
from mentorship.people.models import Person
from mentorship.people.second_factor.models import HalfSignIn, RecoveryCode, SecondFactor


def has_one(session: Session, person_id: int) -> bool:
    """Tell whether somebody has a second factor that was confirmed."""
    found = session.get(SecondFactor, person_id)
    return found is not None and found.confirmed_at is not None


def is_on() -> ColumnElement[bool]:
    """Say of whom in a query about people the second factor is on."""
    theirs = select(SecondFactor.person_id).where(
        SecondFactor.person_id == Person.id,
        col(SecondFactor.confirmed_at).is_not(None),
    )
    return theirs.exists()


def codes_left(session: Session, person_id: int) -> int:
    """Count the codes on paper that were not used yet."""
    theirs = select(func.count()).where(RecoveryCode.person_id == person_id)
    return session.exec(theirs).one()


def waiting(session: Session, token: str, now: datetime) -> Person | None:
    """Return whose sign-in waits for a second factor by this token, if they are still here."""
    half = session.get(HalfSignIn, digest(token))
    if half is None or half.expires_at <= now:
        return None
    person = session.get_one(Person, half.person_id)
    return None if person.is_gone(local_date(now)) else person
