"""Verbs on signals: take one on with an action and a date to look again, and close it with what was done."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.checkins import signal_queries
from mentorship.checkins.models import Signal
from mentorship.people.access import Actor

SUBJECT = "signal"


def _take(session: Session, actor: Actor, signal_id: int) -> Signal:
    query = select(Signal).where(col(Signal.id) == signal_id).with_for_update()
    found = session.exec(query.execution_options(populate_existing=True)).one()
    if not signal_queries.may_act(session, actor, signal_id):
        raise Refused(N_("This signal is not yours to act on."))
    if found.status == "done":
        raise Conflict(N_("This signal was closed already."))
    return found


def take(session: Session, actor: Actor, signal_id: int, action: str, look_again_on: date, now: datetime) -> Signal:
    """Take a signal on: what will be done, and when it is looked at again; the last who takes it owns it."""
    found = _take(session, actor, signal_id)
    if look_again_on <= local_date(now):
        raise Refused(N_("Choose a day after today to look again."), field="look_again_on")
    found.status, found.owner_id, found.action, found.look_again_on = "taken", actor.person_id, action, look_again_on
    audit.record(session, now, actor.person_id, "take signal", SUBJECT, signal_id, action=action)
    return found


def close(session: Session, actor: Actor, signal_id: int, outcome: str, now: datetime) -> Signal:
    """Close a signal with what was done; it is raised again only by what comes after."""
    found = _take(session, actor, signal_id)
    found.status, found.done_at, found.outcome = "done", now, outcome
    found.owner_id = found.owner_id or actor.person_id
    audit.record(session, now, actor.person_id, "close signal", SUBJECT, signal_id)
    return found
