"""Verbs on one's own initiative: being asked now, for oneself alone; changing what was sent. They never commit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.checkins import actions as check_ins
from mentorship.checkins import due, helping, queries, rules, terms
from mentorship.checkins.findings import HELP
from mentorship.checkins.models import OPEN, SUBJECT, Answer, CheckIn
from mentorship.checkins.questions import Asking
from mentorship.checkins.rules import Reply
from mentorship.checkins.settings import queries as settings
from mentorship.checkins.signals.models import Signal
from mentorship.checkins.signals.withdrawing import withdraw
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.rules import JUNIOR, MENTOR

NOT_RUNNING = N_("This pair does not run now, so there is nothing to answer.")
NOTHING_ASKED = N_("Check-ins do not run now.")
TOO_LATE = N_("This check-in can no longer be changed: the next one opened, or the pair ended.")


def ask(session: Session, person_id: int, mentorship_id: int, now: datetime) -> CheckIn:
    """Open a check-in for one side of a pair, or return the one that waits; the other side is asked nothing."""
    if settings.lacking(session):
        raise Refused(NOTHING_ASKED)
    if not queries.still_running(session, [mentorship_id]):
        raise Conflict(NOT_RUNNING)
    pair = mentorships.one(session, mentorship_id)
    side = MENTOR if pair.mentor_id == person_id else JUNIOR
    query = select(CheckIn).where(
        CheckIn.mentorship_id == mentorship_id,
        CheckIn.side == side,
    )
    days = set()
    for row in session.exec(query):
        if row.status == OPEN:
            return row
        days.add(row.due_on)
    asked = Asking.of(session, [mentorship_id])
    opened = CheckIn(
        mentorship_id=mentorship_id,
        side=side,
        person_id=person_id,
        **asked.to(mentorship_id, side),
        due_on=due.free_day(local_date(now), days),
        opened_at=now,
    )
    session.add(opened)
    session.flush()
    return opened


def correct(session: Session, check_in_id: int, reply: Reply, now: datetime) -> CheckIn:
    """Put other answers in place of those that were sent, as if these had been; noted without what they say.

    What was noticed in the earlier ones alone is withdrawn, and what these call for is raised.
    """
    found = queries.held(session, check_in_id)
    if not terms.is_correctable(session, found, local_date(now)):
        raise Conflict(TOO_LATE)
    check_ins.check_shown(session, found, reply)
    helpers = helping.helpers(session, found, local_date(now))
    known = {*helpers, *found.help_from}
    rules.check_asked(reply, found.closing, known)
    rules.check_filled_in(reply, {})
    _forget(session, found)
    check_ins.send_reply(session, check_in_id, reply, now)
    _take_back_help(session, found)
    withdraw(session, found, now)
    audit.record(
        session,
        now,
        found.person_id,
        "correct check-in",
        SUBJECT,
        check_in_id,
    )
    return found


def _forget(session: Session, found: CheckIn) -> None:
    """Open it again, empty."""
    given = delete(Answer).where(
        col(Answer.check_in_id) == found.id,
    )
    session.exec(given)
    found.status = OPEN
    found.closed_at = None
    session.flush()


def _take_back_help(session: Session, found: CheckIn) -> None:
    """Withdraw that help was asked of whom it is asked no more, unless they saw it already."""
    asked = select(Signal).where(
        Signal.mentorship_id == found.mentorship_id,
        Signal.side == found.side,
        Signal.kind == HELP,
        Signal.status == OPEN,
        col(Signal.about).not_in(found.help_from),
        col(Signal.seen_at).is_(None),
    )
    day = found.due_on.isoformat()
    for one in session.exec(asked):
        if one.evidence == [day]:
            session.delete(one)
    session.flush()
