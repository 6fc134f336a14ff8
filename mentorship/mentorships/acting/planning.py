"""Verbs on an end that lies ahead: say on which day a pair ends, and take that back until then. They never commit."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.errors import Refused
from mentorship.base.undo import About, keep, state
from mentorship.mentorships.acting import rules
from mentorship.mentorships.acting.actions import SUBJECT, about, hold, tell
from mentorship.mentorships.models import UNSAID, Mentorship
from mentorship.people.access import Actor

ENDS, STAYS = "ends", "stays"
PLANNED, TAKEN_BACK = "plan end of pair", "withdraw end of pair"


def plan_end(
    session: Session,
    actor: Actor,
    mentorship_id: int,
    day: date,
    now: datetime,
    *,
    ended_as: str = UNSAID,
    thanks: str = "",
    again: bool = False,
) -> Mentorship:
    """Say that a pair ends on a later day: until then it runs, and it can be taken back. Both are told now."""
    found, who = hold(session, actor, mentorship_id)
    rules.check_reason(who, ended_as)
    rules.check_ends_on(found.status, day, local_date(now))
    kept = keep(session, Mentorship, id=mentorship_id)
    found.ends_on = day
    found.ends_as = ended_as
    found.ends_again = again
    found.ends_by_id = actor.person_id
    found.farewell = thanks
    found.farewell_by_id = actor.person_id if thanks else None
    what = f"{ENDS}:{day:%Y%m%d}"
    mail = about(actor, found, what, now)
    _record(session, actor, found, PLANNED, now)
    state(session, kept, About(PLANNED, SUBJECT, mentorship_id, [mail]))
    tell(session, actor, found, mail, now)
    return found


def let_go_on(session: Session, actor: Actor, mentorship_id: int, now: datetime) -> Mentorship:
    """Take back that a pair ends on a later day. Both are told."""
    found, _who = hold(session, actor, mentorship_id)
    if found.ends_on is None or not found.runs:
        raise Refused(rules.NO_END)
    kept = keep(session, Mentorship, id=mentorship_id)
    forget_end(found)
    found.farewell = ""
    found.farewell_by_id = None
    mail = about(actor, found, STAYS, now)
    _record(session, actor, found, TAKEN_BACK, now)
    state(session, kept, About(TAKEN_BACK, SUBJECT, mentorship_id, [mail]))
    tell(session, actor, found, mail, now)
    return found


def forget_end(pair: Mentorship) -> None:
    """Let nothing stand of an end that lay ahead."""
    pair.ends_on = None
    pair.ends_as = UNSAID
    pair.ends_again = False
    pair.ends_by_id = None


def _record(session: Session, actor: Actor, pair: Mentorship, verb: str, now: datetime) -> None:
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        SUBJECT,
        id_of(pair),
    )
    session.flush()
