"""Verbs on check-ins: open what is due, save an answer, send, skip, take a note back. They never commit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.clock import local_date, wall_time
from mentorship.base.db import insert_new
from mentorship.checkins import due, queries, rules
from mentorship.checkins.endings import actions as ending_actions
from mentorship.checkins.models import ANSWERED, MISSED, OPEN, SKIPPED, Answer, CheckIn
from mentorship.checkins.settings import queries as settings_queries
from mentorship.checkins.signals import raising as signals
from mentorship.mentorships.models import PAUSED, Mentorship
from mentorship.mentorships.rules import JUNIOR, MENTOR

SUBJECT = "check-in"


def open_due(session: Session, now: datetime) -> None:
    """Open a check-in for both sides of every pair whose date has come, and a closing one of pairs that ended.

    A pair is asked once for a date whatever happens: the earlier one, still open, counts as missed from then on.
    """
    if settings_queries.lacking(session):
        return
    today, days = local_date(now), settings_queries.settings(session).days
    questions = settings_queries.newest_set(session).id
    rows: list[dict[str, Any]] = []
    asked = {duo: due_on for duo in queries.duos(session) if (due_on := queries.due_on(duo, days)) <= today}
    running = queries.still_running(session, [duo.mentorship_id for duo in asked])
    for duo, due_on in asked.items():
        if duo.mentorship_id not in running:
            continue
        if due_on <= today - timedelta(days=due.MISSED_AFTER_DAYS):
            due_on = today  # a worker that was away for weeks asks once, not for each date it slept through
        for side, person in ((JUNIOR, duo.junior_id), (MENTOR, duo.mentor_id)):
            rows.append(
                {"mentorship_id": duo.mentorship_id, "side": side, "person_id": person, "set_id": questions,
                 "due_on": due_on, "opened_at": now, "status": OPEN, "note": "", "note_shared": False, "help_from": []}
            )  # fmt: skip
    insert_new(session, CheckIn, rows)
    _close_earlier(session, now, sorted({row["mentorship_id"] for row in rows}))
    ending_actions.open_late(session, now)


def close_missed(session: Session, now: datetime) -> int:
    """Count check-ins that opened too many days ago as missed; return how many. Who pauses is asked nothing."""
    pausing = col(CheckIn.mentorship_id).in_(select(Mentorship.id).where(Mentorship.status == PAUSED))
    skipping = update(CheckIn).where(col(CheckIn.status) == OPEN, ~col(CheckIn.closing), pausing)
    session.exec(skipping.values(status=SKIPPED, closed_at=now).execution_options(synchronize_session=False))
    after = wall_time(local_date(now) - timedelta(days=due.MISSED_AFTER_DAYS - 1), 0)
    closing = update(CheckIn).where(col(CheckIn.status) == OPEN, col(CheckIn.opened_at) < after)
    return session.exec(closing.values(status=MISSED, closed_at=now)).rowcount


def _close_earlier(session: Session, now: datetime, mentorship_ids: list[int]) -> None:
    """Count open check-ins that a later one follows as missed: never the newest, which another worker opens now."""
    later = aliased(CheckIn)
    follows = exists().where(
        col(later.mentorship_id) == CheckIn.mentorship_id,
        col(later.side) == CheckIn.side,
        col(later.due_on) > CheckIn.due_on,
    )
    for start in range(0, len(mentorship_ids), 5000):
        these = col(CheckIn.mentorship_id).in_(mentorship_ids[start : start + 5000])
        closing = update(CheckIn).where(col(CheckIn.status) == OPEN, these, follows)
        session.exec(closing.values(status=MISSED, closed_at=now).execution_options(synchronize_session=False))


def save_answers(session: Session, check_in_id: int, answers: Mapping[str, int | None]) -> CheckIn:
    """Save answers as they are given; a later one to the same question replaces the earlier."""
    found = queries.one(session, check_in_id, lock=True)
    rules.check_open(found.status)
    rules.check_keys(answers, [q["key"] for q in queries.asked(session, found).questions])
    for key, value in answers.items():
        rules.check_value(value)
        session.merge(Answer(check_in_id=check_in_id, key=key, value=value))
    return found


def send(
    session: Session,
    check_in_id: int,
    answers: Mapping[str, int | None],
    *,
    note: str,
    share: bool,
    help_from: list[str],
    now: datetime,
) -> CheckIn:
    """Send a check-in with what was answered, also when some questions were passed over; raise what it calls for."""
    found = save_answers(session, check_in_id, answers)
    found.status, found.closed_at = ANSWERED, now
    found.note, found.note_shared, found.help_from = note, share and bool(note), sorted(set(help_from))
    session.flush()
    signals.evaluate(session, now, [found.mentorship_id])
    return found


def skip(session: Session, check_in_id: int, now: datetime) -> CheckIn:
    """Skip a check-in: what was answered so far is thrown away, and it counts for nothing."""
    found = queries.one(session, check_in_id, lock=True)
    if found.status == SKIPPED:
        return found
    rules.check_open(found.status)
    session.exec(delete(Answer).where(col(Answer.check_in_id) == check_in_id))
    found.status, found.closed_at = SKIPPED, now
    return found


def share_note(session: Session, check_in_id: int, share: bool, now: datetime) -> CheckIn:
    """Share one's note with the other side, or take it back; noted without its text."""
    found = queries.one(session, check_in_id, lock=True)
    found.note_shared = share and bool(found.note)
    verb = "share note" if found.note_shared else "withdraw note"
    audit.record(session, now, found.person_id, verb, SUBJECT, check_in_id)
    return found
