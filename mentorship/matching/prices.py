"""Competitive prices of a mentor's time: the proof of a round, and what one place more or fewer is worth.

In an assignment market the prices that support the best assignment form a lattice (Shapley and Shubik, 1971). Its
smallest point is what one more place would bring, its largest what one place fewer would cost (Demange, 1982;
Leonard, 1983). With a spread the place that would be added is dearer than the last one: it is priced as the next.
"""

from __future__ import annotations

import numpy as np

from mentorship.matching.arrays import Floats, Ints, bounds, spans
from mentorship.matching.problem import SCALE, Problem
from mentorship.matching.result import own_scores, used_places

NEVER = np.int64(2**61)
"""A price that nothing holds down."""
FAR = np.int64(2**60)
"""What a step loses that nobody makes."""
FEW, LIKELY, SAMPLE = 8, 10, 37
"""When less than this part of the prices fell, only what these can lower is looked at; which part of the steps is
likely to lower a price; and of how many one is looked at to tell which these are."""
Arcs = tuple[Ints, Ints, Ints]


def _steps(problem: Problem, mentor: Ints) -> Arcs:
    """Return per edge, shape (E,), from which mentor its request would go, to which, and what it scores less there.

    Who is matched to nobody, or locked, goes nowhere: that would lose `FAR`, as staying would.
    """
    edges, movable = problem.edges, (mentor >= 0) & (problem.lock < 0)
    source = np.where(movable, mentor, 0)[edges.request]
    less = np.where(movable, own_scores(problem, mentor), FAR)[edges.request]
    less -= edges.score
    less[source == edges.mentor] = FAR
    return source, edges.mentor, less


def smallest_prices(problem: Problem, mentor: Ints) -> Ints:
    """Return the smallest prices (M,) in millionths that support `mentor`, by longest paths (Bellman-Ford).

    Raises
    ------
    RuntimeError
        If no prices support the assignment: it would not be the best.
    """
    edges, used = problem.edges, used_places(problem, mentor)
    prices = np.where(used > 0, (problem.load + used - 1) * problem.spread_units, 0)
    idle = np.flatnonzero((mentor < 0)[edges.request])
    np.maximum.at(prices, edges.mentor[idle], problem.worth[idle])
    source, target, less = _steps(problem, mentor)
    return -settle(-prices, target, source, less)


def largest_prices(problem: Problem, mentor: Ints) -> Ints:
    """Return the largest prices (M,) in millionths that support `mentor`; 2^61 where nothing holds a price down."""
    edges, used = problem.edges, used_places(problem, mentor)
    prices = np.where(used < problem.capacity, (problem.load + used) * problem.spread_units, NEVER)
    mine = np.flatnonzero((mentor[edges.request] == edges.mentor) & (problem.lock < 0)[edges.request])
    np.minimum.at(prices, edges.mentor[mine], problem.worth[mine])
    return settle(prices, *_steps(problem, mentor))


def settle(prices: Ints, lowered: Ints, by: Ints, step: Ints) -> Ints:
    """Lower each price to the least of prices[by] + step, until nothing changes.

    Most steps never come near to lowering a price: those that do settle first, and again with whatever that brought.

    Raises
    ------
    RuntimeError
        If the prices fall without end.
    """
    likely = np.zeros(len(step), dtype=np.bool_)
    while True:
        above = np.where(prices < NEVER, prices, 2 * NEVER)[by]
        above += step
        above -= prices[lowered]
        if above.min(initial=0) >= 0:
            return prices
        some = above[::SAMPLE]
        likely |= above <= max(np.partition(some, len(some) // LIKELY)[len(some) // LIKELY], 0)
        these = np.flatnonzero(likely)
        prices = _settled(prices, lowered[these], by[these], step[these])


def _settled(prices: Ints, lowered: Ints, by: Ints, step: Ints) -> Ints:
    """Do the same by looking at every step.

    Only what a price that just fell can still lower is looked at again (Bellman, 1958, as a frontier), so that a chain
    takes as long as its steps are many.
    """
    arcs: Arcs | None = None
    prices, fell = prices.copy(), np.flatnonzero(prices < NEVER)
    for _ in range(len(prices) + 1):
        if not len(fell):
            return prices
        if FEW * len(fell) >= len(prices):
            before = prices.copy()
            np.minimum.at(prices, lowered, before[by] + step)
            fell = np.flatnonzero(prices < before)
            continue
        arcs = arcs or _by_tail(len(prices), lowered, by, step)
        reached, reach = _onwards(arcs, prices, fell)
        high = prices[reached]
        np.minimum.at(prices, reached, reach)
        fell = np.unique(reached[prices[reached] < high])
    raise RuntimeError("no prices support the assignment")


def _by_tail(nodes: int, lowered: Ints, by: Ints, step: Ints) -> Arcs:
    """Return arcs in the order of where they begin: where those of each node begin, their heads and steps."""
    # of short numbers a sort takes as long as there are; of long ones longer
    short = by.astype(np.uint16) if nodes <= 2**16 else by
    order = np.argsort(short, kind="stable")
    return bounds(np.bincount(by, minlength=nodes)), lowered[order], step[order]


def _onwards(arcs: Arcs, prices: Ints, fell: Ints) -> tuple[Ints, Ints]:
    """Return what can be lowered by the prices that `fell`, and to what."""
    start, heads, step = arcs
    many = start[fell + 1] - start[fell]
    these = spans(start[fell], many)
    return heads[these], np.repeat(prices[fell], many) + step[these]


def place_gain(problem: Problem, smallest: Ints) -> Floats:
    """Return by how much the objective rises with one more place, per mentor: (M, 2) or (M, 1), requests and score."""
    next_cost = (problem.capacity + problem.load) * problem.spread_units
    return in_units(problem, np.maximum(smallest - next_cost, 0))


def place_loss(problem: Problem, mentor: Ints) -> Floats:
    """Return by how much the objective falls with one place fewer; 0 where one is spare, nan where locks need all."""
    used, prices = used_places(problem, mentor), largest_prices(problem, mentor)
    last_cost = (problem.capacity + problem.load - 1) * problem.spread_units
    full = (used == problem.capacity) & (used > 0)
    loss = in_units(problem, np.where(full & (prices < NEVER), prices - last_cost, 0))
    held = used_places(problem, problem.lock)
    loss[full & (held == problem.capacity)] = np.nan
    return loss


def in_units(problem: Problem, worth: Ints) -> Floats:
    """Split worth in millionths into requests and score, as the objective is."""
    if problem.unmatched != "last_resort":
        return worth[:, None] / SCALE
    bonus = max(problem.match_bonus, 1)
    matched = (worth + bonus // 2) // bonus
    return np.column_stack([matched.astype(np.float64), (worth - matched * bonus) / SCALE])
