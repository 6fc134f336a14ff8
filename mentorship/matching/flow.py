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
    most = int(part.worth.max(initial=0))
    pairs = _arcs(flow, asks, requests + part.mentor, _cost(part, asks, most))
    _add_places(flow, part, sink)
    _add_requests(flow, part, sink, most)
    status = flow.solve_max_flow_with_min_cost() if part.bonus else flow.solve()
    if status != flow.OPTIMAL:
        raise RuntimeError(f"OR-Tools found no best flow: {status}")
    taken = np.flatnonzero(flow.flows(pairs))
    mentor = np.full(requests, -1, dtype=np.int64)
    mentor[asks[taken]] = part.mentor[taken]
    return mentor


def _cost(part: Part, asks: Ints, most: int) -> Ints:
    """Return how much less than `most` each pair (E,) is worth: small numbers, which take OR-Tools fewer rounds.

    Where the number comes first, a locked pair costs so much less that it stays.
    """
    cost: Ints = most - part.worth
    staying = part.idle <= NEVER
    if not part.bonus or not staying.any():
        return cost
    differ = int(cost.max(initial=0)) + int(np.abs(part.cost).max(initial=0))
    kept = np.where(staying, 2 * len(part.idle) * (differ + 1), 0)
    less: Ints = cost - kept[asks]
    return less


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


def _add_requests(flow: SimpleMinCostFlow, part: Part, sink: int, most: int) -> None:
    """Let everybody flow in; and out to nobody, where staying out has a price."""
    requests = len(part.idle)
    if not part.bonus:
        may = np.flatnonzero(part.idle > NEVER)
        _arcs(flow, may, np.full(len(may), sink), most - part.idle[may])
    flow.set_nodes_supplies(np.arange(requests), np.ones(requests, dtype=np.int64))
    flow.set_node_supply(sink, -requests)


def _arcs(flow: SimpleMinCostFlow, tail: Ints, head: Ints, cost: Ints) -> Ints:
    """Add arcs that one unit may take, and return their numbers."""
    added: Ints = flow.add_arcs_with_capacity_and_unit_cost(tail, head, 1, cost)
    return added
