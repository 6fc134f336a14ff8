"""A round as arrays: sizes, types and order of the input, and a sentence for what cannot be."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import coo_array, csr_array

from mentorship.matching import Problem, check, solve
from tests.matching import reference
from tests.matching.builders import problem_of


@pytest.mark.parametrize("unmatched", ["last_resort", 0.5])
@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0), (3, 2)])
def test_no_edges(shape, unmatched):
    problem = Problem(csr_array(shape), 1, unmatched=unmatched, request_keys=[*range(shape[0])], mentor_keys=None)
    result = solve(problem)
    check(problem, result)
    assert result.mentor.tolist() == [-1] * shape[0]
    assert result.objective == ((0, 0) if unmatched == "last_resort" else (-500_000 * shape[0],))


def test_everybody_is_full():
    problem = Problem(csr_array([[0.5, 0.7], [0.9, 0.2]]), 0)
    result = solve(problem)
    check(problem, result)
    assert result.objective == (0, 0)


@pytest.mark.parametrize("counts", [np.int8, np.uint8, np.int32, np.uint64, np.float64, list])
@pytest.mark.parametrize("values", [np.float32, np.float64])
def test_any_kind_of_number_will_do(counts, values):
    def made(numbers):
        return numbers if counts is list else np.array(numbers, dtype=counts)

    scores = csr_array(np.array([[0.3, 0.9], [0.3, 0.8], [0.0, 0.7]], dtype=values))
    problem = Problem(scores, made([1, 2]), made([0, 100]), floor=0.3, spread=0.001)
    result = solve(problem)
    check(problem, result)
    assert result.mentor.tolist() in ([0, 1, 1], [1, 0, 1])
    assert result.objective == (3, 300_000 + 900_000 + 700_000 - 201_000) == result.bound


@pytest.mark.parametrize("kind", [np.bool_, np.int8, np.int64, np.float32])
def test_whole_scores_of_any_kind(kind):
    problem = Problem(csr_array(np.eye(2, dtype=kind)), 1, floor=1)
    check(problem, solve(problem))
    assert solve(problem).objective == (2, 2_000_000)


@pytest.mark.parametrize(("score", "matched"), [(0.3, 1), (0.1 * 3, 1), (0.2999999, 1), (0.299999, 0)])
def test_the_floor_is_counted_in_millionths(score, matched):
    problem = Problem(csr_array([[score]]), 1, floor=0.3)
    result = solve(problem)
    check(problem, result)
    assert result.matched == matched


def test_unsorted_columns_and_wide_indices_are_the_same_round():
    sorted_ = csr_array(np.array([[0.5, 0.6, 0.7], [0.7, 0.0, 0.9]]))
    mixed = csr_array(
        (np.array([0.7, 0.5, 0.6, 0.9, 0.7]), np.array([2, 0, 1, 2, 0], dtype=np.int64), np.array([0, 3, 5])),
        shape=(2, 3),
    )
    answers = [solve(Problem(scores, [1, 1, 1]), 4) for scores in (sorted_, mixed)]
    assert np.array_equal(answers[0].mentor, answers[1].mentor)
    assert answers[0].objective == answers[1].objective == (2, 1_500_000)
    assert mixed.indices.tolist() == [2, 0, 1, 2, 0]  # the caller's array is left alone


def test_changing_the_input_afterwards_changes_nothing():
    scores, capacity = csr_array([[0.5], [0.6]]), np.array([1])
    problem = Problem(scores, capacity)
    scores.data[:] = 9
    capacity[:] = 7
    result = solve(problem)
    check(problem, result)
    assert result.objective == (1, 600_000)


@pytest.mark.parametrize("unmatched", [None, 1_000_000_000])
def test_huge_loads_and_capacities_stay_exact(unmatched):
    scores = {(0, 0): 1, (1, 0): 1_000_000, (2, 0): 999_999, (2, 1): 2, (1, 1): 3}
    parts = scores, [10**6, 10**6], [10**6, 999_998], 0, 1_000_000, unmatched, ((1, 0),)
    problem = problem_of(parts, (3, 2))
    top, _ = reference.best(parts, 3)
    result = solve(problem)
    check(problem, result)
    assert result.objective == top


EYE, FULL = csr_array(np.eye(3) * 0.5), csr_array(np.full((3, 3), 0.5))
NOT_ONCE = (np.array([0.3, 0.3]), (np.array([0, 0]), np.array([0, 0])))


def with_value(value):
    scores = EYE.copy()
    scores.data[1] = value
    return scores


@pytest.mark.parametrize(
    ("field", "given_"),
    [
        pytest.param("scores", {"scores": with_value(np.nan)}, id="score nan"),
        pytest.param("scores", {"scores": with_value(np.inf)}, id="score infinite"),
        pytest.param("scores", {"scores": with_value(-0.1)}, id="score negative"),
        pytest.param("scores", {"scores": with_value(1.0000001)}, id="score above 1"),
        pytest.param("scores", {"scores": with_value(0.0)}, id="score stored but zero"),
        pytest.param("scores", {"scores": np.eye(3)}, id="scores dense"),
        pytest.param("scores", {"scores": None}, id="scores absent"),
        pytest.param("scores", {"scores": csr_array(np.ones(3)), "capacity": 1}, id="scores of one dimension"),
        pytest.param("scores", {"scores": coo_array(NOT_ONCE, shape=(3, 3))}, id="a pair twice, by coordinates"),
        pytest.param(
            "scores",
            {"scores": csr_array((np.full(2, 0.3), np.zeros(2, dtype=int), np.array([0, 2, 2, 2])), shape=(3, 3))},
            id="a pair twice, by rows",
        ),
        pytest.param("capacity", {"capacity": [1, 2]}, id="capacity short"),
        pytest.param("capacity", {"capacity": [[1, 1, 1]]}, id="capacity of two dimensions"),
        pytest.param("capacity", {"capacity": []}, id="capacity empty"),
        pytest.param("capacity", {"capacity": [1, 1, -1]}, id="capacity negative"),
        pytest.param("capacity", {"capacity": [1, 1, 0.5]}, id="capacity half"),
        pytest.param("capacity", {"capacity": [1, 1, np.nan]}, id="capacity nan"),
        pytest.param("capacity", {"capacity": [1, 1, np.inf]}, id="capacity infinite"),
        pytest.param("capacity", {"capacity": [1, 1, 10**7]}, id="capacity absurd"),
        pytest.param("capacity", {"capacity": [1, 1, 10**30]}, id="capacity beyond 64 bits"),
        pytest.param("capacity", {"capacity": ["1", "1", "1"]}, id="capacity text"),
        pytest.param("capacity", {"capacity": None}, id="capacity absent"),
        pytest.param("load", {"load": [0, 0, -1]}, id="load negative"),
        pytest.param("load", {"load": [0, 0]}, id="load short"),
        pytest.param("load", {"load": np.inf}, id="load infinite"),
        pytest.param("floor", {"floor": np.nan}, id="floor nan"),
        pytest.param("floor", {"floor": -0.1}, id="floor negative"),
        pytest.param("floor", {"floor": 1.1}, id="floor above 1"),
        pytest.param("floor", {"floor": None}, id="floor absent"),
        pytest.param("floor", {"floor": 10**400}, id="floor beyond floating point"),
        pytest.param("spread", {"spread": np.nan}, id="spread nan"),
        pytest.param("spread", {"spread": -0.1}, id="spread negative"),
        pytest.param("spread", {"spread": np.inf}, id="spread infinite"),
        pytest.param("spread", {"spread": "0.1"}, id="spread text"),
        pytest.param("unmatched", {"unmatched": "first"}, id="unmatched unknown"),
        pytest.param("unmatched", {"unmatched": None}, id="unmatched absent"),
        pytest.param("unmatched", {"unmatched": np.nan}, id="unmatched nan"),
        pytest.param("unmatched", {"unmatched": -1}, id="unmatched negative"),
        pytest.param("unmatched", {"unmatched": np.inf}, id="unmatched infinite"),
        pytest.param("locked", {"locked": [(0, 1)]}, id="lock on a pair that is not eligible"),
        pytest.param("locked", {"locked": [(0, 0)], "floor": 0.6}, id="lock under the floor"),
        pytest.param("locked", {"locked": [(3, 0)]}, id="lock on no request"),
        pytest.param("locked", {"locked": [(0, -3)]}, id="lock counted from the end"),
        pytest.param("locked", {"locked": [(0, 0)], "capacity": [0, 1, 1]}, id="lock without a place"),
        pytest.param("locked", {"scores": FULL, "locked": [(0, 0), (1, 0)]}, id="two locks, one place"),
        pytest.param("locked", {"scores": FULL, "locked": [(0, 0), (0, 1)]}, id="one request, two locks"),
        pytest.param("locked", {"locked": [0]}, id="lock is no pair"),
        pytest.param("locked", {"locked": [(0, 0, 0)]}, id="lock of three"),
        pytest.param("locked", {"locked": [(0.5, 0)]}, id="lock on half a row"),
        pytest.param("request_keys", {"request_keys": [1, 1, 2]}, id="request key twice"),
        pytest.param("request_keys", {"request_keys": [1, 2]}, id="request keys short"),
        pytest.param("mentor_keys", {"mentor_keys": [1.0, 2.0, 3.0]}, id="mentor keys not whole"),
        pytest.param("mentor_keys", {"mentor_keys": [10**30, 1, 2]}, id="mentor key beyond 64 bits"),
    ],
)
def test_bad_input_is_named(field, given_):
    with pytest.raises(ValueError, match=rf"^{field} "):
        Problem(**{"scores": EYE, "capacity": 1, **given_})


@pytest.mark.parametrize(("requests", "load", "spread"), [(1000, 10**6, 1.0), (12_000, 900_000, 0.05)])
def test_what_cannot_be_counted_exactly_is_refused(requests, load, spread):
    scores = csr_array((np.full(requests, 0.5), (np.arange(requests), np.arange(requests))))
    with pytest.raises(ValueError, match="spread, load, capacity"):
        Problem(scores, 1, load, spread=spread)


def test_a_lock_named_twice_is_one_lock():
    problem = Problem(EYE, 1, locked=[(0, 0), (0, 0), np.array([1, 1])])
    assert solve(problem).mentor.tolist() == [0, 1, 2]


TWO = csr_array(np.array([[0.5, 0.2], [0.3, 0.9]]))


def corrupt(**parts):
    """A matrix of which a part does not fit the others."""
    scores = csr_array(np.array([[0.5, 0.2], [0.3, 0.9]]))
    for name, values in parts.items():
        setattr(scores, name, np.array(values))
    return scores


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ({"scores": csr_array(np.array([[0.5 + 1j]]))}, "scores must be real numbers, not complex128"),
        ({"scores": corrupt(indptr=[0, 3, 2])}, "scores is not put together"),
        ({"scores": corrupt(indptr=[0, 2, 9])}, "scores is not put together"),
        ({"scores": corrupt(indices=[0, 7, 0, 1])}, "scores is not put together"),
        ({"scores": corrupt(indices=[0, -1, 0, 1])}, "scores is not put together"),
        ({"scores": corrupt(data=[0.5, 0.2, 0.3])}, "scores is not put together"),
        ({"scores": corrupt(data=[0.5, 0.2, np.nan, 1.0])}, "not nan of request 1 and mentor 0"),
        ({"scores": corrupt(data=[0.5, 1.5, 0.3, 1.0])}, "not 1.5 of request 0 and mentor 1"),
        ({"capacity": [1, 10**30]}, "capacity must be at most 1,000,000, not 10+ of mentor 1"),
        ({"capacity": 10**30}, "capacity must be at most 1,000,000"),
        ({"capacity": [1, np.nan]}, "not nan of mentor 1"),
        ({"capacity": [1j, 1]}, "capacity must be whole numbers"),
        ({"load": [0, -1]}, "load must be whole numbers of 0 or more, not -1 of mentor 1"),
        ({"load": 10**30}, "load must be at most"),
        ({"spread": 1e-9}, "spread of 1e-09 is less than the millionth"),
    ],
)
def test_what_is_wrong_is_named_with_where_it_stands(given_, said):
    with pytest.raises(ValueError, match=said):
        Problem(**{"scores": TWO, "capacity": 1, **given_})


@pytest.mark.parametrize("seed", [1.5, None, "x", True, np.nan])
def test_a_seed_is_a_whole_number(seed):
    with pytest.raises(ValueError, match="seed must be a whole number"):
        solve(Problem(TWO, 1), seed)


@pytest.mark.parametrize("seed", [-1, 0, 2**64, 10**30, np.int64(5)])
def test_every_whole_number_is_a_seed(seed):
    assert solve(Problem(TWO, 1), seed).matched == 2


def test_what_was_validated_stays_so():
    problem = Problem(TWO, 1, priority=[0, 0.5])
    frozen = [problem.capacity, problem.load, problem.priority, problem.request_keys, problem.mentor_keys]
    frozen += [problem.scores.data, problem.scores.indices, problem.scores.indptr]
    frozen += [problem.edges.score, problem.edges.request, problem.edges.mentor, problem.worth, problem.places]
    for values in frozen:
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 1
    given_ = np.array([1, 1])
    Problem(TWO, given_)
    given_[0] = 2
