"""Verbs on a mentorship: propose, answer, pause, resume, end. They never commit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, not_
from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.clock import local_date, wall_time
from mentorship.base.db import chunked, id_of, insert_new, locking
from mentorship.base.errors import Conflict
from mentorship.base.mail_kinds import ACCEPTED, PROPOSAL, STOPPED
from mentorship.base.undo import IN_USE, About, Kept, keep, put_back, state
from mentorship.mentor_requests.models import OPEN, PLACED, WITHDRAWN, MentorRequest
from mentorship.mentorships import queries, rules, starting
from mentorship.mentorships.goals import actions as goals
from mentorship.mentorships.goals.models import Goal
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.mentorships.models import (
    ACTIVE,
    ENDED,
    JUNIOR,
    MENTOR,
    PAUSED,
    PROPOSED,
    REFUSED,
    FailingRule,
    Mentorship,
)
from mentorship.people.access import Actor
from mentorship.programme.queries import programme

SUBJECT = "mentorship"


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
    answers = {
        MENTOR: found.mentor_accepted,
        JUNIOR: found.junior_accepted,
    }
    if answers[side] is accept and rules.still_stands(found.status, accept):
        return found
    kept = _keep(session, found)
    answers[side] = accept
    held = rules.is_held(found.objections_until, now)
    status = rules.after_answer(found.status, answers[MENTOR], answers[JUNIOR], held=held)
    found.mentor_accepted = answers[MENTOR]
    found.junior_accepted = answers[JUNIOR]
    found.status = status
    if status == ACTIVE:
        starting.start(session, found, now)
    if status == REFUSED:
        found.ended_on = local_date(now)
        _return_request(session, found, now)
    verb = "accept" if accept else "refuse"
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        SUBJECT,
        mentorship_id,
    )
    _state(session, kept, verb, mentorship_id)
    return found


def _keep(session: Session, found: Mentorship) -> list[Kept]:
    """Keep what an answer or a pause changes: the pair, the request it came from, and its goals."""
    return [
        keep(session, MentorRequest, id=found.request_id),
        keep(session, Mentorship, id=id_of(found)),
        keep(session, Goal, mentorship_id=id_of(found)),
    ]


def _state(session: Session, kept: list[Kept], verb: str, mentorship_id: int) -> None:
    """State how an answer or a pause is undone; of an answer nobody is told that was."""
    mails = [(kind, str(mentorship_id)) for kind in (PROPOSAL, ACCEPTED, STOPPED)]
    for rows in kept:
        # a pair that was refused does not come back: it is proposed anew, if there still is a place
        anew = verb == "refuse" and rows.table == "mentorship"
        inverse = None
        if rows.table == "mentorship":
            inverse = unsay
        about = About(verb, SUBJECT, mentorship_id, mails)
        state(
            session,
            rows,
            about,
            anew=anew,
            inverse=inverse,
        )


def unsay(session: Session, actor: Actor, *, now: datetime, **rows: Any) -> None:
    """Undo an answer or a pause; a pair with hours logged has begun, and is no proposal again."""
    (before,) = rows["before"]
    if before["status"] == PROPOSED:
        worked = select(WorkedWeek.id).where(
            WorkedWeek.mentorship_id == before["id"],
        )
        if session.exec(worked.limit(1)).first() is not None:
            raise Conflict(IN_USE)
    put_back(session, actor, now=now, **rows)


def step(
    session: Session,
    actor: Actor,
    mentorship_id: int,
    wanted: str,
    now: datetime,
    until: date | None = None,
) -> Mentorship:
    """Pause (it goes on by itself on the day `until`), resume or end a mentorship from either side."""
    today = local_date(now)
    found = queries.locked(session, mentorship_id)
    rules.check_side(found.side_of(actor.person_id))
    status = rules.after_step(found.status, wanted)
    if status == PAUSED and until is not None:
        rules.check_pause(until, today)
    kept = _keep(session, found)
    found.status = status
    if status == PAUSED:
        found.paused_until = until
    elif status == ACTIVE:
        found.paused_until = today
    elif status == ENDED:
        found.ended_on = today
        goals.settle_open(session, [mentorship_id], now)
    audit.record(
        session,
        now,
        actor.person_id,
        f"{wanted} mentorship",
        SUBJECT,
        mentorship_id,
    )
    if status != ENDED:
        _state(session, kept, f"{wanted} mentorship", mentorship_id)
    return found


def expire_proposals(session: Session, now: datetime) -> list[int]:
    """Take back the proposals that were not answered by both in time; return their ids."""
    today = local_date(now)
    patience = timedelta(days=programme(session).proposal_days)
    first_in_time = wall_time(today - patience, 0)
    expired = _locked(
        session,
        col(Mentorship.status) == PROPOSED,
        col(Mentorship.proposed_at) < first_in_time,
        not_(queries.agreed()),
    )
    for found in expired:
        found.status = REFUSED
        found.ended_on = today
        _return_request(session, found, now)
        audit.record(
            session,
            now,
            None,
            "expire proposal",
            SUBJECT,
            found.id,
        )
    return [id_of(found) for found in expired]


def resume_due(session: Session, now: datetime) -> list[int]:
    """Take up again the mentorships whose pause is over; return their ids."""
    today = local_date(now)
    resumed = _locked(
        session,
        col(Mentorship.status) == PAUSED,
        col(Mentorship.paused_until) <= today,
    )
    for found in resumed:
        found.status = ACTIVE
        found.paused_until = today
        audit.record(
            session,
            now,
            None,
            "resume mentorship",
            SUBJECT,
            found.id,
        )
    return [id_of(found) for found in resumed]


def _locked(session: Session, *conditions: Any) -> list[Mentorship]:
    """Read the rows that meet conditions so that nobody changes them meanwhile, in one order for all who do so."""
    query = select(Mentorship).where(*conditions)
    in_order = query.order_by(col(Mentorship.id))
    return list(session.exec(locking(in_order)))


def _return_request(session: Session, refused: Mentorship, now: datetime) -> None:
    """Give the request back to the next round; a newer open request of the person takes its place instead."""
    if refused.request_id is None:
        return
    request = session.get_one(MentorRequest, refused.request_id)
    newer = select(MentorRequest.id).where(
        MentorRequest.person_id == request.person_id,
        MentorRequest.status == OPEN,
    )
    taken_over = session.exec(newer).first() is not None
    request.status = WITHDRAWN if taken_over else OPEN
    request.changed_at = now


def set_failing(session: Session, broken: Mapping[int, Collection[str]], now: datetime) -> None:
    """Note which rules each tested pair breaks: new ones are found now, those that hold again are taken off.

    Of pairs that were not tested, such as one that pauses, what was noted stays.
    """
    noted = select(FailingRule.mentorship_id, FailingRule.rule)
    known = set(session.exec(noted).all())
    found = set()
    for pair_id, rules_broken in broken.items():
        for rule in rules_broken:
            found.add((pair_id, rule))
    meets_again: dict[str, list[int]] = {}
    for pair_id, rule in known - found:
        if pair_id in broken:
            meets_again.setdefault(rule, []).append(pair_id)
    for rule, pair_ids in sorted(meets_again.items()):
        _take_off(session, rule, pair_ids)
    fresh = []
    for pair_id, rule in sorted(found - known):
        row = {
            "mentorship_id": pair_id,
            "rule": rule,
            "found_at": now,
        }
        fresh.append(row)
    insert_new(session, FailingRule, fresh)


def _take_off(session: Session, rule: str, pair_ids: Collection[int]) -> None:
    for some in chunked(pair_ids):
        met = delete(FailingRule).where(
            col(FailingRule.rule) == rule,
            col(FailingRule.mentorship_id).in_(some),
        )
        session.exec(met)
