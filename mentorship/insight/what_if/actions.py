"""The verb that turns what was tried into a request: a mentor is asked for a place. It never commits."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.insight.what_if.trial import Trial, gain_of, is_more
from mentorship.mentor_requests.models import PlaceAsked
from mentorship.people.access import Actor
from mentorship.rounds.waiting import actions as waiting

NOBODY = N_("As things are today nobody would go to one place more with this colleague, so it was not asked for.")
HOURS = N_("Promised hours of this colleague wait for a manager. Once confirmed they bring places by themselves.")


def ask_place(session: Session, actor: Actor, found: Trial, mentor_id: int, now: datetime) -> PlaceAsked:
    """Ask somebody with whom more places are tried for one place, told what that brings; once in four weeks."""
    known = found.known[mentor_id]
    if known.hours_wait:
        raise Refused(HOURS)
    wanted = any(is_more(change, known) for change in found.of(mentor_id))
    gain = gain_of(found, mentor_id) if wanted else None
    if gain is None:
        raise Refused(NOBODY)
    return waiting.ask_place(
        session,
        actor,
        gain,
        now,
    )
