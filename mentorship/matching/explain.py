"""Why not another: what each alternative of a request would cost in all, and whom it would move; exact.

Giving a request another mentor frees one place and takes another. Each of the two changes a best assignment by one
shortest path in the residual graph over mentors, so nothing is solved again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from mentorship.matching.prices import NEVER, Moves, in_units, possible_moves, settle
from mentorship.matching.problem import Ints, Problem
from mentorship.matching.result import used_places

NOBODY = -1
Move = tuple[int, int, int]


@dataclass(frozen=True)
class Alternative:
    """Another mentor for a request: by how much the objective would fall, and who would move.

    `loss` is in requests and score, as `Result.place_loss`; `moves` are (request, from mentor, to mentor), -1 = nobody,
    the request itself not among them.
    """

    mentor: int
    loss: tuple[float, ...]
    moves: tuple[Move, ...]


class _Others:
    """The round without one request: who has whom, and what one place more or fewer means to them."""

    def __init__(self, problem: Problem, mentor: Ints, request: int) -> None:
        self.problem, self.request = problem, request
        self.mentor = mentor.copy()
        self.mentor[request] = NOBODY
        self.used = used_places(problem, self.mentor)
        self.cost = problem.load * problem.spread_units
        self.here = problem.edges.request != request

    def moves(self) -> Moves:
        """Return what the other matched, unlocked requests could do."""
        return possible_moves(self.problem, self.mentor)

    def apply(self, moves: Iterable[Move]) -> None:
        """Carry out moves."""
        for request, _, target in moves:
            self.mentor[request] = target
        self.used = used_places(self.problem, self.mentor)

    def fill(self, place: int) -> tuple[int, list[Move]]:
        """Return what the others gain when `place` (a mentor) has room for one more, and the moves that gain it."""
        problem, edges = self.problem, self.problem.edges
        base = np.where(self.used > 0, self.cost + (self.used - 1) * problem.spread_units, 0)
        idle = (self.mentor[edges.request] < 0) & self.here
        prices = base.copy()
        np.maximum.at(prices, edges.mentor[idle], edges.score[idle] + problem.match_bonus)
        moves = self.moves()
        prices = -settle(-prices, moves.target, moves.source, -moves.step)
        gain = int(prices[place] - self.cost[place] - self.used[place] * problem.spread_units)
        if gain <= 0:
            return 0, []

        def ends(node: int) -> list[Move] | None:
            at = np.flatnonzero(idle & (edges.mentor == node) & (edges.score + problem.match_bonus == prices[node]))
            if len(at):
                return [(int(edges.request[at[0]]), NOBODY, node)]
            return [] if prices[node] == base[node] and self.used[node] > 0 and node != place else None

        tight = prices[moves.source] + moves.step == prices[moves.target]
        return gain, _walk(place, ends, moves.target[tight], moves.source[tight], moves.request[tight], back=True)

    def take_prices(self) -> tuple[Ints, Ints, Moves]:
        """Return per mentor what it costs the others to give up a place there, the cost of a spare one, and moves."""
        problem, edges = self.problem, self.problem.edges
        spare = np.where(self.used < problem.capacity, self.cost + self.used * problem.spread_units, NEVER)
        prices = spare.copy()
        leaves = self._may_leave()
        np.minimum.at(prices, edges.mentor[leaves], edges.score[leaves] + problem.match_bonus)
        moves = self.moves()
        return settle(prices, moves.source, moves.target, -moves.step), spare, moves

    def _may_leave(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        edges = self.problem.edges
        fixed = np.zeros(len(self.mentor), dtype=np.bool_)
        fixed[[r for r, _ in self.problem.locked]] = True
        leaves: np.ndarray[tuple[int], np.dtype[np.bool_]] = (
            (self.mentor[edges.request] == edges.mentor) & ~fixed[edges.request] & self.here
        )
        return leaves

    def path_of(self, place: int, prices: Ints, spare: Ints, moves: Moves) -> list[Move]:
        """Return who moves when the others give up a place with mentor `place`."""
        problem, edges = self.problem, self.problem.edges
        leaves = self._may_leave()

        def ends(node: int) -> list[Move] | None:
            if prices[node] == spare[node]:
                return []
            at = np.flatnonzero(leaves & (edges.mentor == node) & (edges.score + problem.match_bonus == prices[node]))
            return [(int(edges.request[at[0]]), node, NOBODY)] if len(at) else None

        tight = prices[moves.source] == prices[moves.target] - moves.step
        return _walk(place, ends, moves.source[tight], moves.target[tight], moves.request[tight], back=False)


def _walk(
    start: int, ends: Callable[[int], list[Move] | None], here: Ints, there: Ints, request: Ints, *, back: bool
) -> list[Move]:
    """Return the moves of a shortest walk over tight edges from `start` to a mentor where it ends."""
    came: dict[int, tuple[int, Move]] = {}
    queue, seen = deque([start]), {start}
    while queue:
        node = queue.popleft()
        last = ends(node)
        if last is not None:
            found = list(last)
            while node != start:
                node, move = came[node]
                found.append(move)
            return found
        for edge in np.flatnonzero(here == node).tolist():
            other = int(there[edge])
            if other not in seen:
                seen.add(other)
                move = (int(request[edge]), other, node) if back else (int(request[edge]), node, other)
                came[other] = node, move
                queue.append(other)
    raise RuntimeError("the prices lead nowhere")


def alternatives(problem: Problem, assigned: Ints, request: int) -> list[Alternative]:
    """Return every other eligible mentor of a request with its exact price, the cheapest first.

    `assigned` (R,) is a best assignment of `problem`, such as `Result.mentor`.

    Raises
    ------
    ValueError
        If the request is locked: release it first.
    """
    if any(r == request for r, _ in problem.locked):
        raise ValueError(f"request {request} is locked, so it has no alternative")
    edges = problem.edges
    at = np.flatnonzero(edges.request == request)
    score = dict(zip(edges.mentor[at].tolist(), edges.score[at].tolist(), strict=True))
    own = int(assigned[request])
    others = _Others(problem, assigned, request)
    gone = 0
    if own != NOBODY:
        gain, moved = others.fill(own)
        last = int(others.cost[own] + others.used[own] * problem.spread_units)
        gone = score[own] + problem.match_bonus - last - gain
        others.apply(moved)
    prices, spare, moves = others.take_prices()
    found = []
    for mentor in sorted(score):
        if mentor == own or prices[mentor] >= NEVER // 2:
            continue
        worth = gone - (score[mentor] + problem.match_bonus - int(prices[mentor]))
        path = others.path_of(mentor, prices, spare, moves)
        loss = in_units(problem, np.array([worth], dtype=np.int64))[0]
        found.append(Alternative(mentor, tuple(loss.tolist()), _net(assigned, others.mentor, path, request)))
    return sorted(found, key=lambda a: (a.loss, a.mentor))


def _net(before: Ints, after: Ints, path: list[Move], request: int) -> tuple[Move, ...]:
    """Return who ends up elsewhere after filling the freed place and taking the other."""
    final = {int(r): int(after[r]) for r in np.flatnonzero(before != after) if r != request}
    final.update({r: target for r, _, target in path})
    return tuple((r, int(before[r]), target) for r, target in sorted(final.items()) if before[r] != target)
