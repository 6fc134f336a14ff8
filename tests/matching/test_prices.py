"""What one place more or fewer is worth, against solving again."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from mentorship.matching import Problem, Result, check, prices, solve

MODES = ("last_resort", 0.0, 0.2, 1.5)


def random_problem(rng: np.random.Generator, number: int) -> Problem:
    requests, mentors = rng.integers(0, 9), rng.integers(1, 6)
    grid = rng.integers(1, 8, (requests, mentors)) / 10 * (rng.random((requests, mentors)) < 0.55)
    terms = {"spread": float(rng.choice([0.0, 0.02, 0.3])), "unmatched": MODES[number % len(MODES)]}
    capacity, load = rng.integers(0, 4, mentors), rng.integers(0, 3, mentors)
    problem = Problem(csr_array(grid), capacity, load, **terms)
    edges, locks, room = problem.edges, [], capacity.copy()
    for edge in rng.permutation(len(edges.request))[: rng.integers(0, 3)]:
        r, m = int(edges.request[edge]), int(edges.mentor[edge])
        if room[m] and r not in {x for x, _ in locks}:
            locks.append((r, m))
            room[m] -= 1
    return Problem(csr_array(grid), capacity, load, locked=locks, **terms)


def _again(problem: Problem, mentor: int, change: int) -> Result:
    capacity = problem.capacity.copy()
    capacity[mentor] += change
    return solve(
        Problem(
            problem.scores,
            capacity,
            problem.load,
            spread=problem.spread,
            unmatched=problem.unmatched,
            locked=problem.locked,
        )
    )


def difference(high: Result, low: Result) -> list[float]:
    parts = [a - b for a, b in zip(high.objective, low.objective, strict=True)]
    return [*map(float, parts[:-1]), parts[-1] / 1e6]


@pytest.mark.parametrize("block", range(4))
def test_gain_and_loss_equal_solving_again(block):
    rng = np.random.default_rng(block)
    for number in range(300):
        problem = random_problem(rng, number)
        result = solve(problem)
        held = [m for _, m in problem.locked]
        for m in range(len(problem.capacity)):
            gain = difference(_again(problem, m, +1), result)
            assert result.place_gain[m] == pytest.approx(gain, abs=1e-9), (number, m)
            if problem.capacity[m] == 0:
                assert not result.place_loss[m].any()
            elif held.count(m) == problem.capacity[m]:
                assert np.isnan(result.place_loss[m]).all()
            else:
                loss = difference(result, _again(problem, m, -1))
                assert result.place_loss[m] == pytest.approx(loss, abs=1e-9), (number, m)


def test_a_chain_takes_as_many_looks_as_it_is_long(monkeypatch):
    """Each request would rather have the next mentor: prices fall along all of it, and no arc is looked at in vain."""
    long = 3000
    rows, columns = np.repeat(np.arange(long), 2), np.stack([np.arange(long), np.arange(long) + 1], 1).ravel()
    grid = csr_array((np.tile([0.5, 0.500001], long), (rows, columns)), shape=(long, long + 1))
    problem, looks = Problem(grid, 1), []
    onwards = prices._onwards

    def counted(arcs, now, fell):
        found = onwards(arcs, now, fell)
        looks.append(len(found[0]))
        return found

    monkeypatch.setattr(prices, "_onwards", counted)
    check(problem, solve(problem))
    assert 0 < sum(looks) < 12 * long


@pytest.mark.parametrize("likely", [2, 10, 1000])
def test_prices_support_the_best_assignment_and_no_other(monkeypatch, likely):
    """However many of the steps settle first, prices are the same; two who would both rather swap have none."""
    rng = np.random.default_rng(likely)
    grid = rng.integers(1, 1000, (40, 12)) / 1000
    grid[:, :2], grid[:2], grid[0, 0], grid[1, 1] = 0.002, 0.001, 1.0, 1.0
    problem = Problem(csr_array(grid), 3)
    result = solve(problem)
    monkeypatch.setattr(prices, "LIKELY", likely)
    assert np.array_equal(prices.smallest_prices(problem, result.mentor), result.prices)
    swapped = result.mentor.copy()
    swapped[:2] = [1, 0]
    assert result.mentor[:2].tolist() == [0, 1]
    for found in (prices.smallest_prices, prices.largest_prices):
        with pytest.raises(RuntimeError, match="no prices support"):
            found(problem, swapped)
