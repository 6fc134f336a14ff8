"""The same assignment where pairs and places are too many for one matrix: on the best pairs first.

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

FEWEST = 8
"""Pairs that each request begins with."""


def assign(part: Part, solve: Callable[[Part], Ints]) -> Ints:
    """Return the mentor of each request of a part, -1 = nobody, at the highest total worth; `solve` does less."""
    asks = np.repeat(np.arange(len(part.idle)), np.diff(part.start))
    kept = _best(part, asks)
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
        kept |= missed


def _best(part: Part, asks: Ints) -> Flags:
    """Tell which pairs (E,) are among the best few of their request, or of one that may not stay out."""
    order = np.lexsort((-part.worth, asks))
    rank = np.empty(len(asks), dtype=np.int64)
    rank[order] = np.arange(len(asks)) - part.start[asks[order]]
    few: Flags = (rank < FEWEST) | (part.idle[asks] <= NEVER)
    return few


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
