"""The same round by others: OR-Tools' min-cost flow, SciPy's dense assignment, and PyPI's mentor-match in its terms."""

from __future__ import annotations

import operator
import time

import numpy as np
from matching import process
from matching.mentee import Mentee
from matching.mentor import Mentor
from matching.rules import rule
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from scipy.optimize import linear_sum_assignment

from mentorship.matching import Floats, Ints, Problem
from mentorship.rounds.facts import Records


def by_min_cost_flow(problem: Problem) -> Ints:
    """Return the mentor (R,) of each request by OR-Tools: everybody flows, to a place or, dear enough, to nobody."""
    return _flow(problem, idle=True)


def by_largest_flow(problem: Problem) -> Ints:
    """Return the same by the largest flow of least cost, without arcs to nobody: twice as fast, last resort only."""
    return _flow(problem, idle=False)


def _flow(problem: Problem, *, idle: bool) -> Ints:
    (requests, mentors), edges = problem.scores.shape, problem.edges
    source, sink = requests + mentors, requests + mentors + 1
    owner, cost = _places(problem)
    flow = SimpleMinCostFlow()
    every, nothing = np.arange(requests), np.zeros(requests, dtype=np.int64)
    pairs = _add(flow, edges.request, requests + edges.mentor, -(edges.score + idle * problem.match_bonus))
    _add(flow, requests + owner, np.full(len(owner), sink), cost)
    _add(flow, np.full(requests, source), every, nothing)
    if idle:
        _add(flow, every, np.full(requests, sink), nothing)
    flow.set_nodes_supplies(np.array([source, sink]), np.array([requests, -requests]))
    if (flow.solve() if idle else flow.solve_max_flow_with_min_cost()) != flow.OPTIMAL:
        raise RuntimeError("OR-Tools found no optimal flow")
    taken = flow.flows(pairs) > 0
    mentor = np.full(requests, -1, dtype=np.int64)
    mentor[edges.request[taken]] = edges.mentor[taken]
    return mentor


def _add(flow: SimpleMinCostFlow, tail: Ints, head: Ints, cost: Ints) -> Ints:
    """Add arcs that one unit may take, and return their numbers."""
    arcs: Ints = flow.add_arcs_with_capacity_and_unit_cost(tail, head, np.ones(len(tail), dtype=np.int64), cost)
    return arcs


def by_dense_assignment(problem: Problem) -> Ints:
    """Return the mentor (R,) of each request by a dense array of requests and places.

    A pair that may not be made is worth nothing, as staying unmatched is, so that no idle columns are needed; with
    them it takes twice as long.
    """
    edges, requests = problem.edges, problem.scores.shape[0]
    owner, cost = _places(problem)
    first = np.cumsum(problem.places) - problem.places
    copies = problem.places[edges.mentor]
    start = np.cumsum(copies) - copies
    place = np.repeat(first[edges.mentor] - start, copies) + np.arange(int(copies.sum()))
    worth: Floats = np.zeros((requests, len(owner)))
    gain = np.repeat(edges.score + problem.match_bonus, copies) - cost[place]
    worth[np.repeat(edges.request, copies), place] = np.maximum(gain, 0)
    rows, columns = linear_sum_assignment(worth, maximize=True)
    real = worth[rows, columns] > 0
    mentor = np.full(requests, -1, dtype=np.int64)
    mentor[rows[real]] = owner[columns[real]]
    return mentor


def _places(problem: Problem) -> tuple[Ints, Ints]:
    """Return whose each place is, and what it costs in millionths: the next place of a mentor is dearer."""
    owner = np.repeat(np.arange(len(problem.places)), problem.places)
    place = np.arange(len(owner)) - (np.cumsum(problem.places) - problem.places)[owner]
    return owner, (problem.load[owner] + place) * problem.spread_units


def by_mentor_match(records: Records, rounds: int) -> float:
    """Return the seconds that mentor-match's main entry point takes over the same people in its own fields and rules.

    Organisation is the site, profession the main need or the mentor's best domain, grade the level there. Its own
    service goes through three rounds, after which everybody may have three mentors; ours gives one.
    """
    askers, guides = _mentees(records), _mentors(records)
    rules = [
        rule.Disqualify(lambda match: match.mentor.organisation != match.mentee.organisation),
        rule.Disqualify(rule.Grade(0, operator.le).evaluate),
        rule.Grade(2, operator.eq, {True: 12, False: 0}),
        rule.Grade(1, operator.eq, {True: 9, False: 0}),
        rule.Equivalent("profession", {True: 10, False: 0}),
        rule.UnmatchedBonus(6),
    ]
    began = time.perf_counter()
    process.process_data(guides, askers, [rules] * rounds)
    return time.perf_counter() - began


def _mentees(records: Records) -> list[Mentee]:
    return [
        Mentee(
            email=f"{request.person}@example.org",
            organisation=records.people[request.person].site,
            profession=request.needs[0].domain,
            grade=request.needs[0].current,
        )
        for request in records.requests
    ]


def _mentors(records: Records) -> list[Mentor]:
    best = {mentor.person: max(mentor.levels.items(), key=lambda item: item[1]) for mentor in records.mentors}
    return [
        Mentor(
            email=f"{person}@example.org",
            organisation=records.people[person].site,
            profession=domain,
            grade=level,
        )
        for person, (domain, level) in best.items()
    ]
