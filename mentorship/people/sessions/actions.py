"""Verbs on one session: it was used, it was left unused for too long, its person confirmed. They never commit."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.people.models import SignIn


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


def confirm(session: Session, sign_in_id: int | None, now: datetime) -> None:
    """Remember that whoever uses a session confirmed just now that it is them."""
    session.get_one(SignIn, sign_in_id).confirmed_at = now
