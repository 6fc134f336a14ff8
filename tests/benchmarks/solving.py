"""Seconds of the processor to assign and prove with OR-Tools, against its own two flows on the same rounds.

python -m tests.benchmarks.solving [REQUESTS] [ROUNDS]
One process, so that other work on the machine changes little; medians over rounds of several seeds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median

from mentorship.matching import Ints, Problem, assign, solver
from mentorship.matching.prices import smallest_prices
from mentorship.matching.result import bound_of, objective_of
from mentorship.rounds.gather import gather
from tests.benchmarks.figures import table
from tests.benchmarks.instances import company
from tests.benchmarks.rivals import by_largest_flow, by_min_cost_flow
from tests.benchmarks.runs import TERMS, use
from tests.benchmarks.shapes import SHAPES, shaped

REQUESTS, ROUNDS, SEEDS = 3_000, 5, (1, 2, 3)
HEADS = ["round", "eligible pairs", "assign", "prove", "(a) OR-Tools", "(a+) its max flow", "over the faster"]


def measured(problem: Problem) -> tuple[float, ...]:
    """Return milliseconds to assign and to prove, those of the two rivals, and ours over the faster of theirs."""
    rivals = [spent(by, fresh(problem)) for by in (by_min_cost_flow, by_largest_flow)]
    ours = fresh(problem)
    began = time.process_time()
    mentor = assign.assign(solver.whole(ours))
    assigned = time.process_time()
    prices = smallest_prices(ours, mentor)
    assert bound_of(ours, prices) == objective_of(ours, mentor)
    proved = time.process_time()
    parts = 1000 * (assigned - began), 1000 * (proved - assigned)
    return *parts, *rivals, sum(parts) / min(rivals)


def fresh(problem: Problem) -> Problem:
    """Return a problem that has nothing worked out yet but its pairs, which whoever solves it needs."""
    again = replace(problem)
    assert len(again.worth) == len(again.edges.request)
    return again


def spent(solve: Callable[[Problem], Ints], problem: Problem) -> float:
    """Return the milliseconds of the processor that a solve takes."""
    began = time.process_time()
    solve(problem)
    return 1000 * (time.process_time() - began)


def made(shape: str, requests: int, seed: int) -> Problem:
    """Return a round of a shape, or of a company."""
    return shaped(shape, requests, seed) if shape in SHAPES else gather(company(requests, seed), TERMS).problem


def main(requests: int = REQUESTS, rounds: int = ROUNDS) -> None:
    """Measure and print every shape."""
    use("flow", 0)
    rows = []
    for shape in ("market", *SHAPES):
        problems = [made(shape, requests, seed) for seed in SEEDS]
        figures = [measured(problem) for _ in range(rounds) for problem in problems]
        middle = [median(every) for every in zip(*figures, strict=True)]
        rows.append([shape, f"{len(problems[0].edges.request):,}", *(f"{figure:.2f}" for figure in middle)])
    table(f"{requests:,} requests: milliseconds of the processor, medians", HEADS, rows)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
