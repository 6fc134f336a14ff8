"""The exact round against every assignment, its ties, and what must hold of any round."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from mentorship.matching import STAGES, Problem, check, solve
from tests.matching import reference
from tests.matching.builders import problem_of, random_parts, small_rounds

SEEDS = [*range(8)]
PER_SEED = 400


@pytest.mark.parametrize("seed", SEEDS)
def test_small_rounds_against_every_assignment(seed):
    for parts, requests in small_rounds(seed, PER_SEED):
        problem = problem_of(parts, (requests, len(parts[1])))
        top, winners = reference.best(parts, requests)
        result = solve(problem, seed)
        assert result.objective == result.bound == top, parts
        assert any(np.array_equal(result.mentor, winner) for winner in winners), parts
        assert result.matched == np.count_nonzero(result.mentor >= 0)
        check(problem, result)
        for winner in winners[:5]:  # the same prices prove every other best assignment
            total = sum(parts[0][r, int(m)] for r, m in enumerate(winner) if m >= 0) / 1e6
            check(problem, replace(result, mentor=winner, matched=int((winner >= 0).sum()), total=total))


@pytest.mark.parametrize("seed", SEEDS[:4])
def test_a_price_is_what_one_more_place_brings(seed):
    """Take the price of a full mentor, less what that place costs, and nothing less."""
    seen = 0
    for parts, requests in small_rounds(100 + seed, 120):
        scores, capacity, load, floor, spread, unmatched, locked = parts
        problem = problem_of(parts, (requests, len(capacity)))
        result, bonus = solve(problem), problem.match_bonus
        for m in range(len(capacity)):
            if capacity[m] >= sum(at[1] == m and score >= floor for at, score in scores.items()):
                continue
            more = [n + (at == m) for at, n in enumerate(capacity)]
            top, _ = reference.best((scores, more, load, floor, spread, unmatched, locked), requests)
            gain = max(0, int(result.prices[m]) - (load[m] + capacity[m]) * spread)
            if unmatched is None:
                assert (top[0] - result.objective[0]) * bonus + top[1] - result.objective[1] == gain, parts
            else:
                assert top[0] - result.objective[0] == gain, parts
            seen += gain > 0
    assert seen > 20


def test_progress_walks_through_the_stages():
    seen = []
    result = solve(Problem(csr_array([[0.5]]), 1), progress=lambda stage, share: seen.append((stage, share)))
    assert seen == [(stage, share) for stage in STAGES for share in (0.0, 1.0)]
    assert set(result.timings) == set(STAGES)


# --- ties ---


def shuffled(rng, parts, shape, keys):
    """The same round with its rows in another order: the problem and how to read its answer by key."""
    scores, capacity, load, floor, spread, unmatched, locked = parts
    row, column = rng.permutation(shape[0]), rng.permutation(shape[1])
    old_row, old_column = np.argsort(row), np.argsort(column)
    mixed = [((int(row[r]), int(column[m])), s) for (r, m), s in scores.items()]
    rng.shuffle(mixed)
    other = (
        dict(mixed),
        [capacity[m] for m in old_column],
        [load[m] for m in old_column],
        floor,
        spread,
        unmatched,
        [(int(row[r]), int(column[m])) for r, m in locked],
    )
    return problem_of(other, shape, request_keys=keys[0][old_row], mentor_keys=keys[1][old_column])


def by_key(problem, mentor):
    return {int(problem.request_keys[r]): int(problem.mentor_keys[m]) if m >= 0 else None for r, m in enumerate(mentor)}


@pytest.mark.parametrize("size", [(5, 3, 60), (40, 15, 15), (250, 90, 3)])
def test_row_order_decides_nothing(size):
    rng = np.random.default_rng(9)
    for seed in range(size[2]):
        parts, shape = random_parts(rng, size[0], size[1], ties=True), size[:2]
        keys = rng.choice(10**6, shape[0], replace=False), rng.choice(10**6, shape[1], replace=False)
        first = problem_of(parts, shape, request_keys=keys[0], mentor_keys=keys[1])
        other = shuffled(rng, parts, shape, keys)
        assert by_key(first, solve(first, seed).mentor) == by_key(other, solve(other, seed).mentor)


def test_the_seed_decides_between_equals():
    """Two who want the one place, and one who can go to either of two: about even over many seeds."""
    rivals = Problem(csr_array([[0.5], [0.5]]), 1)
    choice = Problem(csr_array([[0.5, 0.5]]), 1)
    crossed = Problem(csr_array([[0.5, 0.25], [0.5, 0.25]]), 1)
    for problem in (rivals, choice, crossed):
        first = sum(int(solve(problem, seed).mentor[0] == 0) for seed in range(300))
        assert 110 < first < 190


def test_the_keys_decide_between_equals():
    answers = set()
    for key in range(40):
        problem = Problem(csr_array([[0.5], [0.5]]), 1, request_keys=np.array([key, 1000]))
        answers.add(tuple(solve(problem, 5).mentor.tolist()))
    assert answers == {(0, -1), (-1, 0)}


def test_a_tie_reaches_every_best_assignment():
    """Breaking even counts too: a place that costs exactly what it brings may be used or stay free."""
    for parts in (
        ({(0, 0): 500_000, (1, 0): 500_000, (1, 1): 500_000}, [1, 1], [0, 0], 0, 0, None, ()),
        ({(0, 0): 500_000, (1, 0): 500_000}, [2], [0], 0, 500_000, 0, ()),
        ({(0, 0): 500_000, (0, 1): 500_000, (1, 1): 500_000}, [1, 2], [1, 0], 0, 250_000, None, ()),
        ({(r, m): 250_000 for r in range(3) for m in range(3)}, [1, 1, 1], [0, 0, 0], 0, 0, None, ()),
    ):
        requests = 1 + max(r for r, _ in parts[0])
        problem = problem_of(parts, (requests, len(parts[1])))
        _, winners = reference.best(parts, requests)
        reached = {tuple(solve(problem, seed).mentor.tolist()) for seed in range(150)}
        assert reached == {tuple(winner.tolist()) for winner in winners}


@pytest.mark.parametrize("seed", [0, 1, -1, 2**64 + 1, 10**30, np.int64(7), np.int64(-7)])
def test_the_same_round_and_seed_give_the_same_pairs(seed):
    parts = random_parts(np.random.default_rng(3), 60, 20, ties=True)
    one, two = (solve(problem_of(parts, (60, 20)), seed) for _ in range(2))
    assert np.array_equal(one.mentor, two.mentor)
    assert np.array_equal(one.prices, two.prices)


# --- properties ---


@st.composite
def rounds(draw):
    requests, mentors = draw(st.integers(0, 9)), draw(st.integers(1, 6))
    score = st.sampled_from([1, 250_000, 250_001, 500_000, 1_000_000]) | st.integers(1, 1_000_000)
    cells = [(r, m) for r in range(requests) for m in range(mentors)]
    chosen = draw(st.lists(st.sampled_from(cells), unique=True)) if cells else []
    scores = {cell: draw(score) for cell in chosen}
    capacity = draw(st.lists(st.integers(0, 3), min_size=mentors, max_size=mentors))
    load = draw(st.lists(st.integers(0, 4), min_size=mentors, max_size=mentors))
    spread = draw(st.sampled_from([0, 20_000, 333_333, 1_000_000]))
    unmatched = draw(st.none() | st.sampled_from([0, 1, 300_000, 2_000_000]))
    floor = draw(st.sampled_from([0, 250_001]))
    return (scores, capacity, load, floor, spread, unmatched, ()), requests


def solved(parts, requests):
    problem = problem_of(parts, (requests, len(parts[1])))
    result = solve(problem)
    check(problem, result)
    return result


@settings(max_examples=150, deadline=None, derandomize=True)
@given(rounds(), st.data())
def test_one_more_place_never_hurts(made, data):
    parts, requests = made
    m = data.draw(st.integers(0, len(parts[1]) - 1))
    more = (parts[0], [n + (at == m) for at, n in enumerate(parts[1])], *parts[2:])
    assert solved(more, requests).objective >= solved(parts, requests).objective


@settings(max_examples=150, deadline=None, derandomize=True)
@given(rounds(), st.data())
def test_one_more_pair_never_hurts(made, data):
    parts, requests = made
    new = [(r, m) for r in range(requests) for m in range(len(parts[1])) if (r, m) not in parts[0]]
    if new:
        more = ({**parts[0], data.draw(st.sampled_from(new)): data.draw(st.integers(1, 1_000_000))}, *parts[1:])
        assert solved(more, requests).objective >= solved(parts, requests).objective


@settings(max_examples=150, deadline=None, derandomize=True)
@given(rounds())
def test_as_many_as_possible_get_a_mentor(made):
    (scores, capacity, load, floor, spread, _, locked), requests = made
    first = np.cumsum([0, *capacity])
    at = [(r, first[m] + k) for (r, m), s in scores.items() if s >= floor for k in range(capacity[m])]
    row, column = zip(*at, strict=True) if at else ((), ())
    graph = csr_array((np.ones(len(at)), (row, column)), shape=(requests, first[-1]))
    most = np.count_nonzero(maximum_bipartite_matching(graph, perm_type="column") >= 0) if at else 0
    assert solved((scores, capacity, load, floor, spread, None, locked), requests).matched == most


@settings(max_examples=100, deadline=None, derandomize=True)
@given(rounds(), st.data())
def test_locking_a_pair_of_the_answer_keeps_the_objective(made, data):
    parts, requests = made
    result = solved(parts, requests)
    pairs = [(r, int(m)) for r, m in enumerate(result.mentor) if m >= 0]
    locked = data.draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    assert solved((*parts[:6], locked), requests).objective == result.objective
