"""The same assignment as a flow of least cost by OR-Tools: the optional extra `fast`.

Mentors are nodes, not their places, and all is counted in whole millionths. Two forms, each exact where it is used:

- as many as possible first, without locks or with: the largest flow, and of all largest ones the cheapest. A locked
  pair costs less than all others together can differ; some largest flow keeps every lock, for whoever can be matched at
  once can be among a largest number that is (Ore, 1955).
- staying out has a price: everybody flows, to a place or to nobody, but who is locked only to their own mentor.

Called only through `mentorship.matching.solve`, which proves the outcome as it does that of SciPy.
"""

from __future__ import annotations

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from mentorship.matching.arrays import Ints
from mentorship.matching.parts import NEVER, Part


def assign(part: Part) -> Ints:
    """Return the mentor of each request of a part, -1 = nobody, at the highest total worth.

    Raises
    ------
    RuntimeError
        If no flow is the best one, as where costs are too large to count.
    """
    requests = len(part.idle)
    asks = np.repeat(np.arange(requests), np.diff(part.start))
    sink = requests + len(part.places)
    flow = SimpleMinCostFlow()
    pairs = _arcs(flow, asks, requests + part.mentor, -_worth(part, asks))
    _add_places(flow, part, sink)
    _add_requests(flow, part, sink)
    status = flow.solve_max_flow_with_min_cost() if part.bonus else flow.solve()
    if status != flow.OPTIMAL:
        raise RuntimeError(f"OR-Tools found no best flow: {status}")
    taken = flow.flows(pairs) > 0
    mentor = np.full(requests, -1, dtype=np.int64)
    mentor[asks[taken]] = part.mentor[taken]
    return mentor


def _worth(part: Part, asks: Ints) -> Ints:
    """Return what each pair (E,) is worth; where the number comes first, so much more if it is locked that it stays."""
    if not part.bonus:
        return part.worth
    worth = part.worth - part.bonus
    most = int(np.abs(worth).max(initial=0)) + int(np.abs(part.cost).max(initial=0))
    kept = np.where(part.idle <= NEVER, 2 * len(part.idle) * (most + 1), 0)
    return worth + kept[asks]


def _add_places(flow: SimpleMinCostFlow, part: Part, sink: int) -> None:
    """Add the places of each mentor; those that cost the same are one arc."""
    owner = np.repeat(np.arange(len(part.places)), part.places)
    if not len(owner):
        return
    other = (np.diff(owner, prepend=-1) != 0) | (np.diff(part.cost, prepend=0) != 0)
    begins = np.flatnonzero(other)
    many = np.diff(begins, append=len(owner))
    tail = len(part.idle) + owner[begins]
    flow.add_arcs_with_capacity_and_unit_cost(tail, np.full(len(begins), sink), many, part.cost[begins])


def _add_requests(flow: SimpleMinCostFlow, part: Part, sink: int) -> None:
    """Let everybody flow in; and out to nobody, where staying out has a price."""
    every = np.arange(len(part.idle))
    _arcs(flow, np.full(len(every), sink + 1), every, np.zeros(len(every), dtype=np.int64))
    if not part.bonus:
        may = np.flatnonzero(part.idle > NEVER)
        _arcs(flow, may, np.full(len(may), sink), -part.idle[may])
    flow.set_nodes_supplies(np.array([sink + 1, sink]), np.array([len(every), -len(every)]))


def _arcs(flow: SimpleMinCostFlow, tail: Ints, head: Ints, cost: Ints) -> Ints:
    """Add arcs that one unit may take, and return their numbers."""
    one = np.ones(len(tail), dtype=np.int64)
    added: Ints = flow.add_arcs_with_capacity_and_unit_cost(tail, head, one, cost)
    return added
