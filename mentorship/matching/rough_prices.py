"""Rough prices, at which about as many want each mentor as there are places: they tell which pairs may matter.

A price rises with how many more would have that mentor than there are places, and falls where they are fewer (Walras,
1874): to what a place costs where there are places for everybody, and else as far as need be. They prove nothing; what
is left out for them is priced again when the rest is solved.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mentorship.matching.arrays import Flags, Ints
from mentorship.matching.parts import Part

Short = NDArray[np.float32]
RATES = tuple(np.geomspace(1 / 7, 1 / 20, 6).tolist())
"""How far prices follow what is wanted, round after round, of what pairs differ at most."""
MOST = 3
"""How many times as many as there are places move a price no further."""
NEAR = 1 / 16
"""How much less than the best for its request a pair may be worth at these prices, of what pairs differ at most."""


def near(part: Part, asks: Ints) -> Flags:
    """Tell which pairs (E,) are nearly the best for their request at rough prices; `asks` (E,) says whose they are."""
    worth = (part.worth - part.worth.max()).astype(np.float32)
    differ, places = -worth.min(), np.maximum(part.places, 1)
    prices = _first(part, float(differ))
    lowest = prices.copy() if len(part.cost) > len(part.idle) else np.full_like(prices, -np.inf)
    for rate in RATES:
        best = _lost(part, asks, worth - prices[part.mentor]) == 0
        wanted = np.bincount(part.mentor[best], minlength=len(places))
        prices += (rate * differ * np.minimum(wanted / places - 1, MOST)).astype(np.float32)
        np.maximum(prices, lowest, out=prices)
    found: Flags = _lost(part, asks, worth - prices[part.mentor]) <= NEAR * differ
    return found


def _first(part: Part, differ: float) -> Short:
    """Return what the first place of each mentor costs, (m,), and more than anybody pays where there is none."""
    first = np.minimum(np.cumsum(part.places) - part.places, len(part.cost) - 1)
    dear = part.cost.max() + 4 * differ
    prices: Short = np.where(part.places > 0, part.cost[first], dear).astype(np.float32)
    return prices


def _lost(part: Part, asks: Ints, net: Short) -> Short:
    """Return how much less each pair (E,) is worth, less its price, than the best for its request or staying out."""
    best = np.maximum.reduceat(net, part.start[:-1])
    if not part.bonus:
        best = np.maximum(best, (part.idle - part.worth.max()).astype(np.float32))
    lost: Short = best[asks] - net
    return lost
