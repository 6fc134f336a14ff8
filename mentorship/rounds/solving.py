"""The job that solves a round: claim, commit; work without any lock; write the outcome, commit."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, case, delete
from sqlmodel import col

from mentorship.base.clock import local_date
from mentorship.base.db import id_of, open_session
from mentorship.base.i18n import N_
from mentorship.matching import Result, solve
from mentorship.profiles import queries as profiles
from mentorship.rounds import continuity, outcome, queries, reading
from mentorship.rounds.announced import besides
from mentorship.rounds.announcing.renewing import renew
from mentorship.rounds.claim import Claim, waiting
from mentorship.rounds.explanations import Explainer
from mentorship.rounds.facts import Records
from mentorship.rounds.gather import Gathered, Terms, gather
from mentorship.rounds.models import ANNOUNCED, DRAFT, SOLVED, Round, RoundPair, RoundUnmatched
from mentorship.rounds.solution import pack
from mentorship.rounds.standing import TERMS, found_by

log = logging.getLogger(__name__)
LOST_LOCK = N_(
    "A locked pair cannot be kept: a rule forbids it now, or the mentor has no place. Release it and find pairs again."
)
FAILED = N_("Finding pairs failed on our side. Try again; if it keeps failing, tell the admin.")


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


@dataclass(frozen=True)
class Read:
    """What a round is solved from, as it was when its claim was taken; `by` is kept with what comes of it."""

    terms: Terms
    by: str
    seed: int
    records: Records
    domains: dict[int, str]


def _read(engine: Engine, round_id: int, now: datetime) -> Read:
    with open_session(engine, read_only=True) as session:
        found = session.get_one(
            Round,
            round_id,
        )
        terms = queries.terms(
            session,
            found,
        )
        return Read(
            terms,
            found_by(
                terms,
                found.site_ids,
            ),
            found.seed,
            besides(
                session,
                reading.records(session, found.site_ids, local_date(now)),
                round_id,
            ),
            {id_of(domain): domain.name for domain in profiles.domains(session)},
        )


def _solve(engine: Engine, round_id: int, claim: Claim, now: datetime) -> None:
    """Solve a round step by step; it ends at the step before which somebody decided, for it begins anew then."""
    with claim.held():
        read = _read(engine, round_id, now)
        if not claim.tell(stage="gather"):
            return
        gathered = gather(read.records, read.terms)
        if gathered.lost_locks:
            _give_up(claim, LOST_LOCK)
            return
        if not claim.tell(stage="solve"):
            return
        result = solve(gathered.problem, read.seed)
        by_continuity = continuity.changed(
            read.records,
            read.terms,
            read.seed,
            result,
        )
        if claim.tell(stage="write"):
            _write(
                engine,
                round_id,
                claim,
                gathered,
                read,
                result,
                {TERMS: read.by, continuity.NAME: by_continuity},
                now,
            )


def _give_up(claim: Claim, failure: str) -> None:
    claim.tell(
        status=_unless_announced(DRAFT),
        solve_again=False,
        failure=failure,
        stage="",
        renewed_at=None,
        version=Round.version + 1,
    )


def _unless_announced(status: str) -> Any:
    """Return where a round stands next: one that was announced stays so."""
    stays = col(Round.status) == ANNOUNCED
    return case((stays, ANNOUNCED), else_=status)


def _write(
    engine: Engine,
    round_id: int,
    claim: Claim,
    gathered: Gathered,
    read: Read,
    result: Result,
    besides: dict[str, Any],
    now: datetime,
) -> None:
    explainer = Explainer(
        gathered,
        read.records,
        read.terms,
        read.domains,
    )
    pairs = outcome.pairs(
        round_id,
        gathered,
        result,
        explainer,
    )
    unmatched = outcome.unmatched(
        round_id,
        gathered,
        result,
    )
    solved = claim.mine().values(
        status=_unless_announced(SOLVED),
        solve_again=False,
        stage="",
        failure="",
        renewed_at=None,
        solved_at=now,
        version=Round.version + 1,
        input_hash=gathered.input_hash,
        quality={
            **outcome.figures(gathered, result),
            "moved": outcome.moved(_before(engine, round_id), outcome.mentors(pairs, unmatched)),
            **besides,
        },
        problem=pack(gathered, result),
    )
    with open_session(engine) as session:
        if session.exec(solved).rowcount != 1:
            return
        for part in (RoundPair, RoundUnmatched):
            earlier = delete(part).where(col(part.round_id) == round_id)
            session.exec(earlier)
        session.add_all([*pairs, *unmatched])
        renew(session, round_id, pairs, now)
        session.commit()
    log.info("round %s is solved", round_id)


def _before(engine: Engine, round_id: int) -> dict[int, RoundPair | None]:
    """Return who had whom in the outcome that is about to be replaced."""
    with open_session(engine, read_only=True) as session:
        pairs = queries.pairs(session, round_id)
        unmatched = queries.unmatched(session, round_id)
        session.expunge_all()
    return outcome.mentors(pairs, unmatched)
