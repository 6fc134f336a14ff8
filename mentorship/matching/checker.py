"""Verify a result against its problem, knowing nothing of how it was found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mentorship.matching.arrays import Flags, Floats, Ints
from mentorship.matching.checked_places import Standing, place_worth
from mentorship.matching.problem import SCALE, Problem
from mentorship.matching.result import Result


@dataclass(frozen=True)
class _Pairs:
    """Every pair that may be made, from the original scores: rows, columns, and what each scores in millionths.

    `worth` is the score with what its request has waited.
    """

    row: Ints
    column: Ints
    units: Ints
    worth: Ints


class CheckFailed(Exception):
    """A result breaks a rule of its problem; the sentence says which."""


def check(problem: Problem, result: Result) -> None:
    """Raise `CheckFailed`, with a sentence, on any violated rule or when the bound does not prove the objective.

    Everything is counted again from the scores as given; nothing of the solver is used.
    """
    requests, mentors = problem.scores.shape
    mentor, prices = np.asarray(result.mentor), np.asarray(result.prices)
    _require(mentor.shape == (requests,), "mentor has one entry per request")
    _require(prices.shape == (mentors,), "prices has one entry per mentor")
    _require(bool(np.all((mentor >= -1) & (mentor < mentors))), "mentor names rows of the problem")
    pairs = _pairs(problem)
    taken = mentor[pairs.row] == pairs.column
    used = np.zeros(mentors, dtype=np.int64)
    np.add.at(used, mentor[mentor >= 0], 1)
    _check_pairs(problem, mentor, taken, used)
    _check_figures(problem, result, used, pairs, taken)
    _require(_proved(problem, pairs, prices) == tuple(result.objective), "the prices prove the bound")
    _check_places(problem, result, pairs)


def _check_pairs(problem: Problem, mentor: Ints, taken: Flags, used: Ints) -> None:
    """Hold the pairs against the rules; `taken` tells which of those that may be made are, `used` (M,) counts them."""
    matched = int(np.count_nonzero(mentor >= 0))
    _require(int(taken.sum()) == matched, "every pair is eligible and at or above the floor")
    _require(bool(np.all(used <= problem.capacity)), "no mentor gets more than their free places")
    _require(all(mentor[r] == m for r, m in problem.locked), "every locked pair is kept")


def _check_figures(problem: Problem, result: Result, used: Ints, pairs: _Pairs, taken: Flags) -> None:
    """Hold the figures of a result against its pairs: those that are `taken`."""
    matched = int(used.sum())
    score = int(pairs.units[taken].sum())
    worth = int(pairs.worth[taken].sum())
    _require(result.matched == matched, "matched counts the pairs")
    _require(abs(result.total - score / SCALE) < 0.5 / SCALE, "total is the sum of the scores")
    value = worth - _spread_cost(problem, used)
    if problem.unmatched == "last_resort":
        objective: tuple[int, ...] = (matched, value)
    else:
        idle = problem.scores.shape[0] - matched
        objective = (value - round(float(problem.unmatched) * SCALE) * idle,)
    _require(tuple(result.objective) == objective, f"objective is {objective}, not {result.objective}")
    _require(tuple(result.bound) == objective, f"bound is {result.bound}, not the objective {objective}")


def _check_places(problem: Problem, result: Result, pairs: _Pairs) -> None:
    """Hold what a place more or fewer is said to be worth against what follows from pairs and prices."""
    lock = _lock(problem)
    open_to = (lock[pairs.row] < 0) | (lock[pairs.row] == pairs.column)
    standing = Standing(
        mentor=np.asarray(result.mentor),
        prices=np.asarray(result.prices),
        request=pairs.row[open_to],
        target=pairs.column[open_to],
        worth=pairs.worth[open_to] + problem.match_bonus,
        cost=problem.load * _spread(problem),
        unit=_spread(problem),
        capacity=problem.capacity,
        locked=lock >= 0,
    )
    gain, loss = place_worth(standing)
    held = np.bincount(lock[lock >= 0], minlength=len(gain))
    loss[(held == problem.capacity) & (held > 0)] = np.nan
    _require(_same(problem, result.place_gain, gain), "place_gain is what one more place would bring")
    _require(_same(problem, result.place_loss, loss), "place_loss is what one place fewer would cost")


def _same(problem: Problem, told: Floats, worth: Floats) -> bool:
    """Tell whether figures in requests and score, (M, 2) or (M, 1), say what is worth so many millionths (M,)."""
    wanted = worth[:, None] / SCALE
    if problem.unmatched == "last_resort":
        bonus = max(problem.match_bonus, 1)
        matched = np.floor((worth + bonus // 2) / bonus)
        wanted = np.column_stack([matched, (worth - matched * bonus) / SCALE])
    told = np.asarray(told)
    return told.shape == wanted.shape and np.allclose(told, wanted, rtol=0, atol=0.1 / SCALE, equal_nan=True)


def _pairs(problem: Problem) -> _Pairs:
    scores = problem.scores.tocoo()
    row, column = (np.asarray(x, dtype=np.int64) for x in scores.coords)
    units = np.maximum(np.rint(scores.data * SCALE), 1).astype(np.int64)
    kept = units >= round(problem.floor * SCALE)
    row, column, units = row[kept], column[kept], units[kept]
    return _Pairs(row, column, units, units + _waiting(problem)[row])


def _waiting(problem: Problem) -> Ints:
    """Return what matching each request is worth besides its score, in millionths."""
    assert problem.priority is not None, "a problem fills it in"
    return np.rint(problem.priority * SCALE).astype(np.int64)


def _lock(problem: Problem) -> Ints:
    """Return the mentor each request is locked to, -1 = none."""
    lock = np.full(problem.scores.shape[0], -1, dtype=np.int64)
    for r, m in problem.locked:
        lock[r] = m
    return lock


def _spread(problem: Problem) -> int:
    return round(problem.spread * SCALE)


def _spread_cost(problem: Problem, used: Ints) -> int:
    """Return what the k-th junior in all costs, (k - 1) spread, over everybody who gets some."""
    spread = _spread(problem)
    some = np.flatnonzero(used)
    each = zip(problem.load[some].tolist(), used[some].tolist(), strict=True)
    return sum(spread * (load + k) for load, count in each for k in range(count))


def _proved(problem: Problem, pairs: _Pairs, prices: Ints) -> tuple[int, ...]:
    """Return the bound that the prices prove: what all requests gain at most plus what all places earn at most."""
    bonus, requests = problem.match_bonus, problem.scores.shape[0]
    wanted = np.bincount(pairs.column, minlength=len(prices))
    places = np.minimum(problem.capacity, wanted)
    worth = _gained(problem, pairs, prices) + _earned(problem, places, prices)
    if problem.unmatched != "last_resort":
        return (worth - bonus * requests,)
    matches = min(requests, int(places.sum()))
    dearest = _spread(problem) * int((problem.load + places)[wanted > 0].max(initial=0))
    most = SCALE + int(_waiting(problem).max(initial=0))
    _require(bonus > 2 * matches * (most + dearest), "one match outweighs every value")
    matched = (worth + bonus // 2) // bonus
    return matched, worth - matched * bonus


def _gained(problem: Problem, pairs: _Pairs, prices: Ints) -> int:
    """Return what all requests gain at most: of a locked one its own pair, of others their best, or nothing."""
    lock = _lock(problem)
    gain = np.where(lock >= 0, np.iinfo(np.int64).min, 0)
    own = (lock[pairs.row] < 0) | (lock[pairs.row] == pairs.column)
    net = pairs.worth + problem.match_bonus - prices[pairs.column]
    np.maximum.at(gain, pairs.row[own], net[own])
    return int(gain.sum())


def _earned(problem: Problem, places: Ints, prices: Ints) -> int:
    """Return what all places earn at most: each its price less what it costs, or nothing."""
    spread, earned = _spread(problem), 0
    for m in np.flatnonzero((places > 0) & (prices > problem.load * spread)).tolist():
        price, load = int(prices[m]), int(problem.load[m])
        earned += sum(max(0, price - (load + k) * spread) for k in range(int(places[m])))
    return earned


def _require(holds: bool, rule: str) -> None:
    if not holds:
        raise CheckFailed(f"this result breaks a rule: {rule}")
