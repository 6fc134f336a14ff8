"""Verbs on purges: note that one passed. They never commit."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base.db import insert_new, locked
from mentorship.privacy.purges.models import PurgePass


def note(session: Session, name: str, rows: int, now: datetime) -> None:
    """Note that a purge passed now, and how many rows it took."""
    first = {
        "name": name,
        "since": now,
        "at": now,
        "rows": 0,
        "total": 0,
    }
    insert_new(session, PurgePass, [first])
    found = locked(session, PurgePass, name)
    assert found is not None, "it was there, or is now"
    found.at = now
    found.rows = rows
    found.total += rows
    if rows:
        found.took_at = now
