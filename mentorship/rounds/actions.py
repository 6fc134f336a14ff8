"""Verbs on a round: open, change, ask to solve, lock, forbid, publish, close. They never commit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.mentor_requests.actions import tell_outcomes
from mentorship.mentor_requests.queries import needs_of
from mentorship.mentorships import actions as mentorships
from mentorship.people.access import Actor
from mentorship.programme import rules as programme_rules
from mentorship.programme.queries import programme
from mentorship.rounds import queries, rules
from mentorship.rounds.gather import Terms, gather
from mentorship.rounds.models import CLOSED, DRAFT, PUBLISHED, SOLVING, Round, RoundOverride

SUBJECT = "round"
STALE = N_("Pairs that broke a rule since this round was solved: %(number)s. Solve it again before publishing.")


def open_round(session: Session, actor: Actor, *, name: str, site_ids: Collection[int], now: datetime) -> Round:
    """Open a draft over these sites (none: all) with the programme's weights, floor and spread."""
    settings = programme(session)
    opened = Round(
        name=name,
        site_ids=sorted(site_ids),
        weights=dict(settings.weights),
        floor=settings.floor,
        spread=settings.spread,
        created_by=actor.person_id,
        created_at=now,
    )
    session.add(opened)
    session.flush()
    opened.seed = opened.id or 0
    audit.record(session, now, actor.person_id, "open round", SUBJECT, opened.id, name=name, sites=sorted(site_ids))
    return opened


def take(session: Session, round_id: int, version: int) -> Round:
    """Return the round for a change, its version raised; who looked at an older version is told so."""
    raising = update(Round).where(col(Round.id) == round_id, col(Round.version) == version).values(version=version + 1)
    if session.exec(raising).rowcount != 1:
        raise Conflict(rules.CHANGED)
    found = session.get(Round, round_id, populate_existing=True)
    assert found is not None
    return found


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
    unmatched_cost: float | None,
    now: datetime,
) -> Round:
    """Change by what a round is solved; it has to be solved again."""
    found = take(session, round_id, version)
    rules.check_editable(found.status)
    found.site_ids, found.weights, found.floor, found.spread = sorted(site_ids), dict(weights), floor, spread
    found.unmatched_cost, found.status = unmatched_cost, DRAFT
    audit.record(
        session,
        now,
        actor.person_id,
        "change round",
        SUBJECT,
        round_id,
        sites=sorted(site_ids),
        weights=dict(weights),
        floor=floor,
        spread=spread,
        unmatched_cost=unmatched_cost,
    )
    return found


def ask_to_solve(session: Session, actor: Actor, round_id: int, version: int, now: datetime) -> Round:
    """Put a round in line to be solved by the worker."""
    found = take(session, round_id, version)
    rules.check_editable(found.status)
    found.status, found.claimed_at, found.stage, found.failure = SOLVING, None, "", ""
    audit.record(session, now, actor.person_id, "solve round", SUBJECT, round_id, weights=dict(found.weights))
    return found


def stop_solving(session: Session, actor: Actor, round_id: int, version: int, now: datetime) -> Round:
    """Take a round out of the worker's hands; what it finds from now on is not written."""
    found = take(session, round_id, version)
    rules.check_stop(found.status)
    found.status = DRAFT
    found.claimed_at = None
    found.stage = ""
    audit.record(session, now, actor.person_id, "stop solving", SUBJECT, round_id)
    return found


def decide(
    session: Session,
    actor: Actor,
    round_id: int,
    version: int,
    *,
    request_id: int,
    mentor_id: int,
    kind: str | None,
    now: datetime,
) -> Round:
    """Lock a pair, forbid it, or (None) leave it to the solver again; the round has to be solved again.

    A lock with another mentor is a swap: the request keeps no other lock.
    """
    found = take(session, round_id, version)
    rules.check_editable(found.status)
    if request_id not in queries.requests(session, [request_id]):
        raise Refused(N_("This request is no longer there."))
    held = delete(RoundOverride).where(
        col(RoundOverride.round_id) == round_id, col(RoundOverride.request_id) == request_id
    )
    same = col(RoundOverride.mentor_id) == mentor_id
    session.exec(held.where(same | (col(RoundOverride.kind) == "lock")) if kind == "lock" else held.where(same))
    if kind is not None:
        session.add(
            RoundOverride(
                round_id=round_id,
                request_id=request_id,
                mentor_id=mentor_id,
                kind=kind,
                decided_by=actor.person_id,
                decided_at=now,
            )
        )
    found.status = DRAFT
    audit.record(
        session,
        now,
        actor.person_id,
        f"{kind or 'release'} pair",
        SUBJECT,
        round_id,
        request=request_id,
        mentor=mentor_id,
    )
    return found


def terms(session: Session, found: Round) -> Terms:
    """Return by what a round is solved."""
    decided = queries.overrides(session, found.id or 0)
    return Terms(
        weights=found.weights,
        floor=found.floor,
        spread=found.spread,
        unmatched_cost=found.unmatched_cost,
        locked=[(o.request_id, o.mentor_id) for o in decided if o.kind == "lock"],
        forbidden=[(o.request_id, o.mentor_id) for o in decided if o.kind == "forbid"],
    )


def publish(session: Session, actor: Actor, round_id: int, version: int, now: datetime) -> int:
    """Turn every pair into a proposal, once, after testing that all still hold; return how many."""
    found = take(session, round_id, version)
    settings = programme(session)
    programme_rules.require_complete(
        programme_rules.missing(
            settings.works_council_on, settings.no_works_council, settings.dpia_on, settings.visibility
        )
    )
    pairs = queries.pairs(session, round_id)
    rules.check_publish(found.status, len(pairs))
    requests = queries.requests(session, [p.request_id for p in pairs], lock=True)
    _require_still_true(session, found, {(p.request_id, p.mentor_id) for p in pairs}, now)
    needs = needs_of(session, requests)
    for pair in sorted(pairs, key=lambda p: p.mentor_id):  # two rounds at once lock mentors in one order
        mentorships.propose(
            session,
            request=requests[pair.request_id],
            mentor_id=pair.mentor_id,
            domain_id=needs[pair.request_id][0].domain_id,
            origin="round",
            round_name=found.name,
            now=now,
            explanation={**pair.explanation, "goal": requests[pair.request_id].goal},
        )
    counts = {u.request_id: rules.merged(u.funnel) for u in queries.unmatched(session, round_id)}
    tell_outcomes(session, found.name, counts, placed=requests, now=now)
    found.status, found.published_at = PUBLISHED, now
    audit.record(
        session,
        now,
        actor.person_id,
        "publish round",
        SUBJECT,
        round_id,
        pairs=len(pairs),
        input_hash=found.input_hash,
        weights=dict(found.weights),
        floor=found.floor,
        spread=found.spread,
        unmatched_cost=found.unmatched_cost,
    )
    return len(pairs)


def _require_still_true(session: Session, found: Round, pairs: set[tuple[int, int]], now: datetime) -> None:
    """Refuse when a pair broke a rule since the round was solved: somebody paused, withdrew, moved or filled up."""
    gathered = gather(queries.records(session, found.site_ids, local_date(now)), terms(session, found))
    kept = pairs & gathered.eligible_pairs()
    room = dict(zip(gathered.mentor_ids.tolist(), gathered.problem.capacity.tolist(), strict=True))
    wanted = Counter(mentor_id for _, mentor_id in kept)
    broken = len(pairs - kept) + sum(max(0, n - room[mentor_id]) for mentor_id, n in wanted.items())
    if broken:
        raise Conflict(STALE, number=broken)


def close(session: Session, actor: Actor, round_id: int, version: int, now: datetime) -> None:
    """Close a published round; what is still proposed stays so."""
    found = take(session, round_id, version)
    rules.check_close(found.status)
    found.status, found.closed_at = CLOSED, now
    audit.record(session, now, actor.person_id, "close round", SUBJECT, round_id)


def discard(session: Session, actor: Actor, round_id: int, version: int, now: datetime) -> None:
    """Throw away a round that was not published."""
    found = take(session, round_id, version)
    rules.check_editable(found.status)
    audit.record(session, now, actor.person_id, "discard round", SUBJECT, round_id, name=found.name)
    session.delete(found)
