"""How good a round is, in figures that every round shows."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

from mentorship.matching.problem import SCALE, Problem
from mentorship.matching.result import Result, used_places


@dataclass(frozen=True)
class Quality:
    """Figures of a round.

    `first` and `top_three` are shares of the matched requests whose mentor is their best, or among their best three, by
    score; `load` counts mentors by the number of juniors they get in this round; `mean` and `lowest` are scores, None
    when nobody is matched.
    """

    requests: int
    eligible_pairs: int
    matched: int
    total: float
    mean: float | None
    lowest: float | None
    first: float
    top_three: float
    load: dict[str, int]

    def as_dict(self) -> dict[str, object]:
        """Return the figures as plain values."""
        return asdict(self)


def quality(problem: Problem, result: Result) -> Quality:
    """Return the quality figures of a result."""
    edges = problem.edges
    chosen = result.mentor[edges.request] == edges.mentor
    own = np.zeros(len(result.mentor), dtype=np.int64)
    own[edges.request[chosen]] = edges.score[chosen]
    better = np.bincount(edges.request[edges.score > own[edges.request]], minlength=len(result.mentor))
    matched = result.mentor >= 0
    count = int(matched.sum())
    scores = own[matched] / SCALE
    load = np.bincount(used_places(problem, result.mentor))
    return Quality(
        requests=len(result.mentor),
        eligible_pairs=len(edges.request),
        matched=count,
        total=result.total,
        mean=float(scores.mean()) if count else None,
        lowest=float(scores.min()) if count else None,
        first=float((better[matched] == 0).mean()) if count else 0.0,
        top_three=float((better[matched] < 3).mean()) if count else 0.0,
        load={str(k): int(n) for k, n in enumerate(load) if k and n},
    )
