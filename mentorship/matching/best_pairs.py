"""The same assignment on the best pairs first: where all are too many for one matrix, and where it is quicker.

Each request keeps its best few pairs, or those that are nearly its best at rough prices. When that is solved, exact
prices say of every other pair whether it could make the outcome better. Those come in, and it is solved again, until
none could (Dantzig and Wolfe, 1960).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from mentorship.matching.arrays import Flags, Ints, bounds
from mentorship.matching.parts import NEVER, Part
from mentorship.matching.prices import NEVER as NOTHING
from mentorship.matching.prices import settle
from mentorship.matching.rough_prices import near

FEWEST, MANY = 8, 8
"""Pairs that each request begins with; and those a request from which it is quicker to begin with fewer."""
CROWDED = 1 / 3
"""Which part of the requests find the mentor full who is best for them, where few pairs are not enough."""


def quicker(part: Part, solve: Callable[[Part], Ints]) -> Ints:
    """Return the same as `assign`, by a `solve` that could do it at once: it does where few pairs are not enough."""
    if len(part.mentor) < max(MANY * len(part.idle), 1) or not len(part.cost):
        return solve(part)
    asks = np.repeat(np.arange(len(part.idle)), np.diff(part.start))
    if _crowded(part, asks) or np.ptp(part.cost) > np.ptp(part.worth):
        return solve(part)
    return _grown(part, solve, asks, near(part, asks) | (part.idle <= NEVER)[asks])


def _crowded(part: Part, asks: Ints) -> bool:
    """Tell whether so many find the mentor full who is best for them that it is not soon seen who could have whom."""
    best = np.maximum.reduceat(part.worth, part.start[:-1])
    wanted = np.bincount(part.mentor[part.worth == best[asks]], minlength=len(part.places))
    return bool(np.maximum(wanted - part.places, 0).sum() > CROWDED * len(part.idle))


def assign(part: Part, solve: Callable[[Part], Ints]) -> Ints:
    """Return the mentor of each request of a part, -1 = nobody, at the highest total worth; `solve` does less."""
    asks = np.repeat(np.arange(len(part.idle)), np.diff(part.start))
    return _grown(part, solve, asks, _best(part, asks))


def _grown(part: Part, solve: Callable[[Part], Ints], asks: Ints, kept: Flags) -> Ints:
    """Solve the pairs `kept` (E,), and again with those that could make it better, until there are none."""
    while True:
        these = np.flatnonzero(kept)
        smaller = _only(part, asks, these)
        mentor = solve(smaller)
        net = part.worth - _largest_prices(smaller, asks[these], mentor)[part.mentor]
        own = np.where(mentor < 0, part.idle, NEVER)
        mine = these[mentor[asks[these]] == part.mentor[these]]
        own[asks[mine]] = net[mine]
        better = np.flatnonzero(net > own[asks])
        missed = better[~kept[better] & (part.places > 0)[part.mentor[better]]]
        if not len(missed):
            return mentor
        kept[missed] = True


def _best(part: Part, asks: Ints) -> Flags:
    """Tell which pairs (E,) are among the best few of their request, or as good, or of one that may not stay out."""
    most, least = int(part.worth.max(initial=0)), int(part.worth.min(initial=0))
    # whole numbers sort much faster than an order by two keys is found; a Problem sees to it that these can be counted
    rank = asks * (most - least + 1) + (most - part.worth)
    last = np.minimum(part.start[:-1] + FEWEST, part.start[1:]) - 1
    best: Flags = (rank <= np.sort(rank)[last[asks]]) | (part.idle[asks] <= NEVER)
    return best


def _only(part: Part, asks: Ints, kept: Ints) -> Part:
    """Return a part with those of its pairs whose numbers are given."""
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
