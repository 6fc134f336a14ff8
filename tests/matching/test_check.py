"""`check` refuses every kind of tampering."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from mentorship.matching import CheckFailed, check, solve
from tests.matching import reference
from tests.matching.builders import problem_of, small_rounds


def told(problem, parts, result, mentor):
    """Report another assignment as if it were the best one, all figures in accord."""
    loose = (parts[0], [10**6] * len(parts[1]), *parts[2:6], ())
    pairs = [(r, int(m)) for r, m in enumerate(mentor) if m >= 0]
    if not all(pair in parts[0] and parts[0][pair] >= parts[3] for pair in pairs):
        honest = result.objective
    else:
        honest = reference.objective(loose, [int(m) for m in mentor])
    total = sum(parts[0].get(pair, 0) for pair in pairs) / 1e6
    return replace(result, mentor=mentor, objective=honest, bound=honest, matched=len(pairs), total=total)


def moved(result, r, m):
    mentor = result.mentor.copy()
    mentor[r] = m
    return mentor


def leave_one_out(rng, problem, parts, result):
    free = [r for r in np.flatnonzero(result.mentor >= 0) if r not in dict(parts[6])]
    without = told(problem, parts, result, moved(result, rng.choice(free), -1)) if free else result
    return without if without.objective != result.objective else None  # breaking even, either is a best answer


def worse_assignment(rng, problem, parts, result):
    requests, mentors = problem.scores.shape
    for _ in range(20):
        mentor = rng.integers(-1, mentors, requests)
        value = reference.objective(parts, [int(m) for m in mentor])
        if value is not None and value < result.objective:
            return told(problem, parts, result, mentor)
    return None


def ineligible_pair(rng, problem, parts, result):
    absent = [
        (r, m)
        for r in range(problem.scores.shape[0])
        for m in range(problem.scores.shape[1])
        if parts[0].get((r, m), -1) < parts[3]
    ]
    return told(problem, parts, result, moved(result, *absent[rng.integers(len(absent))])) if absent else None


def one_junior_too_many(rng, problem, parts, result):
    used = Counter(result.mentor.tolist())
    over = [
        (r, m)
        for (r, m), score in parts[0].items()
        if score >= parts[3] and used[m] == parts[1][m] and result.mentor[r] != m and r not in dict(parts[6])
    ]
    return told(problem, parts, result, moved(result, *over[rng.integers(len(over))])) if over else None


def lock_ignored(rng, problem, parts, result):
    return told(problem, parts, result, moved(result, parts[6][0][0], -1)) if parts[6] else None


def no_such_mentor(rng, problem, parts, result):
    if not len(result.mentor):
        return None
    return replace(result, mentor=moved(result, 0, int(rng.choice([-2, problem.scores.shape[1]]))))


def entry_missing(rng, problem, parts, result):
    return replace(result, mentor=result.mentor[:-1]) if len(result.mentor) else None


def entry_added(rng, problem, parts, result):
    return replace(result, mentor=np.append(result.mentor, -1))


def off_by_one(*fields):
    def tamper(rng, problem, parts, result):
        step = int(rng.choice([-1, 1]))
        return replace(result, **{f: (*getattr(result, f)[:-1], getattr(result, f)[-1] + step) for f in fields})

    return tamper


def matched_off(rng, problem, parts, result):
    return replace(result, matched=result.matched + 1)


def match_claimed(rng, problem, parts, result):
    if len(result.objective) == 1:
        return None
    claim = result.objective[0] + 1, result.objective[1]
    return replace(result, objective=claim, bound=claim)


def total_off(rng, problem, parts, result):
    return replace(result, total=result.total + float(rng.choice([-1e-6, 1e-6, np.nan])))


def price_too_high(rng, problem, parts, result):
    fit = np.array([m for m in np.flatnonzero(problem.places) if m not in dict(parts[6]).values()], dtype=int)
    prices = result.prices.copy()
    prices[fit[:1]] += 10**9 + 4 * problem.match_bonus + prices.max(initial=0)
    return replace(result, prices=prices) if len(fit) else None


def price_too_low(rng, problem, parts, result):
    fit = np.flatnonzero(result.prices > 0)
    prices = result.prices.copy()
    prices[fit[:1]] -= 1
    return replace(result, prices=prices) if len(fit) else None


def price_missing(rng, problem, parts, result):
    return replace(result, prices=result.prices[:-1]) if len(result.prices) else None


def price_added(rng, problem, parts, result):
    return replace(result, prices=np.append(result.prices, 0))


@pytest.mark.parametrize(
    ("tamper", "rule"),
    [
        pytest.param(leave_one_out, "prove", id="a pair left out"),
        pytest.param(worse_assignment, "prove", id="a worse assignment"),
        pytest.param(ineligible_pair, "eligible|locked", id="a pair that is not eligible"),
        pytest.param(one_junior_too_many, "places", id="one junior too many"),
        pytest.param(lock_ignored, "locked", id="a lock ignored"),
        pytest.param(no_such_mentor, "rows", id="a mentor who does not exist"),
        pytest.param(entry_missing, "one entry per request", id="a request missing"),
        pytest.param(entry_added, "one entry per request", id="a request added"),
        pytest.param(off_by_one("objective"), "objective is", id="the objective off by a millionth"),
        pytest.param(off_by_one("bound"), "bound is", id="the bound off by a millionth"),
        pytest.param(off_by_one("objective", "bound"), "objective is", id="both off by a millionth"),
        pytest.param(match_claimed, "objective is", id="a match claimed"),
        pytest.param(matched_off, "matched", id="matched off by one"),
        pytest.param(total_off, "total", id="the total off by a millionth"),
        pytest.param(price_too_high, "prove", id="a price too high"),
        pytest.param(price_too_low, "prove", id="a price under the smallest"),
        pytest.param(price_missing, "one entry per mentor", id="a price missing"),
        pytest.param(price_added, "one entry per mentor", id="a price added"),
    ],
)
def test_check_refuses(tamper, rule):
    rng = np.random.default_rng(7)
    tried = 0
    for parts, requests in small_rounds(200, 160):
        problem = problem_of(parts, (requests, len(parts[1])))
        result = tamper(rng, problem, parts, solve(problem))
        if result is not None:
            tried += 1
            with pytest.raises(CheckFailed, match=rule):
                check(problem, result)
    assert tried > 15


@pytest.mark.parametrize("seed", range(4))
def test_a_forged_gain_or_loss_is_found(seed):
    rng, forged = np.random.default_rng(70 + seed), 0
    for parts, requests in small_rounds(seed + 50, 100):
        problem = problem_of(parts, (requests, len(parts[1])), priority=rng.choice([0, 0.1], requests))
        result = solve(problem)
        check(problem, result)
        if not len(result.prices):
            continue
        for name in ("place_gain", "place_loss"):
            told = getattr(result, name).copy()
            at = int(rng.integers(len(told)))
            told[at, -1] = 0.5 if np.isnan(told[at, -1]) else told[at, -1] + float(rng.choice([-1e-6, 1e-6, 1]))
            with pytest.raises(CheckFailed, match=name):
                check(problem, replace(result, **{name: told}))
            forged += 1
    assert forged > 100


def test_a_match_that_does_not_outweigh_every_value_is_refused():
    """Then the figures prove nothing: more score might have been chosen over a mentor for one more."""
    refused = 0
    for parts, requests in small_rounds(31, 60):
        problem = problem_of(parts, (requests, len(parts[1])))
        result = solve(problem)
        if problem.unmatched == "last_resort" and result.matched > 1:
            check(problem, result)
            vars(problem)["match_bonus"] = 10**6
            with pytest.raises(CheckFailed, match="outweighs every value"):
                check(problem, result)
            refused += 1
    assert refused > 5
