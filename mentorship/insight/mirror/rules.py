"""Whether a figure of ours is above or below that of the sector. Pure.

Each is given the interval in which the true share lies in 19 of 20 samples of that size (Wilson, 1927); that of ours is
wider by the rounding of what is shown. Only where the two do not touch it is said that one is above the other.
"""

from __future__ import annotations

from math import sqrt

from mentorship.disclosure import STEP

Z = 1.959964
"""So many standard errors to each side hold 95 percent of a normal distribution."""
ABOVE, BELOW, NEAR, UNJUDGED = "above", "below", "near", "unjudged"
Interval = tuple[float, float]


def wilson(share: float, number: int) -> Interval:
    """Return the 95 percent interval of a share in [0, 1] of `number` answers (Wilson's score interval)."""
    shrunk = 1 + Z * Z / number
    middle = (share + Z * Z / (2 * number)) / shrunk
    spread = Z / shrunk * sqrt(share * (1 - share) / number + Z * Z / (4 * number * number))
    return max(middle - spread, 0.0), min(middle + spread, 1.0)


def of_rounded(share: float, number: int) -> Interval:
    """Return the interval of a share of which only the rounded value is known: from that of the least it can be on."""
    least = max(share - STEP / 2, 0.0)
    most = min(share + STEP / 2, 1.0)
    low, _high = wilson(least, number)
    _low, high = wilson(most, number)
    return low, high


def judged(ours: float, answers: int, theirs: float, base: int | None) -> str:
    """Return how a share of ours stands to that of the sector; unjudged where it is not stated of how many that is."""
    if base is None:
        return UNJUDGED
    low, high = of_rounded(ours, answers)
    sector_low, sector_high = wilson(theirs, base)
    if low > sector_high:
        return ABOVE
    if high < sector_low:
        return BELOW
    return NEAR
