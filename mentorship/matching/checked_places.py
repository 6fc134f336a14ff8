"""What one place more or fewer is worth, found again from the pairs and prices of a result and nothing of the solver.

At prices that support an assignment no step is without loss: a junior who would go from one mentor to another loses
their slack. How far the price of a mentor can fall, or rise, before some junior or place would rather change is then
the length of a shortest way over slacks, which are never negative (Johnson, 1977).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from mentorship.matching.arrays import Flags, Floats, Ints

Arc = tuple[Ints, Ints]
"""From which nodes to which."""


@dataclass(frozen=True)
class Standing:
    """An assignment (R,) at prices (M,) in whole units, with what each pair that may be made is worth: arrays (E,).

    `cost` (M,) is what the first place of each mentor costs and `unit` how much dearer each next one is; `locked`
    (R,) tells whose pair is kept whatever it is worth.
    """

    mentor: Ints
    prices: Ints
    request: Ints
    target: Ints
    worth: Ints
    cost: Ints
    unit: int
    capacity: Ints
    locked: Flags

    @cached_property
    def used(self) -> Ints:
        """Count the juniors each mentor gets, shape (M,)."""
        return np.bincount(self.mentor[self.mentor >= 0], minlength=len(self.prices)).astype(np.int64)

    @cached_property
    def net(self) -> Ints:
        """Return per pair, shape (E,), what its request gains by it at these prices."""
        return self.worth - self.prices[self.target]

    @cached_property
    def mine(self) -> Flags:
        """Tell per pair, shape (E,), whether it is one of the assignment."""
        own: Flags = self.mentor[self.request] == self.target
        return own

    @cached_property
    def slack(self) -> Ints:
        """Return per pair, shape (E,), what its request loses by it, compared with what it has."""
        own = np.zeros(len(self.mentor), dtype=np.int64)
        own[self.request[self.mine]] = self.net[self.mine]
        return own[self.request] - self.net

    @cached_property
    def free(self) -> Flags:
        """Tell per pair, shape (E,), whether its request is matched and may change."""
        return (self.mentor[self.request] >= 0) & ~self.locked[self.request]


def place_worth(found: Standing) -> tuple[Floats, Floats]:
    """Return what one more place of each mentor brings, and one fewer costs: (M,) each, in whole units."""
    after = found.cost + found.capacity * found.unit
    gain = np.maximum(found.prices - _falls(found) - after, 0)
    full = (found.used == found.capacity) & (found.used > 0)
    loss = np.where(full, found.prices + _rises(found) - (after - found.unit), 0)
    return gain, loss


def _falls(found: Standing) -> Floats:
    """Return how far each price can fall: to what its last place costs, or to what somebody else would pay."""
    last = np.where(found.used > 0, found.cost + (found.used - 1) * found.unit, 0)
    falls = (found.prices - last).astype(np.float64)
    idle = (found.mentor[found.request] < 0) & ~found.locked[found.request]
    np.minimum.at(falls, found.target[idle], found.slack[idle])
    moving, arriving, slack = _steps(found)
    return _ways(found, falls, moving, arriving, slack)


def _rises(found: Standing) -> Floats:
    """Return how far each price can rise: to what its next place costs, or until its junior would rather leave."""
    after = found.cost + found.used * found.unit - found.prices
    rises = np.where(found.used < found.capacity, after, np.inf)
    own = found.mine & found.free
    np.minimum.at(rises, found.target[own], found.net[own])
    moving, arriving, slack = _steps(found)
    turned = moving[::-1], arriving[::-1]
    return _ways(found, rises, *turned, slack)


def _steps(found: Standing) -> tuple[Arc, Arc, Ints]:
    """Return how juniors leave their mentors, how they come to others, and what they lose by that.

    Of the nodes 0 is where every way begins; mentors follow it, and then requests.
    """
    moves = found.free & ~found.mine
    request = found.request[moves]
    first = 1 + len(found.prices)
    moving = np.unique(request)
    leaves = 1 + found.mentor[moving], first + moving
    arrives = first + request, 1 + found.target[moves]
    return leaves, arrives, found.slack[moves]


def _ways(found: Standing, begins: Floats, free: Arc, paid: Arc, slack: Ints) -> Floats:
    """Return the length of the shortest way to each mentor, (M,): as it `begins`, or on along arcs free and paid."""
    known = np.flatnonzero(np.isfinite(begins))
    start = np.zeros(len(known), dtype=np.int64)
    tail = np.concatenate([start, free[0], paid[0]])
    head = np.concatenate([1 + known, free[1], paid[1]])
    length = np.concatenate([begins[known], np.zeros(len(free[0])), slack])
    nodes = 1 + len(found.prices) + len(found.mentor)
    graph = csr_array((length, (tail, head)), shape=(nodes, nodes))
    distance = dijkstra(graph, indices=np.array([0]))
    return distance[0, 1 : 1 + len(found.prices)]
