"""Among all best assignments, the one that a seeded hash prefers: never the one that happened to be found first.

At competitive prices every best assignment uses only edges without loss. One is turned into another by cycles of moves
over such edges, so only moves inside a strongly connected part of that graph are open (the fine Dulmage-Mendelsohn
decomposition, 1958); all else is the same in every best assignment and is left as it is.
"""

from __future__ import annotations

from concurrent.futures import Executor

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from mentorship.matching.arrays import Flags, Ints
from mentorship.matching.assign import assign
from mentorship.matching.parts import NEVER, Part
from mentorship.matching.problem import Problem
from mentorship.matching.result import gains_at, used_places

_HASH = 2**24


def break_ties(problem: Problem, mentor: Ints, prices: Ints, seed: int, executor: Executor | None = None) -> Ints:
    """Return the best assignment that the hash of seed and keys prefers, from one best `mentor` and its prices (M,)."""
    edges, best = problem.edges, gains_at(problem, prices)
    tight = edges.score + problem.match_bonus - prices[edges.mentor] == best[edges.request]
    request, target = edges.request[tight], edges.mentor[tight]
    held = problem.lock >= 0
    within, may_leave = _open(problem, mentor, prices, request, target, (best == 0) & ~held, held)
    mine = target == mentor[request]
    free = may_leave & ~held
    free[request[within & ~held[request]]] = True
    if not free.any():
        return mentor
    kept = free[request] & (within | mine)
    rows = np.flatnonzero(free)
    part = _part(problem, prices, used_places(problem, np.where(free, -1, mentor)), rows, request[kept], target[kept])
    keys = problem.request_keys, problem.mentor_keys
    assert keys[0] is not None and keys[1] is not None
    part.worth[:] = _hash(seed, keys[0][request[kept]], keys[1][target[kept]])
    idle = may_leave[rows] | (mentor[rows] < 0)
    part.idle[:] = np.where(idle, _hash(seed, keys[0][rows], np.full(len(rows), -1)), NEVER)
    found = mentor.copy()
    found[rows] = assign(part, executor)
    return found


def _open(
    problem: Problem, mentor: Ints, prices: Ints, request: Ints, target: Ints, may_idle: Flags, held: Flags
) -> tuple[Flags, Flags]:
    """Tell which tight edges are in some other best assignment, and which requests may end or start unmatched there.

    An arc is a junior who moves from one mentor to another; the last node stands for nobody, and for a place that
    breaks even and may be filled or left.
    """
    nobody = problem.scores.shape[1]
    source = np.where(mentor >= 0, mentor, nobody)
    used, cost = used_places(problem, mentor), problem.load * problem.spread_units
    fills = np.flatnonzero((used < problem.places) & (prices == cost + used * problem.spread_units))
    leaves = np.flatnonzero((used > 0) & (prices == cost + (used - 1) * problem.spread_units))
    goes = np.flatnonzero(may_idle & (mentor >= 0))
    moves = (target != mentor[request]) & ~held[request]
    tail = np.concatenate([source[request[moves]], fills, np.full(len(leaves), nobody), source[goes]])
    head = np.concatenate([target[moves], np.full(len(fills), nobody), leaves, np.full(len(goes), nobody)])
    graph = csr_array((np.ones(len(tail), dtype=np.int8), (tail, head)), shape=(nobody + 1, nobody + 1))
    _, label = connected_components(graph, directed=True, connection="strong")
    may_leave = np.zeros(len(mentor), dtype=np.bool_)
    may_leave[goes] = label[source[goes]] == label[nobody]
    return moves & (label[source[request]] == label[target]), may_leave


def _part(problem: Problem, prices: Ints, fixed: Ints, rows: Ints, request: Ints, target: Ints) -> Part:
    """Return the open choice as a part: places that earn must be filled, those that break even may, others may not.

    `fixed` (M,) counts the places that are not open. Worth and idle are still to be filled in.
    """
    mentors = problem.scores.shape[1]
    owner, place = problem.seats
    margin = prices[owner] - (problem.load[owner] + place) * problem.spread_units
    usable = (margin >= 0) & (place >= fixed[owner])
    places = np.bincount(owner[usable], minlength=mentors)
    must = np.int64(2 * _HASH) * (len(rows) + 1)
    cost = np.where(margin[usable] > 0, -must, 0)
    index = np.zeros(len(problem.scores.indptr) - 1, dtype=np.int64)
    index[rows] = np.arange(len(rows))
    start = np.concatenate([[0], np.cumsum(np.bincount(index[request], minlength=len(rows)))])
    return Part(start, target, np.zeros(len(target), dtype=np.int64), np.zeros(len(rows), dtype=np.int64), places, cost)


def _hash(seed: int, left: Ints, right: Ints) -> Ints:
    """Mix seed and keys into [0, 2^24) (splitmix64, Steele et al. 2014)."""
    start = np.uint64(int(seed) % 2**64)
    with np.errstate(over="ignore"):
        mixed: NDArray[np.uint64] = left.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + start
        for key in (right.astype(np.uint64), np.zeros(1, dtype=np.uint64)):
            mixed = mixed + key * np.uint64(0xD1B54A32D192ED03) + np.uint64(0x9E3779B97F4A7C15)
            mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            mixed = mixed ^ (mixed >> np.uint64(31))
    return (mixed >> np.uint64(40)).astype(np.int64)
