"""Verify a result against its problem, knowing nothing of how it was found."""

from __future__ import annotations

from collections import Counter

from mentorship.matching.problem import SCALE, Problem
from mentorship.matching.result import Result


def check(problem: Problem, result: Result) -> None:
    """Raise AssertionError, with a sentence, on any violated rule or when the bound does not prove the objective.

    Plain Python over the original scores: slower than the solver, and independent of it.
    """
    requests, mentors = problem.scores.shape
    score = _scores(problem)
    pairs = [(r, int(m)) for r, m in enumerate(result.mentor) if m != -1]
    _require(len(result.mentor) == requests, "mentor has one entry per request")
    _require(len(result.prices) == mentors, "prices has one entry per mentor")
    _require(all(0 <= m < mentors for _, m in pairs), "mentor names rows of the problem")
    _require(all(pair in score for pair in pairs), "every pair is eligible and at or above the floor")
    used = Counter(m for _, m in pairs)
    _require(all(n <= problem.capacity[m] for m, n in used.items()), "no mentor gets more than their free places")
    _require(all(result.mentor[r] == m for r, m in problem.locked), "every locked pair is kept")

    spread = round(problem.spread * SCALE)
    value = sum(score[pair] for pair in pairs)
    _require(result.matched == len(pairs), "matched counts the pairs")
    _require(abs(result.total - value / SCALE) < 0.5 / SCALE, "total is the sum of the scores")
    value -= sum(spread * (int(problem.load[m]) + k) for m, n in used.items() for k in range(n))
    if problem.unmatched == "last_resort":
        objective: tuple[int, ...] = (len(pairs), value)
    else:
        objective = (value - round(float(problem.unmatched) * SCALE) * (requests - len(pairs)),)
    _require(tuple(result.objective) == objective, f"objective is {objective}, not {result.objective}")
    _require(tuple(result.bound) == objective, f"bound is {result.bound}, not the objective {objective}")
    _require(_proved(problem, result, score, spread) == objective, "the prices prove the bound")


def _scores(problem: Problem) -> dict[tuple[int, int], int]:
    rows = problem.scores.tocoo()
    floor = round(problem.floor * SCALE)
    whole = {(int(r), int(m)): max(round(float(x) * SCALE), 1) for r, m, x in zip(*rows.coords, rows.data, strict=True)}
    return {pair: units for pair, units in whole.items() if units >= floor}


def _proved(problem: Problem, result: Result, score: dict[tuple[int, int], int], spread: int) -> tuple[int, ...]:
    """Return the bound that the prices prove: what all requests gain at most plus what all places earn at most."""
    bonus, held = problem.match_bonus, dict(problem.locked)
    price = [int(p) for p in result.prices]
    gain = [0] * problem.scores.shape[0]
    for (r, m), units in score.items():
        if r not in held:
            gain[r] = max(gain[r], units + bonus - price[m])
    for r, m in held.items():
        gain[r] = score[r, m] + bonus - price[m]
    wanted = Counter(m for _, m in score)
    earned = sum(
        max(0, price[m] - (int(problem.load[m]) + k) * spread)
        for m in wanted
        for k in range(min(int(problem.capacity[m]), wanted[m]))
    )
    worth = sum(gain) + earned
    if problem.unmatched == "last_resort":
        matches = min(len(gain), sum(min(int(problem.capacity[m]), n) for m, n in wanted.items()))
        fullest = [int(problem.load[m]) + min(int(problem.capacity[m]), n) for m, n in wanted.items()]
        dearest = spread * max(fullest, default=0)
        _require(bonus > 2 * matches * (SCALE + dearest), "one match outweighs every value")
        matched = (worth + bonus // 2) // bonus
        return matched, worth - matched * bonus
    return (worth - bonus * len(gain),)


def _require(holds: bool, rule: str) -> None:
    if not holds:
        raise AssertionError(f"this result breaks a rule: {rule}")
