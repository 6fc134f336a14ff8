"""What a kept outcome knows of pairs that were not made, and what it would become by a decision. Pure."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from mentorship.rounds.facts import Pair
from mentorship.rounds.solution import Solution


def scores(solution: Solution, request_ids: Collection[int]) -> dict[Pair, int]:
    """Return the score in millionths of every eligible pair (request id, mentor id) of these requests."""
    asked = solution.request_ids[solution.request]
    chosen = np.isin(asked, list(request_ids))
    mentors = solution.mentor_ids[solution.mentor[chosen]]
    pairs = zip(
        asked[chosen].tolist(),
        mentors.tolist(),
        strict=True,
    )
    return dict(zip(pairs, solution.score[chosen].tolist(), strict=True))
