"""Verbs on one's calendar address: make, show names, revoke, note that it was read. They never commit."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.errors import Conflict
from mentorship.base.i18n import N_
from mentorship.base.secret_codes import digest
from mentorship.home.calendar.models import CalendarFeed

SUBJECT = "calendar"


def make(session: Session, person_id: int, now: datetime) -> str:
    """Return the token of a new address, to be shown once; an older one stops working."""
    token = secrets.token_urlsafe(32)
    found = session.get(CalendarFeed, person_id)
    if found is None:
        found = CalendarFeed(person_id=person_id, token_hash="", made_at=now)
        session.add(found)
    found.token_hash = digest(token)
    found.made_at = now
    found.read_on = None
    audit.record(
        session,
        now,
        person_id,
        "make calendar address",
        SUBJECT,
        person_id,
    )
    return token


def show_names(session: Session, person_id: int, names: bool, now: datetime) -> None:
    """Say in the calendar with whom, by given name, or leave it out again."""
    found = session.get(CalendarFeed, person_id)
    if found is None:
        raise Conflict(N_("You have no calendar address any more. Make a new one first."))
    if found.names != names:
        found.names = names
        audit.record(
            session,
            now,
            person_id,
            "choose names in calendar",
            SUBJECT,
            person_id,
            names=names,
        )


def revoke(session: Session, person_id: int, now: datetime, by: int | None = None) -> None:
    """Let somebody's address stop working, their own verb unless it is `by` another; nothing when there is none."""
    found = session.get(CalendarFeed, person_id)
    if found is not None:
        session.delete(found)
        audit.record(
            session,
            now,
            by or person_id,
            "revoke calendar address",
            SUBJECT,
            person_id,
        )


def note_read(session: Session, token: str, now: datetime) -> None:
    """Remember the day on which an address was read last."""
    read = update(CalendarFeed).where(col(CalendarFeed.token_hash) == digest(token))
    session.exec(read.values(read_on=local_date(now)))
