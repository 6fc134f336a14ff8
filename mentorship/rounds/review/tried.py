"""What a kept outcome knows of pairs that were not made, and what it would become by a decision. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array

from mentorship.matching import SCALE, Problem, solve
from mentorship.rounds.facts import Pair
from mentorship.rounds.gather import Terms, rows_by_id
from mentorship.rounds.models import LOCK
from mentorship.rounds.solution import NOBODY, Solution


def scores(solution: Solution, request_ids: Collection[int]) -> dict[Pair, int]:
    """Return the score in millionths of every eligible pair (request id, mentor id) of these requests."""
    asked = solution.request_ids[solution.request]
    chosen = np.isin(asked, list(request_ids))
    mentors = solution.mentor_ids[solution.mentor[chosen]]
    pairs = zip(
        asked[chosen].tolist(),
        mentors.tolist(),
        strict=True,
    )
    return dict(zip(pairs, solution.score[chosen].tolist(), strict=True))


def moved_by(
    solution: Solution,
    terms: Terms,
    seed: int,
    pair: Pair,
    kind: str,
) -> list[dict[str, int | None]]:
    """Return whom a decision about a pair (request id, mentor id) would move, as a search keeps what it moved.

    The kept problem is solved once with the decision in it, by the seed of its round: of equally good outcomes it is
    the one that a search finds, as long as the facts are still those.

    Raises
    ------
    ValueError
        If every place of the mentor is locked to others.
    """
    after = solve(_decided(solution, terms, pair, kind), seed).mentor
    request_ids = [pair[0], *solution.request_ids[after != solution.outcome].tolist()]
    known = scores(solution, request_ids)
    found = []
    for row in np.flatnonzero(after != solution.outcome).tolist():
        request_id = int(solution.request_ids[row])
        earlier = _mentor_id(solution, int(solution.outcome[row]))
        later = _mentor_id(solution, int(after[row]))
        move = {
            "request": request_id,
            "before": earlier,
            "after": later,
            "score_before": 0 if earlier is None else known[request_id, earlier],
            "score_after": 0 if later is None else known[request_id, later],
        }
        found.append(move)
    return sorted(found, key=lambda move: move["after"] is not None)


def _mentor_id(solution: Solution, column: int) -> int | None:
    return None if column == NOBODY else int(solution.mentor_ids[column])


def _decided(solution: Solution, terms: Terms, pair: Pair, kind: str) -> Problem:
    """Return the kept problem with a pair locked, in the place of another lock of its request, or forbidden."""
    request_id, mentor_id = pair
    locked = [each for each in terms.locked if each[0] != request_id]
    problem = solution.problem(replace(terms, locked=locked))
    row = rows_by_id(solution.request_ids)[request_id]
    column = rows_by_id(solution.mentor_ids)[mentor_id]
    if kind == LOCK:
        return replace(problem, locked=[*problem.locked, (row, column)])
    kept = (solution.request != row) | (solution.mentor != column)
    at = solution.request[kept], solution.mentor[kept]
    matrix = csr_array(
        (solution.score[kept] / SCALE, at),
        shape=problem.scores.shape,
    )
    return replace(problem, scores=matrix)
