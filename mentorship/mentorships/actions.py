"""Verbs on a mentorship: propose, answer, pause, resume, end. They never commit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.clock import local_date, wall_time
from mentorship.base.db import insert_new
from mentorship.mentor_requests.models import OPEN, PLACED, WITHDRAWN, MentorRequest
from mentorship.mentorships import queries, rules
from mentorship.mentorships.goals import actions as goal_actions
from mentorship.mentorships.models import ACTIVE, ENDED, PAUSED, PROPOSED, REFUSED, FailingRule, Mentorship
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


def answer(session: Session, actor: Actor, mentorship_id: int, accept: bool, now: datetime) -> Mentorship:
    """Accept or refuse a proposal for one's own side, without a reason; the same answer again changes nothing."""
    found = queries.locked(session, mentorship_id)
    side = rules.check_side(found.side_of(actor.person_id))
    given = found.mentor_accepted if side == rules.MENTOR else found.junior_accepted
    if given is accept and found.status in ((PROPOSED, ACTIVE) if accept else (REFUSED,)):
        return found
    mentor = accept if side == rules.MENTOR else found.mentor_accepted
    junior = accept if side == rules.JUNIOR else found.junior_accepted
    status = rules.after_answer(found.status, mentor, junior)
    found.mentor_accepted, found.junior_accepted, found.status = mentor, junior, status
    if status == ACTIVE:
        found.started_on = local_date(now)
        goal_actions.from_request(session, found, now)
    if status == REFUSED:
        found.ended_on = local_date(now)
        _return_request(session, found, now)
    audit.record(session, now, actor.person_id, "accept" if accept else "refuse", "mentorship", mentorship_id)
    return found


def step(
    session: Session, actor: Actor, mentorship_id: int, wanted: str, now: datetime, until: date | None = None
) -> Mentorship:
    """Pause (it goes on by itself on the day `until`), resume or end a mentorship from either side."""
    found = queries.locked(session, mentorship_id)
    rules.check_side(found.side_of(actor.person_id))
    status = rules.after_step(found.status, wanted)
    if status == PAUSED and until is not None:
        rules.check_pause(until, local_date(now))
    found.status = status
    if status in (PAUSED, ACTIVE):
        found.paused_until = until if status == PAUSED else local_date(now)
    if found.status == ENDED:
        found.ended_on = local_date(now)
        goal_actions.settle_open(session, mentorship_id, now)
    audit.record(session, now, actor.person_id, f"{wanted} mentorship", "mentorship", mentorship_id)
    return found


def expire_proposals(session: Session, now: datetime) -> list[int]:
    """Take back the proposals that were not answered by both in time; return their ids."""
    today, patience = local_date(now), timedelta(days=programme(session).proposal_days)
    late = col(Mentorship.proposed_at) < wall_time(today - patience, 0)
    expired = _locked(session, Mentorship.status == PROPOSED, late)
    for found in expired:
        found.status, found.ended_on = REFUSED, today
        _return_request(session, found, now)
        audit.record(session, now, None, "expire proposal", "mentorship", found.id)
    return [found.id or 0 for found in expired]


def resume_due(session: Session, now: datetime) -> list[int]:
    """Take up again the mentorships whose pause is over; return their ids."""
    today = local_date(now)
    resumed = _locked(session, Mentorship.status == PAUSED, col(Mentorship.paused_until) <= today)
    for found in resumed:
        found.status, found.paused_until = ACTIVE, today
        audit.record(session, now, None, "resume mentorship", "mentorship", found.id)
    return [found.id or 0 for found in resumed]


def _locked(session: Session, *conditions: Any) -> list[Mentorship]:
    """Read the rows that meet conditions so that nobody changes them meanwhile, in one order for all who do so."""
    query = select(Mentorship).where(*conditions).order_by(col(Mentorship.id)).with_for_update()
    return list(session.exec(query.execution_options(populate_existing=True)))


def _return_request(session: Session, refused: Mentorship, now: datetime) -> None:
    """Give the request back to the next round; a newer open request of the person takes its place instead."""
    request = session.get(MentorRequest, refused.request_id) if refused.request_id else None
    if request is None:
        return
    newer = select(MentorRequest.id).where(MentorRequest.person_id == request.person_id, MentorRequest.status == OPEN)
    request.status = WITHDRAWN if session.exec(newer).first() else OPEN
    request.changed_at = now


_CHUNK = 5000


def set_failing(session: Session, broken: Mapping[int, Collection[str]], now: datetime) -> None:
    """Note which rules each tested pair breaks: new ones are found now, those that hold again are taken off.

    Of pairs that were not tested, such as one that pauses, what was noted stays.
    """
    known = set(session.exec(select(FailingRule.mentorship_id, FailingRule.rule)).all())
    found = {(pair, rule) for pair, rules in broken.items() for rule in rules}
    again: dict[str, list[int]] = {}
    for pair, rule in sorted(known - found):
        if pair in broken:
            again.setdefault(rule, []).append(pair)
    for rule, pairs in again.items():
        for start in range(0, len(pairs), _CHUNK):
            these = col(FailingRule.mentorship_id).in_(pairs[start : start + _CHUNK])
            session.exec(delete(FailingRule).where(col(FailingRule.rule) == rule, these))
    fresh = sorted(found - known)
    insert_new(session, FailingRule, [{"mentorship_id": p, "rule": r, "found_at": now} for p, r in fresh])
