"""Why not another: what each alternative of a request would cost in all, and whom it would move; exact.

Giving a request another mentor takes a place there and frees one where it was. The cheapest way for all others to make
up for that is one shortest path in the residual graph, from the place taken to the place freed: nothing is solved
again (Ahuja, Magnanti and Orlin, 1993, chapter 9). At competitive prices no step of it costs less than nothing, so one
run of Dijkstra's algorithm finds the paths from every mentor at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from mentorship.matching.arrays import Flags, Floats, Ints
from mentorship.matching.prices import in_units, smallest_prices
from mentorship.matching.problem import Problem
from mentorship.matching.result import used_places

NOBODY = -1
Move = tuple[int, int, int]
_Arcs = tuple[Ints, Ints, Ints]
"""From which nodes to which, and at what cost."""


@dataclass(frozen=True)
class Alternative:
    """Another mentor for a request: by how much the objective would fall, and who would move.

    `loss` is in requests and score, as `Result.place_loss`; `moves` are (request, from mentor, to mentor), -1 = nobody,
    the request itself not among them.
    """

    mentor: int
    loss: tuple[float, ...]
    moves: tuple[Move, ...]


def alternatives(problem: Problem, assigned: Ints, request: int, prices: Ints | None = None) -> list[Alternative]:
    """Return every other eligible mentor of a request with its exact price, the cheapest first.

    `assigned` (R,) is a best assignment of `problem`, such as `Result.mentor`, and `prices` (M,) are `Result.prices`,
    computed when they are not given. A mentor whose every place others are locked to is left out.

    Raises
    ------
    ValueError
        If the request is locked: release it first.
    """
    if problem.lock[request] >= 0:
        raise ValueError(f"request {request} is locked, so it has no alternative")
    prices = smallest_prices(problem, assigned) if prices is None else prices
    net = _gains(problem, request, prices)
    own = int(assigned[request])
    ways = _Ways(problem, assigned, request, prices)
    found = []
    for mentor, gain in net.items():
        if mentor == own or not np.isfinite(ways.distance[ways.mentors + mentor]):
            continue
        worth = net.get(own, 0) - gain + int(ways.distance[ways.mentors + mentor])
        loss = in_units(problem, np.array([worth], dtype=np.int64))[0]
        found.append(Alternative(mentor, tuple(loss.tolist()), ways.moves(mentor)))
    return sorted(found, key=lambda a: (a.loss, a.mentor))


def _gains(problem: Problem, request: int, prices: Ints) -> dict[int, int]:
    """Return what a request gains with each of its mentors, at these prices."""
    edges = problem.edges
    first, last = np.searchsorted(edges.request, [request, request + 1])
    mentors = edges.mentor[first:last]
    net = problem.worth[first:last] - prices[mentors]
    return dict(zip(mentors.tolist(), net.tolist(), strict=True))


class _Ways:
    """The cheapest ways for all other requests to make up for a place taken, ending at the place `request` leaves.

    Nodes are requests, mentors, and nobody. A mentor leads to whoever is theirs, a request to its other mentors; nobody
    stands for staying unmatched and for a place that is filled or emptied. Costs are reduced by the prices: from a node
    with price p to one with price q, a step costs what it costs in value less p plus q.
    """

    def __init__(self, problem: Problem, assigned: Ints, request: int, prices: Ints) -> None:
        self._assigned = assigned
        self.mentors = len(assigned)
        self._nobody = self.mentors + len(prices)
        tail, head, cost = self._arcs(problem, request, prices)
        # turned around, so that one run from the end finds the ways from everywhere
        graph = csr_array((cost, (head, tail)), shape=(self._nobody + 1, self._nobody + 1))
        own = int(assigned[request])
        end = self._nobody if own == NOBODY else self.mentors + own
        distance, following = dijkstra(graph, indices=np.array([end]), return_predecessors=True)
        self.distance, self._next = distance[0], following[0]

    def _arcs(self, problem: Problem, request: int, prices: Ints) -> tuple[Ints, Ints, Floats]:
        movable = problem.lock < 0
        movable[request] = False
        arcs = [*self._of_requests(problem, prices, movable), *self._of_places(problem, prices)]
        tail, head, cost = (np.concatenate(column) for column in zip(*arcs, strict=True))
        return tail, head, cost.astype(np.float64)

    def _of_requests(self, problem: Problem, prices: Ints, movable: Flags) -> list[_Arcs]:
        """Return how requests that may move are reached, and where they can go."""
        edges, assigned = problem.edges, self._assigned
        net = problem.worth - prices[edges.mentor]
        mine = assigned[edges.request] == edges.mentor
        gain = self._own(edges.request[mine], net[mine])
        other = ~mine & movable[edges.request]
        asks, to = edges.request[other], edges.mentor[other]
        placed, idle = np.flatnonzero(movable & (assigned >= 0)), np.flatnonzero(movable & (assigned < 0))
        return [
            (self.mentors + assigned[placed], placed, np.zeros_like(placed)),
            (self._nobodies(idle), idle, np.zeros_like(idle)),
            (asks, self.mentors + to, gain[asks] - net[other]),
            (placed, self._nobodies(placed), gain[placed]),
        ]

    def _nobodies(self, others: Ints) -> Ints:
        return np.full(len(others), self._nobody)

    def _own(self, request: Ints, net: Ints) -> Ints:
        """Return what each request gains with its own mentor, 0 with nobody."""
        gain = np.zeros(len(self._assigned), dtype=np.int64)
        gain[request] = net
        return gain

    def _of_places(self, problem: Problem, prices: Ints) -> list[_Arcs]:
        """Return the places that can be filled, or emptied, without anybody else."""
        used = used_places(problem, self._assigned)
        spare, some = np.flatnonzero(used < problem.capacity), np.flatnonzero(used > 0)
        next_cost = (problem.load + used) * problem.spread_units
        return [
            (self.mentors + spare, self._nobodies(spare), (next_cost - prices)[spare]),
            (self._nobodies(some), self.mentors + some, (prices - next_cost)[some] + problem.spread_units),
        ]

    def moves(self, mentor: int) -> tuple[Move, ...]:
        """Return who moves when a place with `mentor` is taken."""
        node, found = self.mentors + mentor, []
        while self._next[node] >= 0:
            before, node = node, int(self._next[node])
            if before < self.mentors:
                target = NOBODY if node == self._nobody else node - self.mentors
                found.append((before, int(self._assigned[before]), target))
        return tuple(sorted(found))
