"""What a round came to: the pairs, the objective, and the prices that prove it is the best."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from mentorship.matching.arrays import Floats, Ints
from mentorship.matching.problem import SCALE, Problem


@dataclass(frozen=True)
class Result:
    """A solved round.

    Attributes
    ----------
    mentor : int array, shape (R,)
        The mentor of each request, -1 = nobody.
    objective : tuple of int
        (matched, value), or (value,) when an unmatched request has a cost; value in millionths: scores and the
        priorities of the matched requests, less the spread.
    bound : tuple of int
        What no assignment can exceed, from `prices`; equal to `objective`.
    prices : int array, shape (M,)
        The smallest competitive price of a mentor's time, in millionths; the certificate behind `bound`.
    place_gain, place_loss : float arrays, shapes (M, len(objective))
        By how much the objective rises with one more place of a mentor and falls with one fewer, in requests and
        score; exact. 0 where a place is spare; a loss is nan where locks need every place.
    matched : int
    total : float
        Sum of the scores of the pairs.
    status : str
        "optimal".
    timings : dict
        Seconds per stage.
    """

    mentor: Ints
    objective: tuple[int, ...]
    bound: tuple[int, ...]
    prices: Ints
    place_gain: Floats
    place_loss: Floats
    matched: int
    total: float
    status: str = "optimal"
    timings: dict[str, float] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.summary()

    def summary(self) -> str:
        """Return what came of the round, as lines to read."""
        facts = {
            "requests matched": f"{self.matched:,} of {len(self.mentor):,}",
            "mentors guiding": f"{len(np.unique(self.mentor[self.mentor >= 0])):,} of {len(self.prices):,}",
            "mean score": f"{self.total / self.matched:.3f}" if self.matched else "none",
            "objective": _in_words(self.objective),
            "bound": _in_words(self.bound) + self._proof(),
            "one place more": f"would help with {np.count_nonzero(self.place_gain.any(axis=1)):,} of the mentors",
        }
        if self.timings:
            stages = ", ".join(f"{stage} {seconds:.3f}" for stage, seconds in self.timings.items())
            facts["seconds"] = f"{sum(self.timings.values()):.3f} ({stages})"
        title = f"Match round, {self.status}"
        lines = [f"{name:>16}: {fact}" for name, fact in facts.items()]
        return "\n".join([title, "=" * len(title), *lines])

    def _proof(self) -> str:
        if self.bound == self.objective:
            return ", the same: no other round is better"
        return ", not the objective: this proves nothing"


def _in_words(objective: tuple[int, ...]) -> str:
    value = f"value {objective[-1] / SCALE:,.6f}"
    return value if len(objective) == 1 else f"{objective[0]:,} matched, {value}"


def used_places(problem: Problem, mentor: Ints) -> Ints:
    """Count the juniors each mentor gets in `mentor`, shape (M,)."""
    return np.bincount(mentor[mentor >= 0], minlength=problem.scores.shape[1]).astype(np.int64)


def own_scores(problem: Problem, mentor: Ints) -> Ints:
    """Return what each request scores with the mentor it has in `mentor`, shape (R,), in millionths; 0 with nobody."""
    edges = problem.edges
    mine = np.flatnonzero(mentor[edges.request] == edges.mentor)
    own = np.zeros(len(mentor), dtype=np.int64)
    own[edges.request[mine]] = edges.score[mine]
    return own


def spread_cost(problem: Problem, used: Ints) -> int:
    """Return the cost in millionths of giving each mentor `used` juniors more: (k - 1) spread for the k-th in all."""
    return int((used * problem.load + used * (used - 1) // 2).sum()) * problem.spread_units


def objective_of(problem: Problem, mentor: Ints) -> tuple[int, ...]:
    """Return what an assignment comes to, its parts in their order."""
    given = mentor >= 0
    score = int(own_scores(problem, mentor).sum())
    waiting = int(problem.priority_units[given].sum())
    value = score + waiting - spread_cost(problem, used_places(problem, mentor))
    matched = int(np.count_nonzero(given))
    if problem.unmatched == "last_resort":
        return matched, value
    return (value - (len(mentor) - matched) * problem.match_bonus,)


def gains_at(problem: Problem, prices: Ints) -> Ints:
    """Return what each request gains at most at `prices`, shape (R,), in millionths; 0 when it would rather stay out.

    A locked request gains what its own pair brings, also when that is less than nothing.
    """
    edges = problem.edges
    net = problem.worth - prices[edges.mentor]
    gain = np.zeros(problem.scores.shape[0], dtype=np.int64)
    np.maximum.at(gain, edges.request, net)
    if problem.locked:
        own = np.flatnonzero(problem.lock[edges.request] == edges.mentor)
        gain[edges.request[own]] = net[own]
    return gain


def bound_of(problem: Problem, prices: Ints) -> tuple[int, ...]:
    """Return the objective that no assignment can exceed, by weak duality for any `prices`.

    A request gains at most its best score less the price; a place earns at most its price less its spread cost;
    the two sums together bound the worth of every assignment (Shapley and Shubik, 1971, with convex costs).
    """
    bonus, requests, gain = problem.match_bonus, problem.scores.shape[0], gains_at(problem, prices)
    # the places 0..p-1 of a mentor earn max(0, price - (load + k) spread) each
    unit, places = problem.spread_units, problem.places
    margin = prices - problem.load * unit
    earning = places if unit == 0 else np.clip(-(-margin // unit), 0, places)
    earning = np.where(margin > 0, earning, 0)
    earned = earning * margin - unit * (earning * (earning - 1) // 2)
    worth = int(gain.sum()) + int(earned.sum())
    if problem.unmatched != "last_resort":
        return (worth - requests * bonus,)
    matched = (worth + bonus // 2) // bonus if bonus else 0
    return matched, worth - matched * bonus
