"""How much waits for somebody: what stands on their desk, and beside the places of the menu. Asked on every page."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.checkins import queries as check_ins
from mentorship.checkins.signals import queries as raised
from mentorship.mentor_requests import queries as requests
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.goals import queries as goals
from mentorship.people import access
from mentorship.people.access import Actor

MANY = 100
"""So many signals are counted at most: more than anybody acts on today."""


def signals(session: Session, actor: Actor, now: datetime) -> int:
    """Count the signals on which somebody can act today."""
    if not access.SEE_SIGNALS.allows(actor):
        return 0
    return raised.count_to_act_on(session, actor, now, MANY)


def in_own_duos(session: Session, actor: Actor, now: datetime) -> int:
    """Count what waits in the pairs that somebody is in: check-ins, proposals, levels to confirm."""
    me = actor.person_id
    number = len(check_ins.waiting(session, me))
    number += mentorships.count_unanswered(session, me)
    number += len(goals.waiting(session, me))
    return number


def things(session: Session, actor: Actor, now: datetime) -> int:
    """Count what stands on a desk under "this waits for you", each line once."""
    return in_own_duos(session, actor, now)


def open_requests(session: Session, actor: Actor, now: datetime) -> int:
    """Count the requests that wait for a mentor."""
    return requests.count_open(session)
