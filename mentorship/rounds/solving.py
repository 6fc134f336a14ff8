"""The job that solves a round: claim, commit; work without any lock; write the outcome, commit."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Update, delete, or_, update
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import open_session
from mentorship.base.i18n import N_
from mentorship.matching import SCALE, Result, quality, solve
from mentorship.profiles import queries as profiles
from mentorship.rounds import actions, queries, rules
from mentorship.rounds.explanations import Explainer
from mentorship.rounds.facts import Records
from mentorship.rounds.gather import Gathered, Terms, gather
from mentorship.rounds.models import DRAFT, SOLVED, SOLVING, Round, RoundPair, RoundUnmatched
from mentorship.rounds.solution import pack

log = logging.getLogger(__name__)
LOST_LOCK = N_(
    "A locked pair cannot be kept: a rule forbids it now, or the mentor has no place. Release it and solve again."
)
FAILED = N_("Solving failed with us. Try again; if it stays, tell the administrator.")


def waiting(session: Session, now: datetime) -> list[int]:
    """Return the rounds that wait to be solved."""
    query = select(Round.id).where(Round.status == SOLVING)
    query = query.where(or_(col(Round.claimed_at).is_(None), col(Round.claimed_at) < now - rules.LEASE))
    return [i for i in session.exec(query.order_by(col(Round.id))) if i is not None]


def solve_waiting(engine: Engine, now: datetime) -> bool:
    """Solve the first round that waits; False when none waits or somebody else took it."""
    with open_session(engine, read_only=True) as session:
        ids = waiting(session, now)
    return bool(ids) and solve_round(engine, ids[0], now)


def solve_round(engine: Engine, round_id: int, now: datetime) -> bool:
    """Solve one waiting round; False when somebody else took it."""
    if not _claim(engine, round_id, now):
        return False
    try:
        with open_session(engine, read_only=True) as session:
            found = session.get_one(Round, round_id)
            terms, seed = actions.terms(session, found), found.seed
            records = queries.records(session, found.site_ids, local_date(now))
            names = {d.id: d.name for d in profiles.domains(session) if d.id is not None}
        _tell(engine, round_id, now, "gather")
        gathered = gather(records, terms)
        if gathered.lost_locks:
            _give_up(engine, round_id, now, LOST_LOCK)
            return True
        _tell(engine, round_id, now, "solve")
        result = solve(gathered.problem, seed)
        _tell(engine, round_id, now, "write")
        _write(engine, round_id, gathered, records, terms, result, names, now)
    except Exception:
        log.exception("solving round %s failed", round_id)
        _give_up(engine, round_id, now, FAILED)
    return True


def _claim(engine: Engine, round_id: int, now: datetime) -> bool:
    claiming = update(Round).where(col(Round.id) == round_id, col(Round.status) == SOLVING)
    claiming = claiming.where(or_(col(Round.claimed_at).is_(None), col(Round.claimed_at) < now - rules.LEASE))
    with open_session(engine) as session:
        taken = session.exec(claiming.values(claimed_at=now, stage="read")).rowcount == 1
        session.commit()
    return taken


def _mine(round_id: int, claimed_at: datetime) -> Update:
    """Return an update of the round for as long as it was not taken over by somebody else, or thrown away."""
    still = update(Round).where(col(Round.id) == round_id, col(Round.status) == SOLVING)
    return still.where(col(Round.claimed_at) == claimed_at)


def _tell(engine: Engine, round_id: int, claimed_at: datetime, stage: str) -> None:
    with open_session(engine) as session:
        session.exec(_mine(round_id, claimed_at).values(stage=stage))
        session.commit()


def _give_up(engine: Engine, round_id: int, claimed_at: datetime, failure: str) -> None:
    given_up = _mine(round_id, claimed_at).values(status=DRAFT, failure=failure, stage="", version=Round.version + 1)
    with open_session(engine) as session:
        session.exec(given_up)
        session.commit()


def _write(
    engine: Engine,
    round_id: int,
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
        outcome = _mine(round_id, now).values(
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
