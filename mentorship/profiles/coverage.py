"""How much is at risk when those who hold a domain leave: position times attrition. Pure.

After the assessment of knowledge-loss risk by the IAEA (2006, "Risk Management of Knowledge Loss in Nuclear Industry
Organizations") and TVA: position 1-5 times attrition 1-5, with 25 the worst.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

HOLDS = 4
"""From this level on a person counts as a holder of the domain."""
WORST = 25
FEW, ALONE = 3, 1
"""A domain leans on few from so many holders down, and on one person (or nobody) from so many."""
UNKNOWN = "unknown"
SOON = ("under_1", "1_to_3")
"""Who says that they leave so soon can begin to pass on what they know."""
LEAVING = {"under_1": 5, "1_to_3": 4, "3_to_5": 3, "over_5": 1}
"""How much attrition a holder adds by their outflow horizon: their own plan, never their age."""
YEARS = ((1, "under_1"), (3, "1_to_3"), (5, "3_to_5"))
"""Up to how many years from now each horizon reaches; what lies further is "over_5"."""
YEAR = timedelta(days=365)
NOBODY_SAID, NOBODY_LEFT = 3.0, 5.0
"""The attrition of a domain none of whose holders said anything, and of one that nobody holds."""


@dataclass(frozen=True)
class Risk:
    """Position and attrition of a domain, each 1-5, by how many hold it and how many of those said nothing."""

    position: int
    attrition: float
    holders: int
    unknown: int

    @property
    def figure(self) -> float:
        """Their product, 1 to 25."""
        return self.position * self.attrition

    @property
    def urgency(self) -> float:
        """How much it counts in a match that the domain is passed on, in [0.04, 1]."""
        return self.figure / WORST


def risk(critical: bool, horizons: Sequence[str]) -> Risk:
    """Return the risk of a domain from the outflow horizons of its holders (level 4 or more).

    Who said nothing takes the mean of those who did, so that saying nothing moves the figure nowhere.
    """
    said = [LEAVING[horizon] for horizon in horizons if horizon != UNKNOWN]
    unknown = len(horizons) - len(said)
    return Risk(
        position(critical, len(horizons)),
        _attrition(said, len(horizons)),
        len(horizons),
        unknown,
    )


def horizon(said: str | None, last_day: date | None, today: date) -> str:
    """Return how long somebody stays: by their last day where one is known, else by what they said."""
    if last_day is None:
        return said or UNKNOWN
    for years, name in YEARS:
        if last_day - today < years * YEAR:
            return name
    return "over_5"


def position(critical: bool, holders: int) -> int:
    """Return how much hangs on a domain, 1-5: by whether it is critical and how few hold it."""
    found = 3 if critical else 1
    if holders <= ALONE:
        return found + 2
    if holders <= FEW:
        return found + 1
    return found


def _attrition(said: Sequence[int], holders: int) -> float:
    if said:
        return sum(said) / len(said)
    return NOBODY_SAID if holders else NOBODY_LEFT
