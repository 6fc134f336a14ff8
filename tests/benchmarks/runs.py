"""One measured run in a process of its own.

python -m tests.benchmarks.runs ENGINE REQUESTS [MENTORS or SHAPE]
prints JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from mentorship.matching import (
    DEFAULT_WEIGHTS,
    SCALE,
    Ints,
    MentorRemoved,
    PlacesSet,
    Problem,
    RequestRemoved,
    Result,
    bottlenecks,
    check,
    place_gain,
    place_loss,
    quality,
    rosters,
    solve,
    timetables,
    used_places,
    what_if,
)
from mentorship.matching import assign as engine_choice
from mentorship.matching.changes import Change
from mentorship.matching.prices import smallest_prices
from mentorship.matching.result import bound_of, objective_of
from mentorship.rounds.explanations import Explainer
from mentorship.rounds.facts import Records
from mentorship.rounds.gather import Gathered, Terms, gather
from tests.benchmarks.figures import OURS, STAGES
from tests.benchmarks.instances import DOMAINS, company
from tests.benchmarks.shapes import SHAPES, shaped

TERMS = Terms(DEFAULT_WEIGHTS, floor=0.30, spread=0.02)
NAMES = {domain: f"Domain {domain}" for domain in range(DOMAINS)}
WARM_UP = 60
"""Requests of the round that is gone through first, so that a run finds what a long-running worker has loaded."""
SEED, CHANGES = 1, 4
T = TypeVar("T")


class Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(STAGES, 0.0)

    def __call__(self, stage: str, work: Callable[[], T]) -> T:
        began = time.perf_counter()
        outcome = work()
        self.seconds[stage] += time.perf_counter() - began
        return outcome


def use(engine: str, flow_from: int) -> None:
    """Let `solve` take OR-Tools from so many edges, or never."""
    edges = flow_from if engine == "flow" else sys.maxsize
    engine_choice.FLOW_FROM = engine_choice.LOADED_FROM = edges
    if engine == "scipy":
        engine_choice.find_spec = lambda name: None  # as where the extra is not installed


def measured(engine: str, requests: int, mentors: int | None, shape: str | None = None) -> dict[str, object]:
    """Go through one round after a warm-up and return its figures."""
    warm_up(engine)
    clock = Clock()
    if shape:
        problem = shaped(shape, requests)
        before, result = peak(), go_through_shape(engine, problem, clock)
    else:
        records = company(requests, mentors=mentors)
        before, (gathered, result) = peak(), go_through(engine, records, clock)
        problem = gathered.problem
    figures = {
        "mentors": problem.scores.shape[1],
        "places": int(problem.places.sum()),
        "pairs": len(problem.edges.request),
        "objective": list(result.objective),
        "seconds": clock.seconds,
        "total": sum(clock.seconds.values()),
        "before": before,
        "peak": peak(),
    }
    if engine not in OURS:
        return figures
    return figures | {"changes": changes(problem, result), **mentors_gone(problem, result)}


def warm_up(engine: str) -> None:
    """Go through a small round, and forget what that learnt of people."""
    warm_from = engine_choice.LOADED_FROM
    use(engine, 0)
    go_through(engine, company(WARM_UP), Clock())
    rosters._meeting.cache_clear()
    timetables._minutes.cache_clear()
    use(engine, warm_from)


def changes(problem: Problem, result: Result) -> list[float]:
    """Return the seconds that each of some changes takes to be answered, one place or one request at a time."""
    rng = np.random.default_rng(SEED)
    used = used_places(problem, result.mentor)
    mentors, requests = rng.choice(np.flatnonzero(used), 2 * CHANGES), rng.integers(len(result.mentor), size=CHANGES)
    fewer = [PlacesSet(int(m), int(used[m]) - 1) for m in mentors[:CHANGES]]
    more = [PlacesSet(int(m), int(problem.capacity[m]) + 1) for m in mentors[CHANGES:]]
    withdrawn = [RequestRemoved(int(r)) for r in requests]
    every: list[Change] = [*fewer, *more, *withdrawn]
    return [asked(problem, result, change) for change in every]


def mentors_gone(problem: Problem, result: Result) -> dict[str, list[float]]:
    """Return the seconds that it takes to answer what comes of a pause, and of a leave, of those with most juniors."""
    most = np.argsort(-used_places(problem, result.mentor), kind="stable")[:CHANGES].tolist()
    return {
        "pause": [asked(problem, result, PlacesSet(mentor, 0)) for mentor in most],
        "mentor leaves": [asked(problem, result, MentorRemoved(mentor)) for mentor in most],
    }


def asked(problem: Problem, result: Result, change: Change) -> float:
    """Return the seconds that a change takes to be answered."""
    began = time.perf_counter()
    what_if(problem, result, [change])
    return time.perf_counter() - began


def peak() -> float:
    """Return the most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def go_through(engine: str, records: Records, clock: Clock) -> tuple[Gathered, Result]:
    """Go from profiles to a proved, explained and checked round."""
    gathered = clock("gather", lambda: gather(records, TERMS))
    result = by_us(gathered.problem, clock) if engine in OURS else by(engine, gathered.problem, clock)
    clock("explain", lambda: explain(gathered, records, result))
    clock("check", lambda: check(gathered.problem, result))
    return gathered, result


def go_through_shape(engine: str, problem: Problem, clock: Clock) -> Result:
    """Go from a problem to a proved and checked round; nobody has a profile to explain it by."""
    clock("gather", lambda: problem.worth)
    result = by_us(problem, clock) if engine in OURS else by(engine, problem, clock)
    clock("explain", lambda: (quality(problem, result), bottlenecks(problem)))
    clock("check", lambda: check(problem, result))
    return result


def by_us(problem: Problem, clock: Clock) -> Result:
    """Solve with our own engines; what `solve` does outside its stages is proof: the objective and its bound."""
    began = time.perf_counter()
    result = solve(problem, SEED)
    whole = time.perf_counter() - began
    clock.seconds.update({stage: clock.seconds[stage] + seconds for stage, seconds in result.timings.items()})
    clock.seconds["prove"] += whole - sum(result.timings.values())
    return result


def by(engine: str, problem: Problem, clock: Clock) -> Result:
    """Solve with a rival's pairs and our prices; ties stay as the rival left them."""
    from tests.benchmarks import rivals

    pairs = {
        "ortools": rivals.by_min_cost_flow,
        "ortools_flow": rivals.by_largest_flow,
        "dense": rivals.by_dense_assignment,
    }[engine]
    mentor = clock("assign", lambda: pairs(problem))
    prices, objective, bound, score = clock("prove", lambda: proof(problem, mentor))
    gain, loss = clock("places", lambda: (place_gain(problem, prices), place_loss(problem, mentor)))
    return Result(mentor, objective, bound, prices, gain, loss, int((mentor >= 0).sum()), score / SCALE)


def proof(problem: Problem, mentor: Ints) -> tuple[Ints, tuple[int, ...], tuple[int, ...], int]:
    """Return the prices, the objective, its bound and the sum of scores, as `solve` does."""
    prices, edges = smallest_prices(problem, mentor), problem.edges
    score = int(edges.score[mentor[edges.request] == edges.mentor].sum())
    return prices, objective_of(problem, mentor), bound_of(problem, prices), score


def explain(gathered: Gathered, records: Records, result: Result) -> None:
    """Explain every pair, and say how good the round is and where places are short."""
    explainer, edges = Explainer(gathered, records, TERMS, NAMES), gathered.problem.edges
    for edge in np.flatnonzero(result.mentor[edges.request] == edges.mentor).tolist():
        explainer.explain(edge)
    quality(gathered.problem, result)
    bottlenecks(gathered.problem)


def loading() -> dict[str, object]:
    """Return the seconds that the first use of OR-Tools takes more than the second."""
    problem = gather(company(WARM_UP), TERMS).problem
    use("flow", 0)
    seconds = []
    for _ in range(2):
        began = time.perf_counter()
        solve(problem, SEED)
        seconds.append(time.perf_counter() - began)
    return {"total": seconds[0] - seconds[1]}


def main(engine: str, requests: str = "0", more: str | None = None) -> dict[str, object]:
    """Return the figures of one run."""
    if engine == "loading":
        return loading()
    if more in SHAPES:
        return measured(engine, int(requests), None, more)
    mentors = int(more) if more else None
    if engine.startswith("mentor-match"):
        from tests.benchmarks.rivals import by_mentor_match

        seconds = by_mentor_match(company(int(requests), mentors=mentors), int(engine.removeprefix("mentor-match ")))
        return {"total": seconds, "peak": peak()}
    return measured(engine, int(requests), mentors)


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
