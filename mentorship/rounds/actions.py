"""Verbs on a round: open, change, ask to solve, close. They never commit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col

from mentorship.base import audit
from mentorship.base.db import id_of
from mentorship.base.errors import Conflict
from mentorship.people.access import Actor
from mentorship.programme import queries as programme
from mentorship.rounds import rules
from mentorship.rounds.models import (
    CLOSED,
    DRAFT,
    SOLVING,
    Round,
)

SUBJECT = "round"


def open_round(session: Session, actor: Actor, *, name: str, site_ids: Collection[int], now: datetime) -> Round:
    """Open a draft over these sites (none: all) with the programme's weights, floor, spread and what waiting counts."""
    settings = programme.programme(session)
    opened = Round(
        name=name,
        site_ids=sorted(site_ids),
        weights=dict(settings.weights),
        floor=settings.floor,
        spread=settings.spread,
        waiting=settings.waiting,
        created_at=now,
    )
    session.add(opened)
    session.flush()
    opened.seed = id_of(opened)
    _record(session, actor, "open round", opened, now, name=name, sites=opened.site_ids)
    return opened


def _record(session: Session, actor: Actor, verb: str, about: Round, now: datetime, **details: Any) -> None:
    """Note in the audit log what somebody did to a round."""
    audit.record(session, now, actor.person_id, verb, SUBJECT, about.id, **details)


def take(session: Session, round_id: int, version: int) -> Round:
    """Return the round for a change, its version raised; who looked at an older version is told so."""
    raising = update(Round).where(
        col(Round.id) == round_id,
        col(Round.version) == version,
    )
    raised = session.exec(raising.values(version=version + 1))
    if raised.rowcount != 1:
        raise Conflict(rules.CHANGED)
    return session.get_one(Round, round_id, populate_existing=True)


def change(
    session: Session,
    actor: Actor,
    round_id: int,
    version: int,
    *,
    site_ids: Collection[int],
    weights: Mapping[str, float],
    floor: float,
    spread: float,
    waiting: float,
    unmatched_cost: float | None,
    now: datetime,
) -> Round:
    """Change by what a round is solved; it has to be solved again."""
    found = take(session, round_id, version)
    rules.check_editable(found.status)
    found.site_ids = sorted(site_ids)
    found.weights = dict(weights)
    found.floor = floor
    found.spread = spread
    found.waiting = waiting
    found.unmatched_cost = unmatched_cost
    found.status = DRAFT
    _record(session, actor, "change round", found, now, sites=found.site_ids, **goes_by(found))
    return found


def goes_by(found: Round) -> dict[str, Any]:
    """Return by what a round is solved, as it is noted of the decision."""
    return {
        "weights": dict(found.weights),
        "floor": found.floor,
        "spread": found.spread,
        "waiting": found.waiting,
        "unmatched_cost": found.unmatched_cost,
    }


def ask_to_solve(session: Session, actor: Actor, round_id: int, version: int, now: datetime) -> Round:
    """Put a round in line to be solved by the worker."""
    found = take(session, round_id, version)
    rules.check_editable(found.status)
    found.status = SOLVING
    found.claimed_at = None
    found.stage = ""
    found.failure = ""
    _record(session, actor, "solve round", found, now, weights=dict(found.weights))
    return found


def stop_solving(session: Session, actor: Actor, round_id: int, version: int, now: datetime) -> Round:
    """Take a round out of the worker's hands; what it finds from now on is not written."""
    found = take(session, round_id, version)
    rules.check_stop(found.status)
    found.status = DRAFT
    found.claimed_at = None
    found.stage = ""
    _record(session, actor, "stop solving", found, now)
    return found


def close(session: Session, actor: Actor, round_id: int, version: int, now: datetime) -> None:
    """Close a published round; what is still proposed stays so."""
    found = take(session, round_id, version)
    rules.check_close(found.status)
    found.status = CLOSED
    _record(session, actor, "close round", found, now)


def discard(session: Session, actor: Actor, round_id: int, version: int, now: datetime) -> None:
    """Throw away a round that was not published."""
    found = take(session, round_id, version)
    rules.check_editable(found.status)
    _record(session, actor, "discard round", found, now, name=found.name)
    session.delete(found)
