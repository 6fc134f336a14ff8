"""Parts, executors and engines: whoever carries out the solve, the outcome is the same."""

from __future__ import annotations

from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest
from scipy.sparse import csr_array

from mentorship.matching import Problem, assign, best_pairs, check, few_mentors, flow, solve
from mentorship.matching.parts import Part, independent
from mentorship.matching.ties import break_ties
from tests.matching import reference
from tests.matching.builders import problem_of, random_parts, sites


class Counting(Executor):
    """An executor that carries out at once and counts what it was given, as a cluster's might be."""

    def __init__(self) -> None:
        self.parts: list[Part] = []

    def map(self, function, parts, **_options):
        given = list(parts)
        self.parts += given
        return [function(part) for part in reversed(given)][::-1]


@pytest.mark.parametrize("seed", range(3))
def test_an_executor_gives_the_same_round(seed, monkeypatch):
    monkeypatch.setattr("mentorship.matching.parts.PART", 100)
    problem, counting = sites(seed, 12), Counting()
    alone = solve(problem, seed)
    check(problem, alone)
    with ThreadPoolExecutor(3) as threads:
        for executor in (threads, counting):
            shared = solve(problem, seed, executor)
            assert np.array_equal(shared.mentor, alone.mentor) and shared.bound == alone.bound
    assert len(counting.parts) > 1


def test_parts_go_to_other_processes(monkeypatch):
    monkeypatch.undo()  # a fixture's function cannot travel
    monkeypatch.setattr("mentorship.matching.parts.PART", 100)
    problem = sites(7, 8)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        shared = solve(problem, 3, processes)
    assert np.array_equal(shared.mentor, solve(problem, 3).mentor)


def test_parts_are_independent_and_hold_every_edge_once(monkeypatch):
    monkeypatch.setattr("mentorship.matching.parts.PART", 100)
    problem = sites(5, 20)
    edges = problem.edges
    whole = Part(
        start=np.searchsorted(edges.request, np.arange(problem.scores.shape[0] + 1)),
        mentor=edges.mentor,
        worth=edges.score,
        idle=np.zeros(problem.scores.shape[0], dtype=np.int64),
        places=problem.places,
        cost=problem.seats[1],
    )
    found = list(independent(whole))
    assert len(found) > 5
    rows, columns = (np.concatenate([part[side] for part in found]) for side in (0, 1))
    assert len(set(rows.tolist())) == len(rows) and len(set(columns.tolist())) == len(columns)
    again = {
        (int(r), int(c[m]), int(w))
        for row, c, part in found
        for r, first, last in zip(row, part.start[:-1], part.start[1:], strict=True)
        for m, w in zip(part.mentor[first:last], part.worth[first:last], strict=True)
    }
    assert again == set(zip(edges.request.tolist(), edges.mentor.tolist(), edges.score.tolist(), strict=True))


@pytest.mark.parametrize("seed", range(6))
def test_either_engine_alone_gives_the_same_pairs(seed, monkeypatch):
    """On rounds full of equal scores, so that a best assignment is hardly ever the only one."""
    rng = np.random.default_rng(seed)
    parts = random_parts(rng, 60, 25, density=0.2, ties=True)
    problem = problem_of(parts, (60, 25))
    found = []
    for engine in (assign.by_scipy, flow.assign):
        monkeypatch.setattr(assign, "solve_part", engine)
        found.append(solve(problem, seed))
    assert np.array_equal(found[0].mentor, found[1].mentor)


def test_the_flow_is_taken_for_large_parts_only(monkeypatch):
    monkeypatch.undo()
    used = []
    monkeypatch.setattr(assign, "by_scipy", lambda part: used.append("scipy") or np.full(len(part.idle), -1))
    monkeypatch.setattr(flow, "assign", lambda part: used.append("flow") or np.full(len(part.idle), -1))
    monkeypatch.setattr(assign, "LOADED_FROM", 5)
    one = np.zeros(1, dtype=np.int64)
    for edges in (4, 5):
        many = np.zeros(edges, dtype=np.int64)
        assign.solve_part(Part(np.array([0, edges]), many, many, one, one + 1, one))
    assert used == ["scipy", "flow"]
    monkeypatch.setattr(assign, "find_spec", lambda name: None)  # the extra is not installed
    assign.solve_part(Part(np.array([0, 5]), many, many, one, one + 1, one))
    assert used[-1] == "scipy"


@pytest.mark.parametrize(
    ("requests", "mentors", "capacity", "engine"),
    [(900, 35, 100, "few mentors"), (900, 350, 5, "best pairs"), (400, 35, 2, "scipy")],
)
def test_many_places_are_never_too_many(monkeypatch, requests, mentors, capacity, engine):
    """Without the extra too: few mentors are nodes themselves, and of many the best pairs are enough."""
    monkeypatch.undo()
    monkeypatch.setattr(assign, "find_spec", lambda name: None)
    monkeypatch.setattr(assign, "MOST_PLACES", 90_000)
    monkeypatch.setattr(assign, "MANY_PLACES", 50_000)
    used = []
    for name, room in (("few mentors", few_mentors), ("best pairs", best_pairs)):
        exact = room.assign
        monkeypatch.setattr(room, "assign", lambda *given, name=name, exact=exact: used.append(name) or exact(*given))
    rng = np.random.default_rng(mentors)
    grid = rng.integers(1, 1000, (requests, mentors)) / 1000 * (rng.random((requests, mentors)) < 0.1)
    problem = Problem(csr_array(grid), np.full(mentors, capacity), spread=0.001)
    result = solve(problem, 1)
    check(problem, result)
    assert used[:1] == ([engine] if engine != "scipy" else [])
    monkeypatch.undo()
    assert np.array_equal(solve(problem, 1).mentor, result.mentor)


@pytest.mark.parametrize(("same", "few"), [(30, True), (300, True), (450, False)])
def test_few_pairs_are_enough_unless_many_want_the_same(monkeypatch, same, few):
    """So many of 900 requests like one mentor best, who has thirty places."""
    monkeypatch.undo()
    grid = np.random.default_rng(same).integers(1, 999, (900, 60)) / 1000
    grid[:same, 0] = 1.0
    problem = Problem(csr_array(grid), np.full(60, 30))
    solved, exact = [], flow.assign
    monkeypatch.setattr(flow, "assign", lambda part: solved.append(len(part.mentor)) or exact(part))
    monkeypatch.setattr(assign, "LOADED_FROM", 0)
    result = solve(problem, 1)
    check(problem, result)
    assert (solved[0] < problem.scores.nnz / 5) == few
    monkeypatch.setattr(assign, "find_spec", lambda name: None)  # the extra is not installed
    assert np.array_equal(solve(problem, 1).mentor, result.mentor)


def test_places_nobody_could_want_do_not_count():
    grid = csr_array(np.random.default_rng(1).integers(1, 1000, (3000, 4)) / 1000)
    assert Problem(grid, np.array([4000, 900, 10, 0])).places.tolist() == [3000, 900, 10, 0]


@pytest.mark.parametrize("seed", range(4))
def test_ties_fall_the_same_from_every_best_assignment(seed):
    """Whichever best assignment an engine came upon, the seed decides which one it becomes."""
    several, rng = 0, np.random.default_rng(500 + seed)
    for number in range(150):
        requests, mentors = int(rng.integers(2, 6)), int(rng.integers(2, 4))
        parts = random_parts(rng, requests, mentors, density=0.8, ties=True)
        problem = problem_of(parts, (requests, mentors))
        result = solve(problem, number)
        _, winners = reference.best(parts, requests)
        several += len(winners) > 1
        for winner in winners[:12]:
            again = break_ties(problem, np.asarray(winner, dtype=np.int64), result.prices, number)
            assert np.array_equal(again, result.mentor), (parts, winner)
    assert several > 15
