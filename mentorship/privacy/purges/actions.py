"""Verbs on purges: note that one passed. They never commit."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.privacy.purges.models import PurgePass


def note(session: Session, name: str, rows: int, now: datetime) -> None:
    """Note that a purge passed now, and how many rows it took."""
    found = session.get(PurgePass, name)
    if found is None:
        found = PurgePass(
            name=name,
            since=now,
            at=now,
            rows=0,
            total=0,
        )
        session.add(found)
    found.at = now
    found.rows = rows
    found.total += rows
    if rows:
        found.took_at = now
