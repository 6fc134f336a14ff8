"""Verbs on sessions: one was used or left unused for too long, its person confirmed; all end. They never commit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col

from mentorship.people.models import ActivationCode, SignIn


def note_seen(session: Session, sign_in_id: int | None, now: datetime) -> None:
    """Remember that a session was used at this moment."""
    found = session.get(SignIn, sign_in_id)
    if found is not None:
        found.seen_at = now


def end_unused(session: Session, sign_in_id: int | None, now: datetime) -> None:
    """End a session for good that nobody used: fewer roles later do not bring it back."""
    found = session.get(SignIn, sign_in_id)
    if found is not None and found.ended_at is None:
        found.ended_at = now


def end_all(session: Session, now: datetime) -> None:
    """End the session of everybody, and take back the codes that nobody used: after a backup was put back."""
    running = update(SignIn).where(col(SignIn.ended_at).is_(None))
    session.exec(running.values(ended_at=now))
    session.exec(delete(ActivationCode).where(col(ActivationCode.used_at).is_(None)))


def confirm(session: Session, sign_in_id: int | None, now: datetime) -> None:
    """Remember that whoever uses a session confirmed just now that it is them."""
    session.get_one(SignIn, sign_in_id).confirmed_at = now
