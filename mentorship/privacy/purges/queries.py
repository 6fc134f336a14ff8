"""Reads of purges: when each passed last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, select

from mentorship.privacy.purges.models import PurgePass
from mentorship.privacy.purges.words import DELETES

LATEST = timedelta(hours=24)
"""How long ago each may have passed last."""


@dataclass(frozen=True)
class Standing:
    """How one purge stands: what it deletes (a message), when it passed last (None: never), and what it took."""

    name: str
    deletes: str
    at: datetime | None
    took_at: datetime | None
    rows: int
    total: int
    late: bool


def standings(session: Session, now: datetime) -> list[Standing]:
    """Return how every purge of the list stands, in the order of the list."""
    passed = {row.name: row for row in session.exec(select(PurgePass))}
    found = []
    for name, deletes in DELETES.items():
        row = passed.get(name)
        if row is None:
            never = Standing(
                name,
                deletes,
                at=None,
                took_at=None,
                rows=0,
                total=0,
                late=True,
            )
            found.append(never)
            continue
        one = Standing(
            name,
            deletes,
            at=row.at,
            took_at=row.took_at,
            rows=row.rows,
            total=row.total,
            late=now - row.at > LATEST,
        )
        found.append(one)
    return found
