"""Verbs of a decision on a pair of a round: lock it, forbid it, leave it to the solver again. They never commit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, or_
from sqlmodel import Session, col

from mentorship.base import audit
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import About, keep, state, state_verb
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.rounds import queries, rules
from mentorship.rounds.actions import SUBJECT, take
from mentorship.rounds.facts import Pair
from mentorship.rounds.models import DRAFT, LOCK, Round, RoundOverride


def decide(
    session: Session,
    actor: Actor,
    round_id: int,
    version: int,
    *,
    request_id: int,
    mentor_id: int,
    kind: str | None,
    now: datetime,
) -> Round:
    """Lock a pair, forbid it, or (None) leave it to the solver again; the round has to be solved again.

    A lock with another mentor is a swap: the request keeps no other lock.
    """
    found = take(session, round_id, version)
    rules.check_editable(found.status)
    if request_id not in queries.requests(session, [request_id]):
        raise Refused(N_("This request is no longer there."))
    if kind is None and session.get(Person, mentor_id) is None:  # of the others the database asks it
        raise Refused(N_("This person is no longer here."))
    kept = keep(session, RoundOverride, round_id=round_id, request_id=request_id)
    status = found.status
    _release(session, round_id, (request_id, mentor_id), swap=kind == LOCK)
    if kind is not None:
        decided = RoundOverride(
            round_id=round_id,
            request_id=request_id,
            mentor_id=mentor_id,
            kind=kind,
            decided_by=actor.person_id,
            decided_at=now,
        )
        session.add(decided)
    found.status = DRAFT
    verb = f"{kind or 'release'} pair"
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        SUBJECT,
        round_id,
        request=request_id,
        mentor=mentor_id,
    )
    about = About(verb, SUBJECT, round_id)
    state_verb(session, take_back, about, round_id=round_id, version=found.version, status=status)
    state(session, kept, about)
    return found


def take_back(session: Session, _actor: Actor, *, round_id: int, version: int, status: str, now: datetime) -> None:
    """Let a round stand as it did before the last decision, which is taken back; an outcome it had holds again."""
    found = take(session, round_id, version)
    rules.check_editable(found.status)
    found.status = status


def _release(session: Session, round_id: int, pair: Pair, *, swap: bool) -> None:
    """Take back what was decided about a pair; for a swap also the lock that the request had."""
    request_id, mentor_id = pair
    held = delete(RoundOverride).where(
        col(RoundOverride.round_id) == round_id,
        col(RoundOverride.request_id) == request_id,
    )
    same = col(RoundOverride.mentor_id) == mentor_id
    if swap:
        same = or_(same, col(RoundOverride.kind) == LOCK)
    session.exec(held.where(same))
