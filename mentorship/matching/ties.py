"""Among all best assignments, the one that a seeded hash prefers: never the one that happened to be found first.

At competitive prices every best assignment uses only edges without loss. One is turned into another by cycles of moves
over such edges, so only moves inside a strongly connected part of that graph are open (the fine Dulmage-Mendelsohn
decomposition, 1958); all else is the same in every best assignment and is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from mentorship.matching.arrays import Flags, Ints, bounds, links
from mentorship.matching.assign import assign
from mentorship.matching.parts import NEVER, Part
from mentorship.matching.problem import Problem
from mentorship.matching.result import gains_at, used_places

_HASH = 2**24
Preference = Callable[[Part, Ints, Flags], None]
"""Fills in what each pair of a part is worth, and each idle request, of rows of which some may stay idle."""


@dataclass(frozen=True)
class _Choice:
    """What differs between best assignments: requests that are free (R,), over edges, and those who may stay idle."""

    free: Flags
    request: Ints
    target: Ints
    may_idle: Flags


def break_ties(problem: Problem, mentor: Ints, prices: Ints, seed: int, executor: Executor | None = None) -> Ints:
    """Return the best assignment that the hash of seed and keys prefers, from one best `mentor` and its prices (M,)."""
    assert problem.request_keys is not None and problem.mentor_keys is not None
    asking, guiding = problem.request_keys, problem.mentor_keys

    def prefer(part: Part, rows: Ints, may_idle: Flags) -> None:
        _prefer(part, seed, (asking[rows], guiding), may_idle)

    return _chosen(problem, mentor, prices, prefer, executor)


def nearest(problem: Problem, mentor: Ints, prices: Ints, was: Ints) -> Ints:
    """Return a best assignment in which the most requests are where they were (R,), -1 = nobody, -2 = not there."""

    def prefer(part: Part, rows: Ints, may_idle: Flags) -> None:
        before = was[rows]
        part.worth[:] = np.repeat(before, np.diff(part.start)) == part.mentor
        part.idle[:] = np.where(may_idle, before == -1, NEVER)

    return _chosen(problem, mentor, prices, prefer)


def _chosen(problem: Problem, mentor: Ints, prices: Ints, prefer: Preference, executor: Executor | None = None) -> Ints:
    """Return the best assignment that is preferred, from one best `mentor` and its prices."""
    choice = _choice(problem, mentor, prices)
    if not choice.free.any():
        return mentor
    rows = np.flatnonzero(choice.free)
    fixed = used_places(problem, np.where(choice.free, -1, mentor))
    part = _part(problem, prices, fixed, rows, choice)
    prefer(part, rows, choice.may_idle[rows])
    found = mentor.copy()
    found[rows] = assign(part, executor)
    return found


def _choice(problem: Problem, mentor: Ints, prices: Ints) -> _Choice:
    """Return what is open between `mentor` and every other best assignment."""
    edges, best, movable = problem.edges, gains_at(problem, prices), problem.lock < 0
    tight = problem.worth - prices[edges.mentor] == best[edges.request]
    request, target = edges.request[tight], edges.mentor[tight]
    goes = (best == 0) & movable & (mentor >= 0)
    within, leaves = _open(problem, mentor, prices, request, target, goes)
    free = leaves.copy()
    free[request[within]] = True
    kept = free[request] & (within | (target == mentor[request]))
    return _Choice(free, request[kept], target[kept], leaves | (mentor < 0))


def _open(
    problem: Problem, mentor: Ints, prices: Ints, request: Ints, target: Ints, goes: Flags
) -> tuple[Flags, Flags]:
    """Tell which tight edges are in some other best assignment, and which of those who may go end unmatched there.

    An arc is a junior who moves from one mentor to another; the last node stands for nobody, and for a place that
    breaks even and may be filled or left.
    """
    nobody = problem.scores.shape[1]
    source = np.where(mentor >= 0, mentor, nobody)
    fills, leaves = _breaking_even(problem, mentor, prices)
    moves = (target != mentor[request]) & (problem.lock < 0)[request]
    tail = np.concatenate([source[request[moves]], fills, np.full(len(leaves), nobody), source[goes]])
    head = np.concatenate([target[moves], np.full(len(fills), nobody), leaves, np.full(goes.sum(), nobody)])
    graph = links(tail, head, (nobody + 1, nobody + 1))
    _, label = connected_components(graph, directed=True, connection="strong")
    within = moves & (label[source[request]] == label[target])
    return within, goes & (label[source] == label[nobody])


def _breaking_even(problem: Problem, mentor: Ints, prices: Ints) -> tuple[Ints, Ints]:
    """Return whose next place may as well be filled, and whose last one may as well be left."""
    used, cost = used_places(problem, mentor), problem.load * problem.spread_units
    fills = (used < problem.places) & (prices == cost + used * problem.spread_units)
    leaves = (used > 0) & (prices == cost + (used - 1) * problem.spread_units)
    return np.flatnonzero(fills), np.flatnonzero(leaves)


def _part(problem: Problem, prices: Ints, fixed: Ints, rows: Ints, choice: _Choice) -> Part:
    """Return the open choice as a part: places that earn must be filled, those that break even may, others may not.

    `fixed` (M,) counts the places that are not open. Worth and idle are still to be filled in.
    """
    requests, mentors = problem.scores.shape
    owner, place = problem.seats
    margin = prices[owner] - (problem.load[owner] + place) * problem.spread_units
    usable = (margin >= 0) & (place >= fixed[owner])
    must = np.int64(2 * _HASH) * (len(rows) + 1)
    return Part(
        start=bounds(np.bincount(choice.request, minlength=requests)[rows]),
        mentor=choice.target,
        worth=np.zeros(len(choice.target), dtype=np.int64),
        idle=np.zeros(len(rows), dtype=np.int64),
        places=np.bincount(owner[usable], minlength=mentors),
        cost=np.where(margin[usable] > 0, -must, 0),
    )


def _prefer(part: Part, seed: int, keys: tuple[Ints, Ints], may_idle: Flags) -> None:
    """Fill in what each pair and each idle request is worth to the hash, from the keys of rows and mentors."""
    asks = np.repeat(keys[0], np.diff(part.start))
    part.worth[:] = _hash(seed, asks, keys[1][part.mentor])
    nobody = np.full(len(keys[0]), -1)
    part.idle[:] = np.where(may_idle, _hash(seed, keys[0], nobody), NEVER)


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
