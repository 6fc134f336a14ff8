"""Verbs on a mentorship: answer, pause, resume, end. They never commit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import chunked, id_of, insert_new, locking
from mentorship.base.errors import Conflict
from mentorship.base.mail_kinds import ACCEPTED, PROPOSAL, STOPPED, WITHDRAWAL
from mentorship.base.undo import IN_USE, About, Kept, keep, put_back, state
from mentorship.mentor_requests.models import OPEN, WITHDRAWN, MentorRequest
from mentorship.mentorships import queries, rules, starting
from mentorship.mentorships.goals import actions as goals
from mentorship.mentorships.goals import pausing
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
    ProposalReminder,
)
from mentorship.people.access import Actor

SUBJECT = "mentorship"


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
    kept = keep_pair(session, found)
    answers[side] = accept
    held = rules.is_held(found.objections_until, now)
    status = rules.after_answer(found.status, answers[MENTOR], answers[JUNIOR], held=held)
    found.mentor_accepted = answers[MENTOR]
    found.junior_accepted = answers[JUNIOR]
    found.status = status
    _follow(session, found, now)
    verb = "accept" if accept else "refuse"
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        SUBJECT,
        mentorship_id,
    )
    state_pair(session, kept, verb, mentorship_id, anew=status == REFUSED)
    return found


def _follow(session: Session, answered: Mentorship, now: datetime) -> None:
    """Do what follows from an answer: both said yes, and it starts; one said no, and the request is open again."""
    if answered.status == ACTIVE:
        starting.start(session, answered, now)
    if answered.status == REFUSED:
        answered.ended_on = local_date(now)
        return_request(session, answered, now)


def keep_pair(session: Session, found: Mentorship) -> list[Kept]:
    """Keep what an answer, a pause or a withdrawal changes: the pair, the request it came from, and its goals."""
    return [
        keep(session, MentorRequest, id=found.request_id),
        keep(session, Mentorship, id=id_of(found)),
        keep(session, Goal, mentorship_id=id_of(found)),
    ]


def state_pair(
    session: Session,
    kept: list[Kept],
    verb: str,
    mentorship_id: int,
    *,
    anew: bool = False,
    more: Collection[tuple[str, str]] = (),
) -> None:
    """State how an answer, a pause or a withdrawal is undone; of that nobody is told, nor by `more` mails.

    `anew`: a proposal that was over does not come back; it is proposed anew, if there still is a place.
    """
    mails = [(kind, str(mentorship_id)) for kind in (PROPOSAL, ACCEPTED, STOPPED, WITHDRAWAL)]
    mails += more
    for rows in kept:
        is_pair = rows.table == "mentorship"
        inverse = unsay if is_pair else None
        about = About(verb, SUBJECT, mentorship_id, mails)
        state(
            session,
            rows,
            about,
            anew=anew and is_pair,
            inverse=inverse,
        )


def unsay(session: Session, actor: Actor, *, now: datetime, **rows: Any) -> None:
    """Undo an answer, a pause or a withdrawal; a pair with hours logged has begun, and is no proposal again."""
    (before,) = rows["before"]
    if before["status"] == PROPOSED:
        worked = select(WorkedWeek.id).where(
            WorkedWeek.mentorship_id == before["id"],
        )
        if session.exec(worked.limit(1)).first() is not None:
            raise Conflict(IN_USE)
    reminded = _take_off_reminders(session, before["id"]) if rows["anew"] else []
    put_back(session, actor, now=now, **rows)
    insert_new(session, ProposalReminder, reminded)


def _take_off_reminders(session: Session, mentorship_id: int) -> list[dict[str, Any]]:
    """Take the reminders off a proposal that is made anew; return them, to be put on it again."""
    theirs = col(ProposalReminder.mentorship_id) == mentorship_id
    query = select(ProposalReminder).where(theirs)
    found = [row.model_dump() for row in session.exec(query)]
    session.exec(delete(ProposalReminder).where(theirs))
    return found


def step(
    session: Session,
    actor: Actor,
    mentorship_id: int,
    wanted: str,
    now: datetime,
    until: date | None = None,
) -> Mentorship:
    """Pause (it goes on by itself on the day `until`), resume or end a mentorship from either side."""
    found = queries.locked(session, mentorship_id)
    rules.check_side(found.side_of(actor.person_id))
    return take_step(session, actor, found, wanted, now, until)


def take_step(
    session: Session,
    actor: Actor | None,
    found: Mentorship,
    wanted: str,
    now: datetime,
    until: date | None = None,
    mails: Collection[tuple[str, str]] = (),
) -> Mentorship:
    """Pause, resume or end a pair that is locked, for who may; `mails` (kind, about) tell of it."""
    today = local_date(now)
    mentorship_id = id_of(found)
    status = rules.after_step(found.status, wanted)
    if status == PAUSED and until is not None:
        rules.check_pause(until, today)
    kept = keep_pair(session, found)
    found.status = status
    if status == PAUSED:
        found.paused_until = until
        pausing.hold(session, mentorship_id, today)
    elif status == ACTIVE:
        found.paused_until = today
        pausing.let_go(session, [mentorship_id], today)
    elif status == ENDED:
        found.ended_on = today
        goals.settle_open(session, [mentorship_id], now)
    audit.record(
        session,
        now,
        actor.person_id if actor else None,
        f"{wanted} mentorship",
        SUBJECT,
        mentorship_id,
    )
    if status != ENDED:
        state_pair(session, kept, f"{wanted} mentorship", mentorship_id, more=mails)
    return found


def resume_due(session: Session, now: datetime) -> list[int]:
    """Take up again the mentorships whose pause is over; return their ids."""
    today = local_date(now)
    resumed = lock(
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
    ids = [id_of(found) for found in resumed]
    pausing.let_go(session, ids, today)
    return ids


def lock(session: Session, *conditions: Any) -> list[Mentorship]:
    """Read the rows that meet conditions so that nobody changes them meanwhile, in one order for all who do so."""
    query = select(Mentorship).where(*conditions)
    in_order = query.order_by(col(Mentorship.id))
    return list(session.exec(locking(in_order)))


def return_request(session: Session, refused: Mentorship, now: datetime) -> None:
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
