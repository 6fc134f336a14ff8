"""Where places are short, against the definition: requests that some largest matching leaves out, and their mentors."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from mentorship.matching import Problem, bottlenecks, quality, solve
from mentorship.matching.outcome import blocking_pairs
from tests.matching.test_prices import random_problem


def largest(edges: set[tuple[int, int]], capacity: list[int]) -> int:
    """The most requests that can have a mentor at once, by plain augmenting paths."""
    seats: list[list[int]] = [[] for _ in capacity]

    def placed(request: int, seen: set[int]) -> bool:
        for r, m in edges:
            if r != request or m in seen:
                continue
            seen.add(m)
            if len(seats[m]) < capacity[m]:
                seats[m].append(request)
                return True
            for k, other in enumerate(seats[m]):
                if placed(other, seen):
                    seats[m][k] = request
                    return True
        return False

    return sum(placed(request, set()) for request in sorted({r for r, _ in edges}))


def allowed(problem: Problem) -> set[tuple[int, int]]:
    """The pairs that may be made: of a locked request only its own."""
    held = dict(problem.locked)
    pairs = zip(problem.edges.request.tolist(), problem.edges.mentor.tolist(), strict=True)
    return {(r, m) for r, m in pairs if held.get(r, m) == m}


@pytest.mark.parametrize("block", range(3))
def test_who_competes_for_too_few_places(block):
    rng = np.random.default_rng(900 + block)
    seen = 0
    for number in range(150):
        problem = random_problem(rng, number)
        edges, capacity = allowed(problem), problem.capacity.tolist()
        most = largest(edges, capacity)
        # a request competes when some largest matching does without it
        competing = {r for r, _ in edges if largest({e for e in edges if e[0] != r}, capacity) == most}
        found = bottlenecks(problem)
        assert {int(r) for b in found for r in b.requests} == competing
        assert sum(b.shortage for b in found) == len({r for r, _ in edges}) - most
        mentors = [int(m) for b in found for m in b.mentors]
        assert set(mentors) == {m for r, m in edges if r in competing} and len(set(mentors)) == len(mentors)
        for b in found:
            assert b.places == sum(capacity[m] for m in b.mentors) < len(b.requests)
            assert {m for r, m in edges if r in set(b.requests.tolist())} == set(b.mentors.tolist())
        assert [b.shortage for b in found] == sorted((b.shortage for b in found), reverse=True)
        seen += len(found)
    assert seen > 20


def test_two_sites_short_apart_are_two_bottlenecks():
    scores = csr_array(np.array([[0.5, 0, 0], [0.6, 0, 0], [0, 0.5, 0], [0, 0.4, 0], [0, 0.3, 0], [0, 0, 0.9]]))
    found = bottlenecks(Problem(scores, np.array([1, 1, 4])))
    assert [(b.requests.tolist(), b.mentors.tolist(), b.places, b.shortage) for b in found] == [
        ([2, 3, 4], [1], 1, 2),
        ([0, 1], [0], 1, 1),
    ]


def test_a_request_nobody_fits_competes_for_nothing_and_one_without_any_place_does():
    scores = csr_array(np.array([[0.0, 0.0], [0.5, 0.0]]))
    found = bottlenecks(Problem(scores, np.array([0, 3])))
    assert [(b.requests.tolist(), b.mentors.tolist(), b.places) for b in found] == [([1], [0], 0)]
    assert bottlenecks(Problem(csr_array((0, 2)), np.array([1, 1]))) == []
    assert bottlenecks(Problem(csr_array((2, 0)), np.array([], dtype=int))) == []


@pytest.mark.parametrize("block", range(2))
def test_blocking_pairs_by_their_definition(block):
    rng = np.random.default_rng(40 + block)
    for number in range(150):
        problem = random_problem(rng, number)
        result = solve(problem)
        edges = problem.edges
        score = dict(zip(zip(edges.request.tolist(), edges.mentor.tolist(), strict=True), edges.score, strict=True))
        own = {r: score[r, int(m)] for r, m in enumerate(result.mentor) if m >= 0}
        wanted = set()
        for (r, m), s in score.items():
            juniors = [own[q] for q, at in enumerate(result.mentor) if at == m]
            welcome = len(juniors) < problem.capacity[m] or any(s > x for x in juniors)
            if s > own.get(r, 0) and welcome:
                wanted.add((r, m))
        assert set(map(tuple, blocking_pairs(problem, result.mentor).tolist())) == wanted
        assert quality(problem, result).blocking == len(wanted)


def test_many_places_cost_no_memory():
    """49,983 requests on 35 mentors with 1,400 places each: as places of their own two thousand million."""
    rng = np.random.default_rng(5)
    grid = csr_array((rng.random((49_983, 35)) < 0.5).astype(float))
    (found,) = bottlenecks(Problem(grid, np.full(35, 1_400)))
    assert found.shortage == 49_983 - 35 * 1_400 and len(found.mentors) == 35
