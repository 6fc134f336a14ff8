"""Verbs on goals: set and drop them, claim a level, confirm it, let the profile follow. They never commit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select, update

from mentorship.base import audit
from mentorship.base.db import insert_new
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.mentor_requests import actions as requests
from mentorship.mentor_requests import queries as request_queries
from mentorship.mentorships import queries, rules
from mentorship.mentorships.goals import rules as goals
from mentorship.mentorships.goals.models import CONFIRMED, DECLINED, SECONDING, WITHDRAWN, Goal, LevelClaim
from mentorship.mentorships.models import Mentorship
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.profiles import actions as profiles
from mentorship.profiles.models import Domain

SUBJECT = "goal"


def from_request(session: Session, pair: Mentorship, now: datetime) -> None:
    """Make a goal of each need of the request that a pair came from."""
    needs = request_queries.needs_of(session, [pair.request_id]).get(pair.request_id or 0, [])
    rows = [
        {"mentorship_id": pair.id, "domain_id": need.domain_id, "start_level": need.current_level,
         "target_level": need.target_level, "words": "", "made_by": pair.junior_id, "made_at": now}
        for need in needs
    ]  # fmt: skip
    insert_new(session, Goal, rows)


def add(
    session: Session,
    actor: Actor,
    mentorship_id: int,
    *,
    domain_id: int,
    current: int,
    target: int,
    words: str,
    now: datetime,
) -> Goal:
    """Set a goal from either side; one that was dropped comes back, and the same one again changes nothing."""
    pair = queries.locked(session, mentorship_id)
    rules.check_side(pair.side_of(actor.person_id))
    goals.check_changing(pair.status)
    goals.check_levels(current, target)
    if session.get(Domain, domain_id) is None:
        raise Refused(N_("This domain is no longer there."))
    query = select(Goal).where(Goal.mentorship_id == mentorship_id, Goal.domain_id == domain_id)
    found = session.exec(query.execution_options(populate_existing=True)).first()
    wanted: dict[str, Any] = {"start_level": current, "target_level": target, "words": words}
    if found is not None and found.dropped_at is None:
        if any(getattr(found, name) != value for name, value in wanted.items()):
            raise Conflict(N_("There is a goal in this domain already. It stands on the page."))
        return found
    found = found or Goal(mentorship_id=mentorship_id, domain_id=domain_id, made_by=0, made_at=now, **wanted)
    for name, value in {**wanted, "made_by": actor.person_id, "made_at": now, "dropped_at": None}.items():
        setattr(found, name, value)
    session.add(found)
    session.flush()
    audit.record(session, now, actor.person_id, "set goal", SUBJECT, found.id, mentorship=mentorship_id)
    return found


def drop(session: Session, actor: Actor, goal_id: int, now: datetime) -> Goal:
    """Drop a goal in which no level was confirmed; a claim that waits in it is settled with it."""
    pair, goal, claims = _goal(session, goal_id)
    side = rules.check_side(pair.side_of(actor.person_id))
    if goal.dropped_at is not None:
        return goal
    goals.check_changing(pair.status)
    goals.check_drop(sum(claim.status == CONFIRMED for claim in claims))
    for claim in claims:
        if claim.status in goals.OPEN:
            claim.status, claim.settled_at = (WITHDRAWN if side == rules.JUNIOR else DECLINED), now
    goal.dropped_at = now
    audit.record(session, now, actor.person_id, "drop goal", SUBJECT, goal_id, mentorship=pair.id)
    return goal


def claim(session: Session, actor: Actor, goal_id: int, level: int, now: datetime) -> LevelClaim:
    """Say, as the junior, that a level was reached; one claim at a time."""
    pair, goal, claims = _goal(session, goal_id)
    _check_side(actor, pair.junior_id)
    goals.check_changing(pair.status)
    if goal.dropped_at is not None:
        raise Conflict(N_("This goal was dropped meanwhile."))
    if any(found.status in goals.OPEN for found in claims):
        raise Conflict(N_("You said already that you reached a level here. It waits to be confirmed."))
    goals.check_claim(level, goals.reached(goal.start_level, [c.level for c in claims if c.status == CONFIRMED]))
    found = LevelClaim(goal_id=goal_id, level=level, claimed_at=now)
    session.add(found)
    session.flush()
    audit.record(session, now, actor.person_id, "claim level", SUBJECT, goal_id, level=level)
    return found


def settle_open(session: Session, mentorship_id: int, now: datetime) -> None:
    """Settle as withdrawn what still waits to be confirmed in a pair that ends."""
    of_pair = col(LevelClaim.goal_id).in_(select(Goal.id).where(Goal.mentorship_id == mentorship_id))
    waiting = update(LevelClaim).where(of_pair, col(LevelClaim.status).in_(goals.OPEN))
    session.exec(waiting.values(status=WITHDRAWN, settled_at=now))


def withdraw(session: Session, actor: Actor, claim_id: int, now: datetime) -> LevelClaim:
    """Take back, as the junior, a claim that waits."""
    pair, goal, found = _claim(session, claim_id)
    _check_side(actor, pair.junior_id)
    return _settle(session, actor, pair, goal, found, goals.WITHDRAW, now)


def confirm(session: Session, actor: Actor, claim_id: int, *, evidence: str, second: str, now: datetime) -> LevelClaim:
    """Confirm, as the mentor, that a level was reached; from a level on somebody else (by number) confirms too."""
    pair, goal, found = _claim(session, claim_id)
    _check_side(actor, pair.mentor_id)
    if found.status in (SECONDING, CONFIRMED) and found.evidence == evidence:
        return found
    after = goals.after_claim(found.status, goals.CONFIRM, found.level)
    goals.check_changing(pair.status)
    goals.check_evidence(evidence)
    if after == SECONDING:
        found.second_id = _second(session, pair, second)
    found.evidence, found.mentor_at, found.status = evidence, now, after
    audit.record(session, now, actor.person_id, "confirm level", SUBJECT, goal.id, level=found.level)
    if after == CONFIRMED:
        _reached(session, actor, pair, goal, found, now)
    return found


def decline(session: Session, actor: Actor, claim_id: int, now: datetime) -> LevelClaim:
    """Say, as the mentor, that the level is not reached yet; nobody asks why."""
    pair, goal, found = _claim(session, claim_id)
    _check_side(actor, pair.mentor_id)
    return _settle(session, actor, pair, goal, found, goals.DECLINE, now)


def name_second(session: Session, actor: Actor, claim_id: int, second: str, now: datetime) -> LevelClaim:
    """Ask, as the mentor, somebody else to confirm as the second."""
    pair, goal, found = _claim(session, claim_id)
    _check_side(actor, pair.mentor_id)
    found.status = goals.after_claim(found.status, goals.NAME, found.level)
    goals.check_changing(pair.status)
    found.second_id = _second(session, pair, second)
    audit.record(session, now, actor.person_id, "name second", SUBJECT, goal.id, second=found.second_id)
    return found


def agree(session: Session, actor: Actor, claim_id: int, now: datetime) -> LevelClaim:
    """Confirm as the second: the level is reached, and the junior's profile follows."""
    return _as_second(session, actor, claim_id, goals.AGREE, now)


def disagree(session: Session, actor: Actor, claim_id: int, now: datetime) -> LevelClaim:
    """Say, as the second, that the level is not reached yet."""
    return _as_second(session, actor, claim_id, goals.DISAGREE, now)


def _as_second(session: Session, actor: Actor, claim_id: int, step: str, now: datetime) -> LevelClaim:
    pair, goal, found = _claim(session, claim_id)
    if found.second_id != actor.person_id:
        raise Conflict(N_("Meanwhile somebody else was asked to confirm this."))
    return _settle(session, actor, pair, goal, found, step, now)


def _settle(
    session: Session, actor: Actor, pair: Mentorship, goal: Goal, found: LevelClaim, step: str, now: datetime
) -> LevelClaim:
    """Take the last step of a claim; the same step again changes nothing."""
    last = {goals.WITHDRAW: WITHDRAWN, goals.AGREE: CONFIRMED}.get(step, DECLINED)
    if found.status == last:
        return found
    after = goals.after_claim(found.status, step, found.level)
    goals.check_changing(pair.status)
    found.status, found.settled_at = after, now
    audit.record(session, now, actor.person_id, f"{step} level", SUBJECT, goal.id, level=found.level)
    if after == CONFIRMED:
        _reached(session, actor, pair, goal, found, now)
    return found


def _reached(session: Session, actor: Actor, pair: Mentorship, goal: Goal, found: LevelClaim, now: datetime) -> None:
    """Let the junior's profile, and an open request that asks for more, follow the level."""
    found.settled_at = now
    profiles.reach_level(session, actor, pair.junior_id, goal.domain_id, found.level, now)
    requests.reach_level(session, pair.junior_id, goal.domain_id, found.level, now)


def _second(session: Session, pair: Mentorship, number: str) -> int:
    """Return who confirms as the second; one sentence for every reason why not, for reasons would tell of others."""
    found = people.person_by_number(session, number)
    fits = found is not None and goals.may_second(
        one_of_the_pair=found.id in (pair.mentor_id, pair.junior_id), left=found.left_on is not None
    )
    if found is None or found.id is None or not fits:
        raise Refused(N_("Name a colleague who works here; not one of you two."), field="second")
    return found.id


def _check_side(actor: Actor, person_id: int) -> None:
    if actor.person_id != person_id:
        raise Refused(N_("This is for the other side to say."))


def _claim(session: Session, claim_id: int) -> tuple[Mentorship, Goal, LevelClaim]:
    found = session.get(LevelClaim, claim_id)
    if found is None:
        raise Refused(N_("This is no longer there."))
    pair, goal, claims = _goal(session, found.goal_id)
    return pair, goal, next(c for c in claims if c.id == claim_id)


def _goal(session: Session, goal_id: int) -> tuple[Mentorship, Goal, list[LevelClaim]]:
    """Read a goal and its claims behind the lock of their pair, so that what two do at once follows each other."""
    known = session.get(Goal, goal_id)
    if known is None:
        raise Refused(N_("This is no longer there."))
    pair = queries.locked(session, known.mentorship_id)
    goal = session.get_one(Goal, goal_id, populate_existing=True)
    claims = select(LevelClaim).where(LevelClaim.goal_id == goal_id).order_by(col(LevelClaim.id))
    return pair, goal, list(session.exec(claims.execution_options(populate_existing=True)))
