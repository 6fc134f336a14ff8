"""Verbs on looks: note that somebody looked, forget those of long ago. They never commit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col

from mentorship.base.clock import local_date
from mentorship.base.db import upsert
from mentorship.people.looks.models import Look

KEPT = timedelta(days=365)
"""So long people can see who looked at them; the page says so."""


def note(session: Session, viewer_id: int, people: Iterable[int], kind: str, now: datetime) -> None:
    """Note that somebody looked at these people now, once more today."""
    for person_id in sorted(people):
        onto = upsert(session, Look).values(
            viewer_id=viewer_id,
            person_id=person_id,
            kind=kind,
            day=local_date(now),
            first_at=now,
            last_at=now,
            times=1,
        )
        again = onto.on_conflict_do_update(
            index_elements=["viewer_id", "person_id", "kind", "day"],
            set_={"last_at": now, "times": Look.times + 1},
        )
        session.execute(again)


def purge(session: Session, now: datetime) -> None:
    """Forget who looked longer ago than is kept."""
    oldest = local_date(now - KEPT)
    long_ago = delete(Look).where(col(Look.day) < oldest)
    session.exec(long_ago)
