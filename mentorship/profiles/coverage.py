"""Which domain leans on whom: how urgent it is to pass a domain on. Pure."""

from __future__ import annotations

from collections.abc import Sequence

HOLDS = 4
"""From this level on a person counts as a holder of the domain."""
STAYS = {"under_1": 0.0, "1_to_3": 1 / 3, "3_to_5": 2 / 3, "over_5": 1.0, "unknown": 1.0}
"""How much of a holder is counted on, by outflow horizon; a person's own plan, never their age."""
HALF = 3.0
"""With this many lasting holders a domain is half as urgent as one that nobody holds."""


def urgency(horizons: Sequence[str]) -> float:
    """Return how urgent a domain is, in [0, 1], from the outflow horizons of its holders (level 4 or more).

    HALF / (HALF + lasting holders): 1 when nobody will hold it, falling as more do.
    """
    lasting = sum(STAYS[horizon] for horizon in horizons)
    return HALF / (HALF + lasting)
