"""The exact round: the best assignment, its proof by prices, ties by a seeded hash, what a place is worth."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Executor
from typing import TypeVar

import numpy as np

from mentorship.matching.arrays import Ints, bounds
from mentorship.matching.assign import assign
from mentorship.matching.parts import NEVER, Part
from mentorship.matching.prices import place_gain, place_loss, smallest_prices
from mentorship.matching.problem import SCALE, Problem
from mentorship.matching.result import Result, bound_of, objective_of, own_scores
from mentorship.matching.ties import break_ties

Progress = Callable[[str, float], None]
STAGES = ("assign", "prove", "ties", "places")
T = TypeVar("T")


def solve(
    problem: Problem, seed: int = 0, executor: Executor | None = None, progress: Progress | None = None
) -> Result:
    """Return the best assignment of `problem` with its proof; the same problem and seed give the same pairs.

    Parameters
    ----------
    problem : Problem
    seed : int
        Decides between equally good assignments, by a hash of seed and the pair's keys.
    executor : concurrent.futures.Executor, optional
        Solves parts that no eligible pair joins at the same time; a pool of processes, or another's such as Dask's.
    progress : callable, optional
        Called with a stage of `STAGES` and its share done in [0, 1].

    Raises
    ------
    RuntimeError
        If the proof fails, which would be a fault in this module.
    ValueError
        If the seed is no whole number.
    """
    if isinstance(seed, bool) or not hasattr(seed, "__index__"):
        raise ValueError(f"seed must be a whole number, not {seed!r}")
    told = progress or (lambda stage, share: None)
    timed = Stages(told)
    found = timed("assign", lambda: assign(whole(problem), executor, lambda share: told("assign", share)))
    prices = timed("prove", lambda: smallest_prices(problem, found))
    mentor = timed("ties", lambda: break_ties(problem, found, prices, seed, executor))
    return proven(problem, mentor, timed, prices)


def proven(problem: Problem, mentor: Ints, timed: Stages, prices: Ints | None = None) -> Result:
    """Return the result of a best assignment, with its smallest prices as proof; they are found where not given.

    Raises
    ------
    RuntimeError
        If they do not prove it.
    """
    smallest = timed("prove", lambda: smallest_prices(problem, mentor)) if prices is None else prices
    score, matched = int(own_scores(problem, mentor).sum()), int(np.count_nonzero(mentor >= 0))
    objective = objective_of(problem, mentor)
    bound = bound_of(problem, smallest)
    if bound != objective:
        raise RuntimeError(f"the bound {bound} does not prove the objective {objective}")
    gain, loss = timed("places", lambda: (place_gain(problem, smallest), place_loss(problem, mentor)))
    return Result(mentor, objective, bound, smallest, gain, loss, matched, score / SCALE, "optimal", timed.seconds)


class Stages:
    """Carries out each stage, tells that it begins and ends, and keeps how long it took."""

    def __init__(self, told: Progress) -> None:
        self._told = told
        self.seconds: dict[str, float] = {}

    def __call__(self, stage: str, work: Callable[[], T]) -> T:
        """Return what the work of a stage comes to."""
        self._told(stage, 0.0)
        began = time.perf_counter()
        outcome = work()
        self.seconds[stage] = time.perf_counter() - began
        self._told(stage, 1.0)
        return outcome


def whole(problem: Problem) -> Part:
    """Return the round as one part: a locked request keeps only its own edge, and may not stay unmatched."""
    edges, requests = problem.edges, problem.scores.shape[0]
    kept = problem.open_edges if problem.locked else slice(None)
    idle = np.where(problem.lock >= 0, NEVER, 0)
    owner, place = problem.seats
    start = bounds(np.bincount(edges.request[kept], minlength=requests))
    cost = (problem.load[owner] + place) * problem.spread_units
    return Part(
        start,
        edges.mentor[kept],
        problem.worth[kept],
        idle,
        problem.places,
        cost,
        bonus=problem.match_bonus if problem.unmatched == "last_resort" else 0,
    )
