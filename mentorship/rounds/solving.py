"""The job that solves a round: claim, commit; work without any lock; write the outcome, commit."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, delete
from sqlmodel import col

from mentorship.base.clock import local_date
from mentorship.base.db import open_session
from mentorship.base.i18n import N_
from mentorship.matching import SCALE, Result, quality, solve
from mentorship.profiles import queries as profiles
from mentorship.rounds import actions, queries
from mentorship.rounds.claim import Claim, waiting
from mentorship.rounds.explanations import Explainer
from mentorship.rounds.facts import Records
from mentorship.rounds.gather import Gathered, Terms, gather
from mentorship.rounds.models import DRAFT, SOLVED, Round, RoundPair, RoundUnmatched
from mentorship.rounds.solution import pack

log = logging.getLogger(__name__)
LOST_LOCK = N_(
    "A locked pair cannot be kept: a rule forbids it now, or the mentor has no place. Release it and solve again."
)
FAILED = N_("Solving failed with us. Try again; if it stays, tell the administrator.")


def solve_waiting(engine: Engine, now: datetime) -> bool:
    """Solve the first round that waits; False when none waits or somebody else took it."""
    with open_session(engine, read_only=True) as session:
        ids = waiting(session, now)
    return bool(ids) and solve_round(engine, ids[0], now)


def solve_round(engine: Engine, round_id: int, now: datetime) -> bool:
    """Solve one waiting round; False when somebody else took it."""
    claim = Claim(engine, round_id, now)
    if not claim.take():
        return False
    try:
        _solve(engine, round_id, claim, now)
    except Exception:
        log.exception("solving round %s failed", round_id)
        _give_up(claim, FAILED)
    return True


def _solve(engine: Engine, round_id: int, claim: Claim, now: datetime) -> None:
    with claim.held():
        with open_session(engine, read_only=True) as session:
            found = session.get_one(Round, round_id)
            terms = actions.terms(session, found)
            seed = found.seed
            records = queries.records(session, found.site_ids, local_date(now))
            names = {d.id: d.name for d in profiles.domains(session) if d.id is not None}
        claim.tell(stage="gather")
        gathered = gather(records, terms)
        if gathered.lost_locks:
            _give_up(claim, LOST_LOCK)
            return
        claim.tell(stage="solve")
        result = solve(gathered.problem, seed)
        claim.tell(stage="write")
    _write(engine, round_id, claim, gathered, records, terms, result, names, now)
    log.info("round %s is solved", round_id)


def _give_up(claim: Claim, failure: str) -> None:
    claim.tell(
        status=DRAFT,
        failure=failure,
        stage="",
        version=Round.version + 1,
    )


def _write(
    engine: Engine,
    round_id: int,
    claim: Claim,
    gathered: Gathered,
    records: Records,
    terms: Terms,
    result: Result,
    names: dict[int, str],
    now: datetime,
) -> None:
    explainer = Explainer(gathered, records, terms, names)
    with open_session(engine) as session:
        figures: dict[str, Any] = {
            **quality(gathered.problem, result).as_dict(),
            "objective": list(result.objective),
            "bound": list(result.bound),
            "timings": {k: round(v, 4) for k, v in result.timings.items()},
        }
        outcome = claim.mine().values(
            status=SOLVED,
            stage="",
            failure="",
            solved_at=now,
            version=Round.version + 1,
            input_hash=gathered.input_hash,
            quality=figures,
            problem=pack(gathered, result),
        )
        if session.exec(outcome).rowcount != 1:
            return
        session.exec(delete(RoundPair).where(col(RoundPair.round_id) == round_id))
        session.exec(delete(RoundUnmatched).where(col(RoundUnmatched.round_id) == round_id))
        edges = gathered.problem.edges
        for edge in (result.mentor[edges.request] == edges.mentor).nonzero()[0].tolist():
            session.add(
                RoundPair(
                    round_id=round_id,
                    request_id=int(gathered.request_ids[edges.request[edge]]),
                    mentor_id=int(gathered.mentor_ids[edges.mentor[edge]]),
                    score=int(edges.score[edge]),
                    explanation={**explainer.explain(edge), "score": int(edges.score[edge]) / SCALE},
                )
            )
        for row in (result.mentor < 0).nonzero()[0].tolist():
            above_floor = int((edges.request == row).sum())
            counts = [*gathered.eligible.funnel[row].tolist(), above_floor]
            session.add(RoundUnmatched(round_id=round_id, request_id=int(gathered.request_ids[row]), funnel=counts))
        session.commit()
