"""A result tells a person what came of the round."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array

from mentorship.matching import Problem, quality, solve

SCORES = csr_array(np.array([[0.9, 0.5], [0.8, 0.0], [0.7, 0.0]]))


def test_the_summary_says_what_came_of_it_and_that_nothing_is_better():
    result = solve(Problem(SCORES, np.array([1, 2]), spread=0.1))
    lines = replace(result, timings={"assign": 0.25, "prove": 0.5}).summary().splitlines()
    assert [line.strip() for line in lines] == [
        "Match round, optimal",
        "====================",
        "requests matched: 2 of 3",
        "mentors guiding: 2 of 2",
        "mean score: 0.650",
        "objective: 2 matched, value 1.300000",
        "bound: 2 matched, value 1.300000, the same: no other round is better",
        "one place more: would help with 1 of the mentors",
        "seconds: 0.750 (assign 0.250, prove 0.500)",
    ]
    assert len({line.index(":") for line in lines[2:]}) == 1, "the colons stand beneath each other"


def test_with_a_cost_for_who_stays_unmatched_there_is_one_value():
    result = solve(Problem(SCORES, np.array([1, 0]), unmatched=0.25))
    assert "objective: value 0.400000\n" in result.summary()


def test_printing_a_result_prints_its_summary():
    result = solve(Problem(SCORES, np.array([1, 2])))
    assert str(result) == result.summary()
    assert all(f"{stage} " in str(result) for stage in result.timings)


def test_a_bound_that_proves_nothing_is_not_called_a_proof():
    result = solve(Problem(SCORES, np.array([1, 2])))
    claimed = replace(result, bound=(3, result.bound[1]))
    assert "not the objective: this proves nothing" in str(claimed)
    assert "no other round" not in str(claimed)


def test_a_round_of_nobody():
    result = solve(Problem(csr_array((0, 0)), np.zeros(0, dtype=np.int64)))
    told = replace(result, timings={}).summary()
    assert "requests matched: 0 of 0" in told
    assert "mean score: none" in told
    assert "seconds" not in told


def test_how_many_got_who_fits_them_best():
    """The first and the second both want the first mentor, whose two places they get; the third has its second best."""
    scores = csr_array(np.array([[0.9, 0.5], [0.9, 0.0], [0.8, 0.7]]))
    problem = Problem(scores, np.array([2, 1]))
    told = quality(problem, solve(problem))
    assert (told.matched, told.first, told.top_three) == (3, pytest.approx(2 / 3), 1.0)
    assert (told.lowest, told.load) == (pytest.approx(0.7), {"1": 1, "2": 1})
