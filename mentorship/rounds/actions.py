"""Verbs on a round: open, change, ask to solve, publish, close. They never commit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col

from mentorship.base import audit
from mentorship.base.db import id_of
from mentorship.base.errors import Conflict
from mentorship.mentor_requests.actions import tell_outcomes
from mentorship.mentor_requests.models import OPEN, MentorRequest
from mentorship.mentor_requests.queries import needs_of
from mentorship.mentorships.proposals.actions import propose
from mentorship.people.access import Actor
from mentorship.programme import queries as programme
from mentorship.programme import rules as programme_rules
from mentorship.programme.consent import queries as consent
from mentorship.rounds import queries, rules
from mentorship.rounds.fairness.queries import fairness
from mentorship.rounds.fairness.rules import KEPT, to_keep
from mentorship.rounds.models import (
    CLOSED,
    DRAFT,
    PUBLISHED,
    SOLVING,
    Round,
    RoundPair,
    RoundUnmatched,
)
from mentorship.rounds.still_true import require_still_true

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


def publish(session: Session, actor: Actor, round_id: int, version: int, now: datetime) -> int:
    """Turn every pair into a proposal, once, after testing that all still hold; return how many."""
    found = take(session, round_id, version)
    programme_rules.require_complete(programme.lacking(session))
    consent.check_terms(session, goes_by(found))
    pairs = queries.pairs(session, round_id)
    rules.check_publish(found.status, len(pairs))
    without = queries.unmatched(session, round_id)
    requests = _locked(session, pairs, without)
    require_still_true(session, found, pairs, now)
    _propose(session, found, pairs, requests, now)
    counts = _still_without(session, without, requests)
    placed = [pair.request_id for pair in pairs]
    tell_outcomes(session, found.name, counts, placed=placed, now=now)
    found.status = PUBLISHED
    found.published_at = now
    fell_out = to_keep(fairness(session, round_id))
    found.quality = {**found.quality, KEPT: fell_out}
    _record(
        session,
        actor,
        "publish round",
        found,
        now,
        pairs=len(pairs),
        input_hash=found.input_hash,
        **goes_by(found),
    )
    return len(pairs)


def _locked(
    session: Session, pairs: Iterable[RoundPair], without: Iterable[RoundUnmatched]
) -> dict[int, MentorRequest]:
    """Lock all requests of a round at once and in one order: else two over the same people wait for each other."""
    ids = [*(pair.request_id for pair in pairs), *(row.request_id for row in without)]
    return queries.requests(session, sorted(ids), lock=True)


def _still_without(
    session: Session,
    without: Iterable[RoundUnmatched],
    requests: Mapping[int, MentorRequest],
) -> dict[int, tuple[int, int, int, int]]:
    """Count whom this round leaves waiting, and say at which rules; not who got a mentor elsewhere or asks no more."""
    found = {}
    for row in without:
        request = requests[row.request_id]
        if request.status == OPEN:
            request.waited += 1
            found[row.request_id] = rules.merged(row.funnel)
        else:
            session.delete(row)
    return found


def _propose(
    session: Session,
    found: Round,
    pairs: Sequence[RoundPair],
    requests: Mapping[int, MentorRequest],
    now: datetime,
) -> None:
    needs = needs_of(session, [pair.request_id for pair in pairs])
    # two rounds at once lock mentors in one order
    for pair in sorted(pairs, key=lambda pair: pair.mentor_id):
        request = requests[pair.request_id]
        main_need = needs[pair.request_id][0]
        propose(
            session,
            request=request,
            mentor_id=pair.mentor_id,
            domain_id=main_need.domain_id,
            origin="round",
            round_name=found.name,
            now=now,
            explanation={**pair.explanation, "goal": request.goal},
        )


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
