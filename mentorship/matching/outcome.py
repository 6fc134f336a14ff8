"""How good a round is, in figures that every round shows."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

from mentorship.matching.arrays import Ints
from mentorship.matching.problem import SCALE, Problem
from mentorship.matching.result import Result, own_scores, used_places


@dataclass(frozen=True)
class Quality:
    """Figures of a round.

    `first` and `top_three` are shares of the matched requests whose mentor is their best, or among their best three, by
    score; `blocking` counts the pairs that would rather have each other (see `blocking_pairs`); `load` counts mentors
    by the number of juniors they get in this round; `mean` and `lowest` are scores, None when nobody is matched.
    """

    requests: int
    eligible_pairs: int
    matched: int
    total: float
    mean: float | None
    lowest: float | None
    first: float
    top_three: float
    blocking: int
    load: dict[str, int]

    def as_dict(self) -> dict[str, object]:
        """Return the figures as plain values."""
        return asdict(self)


def quality(problem: Problem, result: Result) -> Quality:
    """Return the quality figures of a result."""
    edges, matched = problem.edges, result.mentor >= 0
    own = own_scores(problem, result.mentor)
    better = np.bincount(edges.request[edges.score > own[edges.request]], minlength=len(own))
    better, scores = better[matched], own[matched] / SCALE
    some = len(scores) > 0
    load = np.bincount(used_places(problem, result.mentor))
    return Quality(
        requests=len(own),
        eligible_pairs=len(edges.request),
        matched=len(scores),
        total=result.total,
        mean=float(scores.mean()) if some else None,
        lowest=float(scores.min()) if some else None,
        first=float((better == 0).mean()) if some else 0.0,
        top_three=float((better < 3).mean()) if some else 0.0,
        blocking=len(blocking_pairs(problem, result.mentor)),
        load={str(k): int(n) for k, n in enumerate(load) if k and n},
    )


def blocking_pairs(problem: Problem, mentor: Ints) -> Ints:
    """Return the eligible pairs (K, 2) in which both would do better together, by score, than in assignment `mentor`.

    The request scores higher with that mentor than with its own, or has none; and the mentor has a free place, or
    scores higher with that request than with their weakest of this round (Gale and Shapley, 1962, with one shared
    score). A round that serves as many as possible may have some: they say what that costs single pairs.
    """
    edges, mentors = problem.edges, problem.scores.shape[1]
    own = own_scores(problem, mentor)
    mine = mentor[edges.request] == edges.mentor
    weakest = np.full(mentors, SCALE + 1, dtype=np.int64)
    np.minimum.at(weakest, edges.mentor[mine], edges.score[mine])
    used = np.bincount(edges.mentor[mine], minlength=mentors)
    weakest[used < problem.capacity] = 0
    blocks = (edges.score > own[edges.request]) & (edges.score > weakest[edges.mentor])
    return np.column_stack([edges.request[blocks], edges.mentor[blocks]])
