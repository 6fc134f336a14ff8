"""Raising what somebody said that others shall know: always, whatever else was raised or closed before."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import insert_new
from mentorship.checkins.findings import ANSWERS, LOWEST, Finding
from mentorship.checkins.models import CheckIn
from mentorship.checkins.signals.models import Signal
from mentorship.checkins.signals.raising import as_row


def raise_known(session: Session, found: CheckIn, now: datetime) -> None:
    """Raise the lowest answer of a check-in, unless one that was drawn from it is open."""
    query = select(Signal).where(
        Signal.mentorship_id == found.mentorship_id,
        Signal.side == found.side,
        col(Signal.kind).in_(ANSWERS),
    )
    rows = list(session.exec(query))
    lowest = [row for row in rows if row.kind == LOWEST]
    day = found.due_on.isoformat()
    if any(row.done_at is None and day in row.evidence for row in lowest):
        return
    since = _free(local_date(now), {row.since for row in lowest})
    raised = Finding(
        LOWEST,
        found.side,
        since,
        (found.due_on,),
        returned=any(row.done_at for row in rows),
    )
    insert_new(session, Signal, [as_row(found.mentorship_id, raised, now)])


def _free(day: date, taken: Collection[date]) -> date:
    """Return a day, or the last one before it from which none of these is."""
    while day in taken:
        day -= timedelta(days=1)
    return day
