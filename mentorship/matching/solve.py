"""The exact round: SciPy's sparse assignment over places, a proof by prices, ties by a seeded hash."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from mentorship.matching.prices import place_gain, place_loss, smallest_prices
from mentorship.matching.problem import SCALE, Edges, Ints, Problem
from mentorship.matching.result import Result, bound_of, objective_of, spread_cost, used_places

Progress = Callable[[str, float], None]
STAGES = ("assign", "prove", "ties")
_HASH = 2**24


def solve(problem: Problem, seed: int = 0, progress: Progress | None = None) -> Result:
    """Return the best assignment of `problem` with its proof; the same problem and seed give the same pairs.

    Parameters
    ----------
    problem : Problem
    seed : int
        Decides between equally good assignments, by a hash of seed and the pair's keys.
    progress : callable, optional
        Called with a stage of `STAGES` and its share done in [0, 1].

    Raises
    ------
    RuntimeError
        If the proof fails, which would be a fault in this module.
    """
    timings: dict[str, float] = {}
    told = progress or (lambda stage, share: None)

    def timed(stage: str, work: Callable[[], Ints]) -> Ints:
        told(stage, 0.0)
        began = time.perf_counter()
        outcome = work()
        timings[stage] = time.perf_counter() - began
        told(stage, 1.0)
        return outcome

    mentor = timed("assign", lambda: _assign(problem, _worth(problem)))
    prices = timed("prove", lambda: smallest_prices(problem, mentor))
    mentor = timed("ties", lambda: _break_ties(problem, prices, seed))

    edges = problem.edges
    chosen = mentor[edges.request] == edges.mentor
    score, matched = int(edges.score[chosen].sum()), int(np.count_nonzero(mentor >= 0))
    objective = objective_of(problem, matched, score, spread_cost(problem, used_places(problem, mentor)))
    bound = bound_of(problem, prices)
    if bound != objective:
        raise RuntimeError(f"the bound {bound} does not prove the objective {objective}")
    gain, loss = place_gain(problem, prices), place_loss(problem, mentor)
    return Result(mentor, objective, bound, prices, gain, loss, matched, score / SCALE, "optimal", timings)


class _Worth:
    """Edges from requests to single places, and what each is worth; `idle` is the worth of staying unmatched."""

    def __init__(self, edges: Edges, copies: Ints, first: Ints, worth: Ints, place: Ints, idle: Ints) -> None:
        self.request = np.repeat(edges.request, copies)
        self.mentor = np.repeat(edges.mentor, copies)
        self.first, self.worth, self.place, self.idle = first, worth, place, idle


def _expand(problem: Problem, edges: Edges, base: Ints, idle: Ints, per_place: Callable[[Ints, Ints], Ints]) -> _Worth:
    """Repeat each edge for every place of its mentor; `per_place(mentor, k)` is what the k-th place adds."""
    copies = problem.places[edges.mentor]
    starts = np.cumsum(copies) - copies
    k = np.arange(int(copies.sum())) - np.repeat(starts, copies)
    first = np.cumsum(problem.places) - problem.places
    mentor = np.repeat(edges.mentor, copies)
    worth = np.repeat(base, copies) + per_place(mentor, k)
    return _Worth(edges, copies, first, worth, first[mentor] + k, idle)


def _worth(problem: Problem) -> _Worth:
    edges = problem.edges
    return _expand(
        problem,
        edges,
        edges.score + problem.match_bonus,
        np.zeros(problem.scores.shape[0], dtype=np.int64),
        lambda mentor, k: -(problem.load[mentor] + k) * problem.spread_units,
    )


def _assign(problem: Problem, worth: _Worth) -> Ints:
    """Give every request a place or its own idle column, at the highest total worth."""
    requests, places = problem.scores.shape[0], int(problem.places.sum())
    mentor = np.full(requests, -1, dtype=np.int64)
    if not requests or not len(worth.request):
        return mentor
    held = np.full(requests, -1, dtype=np.int64)
    for r, m in problem.locked:
        held[r] = m
    allowed = (held[worth.request] < 0) | (held[worth.request] == worth.mentor)
    free = np.flatnonzero(held < 0)
    row = np.concatenate([worth.request[allowed], free])
    column = np.concatenate([worth.place[allowed], places + free])
    weight = np.concatenate([worth.worth[allowed], worth.idle[free]])
    weight = weight - weight.min() + 1  # every row uses one edge, so a shift changes nothing; SciPy wants no zeros
    graph = csr_array((weight.astype(np.float64), (row, column)), shape=(requests, places + requests))
    rows, columns = min_weight_full_bipartite_matching(graph, maximize=True)
    owner = np.repeat(np.arange(len(problem.places)), problem.places)
    real = columns < places
    mentor[rows[real]] = owner[columns[real]]
    return mentor


def _break_ties(problem: Problem, prices: Ints, seed: int) -> Ints:
    """Among all best assignments (those on edges without loss at `prices`) take the one the seeded hash prefers."""
    edges, bonus = problem.edges, problem.match_bonus
    net = edges.score + bonus - prices[edges.mentor]
    best = np.zeros(problem.scores.shape[0], dtype=np.int64)
    np.maximum.at(best, edges.request, net)
    for r, m in problem.locked:
        best[r] = net[(edges.request == r) & (edges.mentor == m)][0]
    tight = net == best[edges.request]
    kept = Edges(edges.request[tight], edges.mentor[tight], edges.score[tight])
    assert problem.request_keys is not None and problem.mentor_keys is not None
    liking = _hash(seed, problem.request_keys[kept.request], problem.mentor_keys[kept.mentor])
    must = np.int64(_HASH) * (len(best) + 1)
    unit = problem.spread_units
    # a place that earns, and a request that gains, is in every best assignment
    # a place that only breaks even may stay free; one above its price is in no best assignment
    worth = _expand(
        problem,
        kept,
        liking,
        np.where(best > 0, -must * 4, _hash(seed, problem.request_keys, np.full(len(best), -1))),
        lambda mentor, k: np.sign(prices[mentor] - (problem.load[mentor] + k) * unit) * must * np.int64(2),
    )
    return _assign(problem, worth)


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
