"""Verbs on a level of a goal: claim it, confirm it, let the profile follow. They never commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mentorship.base import audit
from mentorship.base.db import id_of
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.mentor_requests import actions as requests
from mentorship.mentorships.goals import queries, rules
from mentorship.mentorships.goals.models import CONFIRMED, SECONDING, Goal, LevelClaim
from mentorship.mentorships.models import Mentorship
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.profiles import actions as profiles

SUBJECT = "goal"


def claim(session: Session, actor: Actor, goal_id: int, level: int, now: datetime) -> LevelClaim:
    """Say, as the junior, that a level was reached; one claim at a time."""
    pair, goal, claims = queries.locked(session, goal_id)
    _check_is(actor, pair.junior_id)
    rules.check_changing(pair.status)
    if goal.dropped_at is not None:
        raise Conflict(N_("This goal was dropped in the meantime."))
    if any(found.status in rules.OPEN for found in claims):
        raise Conflict(N_("You have already said that you reached a step here. It waits to be confirmed."))
    reached = rules.reached(goal.start_level, rules.confirmed(claims))
    rules.check_claim(level, reached)
    found = LevelClaim(goal_id=goal_id, level=level, claimed_at=now)
    session.add(found)
    session.flush()
    audit.record(
        session,
        now,
        actor.person_id,
        "claim level",
        SUBJECT,
        goal_id,
        level=level,
    )
    return found


@dataclass(frozen=True)
class _Claimed:
    """A claim with the goal and the pair that it is about, behind the lock of the pair."""

    pair: Mentorship
    goal: Goal
    claim: LevelClaim


def withdraw(session: Session, actor: Actor, claim_id: int, now: datetime) -> LevelClaim:
    """Take back, as the junior, a claim that waits."""
    found = _claimed(session, claim_id)
    _check_is(actor, found.pair.junior_id)
    return _settle(
        session,
        actor,
        found,
        rules.WITHDRAW,
        now,
    )


def confirm(
    session: Session,
    actor: Actor,
    claim_id: int,
    *,
    evidence: str,
    second: str,
    now: datetime,
) -> LevelClaim:
    """Confirm, as the mentor, that a level was reached; from a level on somebody else (by number) confirms too."""
    found = _claimed(session, claim_id)
    claim = found.claim
    _check_is(actor, found.pair.mentor_id)
    confirmed = claim.status in (SECONDING, CONFIRMED)
    if confirmed and claim.evidence == evidence:
        return claim
    after = rules.after_claim(claim.status, rules.CONFIRM, claim.level)
    rules.check_changing(found.pair.status)
    rules.check_evidence(evidence)
    if after == SECONDING:
        claim.second_id = _second(session, found.pair, second)
    claim.evidence = evidence
    claim.mentor_at = now
    claim.status = after
    _record(
        session,
        actor,
        "confirm level",
        found,
        now,
    )
    if after == CONFIRMED:
        _reached(session, actor, found, now)
    return claim


def decline(session: Session, actor: Actor, claim_id: int, now: datetime) -> LevelClaim:
    """Say, as the mentor, that the level is not reached yet; nobody asks why."""
    found = _claimed(session, claim_id)
    _check_is(actor, found.pair.mentor_id)
    return _settle(
        session,
        actor,
        found,
        rules.DECLINE,
        now,
    )


def name_second(session: Session, actor: Actor, claim_id: int, second: str, now: datetime) -> LevelClaim:
    """Ask, as the mentor, somebody else to confirm as the second."""
    found = _claimed(session, claim_id)
    claim = found.claim
    _check_is(actor, found.pair.mentor_id)
    claim.status = rules.after_claim(claim.status, rules.NAME, claim.level)
    rules.check_changing(found.pair.status)
    claim.second_id = _second(session, found.pair, second)
    audit.record(
        session,
        now,
        actor.person_id,
        "name second",
        SUBJECT,
        claim.goal_id,
        second=claim.second_id,
    )
    return claim


def agree(session: Session, actor: Actor, claim_id: int, now: datetime) -> LevelClaim:
    """Confirm as the second: the level is reached, and the junior's profile follows."""
    found = _claimed(session, claim_id)
    _check_second(actor, found.claim)
    return _settle(
        session,
        actor,
        found,
        rules.AGREE,
        now,
    )


def disagree(session: Session, actor: Actor, claim_id: int, now: datetime) -> LevelClaim:
    """Say, as the second, that the level is not reached yet."""
    found = _claimed(session, claim_id)
    _check_second(actor, found.claim)
    return _settle(
        session,
        actor,
        found,
        rules.DISAGREE,
        now,
    )


def _settle(session: Session, actor: Actor, found: _Claimed, step: str, now: datetime) -> LevelClaim:
    """Take the last step of a claim; the same step again changes nothing."""
    claim = found.claim
    if claim.status == rules.LAST[step]:
        return claim
    after = rules.after_claim(claim.status, step, claim.level)
    rules.check_changing(found.pair.status)
    claim.status = after
    claim.settled_at = now
    _record(
        session,
        actor,
        f"{step} level",
        found,
        now,
    )
    if after == CONFIRMED:
        _reached(session, actor, found, now)
    return claim


def _reached(session: Session, actor: Actor, found: _Claimed, now: datetime) -> None:
    """Let the junior's profile, and an open request that asks for more, follow the level."""
    found.claim.settled_at = now
    junior_id = found.pair.junior_id
    domain_id = found.goal.domain_id
    level = found.claim.level
    profiles.reach_level(
        session,
        actor,
        junior_id,
        domain_id,
        level,
        now,
    )
    requests.reach_level(
        session,
        junior_id,
        domain_id,
        level,
        now,
    )


def _record(session: Session, actor: Actor, verb: str, found: _Claimed, now: datetime) -> None:
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        SUBJECT,
        found.goal.id,
        level=found.claim.level,
    )


def _second(session: Session, pair: Mentorship, number: str) -> int:
    """Return who confirms as the second; one sentence for every reason why not, for reasons would tell of others."""
    refusal = Refused(N_("Name a colleague who works here; not one of you two."), field="second")
    found = people.person_by_number(session, number)
    if found is None:
        raise refusal
    one_of_the_pair = pair.side_of(id_of(found)) is not None
    left = found.left_on is not None
    if not rules.may_second(one_of_the_pair=one_of_the_pair, left=left):
        raise refusal
    return id_of(found)


def _check_is(actor: Actor, person_id: int) -> None:
    if actor.person_id != person_id:
        raise Refused(N_("This is for the other side to say."))


def _check_second(actor: Actor, claim: LevelClaim) -> None:
    if claim.second_id != actor.person_id:
        raise Conflict(N_("In the meantime somebody else was asked to confirm this."))


def _claimed(session: Session, claim_id: int) -> _Claimed:
    known = session.get(LevelClaim, claim_id)
    if known is None:
        raise Refused(N_("This is no longer there."))
    pair, goal, _ = queries.locked(session, known.goal_id)
    return _Claimed(pair, goal, known)
