"""Reads for who comes in first: whether nobody is here yet, and whether a code is the one that was told."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from mentorship.base.db import locking
from mentorship.home.first.models import FirstAddress
from mentorship.people.account.rules import code_digests
from mentorship.people.queries import anybody


def is_empty(session: Session) -> bool:
    """Tell whether nobody was ever here."""
    return not anybody(session)


def open_address(session: Session, code: str, now: datetime) -> FirstAddress | None:
    """Return the address with this code, locked, if it still lets somebody in."""
    told = select(FirstAddress).where(
        col(FirstAddress.code_hash).in_(code_digests(code)),
        col(FirstAddress.expires_at) > now,
    )
    return session.exec(locking(told)).first()
