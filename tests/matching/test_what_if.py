"""What a round comes to after changes, from the pairs and prices it has: against solving the changed round."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

import numpy as np
import pytest
from scipy.sparse import csr_array

from mentorship.matching import (
    MentorAdded,
    MentorRemoved,
    PlacesSet,
    Problem,
    RequestAdded,
    RequestRemoved,
    changed,
    check,
    solve,
    what_if,
)
from mentorship.matching.assign import by_scipy
from mentorship.matching.seating import Search
from mentorship.matching.solver import whole
from tests.matching.builders import problem_of, random_parts


def some_scores(rng, there):
    return {n: int(rng.integers(1, 8)) / 8 for n in there if rng.random() < 0.6}


def random_change(rng, problem, requests, mentors):
    """Draw a change of those who are there by number, and keep account of them; never a place that a lock needs."""
    held = np.bincount([m for r, m in problem.locked if r in requests], minlength=max(mentors, default=0) + 1)
    kind = rng.choice(["places", "pause", "ask", "withdraw", "guide", "stop"], p=[0.35, 0.1, 0.15, 0.15, 0.15, 0.1])
    free = [m for m in mentors if not held[m]]
    if kind == "places" and mentors:
        m = int(rng.choice(mentors))
        load = int(rng.integers(0, 4)) if rng.random() < 0.4 else None
        return PlacesSet(m, int(held[m] + rng.integers(0, 5)), load)
    if kind == "pause" and free:
        return PlacesSet(int(rng.choice(free)), 0)
    if kind == "withdraw" and requests:
        return RequestRemoved(requests.pop(int(rng.integers(len(requests)))))
    if kind == "stop" and free:
        mentors.remove(gone := int(rng.choice(free)))
        return MentorRemoved(gone)
    if kind == "guide":
        return MentorAdded(some_scores(rng, requests), int(rng.integers(0, 4)), int(rng.integers(0, 3)))
    return RequestAdded(some_scores(rng, mentors), float(rng.choice([0, 0.02, 1.0])))


def random_changes(rng, problem, count):
    (next_request, next_mentor), changes = problem.scores.shape, []
    requests, mentors = list(range(next_request)), list(range(next_mentor))
    for _ in range(count):
        change = random_change(rng, problem, requests, mentors)
        if isinstance(change, RequestAdded):
            requests.append(next_request)
            next_request += 1
        if isinstance(change, MentorAdded):
            mentors.append(next_mentor)
            next_mentor += 1
        changes.append(change)
    return changes


def random_problem(rng, largest):
    requests, mentors = (int(x) for x in rng.integers(0, largest, 2))
    parts = random_parts(rng, requests, mentors, density=float(rng.choice([0.2, 0.5, 0.9])))
    priority = rng.choice([0, 0.02, 0.1, 1.0], requests) if rng.random() < 0.5 else None
    return problem_of(parts, (requests, mentors), priority=priority)


def most_who_stay(problem, result, outcome):
    """How many of those who were there can stay as they are in a best outcome, by solving for just that.

    Every pair is worth a great deal more, by as much as there are requests, and one more where nothing changes.
    """
    after, times = outcome.problem, len(result.mentor) + 1
    was = {int(n): int(result.mentor[n]) if n < len(result.mentor) else None for n in outcome.requests}
    row = {-1: -1} | {int(number): row for row, number in enumerate(outcome.mentors)}
    before = [row.get(was[int(n)]) if was[int(n)] is not None else None for n in outcome.requests]
    part = whole(after)
    asks = np.repeat(np.arange(len(part.idle)), np.diff(part.start))
    stays = [before[r] == m for r, m in zip(asks.tolist(), part.mentor.tolist(), strict=True)]
    idle = [before[r] == -1 for r in range(len(part.idle))]
    part = replace(
        part,
        worth=part.worth * times + np.array(stays, dtype=np.int64),
        idle=np.where(part.idle < 0, part.idle, np.array(idle, dtype=np.int64)),
        cost=part.cost * times,
    )
    mentor = by_scipy(part)
    return sum(b is not None and b == m for b, m in zip(before, mentor.tolist(), strict=True))


def proves_itself(problem, result, changes):
    """Assert all that is promised of an outcome, and return it."""
    outcome = what_if(problem, result, changes)
    again = changed(problem, changes)
    assert np.array_equal(outcome.requests, again.requests) and np.array_equal(outcome.mentors, again.mentors)
    solved = solve(again.problem)
    assert outcome.result.objective == solved.objective == outcome.result.bound, changes
    assert outcome.result.prices.tolist() == solved.prices.tolist()
    check(again.problem, outcome.result)
    there = outcome.requests[outcome.requests < len(result.mentor)]
    stay = len(there) - len(outcome.moves)
    assert stay == most_who_stay(problem, result, outcome), changes
    numbers = [*outcome.mentors.tolist(), -1]
    now = {n: numbers[m] for n, m in zip(outcome.requests.tolist(), outcome.result.mentor.tolist(), strict=True)}
    moved = [(r, int(result.mentor[r]), now[r]) for r in there.tolist() if result.mentor[r] != now[r]]
    assert sorted(outcome.moves) == moved
    return outcome


@pytest.mark.parametrize("seed", range(8))
def test_a_changed_round_is_the_one_that_solving_finds_and_the_nearest_of_all(seed):
    """1,000 rounds in both modes, with locks, priorities, several places, and one to four changes each."""
    rng, moved = np.random.default_rng(1400 + seed), 0
    for number in range(125):
        problem = random_problem(rng, 8 if number % 10 else 40)
        changes = random_changes(rng, problem, int(rng.integers(1, 5)))
        moved += bool(proves_itself(problem, solve(problem, seed), changes).moves)
    assert moved > 30


def test_one_change_after_another_comes_to_the_same_as_all_at_once():
    rng = np.random.default_rng(5)
    for _ in range(60):
        problem = random_problem(rng, 12)
        result, seen = solve(problem), problem
        mentors = problem.scores.shape[1]
        changes = [PlacesSet(m, int(problem.capacity[m] + rng.integers(0, 3)), 1) for m in range(mentors)]
        for change in changes:
            outcome = what_if(seen, result, [change])
            seen, result = outcome.problem, outcome.result
        assert result.objective == what_if(problem, solve(problem), changes).result.objective


def tight():
    """Two who ask for the one place of a mentor; whoever waits would also do with another, who is away."""
    return Problem(csr_array([[0.9, 0.0], [0.8, 0.5], [0.0, 0.7]]), np.array([1, 1]))


def test_it_reads_as_a_round_does():
    problem = tight()
    result = solve(problem)
    assert result.mentor.tolist() == [0, -1, 1]
    more = what_if(problem, result, [PlacesSet(0, 2)])
    assert more.moves == ((1, -1, 0),) and more.difference.tolist() == [1, 0.8]
    away = what_if(problem, result, [PlacesSet(1, 0)])
    assert away.moves == ((2, 1, -1),) and away.difference.tolist() == [-1, -0.7]
    comes = what_if(problem, result, [MentorAdded({0: 0.3, 2: 0.6}, capacity=1)])
    assert comes.mentors.tolist() == [0, 1, 2] and comes.moves == ((1, -1, 1), (2, 1, 2))
    assert comes.difference == pytest.approx([1, 0.4])
    goes = what_if(problem, result, [RequestRemoved(0)])
    assert (
        goes.requests.tolist() == [1, 2] and goes.moves == ((1, -1, 0),) and goes.difference == pytest.approx([0, -0.1])
    )
    asks = what_if(problem, result, [RequestAdded({0: 1.0})])
    assert asks.requests.tolist() == [0, 1, 2, 3] and asks.result.mentor.tolist() == [-1, -1, 1, 0]
    stops = what_if(problem, result, [MentorRemoved(0)])
    assert stops.mentors.tolist() == [1] and stops.moves == ((0, 0, -1),)
    assert what_if(problem, result, []).moves == ()


def test_staying_out_has_its_price():
    problem = replace(tight(), unmatched=0.2)
    outcome = what_if(problem, solve(problem), [RequestRemoved(1)])
    assert outcome.difference == pytest.approx([0.2]) and outcome.moves == ()


def test_nobody_moves_who_need_not():
    """Of ten who are all alike the one whose mentor goes is the only one who moves, though any ten would do."""
    problem = Problem(csr_array(np.full((10, 6), 0.5)), 2)
    result = solve(problem, seed=3)
    idle = int(np.flatnonzero(np.bincount(result.mentor, minlength=6) == 2)[0])
    moves = what_if(problem, result, [PlacesSet(idle, 1)]).moves
    assert len(moves) == 1 and moves[0][1] == idle


def test_nothing_is_solved_again(monkeypatch):
    problem = random_problem(np.random.default_rng(8), 40)
    result = solve(problem)
    changes = random_changes(np.random.default_rng(9), problem, 4)

    def never(*_):
        raise AssertionError("a solve")

    monkeypatch.setattr("mentorship.matching.solver.assign", never)
    monkeypatch.setattr("mentorship.matching.assign.solve_part", never)
    assert what_if(problem, result, changes).way == "paths"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([PlacesSet(2, 1)], "there is no mentor 2"),
        ([PlacesSet(-1, 1)], "there is no mentor -1"),
        ([RequestRemoved(0), RequestRemoved(0)], "there is no request 0"),
        ([MentorRemoved(1), RequestAdded({1: 0.5})], "there is no mentor 1"),
        ([MentorAdded({3: 0.5}, 1)], "there is no request 3"),
        ([PlacesSet(0, -1)], "capacity must be whole numbers of 0 or more"),
        ([PlacesSet(0, 1, load=10**30)], "load must be at most"),
        ([RequestAdded({0: 1.5})], "scores must lie above 0"),
        ([RequestAdded({0: 0.5}, key=1)], "request_keys must be"),
        ([RequestAdded({0: 0.5}, priority=2)], "priority must be between"),
        ([PlacesSet(1, 0)], "requests are locked to more than 0 places of mentor 1"),
        ([MentorRemoved(1)], "requests are locked to more than 0 places of mentor 1"),
        (["more"], "'more' is no change of a round"),
        ([PlacesSet("Anna", 1)], "mentor must be a whole number, not 'Anna'"),
        ([PlacesSet(0, 1.5)], "capacity must be a whole number, not 1.5"),
        ([MentorAdded({0: 0.5}, None)], "capacity must be a whole number, not None"),
        ([MentorAdded({0: "much"}, 1)], "the score of request 0 must be a number, not 'much'"),
        ([MentorAdded({0: np.nan}, 1)], "scores must lie above 0"),
        ([RequestAdded({0: 0.5}, key="A1")], "key must be a whole number, not 'A1'"),
        ([RequestAdded({0: 0.5}, key=2**63)], "key must lie between -2\\^63 and 2\\^63, not 9223372036854775808"),
        ([RequestAdded({0: 0.5}, key=-(2**63))], "key must lie between -2\\^63 and 2\\^63, not -9223372036854775808"),
        ([RequestAdded({}, key=2**63 - 1), RequestAdded({})], "no request key comes after 9223372036854775807"),
        ([RequestAdded([0.1])], "scores must be a mapping by mentor, not \\[0.1\\]"),
        ([MentorAdded(0.5, 1)], "scores must be a mapping by request, not 0.5"),
        ([RequestAdded({0: 10**400})], "the score of mentor 0 is too large a number"),
        ([RequestAdded({0: 0.5}, priority="x")], "priority must be a number, not 'x'"),
        (PlacesSet(0, 1), "changes must be a list of them, not PlacesSet"),
        ((change for change in ()), "changes must be a list of them, not <generator"),
    ],
)
def test_what_cannot_be_is_said(changes, said):
    problem = replace(tight(), locked=[(2, 1)])
    with pytest.raises(ValueError, match=said):
        what_if(problem, solve(problem), changes)


def test_a_lock_goes_with_its_request():
    problem = replace(tight(), locked=[(2, 1)])
    outcome = what_if(problem, solve(problem), [RequestRemoved(2), MentorRemoved(1)])
    assert outcome.problem.locked == () and outcome.result.mentor.tolist() == [0, -1]


def test_a_result_of_another_problem_is_refused():
    problem = tight()
    others = [{"capacity": np.array([2, 1])}, {"capacity": np.array([0, 1])}, {"locked": [(1, 1)]}, {"unmatched": 0.1}]
    for other in others:
        with pytest.raises(ValueError, match="result must be that of the problem"):
            what_if(problem, solve(replace(problem, **other)), [PlacesSet(0, 1)])
        with pytest.raises(ValueError, match="result must be that of the problem"):
            what_if(replace(problem, **other), solve(problem), [PlacesSet(0, 1)])
    with pytest.raises(ValueError, match="its shapes are"):
        what_if(problem, solve(Problem(csr_array((1, 2)), 1)), [PlacesSet(0, 1)])


def test_a_result_that_is_none_is_refused():
    problem = tight()
    result = solve(problem)
    forged = [
        ({"mentor": np.array([0, -2, 1])}, "which has no mentor -2"),
        ({"mentor": np.array([0, -1, 2])}, "which has no mentor 2"),
        ({"mentor": np.array([0.0, -1.0, 1.0])}, "its mentor must be an array of whole numbers"),
        ({"mentor": [0, -1, 1]}, "its mentor must be an array of whole numbers"),
        ({"prices": result.prices.astype(float)}, "its prices must be an array of whole numbers"),
        ({"prices": result.prices.tolist()}, "its prices must be an array of whole numbers"),
    ]
    for parts, said in forged:
        with pytest.raises(ValueError, match=f"result must be that of the problem.*{said}"):
            what_if(problem, replace(result, **parts), [])


def test_juniors_that_cost_nothing_change_nothing():
    problem = tight()
    outcome = what_if(problem, solve(problem), [PlacesSet(0, 1, load=5_000)])
    assert outcome.moves == () and outcome.way == "paths" and outcome.problem.load.tolist() == [5_000, 0]


@pytest.mark.parametrize("load", [5_000, 1_000_000])
def test_juniors_that_cost_much_are_counted(load):
    problem = replace(tight(), spread=0.001)
    assert proves_itself(problem, solve(problem), [PlacesSet(0, 1, load=load)]).way == "solve"


def few_for_many(requests=700, mentors=7):
    """Mentors of a hundred places who are all nearly alike: one place that goes may move anybody."""
    rng = np.random.default_rng(12)
    grid = rng.integers(300, 1000, (requests, mentors)) / 1000 * (rng.random((requests, mentors)) < 0.5)
    return Problem(csr_array(grid), 95, spread=0.0001)


def test_a_mentor_of_a_hundred_pauses_by_one_solve_and_a_single_place_goes_by_paths():
    problem = few_for_many()
    result = solve(problem)
    for change in (PlacesSet(0, 0), MentorRemoved(0)):
        outcome = proves_itself(problem, result, [change])
        assert outcome.way == "solve" and "assign" in outcome.result.timings
        assert 95 <= len(outcome.moves) < 700
    for change in (PlacesSet(0, 94), PlacesSet(0, 96), RequestRemoved(0), RequestAdded({0: 1.0})):
        outcome = proves_itself(problem, result, [change])
        assert outcome.way == "paths" and "assign" not in outcome.result.timings


def test_what_paths_may_cost_grows_with_the_pairs_and_not_with_the_places():
    """A pause looks at no more than five rounds of pairs before it is solved, at any size."""
    problem = few_for_many()
    result, looks = solve(problem), []
    look = Search.reach

    def counted(*told):
        looks.append(1)
        look(*told)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Search, "reach", counted)
        what_if(problem, result, [PlacesSet(0, 0)])
    pairs = len(problem.edges.request) + len(result.mentor)
    assert 0 < len(looks) <= 5 * pairs


def test_more_than_twenty_changes_are_solved():
    problem = random_problem(np.random.default_rng(8), 40)
    changes = random_changes(np.random.default_rng(9), problem, 25)
    assert proves_itself(problem, solve(problem), changes).way == "solve"


@pytest.mark.parametrize("seed", range(4))
def test_a_solve_and_paths_come_to_outcomes_that_are_as_near(seed, monkeypatch):
    """500 rounds in both modes, with locks, priorities, several places, and one to four changes each."""
    rng = np.random.default_rng(1500 + seed)
    for number in range(125):
        problem = random_problem(rng, 8 if number % 10 else 40)
        result, changes = solve(problem, seed), random_changes(rng, problem, int(rng.integers(1, 5)))
        by_paths = what_if(problem, result, changes)
        with monkeypatch.context() as patch:
            patch.setattr(import_module("mentorship.matching.what_if"), "MOST_CHANGES", 0)
            by_solve = proves_itself(problem, result, changes)
        assert (by_paths.way, by_solve.way) == ("paths", "solve")
        assert len(by_paths.moves) == len(by_solve.moves)
        assert by_paths.difference.tolist() == by_solve.difference.tolist()


def test_many_places_and_large_numbers_cost_no_memory_and_stay_exact():
    """A million places; and sums that no float64 holds, since each is counted with who stays as they are."""
    rng = np.random.default_rng(11)
    grid = np.round(rng.random((600, 8)), 6) * (rng.random((600, 8)) < 0.5)
    problem = Problem(csr_array(grid), np.array([100, 80, 60, 40, 20, 10, 5, 0]), np.arange(8) * 50, spread=0.02)
    result = solve(problem)
    proves_itself(problem, result, [PlacesSet(7, 1_000_000), PlacesSet(0, 0), RequestRemoved(4)])
    assert proves_itself(problem, result, [PlacesSet(7, 1_000_000, load=1_000_000), RequestRemoved(4)]).way == "solve"
    assert proves_itself(problem, result, [PlacesSet(0, 98), RequestRemoved(4)]).way == "paths"
