"""A best assignment that stays the best while places, requests and mentors come and go one at a time.

Each of these takes one shortest path in the residual graph, over costs that the prices keep from being negative, and
the prices follow (Edmonds and Karp, 1972; Tomizawa, 1971). All is counted in Python's whole numbers, whatever their
size. The search ends at the first place that will do, so that most of a round is not looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush
from math import inf

import numpy as np
from scipy.sparse import csr_array

from mentorship.matching.arrays import Flags, Ints, bounds

ABSENT = -1
"""Where a request is that has not come in yet."""
EACH = 20
"""Pairs that a path counts for besides those it looks at."""
Pairs = tuple[list[int], list[int]]
"""With whom, and what each of these is worth."""
Cost = int | float
"""A whole number; only what cannot be is without bound."""
Step = tuple[int, int, int, int]
"""Who goes from which mentor to which, and what that pair is worth."""


class TooLong(Exception):
    """The paths have looked at more pairs than they may."""


@dataclass(frozen=True)
class Worths:
    """What pairs and places are worth: `request`, `mentor` and `worth` (E,) by request, `idle` (R,) is staying out.

    The k-th place of a mentor, counting the juniors they have, costs (k - 1) `unit`; `locked` (R,) never move.
    """

    request: Ints
    mentor: Ints
    worth: Ints
    idle: Ints
    locked: Flags
    unit: int

    @cached_property
    def start(self) -> list[int]:
        """Where the pairs of each request begin, and where the last ones end."""
        start: list[int] = bounds(np.bincount(self.request, minlength=len(self.idle))).tolist()
        return start

    @cached_property
    def by_mentor(self) -> tuple[list[int], Ints]:
        """The pairs of each mentor: where they begin in a list of pairs, and that list."""
        every, mentors = np.arange(len(self.mentor)), int(self.mentor.max(initial=-1)) + 1
        turned = csr_array((every, self.mentor, self.start), shape=(len(self.idle), mentors)).tocsc()
        return turned.indptr.tolist(), turned.data

    def of_request(self, request: int) -> Pairs:
        """Return the mentors of a request with what each is worth."""
        first, last = self.start[request : request + 2]
        return self.mentor[first:last].tolist(), self.worth[first:last].tolist()

    def of_mentor(self, mentor: int) -> Pairs:
        """Return the requests of a mentor with what each is worth."""
        start, pairs = self.by_mentor
        if mentor + 1 >= len(start):
            return [], []
        these = pairs[start[mentor] : start[mentor + 1]]
        return self.request[these].tolist(), self.worth[these].tolist()


class Seating:
    """Who is with whom, at prices that support it; the last node stands for nobody, with room for all.

    `at` (R,) is the node of each request or `ABSENT`; `price` (M + 1,) is a price of each mentor's time; `held` counts
    juniors, of the `capacity` places that there are, on top of a `load`. When all paths together have looked at
    `most_looks` pairs, the next look raises `TooLong`.
    """

    def __init__(
        self, worths: Worths, at: Ints, prices: list[int], capacity: Ints, load: Ints, most_looks: float = inf
    ) -> None:
        self.worths, self.nobody = worths, len(capacity)
        self._looks_left = most_looks
        self.price: list[Cost] = [*prices, 0]
        self.at: list[int] = at.tolist()
        self.capacity: list[int] = capacity.tolist()
        self.load: list[int] = load.tolist()
        self._locked: list[bool] = worths.locked.tolist()
        self._idle: list[int] = worths.idle.tolist()
        self._own = self._worth_of_each(at)
        self._pairs: dict[int, Pairs] = {}
        self._those: list[set[int]] = [set() for _ in self.price]
        for request in np.flatnonzero(at >= 0).tolist():
            self._those[self.at[request]].add(request)
        self.held = [len(those) for those in self._those]

    def _worth_of_each(self, at: Ints) -> list[int]:
        worths, own = self.worths, self.worths.idle.copy()
        mine = at[worths.request] == worths.mentor
        own[worths.request[mine]] = worths.worth[mine]
        found: list[int] = own.tolist()
        return found

    def come(self, request: int) -> None:
        """Let a request in that is absent."""
        worths = dict(zip(*self._pairs_of(request), strict=True))
        worths[self.nobody] = self._idle[request]
        most = max(worth - self.price[node] for node, worth in worths.items())
        node = self._make_room({node: most - worth + self.price[node] for node, worth in worths.items()})
        self._sit(request, node, worths[node])

    def go(self, mentor: int) -> None:
        """Let one of a mentor's juniors go elsewhere, whoever loses least by it, or stay where there is room again."""
        self.held[mentor] -= 1
        self._make_room({mentor: 0})

    def fill(self, mentor: int) -> bool:
        """Give a free place of a mentor to whoever gains by it; tell whether anybody does."""
        self._spend(EACH)
        gain = self.price[mentor] - self._next(mentor)
        if gain <= 0:
            return False
        search = Search({mentor: 0}, len(self.price), gain)
        search.run(lambda node: inf if node == mentor else self._loses_one(node), self._inwards)
        for node in search.seen:
            self.price[node] -= max(search.limit - search.far[node], 0)
        if search.end < 0:
            return False
        for step in search.steps(2):
            self._take(step)
        self.held[search.end] -= 1
        self.held[mentor] += 1
        return True

    def _make_room(self, begins: dict[int, Cost]) -> int:
        """Let juniors move until a node takes one more; return at which of those that it `begins` with."""
        self._spend(EACH)
        search = Search(begins, len(self.price))
        search.run(self._takes_one, self._outwards)
        if search.end < 0:
            raise RuntimeError("nobody can make room")
        for node in search.seen:
            self.price[node] += max(search.limit - search.far[node], 0)
        begin = search.end
        for step in search.steps(1):
            self._take(step)
            begin = step[1]
        self.held[search.end] += 1
        return begin

    def _take(self, step: Step) -> None:
        request, source, target, worth = step
        self._those[source].discard(request)
        self._sit(request, target, worth)

    def _sit(self, request: int, node: int, worth: int) -> None:
        self.at[request], self._own[request] = node, worth
        self._those[node].add(request)

    def _next(self, node: int) -> int:
        """Return what the next place of a node costs."""
        return 0 if node == self.nobody else (self.load[node] + self.held[node]) * self.worths.unit

    def _takes_one(self, node: int) -> Cost:
        """Return what is lost when one more stays at a node; without bound where there is no room."""
        if node != self.nobody and self.held[node] >= self.capacity[node]:
            return inf
        return self._next(node) - self.price[node]

    def _loses_one(self, node: int) -> Cost:
        """Return what is lost when a node has one fewer; without bound where it has nobody."""
        if node == self.nobody:
            return 0
        return self.price[node] - self._next(node) + self.worths.unit if self.held[node] else inf

    def _pairs_of(self, request: int) -> Pairs:
        found = self._pairs.get(request)
        if found is None:
            found = self._pairs[request] = self.worths.of_request(request)
        return found

    def _spend(self, looks: int) -> None:
        self._looks_left -= looks
        if self._looks_left < 0:
            raise TooLong

    def _outwards(self, search: Search, node: int) -> None:
        """Look where the juniors of a mentor could go, and what they lose by that at these prices."""
        if node == self.nobody:
            return
        price, known = self.price, search.far
        looks = len(self._those[node])
        for request in self._those[node]:
            if self._locked[request]:
                continue
            gained = known[node] + self._own[request] - price[node]
            idle = self._idle[request]
            search.reach(self.nobody, gained - idle, (request, node, self.nobody, idle))
            mentors, worths = self._pairs_of(request)
            looks += len(mentors)
            for other, worth in zip(mentors, worths, strict=True):
                far = gained - worth + price[other]
                if far < known[other]:
                    search.reach(other, far, (request, node, other, worth))
        self._spend(looks)

    def _inwards(self, search: Search, node: int) -> None:
        """Look who could come to a mentor, and what they lose by that at these prices."""
        if node == self.nobody:
            return
        far = search.far[node] + self.price[node]
        requests, worths = self.worths.of_mentor(node)
        self._spend(len(requests))
        for request, worth in zip(requests, worths, strict=True):
            source = self.at[request]
            if source in (node, ABSENT) or self._locked[request]:
                continue
            reached = far - worth + self._own[request] - self.price[source]
            search.reach(source, reached, (request, source, node, worth))


class Search:
    """The cheapest way from where it begins to where it ends, at `limit` in all (Dijkstra, 1959).

    `far` is what it costs to reach a node, and `seen` are those that were nearer than the limit.
    """

    def __init__(self, begins: dict[int, Cost], nodes: int, limit: Cost = inf) -> None:
        self.limit, self.end = limit, -1
        self.far: list[Cost] = [inf] * nodes
        self.seen: list[int] = []
        self._step: dict[int, Step] = {}
        for node, far in begins.items():
            self.far[node] = far
        self._next: list[tuple[Cost, int]] = [(far, node) for node, far in begins.items()]
        heapify(self._next)

    def run(self, ends: Callable[[int], Cost], look: Callable[[Search, int], None]) -> None:
        """Go on to the nearest node, end there if that is best at what it costs there, and look from it to others."""
        while self._next:
            far, node = heappop(self._next)
            if far >= self.limit:
                return
            if far > self.far[node]:
                continue
            self.seen.append(node)
            if far + ends(node) < self.limit:
                self.limit, self.end = far + ends(node), node
            look(self, node)

    def reach(self, node: int, far: Cost, step: Step) -> None:
        """Note that a node is reached by a step, if nothing cheaper is known."""
        if far < self.far[node] and far < self.limit:
            self.far[node], self._step[node] = far, step
            heappush(self._next, (far, node))

    def steps(self, back: int) -> list[Step]:
        """Return the steps from the end back to where it began; `back` is which field of a step leads there."""
        found, node = [], self.end
        while node in self._step:
            found.append(self._step[node])
            node = self._step[node][back]
        return found
