"""What pairing one request at once, outside a round, costs the requests that stay open."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array

from mentorship.matching.arrays import Floats, Ints
from mentorship.matching.assign import assign
from mentorship.matching.competition import connected
from mentorship.matching.prices import NEVER, in_units, largest_prices
from mentorship.matching.problem import Problem
from mentorship.matching.result import used_places
from mentorship.matching.solver import whole


def direct(problem: Problem, request: int, known: Ints | None = None) -> Floats:
    """Return what a direct pairing of `request` with each mentor costs all others: (M, 2) or (M, 1), as objectives.

    It is V(the others; capacity, load) - V(the others; this mentor's capacity - 1, load + 1), V being the best
    objective; nan where the two are not eligible, or locks need every place. The pairing takes the mentor's cheapest
    place and leaves the dearer ones, so it costs what a place is worth at the largest competitive price (Demange,
    1982) less what the cheapest one costs: one assignment prices every mentor, and none is sought where `known` is a
    best one of the others, shape (R,), as `solve(without(problem, request))` has it.

    Raises
    ------
    ValueError
        If the request is no row of the problem, or is locked.
    """
    if not 0 <= request < problem.scores.shape[0]:
        raise ValueError(f"request must be a row of the problem, not {request}")
    if problem.lock[request] >= 0:
        raise ValueError(f"request {request} is locked, so it is paired already")
    others = without(problem, request)
    mentor = assign(whole(others)) if known is None else known
    prices = largest_prices(others, mentor)
    cheapest = others.load * others.spread_units
    cost = in_units(others, np.where(prices < NEVER, prices - cheapest, 0))
    held = used_places(others, others.lock)
    open_to = np.zeros(len(prices), dtype=np.bool_)
    open_to[problem.edges.mentor[problem.edges.request == request]] = True
    cost[~open_to | (held >= others.capacity)] = np.nan
    return cost


def around(problem: Problem, request: int) -> Problem:
    """Return the same problem, its rows as they were, with the pairs that one of this request can touch alone."""
    asking, guiding = (side.astype(np.int64) for side in problem.scores.tocoo().coords)
    part, _ = connected(problem.scores.shape, asking, guiding)
    near = part == part[request]
    kept = near[asking]
    scores = csr_array(
        (
            problem.scores.data[kept],
            (asking[kept], guiding[kept]),
        ),
        shape=problem.scores.shape,
    )
    locked = [pair for pair in problem.locked if near[pair[0]]]
    return replace(problem, scores=scores, locked=locked)


def without(problem: Problem, request: int) -> Problem:
    """Return the same problem, its rows as they were, in which one request asks nobody."""
    first, last = problem.scores.indptr[request : request + 2]
    scores = problem.scores
    fewer = csr_array(
        (
            np.delete(scores.data, np.s_[first:last]),
            np.delete(scores.indices, np.s_[first:last]),
            _shifted(scores.indptr.astype(np.int64), request, last - first),
        ),
        shape=scores.shape,
    )
    return replace(problem, scores=fewer)


def _shifted(indptr: Ints, request: int, entries: int) -> Ints:
    moved = indptr.copy()
    moved[request + 1 :] -= entries
    return moved
