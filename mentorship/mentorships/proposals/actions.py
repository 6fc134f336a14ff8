"""Verbs on a proposal: make it, let it lapse, withdraw it, note that it was seen. They never commit."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import not_, update
from sqlmodel import Session, col

from mentorship.base import audit
from mentorship.base.clock import local_date, wall_time
from mentorship.base.db import id_of
from mentorship.mentor_requests.models import PLACED, MentorRequest
from mentorship.mentorships import queries
from mentorship.mentorships.actions import SUBJECT, keep_pair, lock, return_request, state_pair
from mentorship.mentorships.models import PROPOSED, REFUSED, Mentorship
from mentorship.mentorships.proposals import rules
from mentorship.people.access import Actor
from mentorship.programme.queries import programme


def propose(
    session: Session,
    *,
    request: MentorRequest,
    mentor_id: int,
    domain_id: int,
    origin: str,
    round_name: str,
    explanation: dict[str, Any],
    now: datetime,
) -> Mentorship:
    """Write a proposal and mark its request as placed; the database refuses it when the mentor has no place."""
    proposal = Mentorship(
        mentor_id=mentor_id,
        junior_id=request.person_id,
        domain_id=domain_id,
        request_id=request.id,
        origin=origin,
        round_name=round_name,
        status=PROPOSED,
        explanation=explanation,
        proposed_at=now,
    )
    request.status = PLACED
    session.add(proposal)
    return proposal


def withdraw(
    session: Session,
    actor: Actor,
    mentorship_id: int,
    now: datetime,
    *,
    verb: str = "withdraw proposal",
) -> Mentorship:
    """Withdraw a proposal before both answered: by nobody's refusal, so it may be made again; the request is open."""
    found = queries.locked(session, mentorship_id)
    rules.check_waits(found.status)
    kept = keep_pair(session, found)
    found.withdrawn_at = now
    _lapse(session, found, now)
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        SUBJECT,
        mentorship_id,
    )
    state_pair(session, kept, verb, mentorship_id, anew=True)
    return found


def expire_proposals(session: Session, now: datetime) -> list[int]:
    """Take back the proposals that were not answered by both in time; return their ids."""
    patience = timedelta(days=programme(session).proposal_days)
    first_in_time = wall_time(local_date(now) - patience, 0)
    expired = lock(
        session,
        col(Mentorship.status) == PROPOSED,
        col(Mentorship.proposed_at) < first_in_time,
        not_(queries.agreed()),
    )
    for found in expired:
        _lapse(session, found, now)
        audit.record(
            session,
            now,
            None,
            "expire proposal",
            SUBJECT,
            found.id,
        )
    return [id_of(found) for found in expired]


def _lapse(session: Session, found: Mentorship, now: datetime) -> None:
    """Let a proposal be over without anybody's refusal, and give its request back."""
    found.status = REFUSED
    found.ended_on = local_date(now)
    return_request(session, found, now)


def note_seen(session: Session, mentorship_id: int, side: str, now: datetime) -> None:
    """Note, once, that a side opened the page of its proposal."""
    name = f"{side}_seen_at"
    first = update(Mentorship).where(
        col(Mentorship.id) == mentorship_id,
        getattr(Mentorship, name).is_(None),
    )
    session.exec(first.values({name: now}))
