"""The same assignment where mentors are few and their places many: requests come in one at a time.

Each takes the cheapest way of moves that makes room for it (Jewell, 1958; Busacker and Gowen, 1960). Mentors are the
nodes, staying out is one more with room for everybody, and a step from one to another costs what the junior loses who
goes at the least loss. How many places there are makes no difference to that.
"""

from __future__ import annotations

import numpy as np

from mentorship.matching.arrays import Ints
from mentorship.matching.parts import NEVER, Part

FAR = np.int64(2**57)
"""The cost of what cannot be; worths are under 2^50."""


def assign(part: Part) -> Ints:
    """Return the mentor of each request of a part, -1 = nobody, at the highest total worth."""
    growing = _Growing(part)
    # those with little choice first: whoever has more then finds a way round them sooner
    for request in np.argsort(np.diff(part.start), kind="stable").tolist():
        growing.add(request)
    nobody = len(part.places)
    return np.where(growing.at == nobody, -1, growing.at)


def _losses(part: Part) -> Ints:
    """Return what each request loses with each mentor and, last, with nobody: (n, m + 1)."""
    requests = len(part.idle)
    loss = np.full((requests, len(part.places) + 1), FAR)
    asks = np.repeat(np.arange(requests), np.diff(part.start))
    loss[asks, part.mentor] = -part.worth
    loss[:, -1] = np.where(part.idle > NEVER, -part.idle, FAR)
    return loss


class _Growing:
    """A best assignment of those who came in so far; the last node stands for nobody.

    `loss` (n, m + 1) is what a request loses with each node, `step` (m + 1, m + 1) the least loss of anybody who goes
    from one to another, and `mover` who that is; `place` (m + 1,) is what the next place of each costs.
    """

    def __init__(self, part: Part) -> None:
        requests, nodes = len(part.idle), len(part.places) + 1
        self.loss = _losses(part)
        self.step = np.full((nodes, nodes), FAR)
        self.mover = np.full((nodes, nodes), -1)
        self.at = np.full(requests, -1, dtype=np.int64)
        self._those: list[set[int]] = [set() for _ in range(nodes)]
        self._costs = np.split(part.cost, np.cumsum(part.places)[:-1]) if nodes > 1 else []
        self.place = np.zeros(nodes, dtype=np.int64)
        for mentor in range(nodes - 1):
            self._price(mentor)

    def add(self, request: int) -> None:
        """Let one more come in, and those move who make room at the least loss."""
        far, before = self._ways(self.loss[request])
        node = int(np.argmin(far + self.place))
        taken = node
        while before[node] >= 0:
            source = int(before[node])
            self._move(int(self.mover[source, node]), source, node)
            node = source
        self._sit(request, node)
        self._price(taken)

    def _ways(self, begins: Ints) -> tuple[Ints, Ints]:
        """Return the least loss with which each node is reached, and from which other; -1 = at once."""
        far, before = begins.copy(), np.full(len(begins), -1)
        while True:
            through = far[:, None] + self.step
            least = through.min(axis=0)
            better = least < far
            if not better.any():
                return far, before
            before[better] = through.argmin(axis=0)[better]
            far = np.where(better, least, far)

    def _sit(self, request: int, node: int) -> None:
        """Let somebody be with a node, and be its mover where they lose least."""
        self.at[request] = node
        self._those[node].add(request)
        going = self._going(np.array([request]), node)[0]
        less = going < self.step[node]
        self.step[node, less] = going[less]
        self.mover[node, less] = request

    def _move(self, request: int, source: int, target: int) -> None:
        """Let somebody go from one node to another; find who else goes from there at the least loss."""
        self._those[source].discard(request)
        led = np.flatnonzero(self.mover[source] == request)
        left = np.fromiter(self._those[source], dtype=np.int64)
        self.step[source, led], self.mover[source, led] = FAR, -1
        if len(left) and len(led):
            going = self._going(left, source)[:, led]
            who = going.argmin(axis=0)
            self.step[source, led] = going[who, np.arange(len(led))]
            self.mover[source, led] = left[who]
        self._sit(request, target)

    def _going(self, requests: Ints, node: int) -> Ints:
        """Return what each of these loses who goes from a node to each other one, (k, m + 1)."""
        lost: Ints = np.minimum(self.loss[requests] - self.loss[requests, node][:, None], FAR)
        lost[self.loss[requests] >= FAR] = FAR
        lost[:, node] = FAR
        return lost

    def _price(self, node: int) -> None:
        """Note what the next place of a mentor costs; staying out costs nothing more."""
        if node == len(self._costs):
            return
        used = len(self._those[node])
        costs = self._costs[node]
        self.place[node] = costs[used] if used < len(costs) else FAR
