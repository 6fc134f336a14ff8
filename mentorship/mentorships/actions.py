"""Verbs on a mentorship: propose, answer, pause, resume, end. They never commit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.mentor_requests.models import OPEN, PLACED, WITHDRAWN, MentorRequest
from mentorship.mentorships import rules
from mentorship.mentorships.models import ACTIVE, ENDED, PROPOSED, REFUSED, Mentorship
from mentorship.people.access import Actor


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


def answer(session: Session, actor: Actor, mentorship_id: int, accept: bool, now: datetime) -> Mentorship:
    """Accept or refuse a proposal for one's own side, without a reason; the same answer again changes nothing."""
    found = _lock(session, mentorship_id)
    side = rules.side_of(actor.person_id, found.mentor_id, found.junior_id)
    given = found.mentor_accepted if side == rules.MENTOR else found.junior_accepted
    if given is accept and found.status in ((PROPOSED, ACTIVE) if accept else (REFUSED,)):
        return found
    mentor = accept if side == rules.MENTOR else found.mentor_accepted
    junior = accept if side == rules.JUNIOR else found.junior_accepted
    status = rules.after_answer(found.status, mentor, junior)
    found.mentor_accepted, found.junior_accepted, found.status = mentor, junior, status
    if status == ACTIVE:
        found.started_on = local_date(now)
    if status == REFUSED:
        found.ended_on = local_date(now)
        _return_request(session, found, now)
    audit.record(session, now, actor.person_id, "accept" if accept else "refuse", "mentorship", mentorship_id)
    return found


def step(session: Session, actor: Actor, mentorship_id: int, wanted: str, now: datetime) -> Mentorship:
    """Pause, resume or end a mentorship from either side."""
    found = _lock(session, mentorship_id)
    rules.side_of(actor.person_id, found.mentor_id, found.junior_id)
    found.status = rules.after_step(found.status, wanted)
    if found.status == ENDED:
        found.ended_on = local_date(now)
    audit.record(session, now, actor.person_id, f"{wanted} mentorship", "mentorship", mentorship_id)
    return found


def _lock(session: Session, mentorship_id: int) -> Mentorship:
    """Read the row so that two answers at the same moment follow each other."""
    query = select(Mentorship).where(col(Mentorship.id) == mentorship_id).with_for_update()
    found = session.exec(query.execution_options(populate_existing=True)).first()
    if found is None:
        raise Refused(N_("This mentorship is no longer there."))
    return found


def _return_request(session: Session, refused: Mentorship, now: datetime) -> None:
    """Give the request back to the next round; a newer open request of the person takes its place instead."""
    request = session.get(MentorRequest, refused.request_id) if refused.request_id else None
    if request is None:
        return
    newer = select(MentorRequest.id).where(MentorRequest.person_id == request.person_id, MentorRequest.status == OPEN)
    request.status = WITHDRAWN if session.exec(newer).first() else OPEN
    request.changed_at = now
