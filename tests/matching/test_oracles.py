"""Rounds of 50 to 400 requests against solvers of another make: OR-Tools in whole numbers, and HiGHS."""

from __future__ import annotations

import numpy as np
import pytest
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from scipy.optimize import LinearConstraint, linprog, milp
from scipy.sparse import coo_array, csr_array, vstack

from mentorship.matching import check, solve
from tests.matching.builders import problem_of, random_parts


def middling(seed):
    """A round of 50 to 400 requests, scarce or ample places, with ties on odd seeds."""
    rng = np.random.default_rng(300 + seed)
    requests = int(rng.integers(50, 401))
    mentors = int(requests * rng.uniform(0.2, 0.7))
    scores, capacity, load, floor, _, unmatched, locked = random_parts(
        rng, requests, mentors, density=float(rng.choice([0.03, 0.1])), ties=bool(seed % 2)
    )
    locked = locked[:20]
    unmatched = None if seed % 4 < 2 else unmatched or 200_000
    return scores, capacity, load, floor, int(rng.choice([0, 20_000, 300_000])), unmatched, locked


def edge_list(parts):
    """The pairs at or above the floor, without the alternatives of locked requests."""
    held = dict(parts[6])
    return [(r, m, s) for (r, m), s in parts[0].items() if s >= parts[3] and held.get(r, m) == m]


def by_min_cost_flow(parts, requests):
    """OR-Tools, in whole numbers: maximum flow of least cost, each next place of a mentor dearer."""
    _, capacity, load, _, spread, unmatched, locked = parts
    flow, held = SimpleMinCostFlow(), dict(locked)
    source, sink = requests + len(capacity), requests + len(capacity) + 1
    kept = 10**10  # a lock outweighs all else
    for r in range(requests):
        flow.add_arc_with_capacity_and_unit_cost(source, r, 1, 0)
        if unmatched is not None and r not in held:
            flow.add_arc_with_capacity_and_unit_cost(r, sink, 1, unmatched)
    for r, m, score in edge_list(parts):
        flow.add_arc_with_capacity_and_unit_cost(r, requests + m, 1, -score - kept * (r in held))
    for m, n in enumerate(capacity):
        for k in range(n):
            flow.add_arc_with_capacity_and_unit_cost(requests + m, sink, 1, (load[m] + k) * spread)
    flow.set_node_supply(source, requests)
    flow.set_node_supply(sink, -requests)
    assert flow.solve_max_flow_with_min_cost() == flow.OPTIMAL
    value = -flow.optimal_cost() - kept * len(locked)
    return (flow.maximum_flow(), value) if unmatched is None else (value,)


def by_highs(parts, requests, solver):
    """HiGHS over (pair, place) columns; with "last_resort" in two steps, first the number and then the value."""
    _, capacity, load, _, spread, unmatched, locked = parts
    places = np.cumsum([0, *capacity])
    columns = [
        (r, places[m] + k, score - (load[m] + k) * spread)
        for r, m, score in edge_list(parts)
        for k in range(capacity[m])
    ]
    row, place, gain = (np.array(x) for x in zip(*columns, strict=True))
    one = np.ones(len(gain))
    at = np.arange(len(gain))
    rows, each = coo_array((one, (row, at)), (requests, len(at))), coo_array((one, (place, at)), (places[-1], len(at)))
    least = np.zeros(requests)
    least[[r for r, _ in locked]] = 1

    def most(worth, exactly=None):
        limits = [(rows, least, np.ones(requests)), (each, np.zeros(places[-1]), np.ones(places[-1]))]
        if exactly is not None:
            limits.append((csr_array(one[None, :]), np.array([exactly]), np.array([exactly])))
        if solver == "milp":
            limits = [LinearConstraint(matrix.tocsr(), low, high) for matrix, low, high in limits]
            found = milp(-worth, constraints=limits, integrality=one, bounds=(0, 1), options={"mip_rel_gap": 0})
        else:
            matrix = vstack([sign * x[0] for x in limits for sign in (1, -1)], format="csr")
            found = linprog(
                -worth, matrix, np.concatenate([y for _, low, high in limits for y in (high, -low)]), method="highs-ds"
            )
        assert found.status == 0
        chosen = np.rint(found.x).astype(int)
        assert np.allclose(found.x, chosen, atol=1e-5)
        return int(chosen.sum()), int(gain @ chosen)

    if unmatched is None:
        matched, _ = most(one)
        return most(gain.astype(float), matched)
    matched, value = most(gain + float(unmatched))
    return (value - unmatched * (requests - matched),)


@pytest.mark.parametrize("seed", range(24))
def test_middling_rounds_against_min_cost_flow(seed):
    parts = middling(seed)
    requests = 1 + max(r for r, _ in parts[0])
    problem = problem_of(parts, (requests, len(parts[1])))
    result = solve(problem, seed)
    assert result.objective == result.bound == by_min_cost_flow(parts, requests)
    check(problem, result)


@pytest.mark.parametrize("solver", ["linprog", "milp"])
@pytest.mark.parametrize("seed", range(4))
def test_middling_rounds_against_highs(seed, solver):
    parts = middling(40 + seed)
    requests = 1 + max(r for r, _ in parts[0])
    assert solve(problem_of(parts, (requests, len(parts[1])))).objective == by_highs(parts, requests, solver)
