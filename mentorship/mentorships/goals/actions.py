"""Verbs on goals: take them from a request, set and drop them. They never commit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select, update

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import insert_new
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.base.mail_kinds import LEVEL
from mentorship.base.undo import About, keep, put_back, state
from mentorship.mentor_requests import queries as request_queries
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.goals import queries, rules
from mentorship.mentorships.goals.models import WITHDRAWN, Goal, LevelClaim
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.rules import check_side
from mentorship.people.access import Actor
from mentorship.profiles.models import Domain

SUBJECT = "goal"


def from_request(session: Session, pair: Mentorship, now: datetime) -> None:
    """Make a goal of each need of the request that a pair came from."""
    if pair.request_id is None:
        return
    needs = request_queries.needs_of(session, [pair.request_id])
    rows = []
    for need in needs.get(pair.request_id, []):
        row = {
            "mentorship_id": pair.id,
            "domain_id": need.domain_id,
            "start_level": need.current_level,
            "target_level": need.target_level,
            "words": "",
            "made_at": now,
        }
        rows.append(row)
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
    due_on: date | None = None,
) -> Goal:
    """Set a goal from either side; one that was dropped comes back, and the same one again changes nothing."""
    hold(session, actor, mentorship_id)
    rules.check_levels(current, target)
    rules.check_date(due_on, local_date(now))
    _check_domain(session, domain_id)
    wanted: dict[str, Any] = {
        "start_level": current,
        "target_level": target,
        "words": words,
        "due_on": due_on,
    }
    found = _in_domain(session, mentorship_id, domain_id)
    if found is not None and found.dropped_at is None:
        if found.model_dump(include=set(wanted)) != wanted:
            raise Conflict(N_("There is a goal in this domain already. It stands on the page."))
        return found
    kept = keep(session, Goal, mentorship_id=mentorship_id)
    wanted.update(made_at=now, dropped_at=None, held_on=None)
    if found is None:
        found = Goal(mentorship_id=mentorship_id, domain_id=domain_id, **wanted)
    else:
        found.sqlmodel_update(wanted)
    session.add(found)
    session.flush()
    audit.record(
        session,
        now,
        actor.person_id,
        "set goal",
        SUBJECT,
        found.id,
        mentorship=mentorship_id,
    )
    state(session, kept, About("set goal", SUBJECT, found.id), inverse=put_goal_back)
    return found


def hold(session: Session, actor: Actor, mentorship_id: int) -> Mentorship:
    """Lock a pair whose goals one of the two changes; refuse it to others, and while they cannot change."""
    pair = mentorships.locked(session, mentorship_id)
    side = pair.side_of(actor.person_id)
    check_side(side)
    rules.check_changing(pair.status)
    return pair


def _check_domain(session: Session, domain_id: int) -> None:
    if session.get(Domain, domain_id) is None:
        raise Refused(N_("This domain is no longer there."))


def _in_domain(session: Session, mentorship_id: int, domain_id: int) -> Goal | None:
    query = select(Goal).where(
        Goal.mentorship_id == mentorship_id,
        Goal.domain_id == domain_id,
    )
    return session.exec(query.execution_options(populate_existing=True)).first()


def drop(session: Session, actor: Actor, goal_id: int, now: datetime) -> Goal:
    """Drop, as the junior, a goal in which no level was confirmed; a claim that waits in it is withdrawn with it."""
    pair, goal, claims = queries.locked(session, goal_id)
    side = check_side(pair.side_of(actor.person_id))
    if goal.dropped_at is not None:
        return goal
    rules.check_changing(pair.status)
    rules.check_drop(side, len(rules.confirmed(claims)))
    kept = [
        keep(session, Goal, id=goal_id),
        keep(session, LevelClaim, goal_id=goal_id),
    ]
    for claim in claims:
        if claim.status in rules.OPEN:
            claim.status = WITHDRAWN
            claim.settled_at = now
    goal.dropped_at = now
    audit.record(
        session,
        now,
        actor.person_id,
        "drop goal",
        SUBJECT,
        goal_id,
        mentorship=pair.id,
    )
    mails = [(LEVEL, str(claim.id)) for claim in claims]
    for rows in kept:
        state(session, rows, About("drop goal", SUBJECT, goal_id, mails), inverse=put_goal_back)
    return goal


def put_goal_back(session: Session, actor: Actor, *, now: datetime, **rows: Any) -> None:
    """Undo that a goal was set or dropped, while its pair still changes them."""
    where = rows["where"]
    pair_id = where.get("mentorship_id")
    if pair_id is None:
        pair_id = session.get_one(Goal, where.get("id") or where["goal_id"]).mentorship_id
    pair = mentorships.locked(session, pair_id)
    rules.check_changing(pair.status)
    put_back(session, actor, now=now, **rows)


def settle_open(session: Session, mentorship_ids: Collection[int], now: datetime) -> None:
    """Settle as withdrawn what still waits to be confirmed in pairs that end."""
    goals = select(Goal.id).where(
        col(Goal.mentorship_id).in_(mentorship_ids),
    )
    waiting = update(LevelClaim).where(
        col(LevelClaim.goal_id).in_(goals),
        col(LevelClaim.status).in_(rules.OPEN),
    )
    session.exec(waiting.values(status=WITHDRAWN, settled_at=now))
