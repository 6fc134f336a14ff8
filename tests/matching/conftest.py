"""Every instance that these tests solve is solved by all engines: they are held against SciPy."""

from __future__ import annotations

import numpy as np
import pytest

from mentorship.matching import assign, best_pairs, few_mentors, flow, rough_prices
from mentorship.matching.parts import NEVER, Part

SMALL = 60
"""Requests of a part up to which the engines for many places are held against it too."""


@pytest.fixture(autouse=True)
def all_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"FEWEST": 2, "MANY": 0, "CROWDED": 1}.items():
        monkeypatch.setattr(best_pairs, name, value)
    monkeypatch.setattr(rough_prices, "NEAR", 0)

    def solve_part(part: Part) -> np.ndarray:
        one, other = assign.by_scipy(part), flow.assign(part)
        assert worth(part, one) == worth(part, other)
        if len(part.idle) <= SMALL:
            assert worth(part, one) == worth(part, few_mentors.assign(part))
            assert worth(part, one) == worth(part, best_pairs.assign(part, assign.by_scipy))
            assert worth(part, one) == worth(part, best_pairs.quicker(part, flow.assign))
        return one

    monkeypatch.setattr(assign, "solve_part", solve_part)


def worth(part: Part, mentor: np.ndarray) -> int:
    """What an assignment of a part is worth in all, counted in plain Python; every rule of a part is tested."""
    total, used = 0, [0] * len(part.places)
    first = np.cumsum(part.places) - part.places
    for r, m in enumerate(mentor.tolist()):
        if m < 0:
            assert part.idle[r] > NEVER, "somebody stays unmatched who may not"
            total += int(part.idle[r])
            continue
        own = {int(part.mentor[e]): int(part.worth[e]) for e in range(part.start[r], part.start[r + 1])}
        total += own[m] - int(part.cost[first[m] + used[m]])
        used[m] += 1
        assert used[m] <= part.places[m]
    return total
