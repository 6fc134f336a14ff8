"""The exact price of each alternative, against solving again with the pair locked."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from mentorship.matching import Problem, alternatives, check, solve
from tests.matching.test_prices import difference, random_problem


@pytest.mark.parametrize("block", range(3))
def test_prices_and_moves_equal_solving_again(block):
    rng = np.random.default_rng(100 + block)
    for number in range(150):
        problem = random_problem(rng, number)
        result = solve(problem)
        held = {r for r, _ in problem.locked}
        edges = problem.edges
        for request in range(len(result.mentor)):
            if request in held:
                continue
            found = {a.mentor: a for a in alternatives(problem, result.mentor, request)}
            for mentor in edges.mentor[edges.request == request].tolist():
                if mentor == result.mentor[request]:
                    continue
                try:
                    forced = _locked(problem, (request, mentor))
                except ValueError:  # other locks need every place of this mentor
                    assert mentor not in found
                    continue
                alternative = found[mentor]
                best = solve(forced)
                assert alternative.loss == pytest.approx(difference(result, best), abs=1e-9), (number, request, mentor)
                _check_moves(forced, result.mentor, request, alternative, best.objective)


def _locked(problem: Problem, pair: tuple[int, int]) -> Problem:
    return Problem(
        problem.scores,
        problem.capacity,
        problem.load,
        spread=problem.spread,
        unmatched=problem.unmatched,
        locked=[*problem.locked, pair],
    )


def _check_moves(forced: Problem, before: np.ndarray, request: int, alternative, objective) -> None:
    """Carrying out the moves gives an assignment that is worth exactly what solving again finds."""
    after = before.copy()
    for moved, source, target in alternative.moves:
        assert after[moved] == source
        after[moved] = target
    after[request] = alternative.mentor
    edges = forced.edges
    score = dict(
        zip(zip(edges.request.tolist(), edges.mentor.tolist(), strict=True), edges.score.tolist(), strict=True)
    )
    used = np.bincount(after[after >= 0], minlength=len(forced.capacity))
    assert (used <= forced.capacity).all()
    assert all(after[r] == m for r, m in forced.locked)
    cost = sum(forced.spread_units * (int(forced.load[m]) + k) for m, n in enumerate(used) for k in range(n))
    value = sum(score[r, int(m)] for r, m in enumerate(after) if m >= 0) - cost
    matched = int((after >= 0).sum())
    if forced.unmatched == "last_resort":
        assert (matched, value) == tuple(objective)
    else:
        assert (value - forced.match_bonus * (len(after) - matched),) == tuple(objective)


def test_a_locked_request_has_no_alternative():
    problem = Problem(csr_array(np.array([[0.5, 0.4]])), np.array([1, 1]), locked=[(0, 0)])
    result = solve(problem)
    check(problem, result)
    with pytest.raises(ValueError, match="locked"):
        alternatives(problem, result.mentor, 0)
