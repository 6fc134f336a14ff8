"""The verb of managers on a pair that was proposed at once: not now, or fine. It never commits."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from mentorship.base import audit
from mentorship.base.errors import Conflict
from mentorship.base.undo import About, keep, state
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.proposals.actions import withdraw
from mentorship.people.access import Actor
from mentorship.rounds.announcing import pending, rules
from mentorship.rounds.announcing.models import FINE, Objection
from mentorship.rounds.announcing.queries import Announced, Asked

SUBJECT = "mentorship"
OBJECT, FIND_FINE = "object to pair", "find pair fine"


def answer(session: Session, actor: Actor, mentorship_id: int, reason: str, now: datetime) -> None:
    """Say to a proposal made at once "not now", which withdraws it, or (FINE) that it is fine; it can be changed."""
    mentorships.locked(session, mentorship_id)
    pair = _asked(session, mentorship_id, now)
    mine = pair.of(actor.person_id)
    if not mine:
        raise Conflict(rules.GONE)  # as for a pair that nobody is asked about: a stranger learns nothing
    verb = FIND_FINE if reason == FINE else OBJECT
    kept = keep(session, Objection, mentorship_id=mentorship_id)
    for one in mine:
        _write(session, actor, pair, one, reason, now)
    session.flush()
    if reason == FINE:
        audit.record(
            session,
            now,
            actor.person_id,
            FIND_FINE,
            SUBJECT,
            mentorship_id,
        )
    else:
        withdraw(session, actor, mentorship_id, now, verb=OBJECT)
    # undone first: the proposal comes back as a new row, at which nothing may point
    state(session, kept, About(verb, SUBJECT, mentorship_id))


def _asked(session: Session, mentorship_id: int, now: datetime) -> Announced:
    """Return who is asked about a proposal; refuse where it is no more, or their days are over."""
    for pair in pending.at_once(session, now, mentorship_id):
        return pair
    raise Conflict(rules.GONE)


def _write(session: Session, actor: Actor, pair: Announced, one: Asked, reason: str, now: datetime) -> None:
    """Write what a manager says, in the place of what they said before."""
    earlier = delete(Objection).where(
        col(Objection.mentorship_id) == pair.told.mentorship_id,
        col(Objection.manager_id) == one.manager_id,
    )
    session.exec(earlier)
    said = Objection(
        mentorship_id=pair.told.mentorship_id,
        request_id=pair.request_id,
        mentor_id=pair.mentor_id,
        manager_id=one.manager_id,
        by_id=actor.person_id,
        reason=reason,
        objected_at=now,
    )
    session.add(said)
