"""Verbs on endings: end a pair and ask both sides once more; say and take back the last words. They never commit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col

from mentorship.base.clock import local_date
from mentorship.base.db import insert_new
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.checkins import balance, due, queries
from mentorship.checkins.endings import queries as ending_queries
from mentorship.checkins.models import OPEN, CheckIn
from mentorship.checkins.settings import queries as settings_queries
from mentorship.checkins.signals.models import Signal
from mentorship.mentorships import actions as mentorships
from mentorship.mentorships import closing_words as closing
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.people.access import Actor


def end(session: Session, actor: Actor, mentorship_id: int, now: datetime) -> Mentorship:
    """End a pair from either side and, while check-ins run, open the closing one of both sides."""
    found = mentorships.step(session, actor, mentorship_id, "end", now)
    session.flush()
    _close_signals(session, mentorship_id, now)
    if found.started_on is not None and not settings_queries.lacking(session):
        _open(session, [found], now)
    return found


def _close_signals(session: Session, mentorship_id: int, now: datetime) -> None:
    """Close what asked for attention, but for help: nothing of a pair that ended can be mended."""
    open_ones = update(Signal).where(col(Signal.mentorship_id) == mentorship_id, col(Signal.status) != "done")
    session.exec(open_ones.where(col(Signal.kind) != balance.HELP).values(status="done", done_at=now))


def open_late(session: Session, now: datetime) -> None:
    """Open the closing check-ins that a pair which ended in the last 14 days should have had; each once."""
    since = local_date(now) - timedelta(days=due.MISSED_AFTER_DAYS)
    pairs = ending_queries.unclosed(session, since)
    if pairs:
        _open(session, pairs, now)


def _open(session: Session, pairs: Sequence[Mentorship], now: datetime) -> None:
    """Make the open check-in of each side the closing one, or add one; the pairs are locked, so that this is once."""
    today, questions = local_date(now), settings_queries.newest_set(session).id
    last: dict[tuple[int, str], list[CheckIn]] = {}
    for row in ending_queries.last_of(session, [pair.id or 0 for pair in pairs], today):
        last.setdefault((row.mentorship_id, row.side), []).append(row)
    rows: list[dict[str, Any]] = []
    for pair in pairs:
        for side, person in ((JUNIOR, pair.junior_id), (MENTOR, pair.mentor_id)):
            asked = last.get((pair.id or 0, side), [])
            waiting = [row for row in asked if row.status == OPEN]
            if any(row.closing for row in asked):
                continue
            if waiting:
                waiting[-1].closing, waiting[-1].opened_at = True, now
                continue
            due_on, taken = today, {row.due_on for row in asked}
            while due_on in taken:  # who answered today is asked once more all the same
                due_on += timedelta(days=1)
            rows.append(
                {"mentorship_id": pair.id, "side": side, "person_id": person, "set_id": questions, "due_on": due_on,
                 "opened_at": now, "status": OPEN, "note": "", "note_shared": False, "help_from": [], "closing": True}
            )  # fmt: skip
    session.flush()
    insert_new(session, CheckIn, rows)


def say(session: Session, found: CheckIn, *, reached: str, thanks: str, now: datetime) -> None:
    """Keep the last words that come with a closing check-in."""
    if thanks and found.side != JUNIOR:
        raise Refused(N_("Only the junior thanks the mentor here."), field="thanks")
    said = {"reached": reached, "thanks": thanks}
    closing.say(session, found.person_id, found.mentorship_id, found.side, **said, now=now)


def take_back(session: Session, check_in_id: int, what: str, now: datetime) -> None:
    """Delete what the author of a closing check-in said was reached, or their thanks."""
    found = queries.one(session, check_in_id)
    if found.closing and found.status != OPEN:
        closing.take_back(session, found.person_id, found.mentorship_id, found.side, what, now)
