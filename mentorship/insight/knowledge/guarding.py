"""Whether the word for the whole tells of nobody how long they stay. Pure.

The figure is a weighted sum of what people said, and the word says between which two figures it lies. Whoever reads
it, and knows who holds what, may try every answer of everybody. Nobody is singled out as long as each of those who
said something may leave within three years, and may stay longer, with some answers of the others and the same word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise

from mentorship.insight.knowledge.facts import Bands
from mentorship.insight.knowledge.rules import Row, band_ends
from mentorship.profiles.coverage import LEAVING, SOON, UNKNOWN

POINTS = tuple(sorted(set(LEAVING.values())))
"""What an answer can count, the least first."""
LEAST, MOST = POINTS[0], POINTS[-1]
GOES_SOON = tuple(LEAVING[horizon] for horizon in SOON)
STAYS = tuple(LEAVING[horizon] for horizon in LEAVING if horizon not in SOON)
"""What the answers count that say that somebody leaves within three years, and those that say they stay longer."""
STEP = max(high - low for low, high in pairwise(POINTS))
NEAR = 1e-9


@dataclass(frozen=True)
class Sum:
    """The figure as a sum: what is fixed, what an answer of each person weighs in it, and what each said."""

    fixed: float
    weights: Mapping[int, float]
    said: Mapping[int, int]

    @property
    def figure(self) -> float:
        """The average risk of the domains; rounded, so that sixteen is sixteen in whatever order it was added up."""
        total = self.fixed
        for person, weight in self.weights.items():
            total += weight * self.said[person]
        return round(total, 9)


def summed(rows: Collection[Row]) -> Sum:
    """Write the average risk of domains as a sum over the people who said how long they stay."""
    fixed = 0.0
    weights: dict[int, float] = defaultdict(float)
    said = {}
    for row in rows:
        share = row.risk.position / len(rows)
        known = [holder for holder in row.holders if holder.horizon != UNKNOWN]
        if not known:
            fixed += share * row.risk.attrition
        for holder in known:
            weights[holder.person_id] += share / len(known)
            said[holder.person_id] = LEAVING[holder.horizon]
    return Sum(fixed, dict(weights), said)


def singles_nobody_out(rows: Collection[Row], bands: Bands) -> bool:
    """Tell whether each of them may go soon and may stay, and the word for the whole were the same."""
    whole = summed(rows)
    ends = band_ends(whole.figure, bands)
    for person in whole.weights:
        for answers in (GOES_SOON, STAYS):
            if not any(_fits(whole, person, points, ends) for points in answers):
                return False
    return True


def _fits(whole: Sum, person: int, points: int, ends: tuple[float, float]) -> bool:
    """Tell whether somebody may have given an answer, with what the others said or with something else."""
    low, high = ends
    alone = whole.figure + whole.weights[person] * (points - whole.said[person])
    return _within(alone, low, high) or _with_others(whole, person, points, ends)


def _with_others(whole: Sum, person: int, points: int, ends: tuple[float, float]) -> bool:
    """Tell whether the others could have said something with which the word is the same: raised one by one."""
    low, high = ends
    others = [weight for other, weight in whole.weights.items() if other != person]
    figure = whole.fixed + whole.weights[person] * points + LEAST * sum(others)
    if figure > high - NEAR or figure + (MOST - LEAST) * sum(others) < low + NEAR:
        return False
    if STEP * max(others, default=0.0) < high - low - 2 * NEAR:
        return True  # no step is so long that it goes past
    for weight in others:
        for before, after in pairwise(POINTS):
            if _within(figure, low, high):
                return True
            figure += weight * (after - before)
    return _within(figure, low, high)


def _within(figure: float, low: float, high: float) -> bool:
    """Tell whether a figure is clearly between two, whichever way its sum was rounded."""
    return low + NEAR <= figure <= high - NEAR
