"""Reads of sessions by the token that a browser holds."""

from __future__ import annotations

from sqlmodel import Session, select

from mentorship.base.secret_codes import digest
from mentorship.people.models import SignIn


def of_token(session: Session, token: str) -> SignIn | None:
    """Return the session of a token, be it over or not."""
    by_token = select(SignIn).where(SignIn.token_hash == digest(token))
    return session.exec(by_token).first()
