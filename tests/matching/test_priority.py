"""What a request is worth besides its score: who goes first when places are short, proven like everything else."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from scipy.sparse import csr_array

from mentorship.matching import CheckFailed, PlacesSet, Problem, around, check, direct, solve, what_if, without
from tests.matching import reference
from tests.matching.builders import problem_of, random_parts, small_rounds


def with_priority(rng, requests):
    return np.round(rng.choice([0, 0.02, 0.1, 0.5, 1.0], requests), 6)


def best(parts, requests, priority):
    """The best objective by trying every assignment."""
    tops = []
    for mentor in reference.assignments(parts, requests):
        value = reference.objective(parts, mentor)
        if value is None:
            continue
        waited = sum(round(float(priority[r]) * 1e6) for r, m in enumerate(mentor) if m >= 0)
        tops.append((*value[:-1], value[-1] + waited))
    return max(tops)


@pytest.mark.parametrize("seed", range(4))
def test_small_rounds_against_every_assignment(seed):
    rng = np.random.default_rng(900 + seed)
    for parts, requests in small_rounds(seed + 20, 150):
        priority = with_priority(rng, requests)
        problem = problem_of(parts, (requests, len(parts[1])), priority=priority)
        result = solve(problem, seed)
        assert result.objective == result.bound == best(parts, requests, priority), parts
        check(problem, result)


def test_who_waited_goes_first_and_with_whom_is_not_changed_by_it():
    scores = csr_array([[0.6], [0.55]])
    assert solve(Problem(scores, 1)).mentor.tolist() == [0, -1]
    waited = Problem(scores, 1, priority=np.array([0, 0.1]))
    assert solve(waited).mentor.tolist() == [-1, 0] and solve(waited).objective == (1, 650_000)
    two = csr_array([[0.6, 0.9], [0.55, 0.2]])
    assert solve(Problem(two, 1)).mentor.tolist() == solve(Problem(two, 1, priority=[0.1, 0])).mentor.tolist()


def test_as_many_as_possible_stays_first_whatever_they_waited():
    """Twenty who are worth twice as much as a pair may be: no value reads as another match."""
    scores = csr_array(np.ones((20, 20)))
    result = solve(Problem(scores, 1, priority=np.ones(20)))
    assert result.objective == (20, 40_000_000) == result.bound and result.total == 20
    assert result.place_loss[:, 0].tolist() == [1] * 20


def test_no_priority_changes_nothing():
    rng = np.random.default_rng(7)
    for _ in range(50):
        parts = random_parts(rng, 8, 5)
        plain, zero = (problem_of(parts, (8, 5), **more) for more in ({}, {"priority": np.zeros(8)}))
        one, other = solve(plain, 3), solve(zero, 3)
        for field in fields(one):
            if field.name != "timings":
                np.testing.assert_array_equal(getattr(one, field.name), getattr(other, field.name))


def test_a_forged_priority_is_found():
    problem = Problem(csr_array([[0.6], [0.55]]), 1, priority=np.array([0, 0.1]))
    honest = solve(problem)
    other = replace(honest, mentor=np.array([0, -1]), total=0.6)
    with pytest.raises(CheckFailed):
        check(problem, other)
    with pytest.raises(CheckFailed):
        check(problem, replace(honest, objective=(1, 550_000), bound=(1, 550_000)))


@pytest.mark.parametrize(
    ("priority", "said"),
    [
        ([0.5], "priority must be 2 numbers"),
        ([0.5, 1.5], "not 1.5 of request 1"),
        ([-0.1, 0], "not -0.1 of request 0"),
        ([np.nan, 0], "of request 0"),
        ([1j, 0], "priority must be 2 numbers"),
        (["a", "b"], "priority must be 2 numbers"),
    ],
)
def test_a_priority_that_is_none_is_named(priority, said):
    with pytest.raises(ValueError, match=said):
        Problem(csr_array([[0.6], [0.55]]), 1, priority=np.array(priority))


def by_two_solves(problem, request, mentor):
    """What the others lose when this mentor has one place fewer and one junior more."""
    scores = problem.scores.toarray()
    scores[request] = 0
    others = replace(problem, scores=csr_array(scores))
    capacity, load = others.capacity.copy(), others.load.copy()
    capacity[mentor] -= 1
    load[mentor] += 1
    high, low = solve(others).objective, solve(replace(others, capacity=capacity, load=load)).objective
    *more, value = (a - b for a, b in zip(high, low, strict=True))
    return [*more, value / 1e6]


@pytest.mark.parametrize("seed", range(8))
def test_a_direct_pairing_costs_what_two_solves_say(seed):
    rng, priced, dear = np.random.default_rng(400 + seed), 0, 0
    for number in range(125):
        requests, mentors = (int(x) for x in rng.integers(1, 9 if number % 10 else 40, 2))
        parts = random_parts(rng, requests, mentors, density=float(rng.choice([0.2, 0.5])))
        problem = problem_of(parts, (requests, mentors), priority=with_priority(rng, requests))
        request = int(rng.integers(requests))
        if problem.lock[request] >= 0:
            with pytest.raises(ValueError, match="locked"):
                direct(problem, request)
            continue
        costs = direct(problem, request)
        held = np.bincount([m for _, m in problem.locked], minlength=mentors)
        open_to = set(problem.edges.mentor[problem.edges.request == request].tolist())
        for m in range(mentors):
            if m not in open_to or held[m] >= problem.capacity[m]:
                assert np.isnan(costs[m]).all()
                continue
            assert costs[m].tolist() == pytest.approx(by_two_solves(problem, request, m), abs=1e-9), (parts, request, m)
            priced += 1
            dear += costs[m].any()
    assert priced > 50 and dear > 20


@pytest.mark.parametrize("seed", range(4))
def test_the_pairs_that_it_cannot_touch_make_no_difference(seed):
    rng, smaller, moved = np.random.default_rng(500 + seed), 0, 0
    for _ in range(60):
        requests, mentors = (int(x) for x in rng.integers(4, 30, 2))
        parts = random_parts(rng, requests, mentors, density=2 / mentors)
        problem = problem_of(parts, (requests, mentors), priority=with_priority(rng, requests))
        request = int(rng.integers(requests))
        if problem.lock[request] >= 0:
            continue
        near, costs = around(problem, request), direct(problem, request)
        smaller += near.scores.nnz < problem.scores.nnz
        np.testing.assert_array_equal(direct(near, request), costs)
        for mentor in np.flatnonzero(~np.isnan(costs[:, 0])).tolist():
            taken = PlacesSet(mentor, int(problem.capacity[mentor]) - 1, int(problem.load[mentor]) + 1)
            others = without(near, request), without(problem, request)
            here, everywhere = (what_if(one, solve(one, 3), [taken]).moves for one in others)
            assert here == everywhere
            moved += len(here)
    assert smaller > 20 and moved > 10


@pytest.mark.parametrize("request_row", [-1, 2])
def test_who_is_not_there_is_not_paired(request_row):
    with pytest.raises(ValueError, match="must be a row"):
        direct(Problem(csr_array([[0.6], [0.55]]), 1), request_row)
