"""The same assignment on the best pairs first: where all are too many for one matrix, and where it is quicker.

Each request keeps its best few pairs; when that is solved, prices say of every other pair whether it could make the
outcome better. Those come in, and it is solved again, until none could (Dantzig and Wolfe, 1960).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from mentorship.matching.arrays import Flags, Ints, bounds
from mentorship.matching.parts import NEVER, Part
from mentorship.matching.prices import NEVER as NOTHING
from mentorship.matching.prices import settle

FEWEST, FEWER = 8, 4
"""Pairs that each request begins with; and where most can have the best of them."""
MANY = 8
"""Pairs a request from which it is quicker to begin with fewer."""
CROWDED = 1 / 8
"""Which part of the requests find the mentor full who is best for them, where fewer pairs are not enough."""


def quicker(part: Part, solve: Callable[[Part], Ints]) -> Ints:
    """Return the same as `assign`, by a `solve` that could do it at once: it does where few pairs are not enough."""
    if len(part.mentor) < MANY * len(part.idle):
        return solve(part)
    asks = np.repeat(np.arange(len(part.idle)), np.diff(part.start))
    ranks = _ranks(part, asks)
    wanted = np.bincount(part.mentor[_best(part, asks, ranks, 1)], minlength=len(part.places))
    if np.maximum(wanted - part.places, 0).sum() > CROWDED * len(part.idle):
        return solve(part)
    return _grown(part, solve, asks, _best(part, asks, ranks, FEWER))


def assign(part: Part, solve: Callable[[Part], Ints]) -> Ints:
    """Return the mentor of each request of a part, -1 = nobody, at the highest total worth; `solve` does less."""
    asks = np.repeat(np.arange(len(part.idle)), np.diff(part.start))
    return _grown(part, solve, asks, _best(part, asks, _ranks(part, asks), FEWEST))


def _grown(part: Part, solve: Callable[[Part], Ints], asks: Ints, kept: Flags) -> Ints:
    """Solve the pairs `kept` (E,), and again with those that could make it better, until there are none."""
    while True:
        smaller = _only(part, asks, kept)
        mentor = solve(smaller)
        prices = _largest_prices(smaller, asks[kept], mentor)
        net = part.worth - prices[part.mentor]
        own = np.where(mentor < 0, part.idle, NEVER)
        mine = mentor[asks] == part.mentor
        own[asks[mine]] = net[mine]
        missed = ~kept & (net > own[asks]) & (part.places[part.mentor] > 0)
        if not missed.any():
            return mentor
        kept = kept | missed


def _ranks(part: Part, asks: Ints) -> tuple[Ints, Ints]:
    """Return a number per pair (E,) that is less the better it is for its request, and the same numbers in order."""
    most, least = int(part.worth.max(initial=0)), int(part.worth.min(initial=0))
    # whole numbers sort much faster than an order by two keys is found; a Problem sees to it that these can be counted
    rank = asks * (most - least + 1) + (most - part.worth)
    return rank, np.sort(rank)


def _best(part: Part, asks: Ints, ranks: tuple[Ints, Ints], few: int) -> Flags:
    """Tell which pairs (E,) are among the best few of their request, or as good, or of one that may not stay out."""
    rank, ordered = ranks
    last = np.minimum(part.start[:-1] + few, part.start[1:]) - 1
    best: Flags = (rank <= ordered[last[asks]]) | (part.idle[asks] <= NEVER)
    return best


def _only(part: Part, asks: Ints, kept: Flags) -> Part:
    """Return a part with some of its pairs."""
    return replace(
        part,
        start=bounds(np.bincount(asks[kept], minlength=len(part.idle))),
        mentor=part.mentor[kept],
        worth=part.worth[kept],
    )


def _largest_prices(part: Part, asks: Ints, mentor: Ints) -> Ints:
    """Return the largest prices (m,) that support an assignment; at these the fewest other pairs seem better."""
    used = np.bincount(mentor[mentor >= 0], minlength=len(part.places))
    first = np.cumsum(part.places) - part.places
    prices = np.full(len(part.places), NOTHING)
    spare = np.flatnonzero(used < part.places)
    prices[spare] = part.cost[first[spare] + used[spare]]
    mine = mentor[asks] == part.mentor
    free = mine & (part.idle[asks] > NEVER)
    np.minimum.at(prices, part.mentor[free], part.worth[free] - part.idle[asks[free]])
    return _settled(part, asks, mentor, prices)


def _settled(part: Part, asks: Ints, mentor: Ints, prices: Ints) -> Ints:
    """Lower prices until nobody who has a mentor would rather have another."""
    mine = mentor[asks] == part.mentor
    own = np.zeros(len(part.idle), dtype=np.int64)
    own[asks[mine]] = part.worth[mine]
    other = ~mine & (mentor[asks] >= 0)
    moving = asks[other]
    return settle(prices, mentor[moving], part.mentor[other], own[moving] - part.worth[other])
