"""Give requests places at the highest total worth: split into independent parts, each solved by SciPy or as a flow."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import Executor
from importlib.util import find_spec

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from mentorship.matching import best_pairs, few_mentors
from mentorship.matching.arrays import Ints, spans
from mentorship.matching.parts import NEVER, Part, independent

FLOW_FROM, LOADED_FROM = 50_000, 2_000
"""Edges from which OR-Tools is used when it is installed: loading it takes a third of a second, once."""
MANY_PLACES, MOST_PLACES = 2_000_000, 40_000_000
"""Edges times places from which few mentors are nodes themselves, and that SciPy's matrix may have at most."""
FEW_MENTORS = 300


def assign(whole: Part, executor: Executor | None = None, told: Callable[[float], None] = lambda share: None) -> Ints:
    """Return the mentor (n,) of each request, -1 = nobody, at the highest total worth.

    With an executor the independent parts are solved by its workers; the outcome is the same.
    """
    found = np.full(len(whole.idle), -1, dtype=np.int64)
    parts = list(independent(whole))
    solved = (executor.map if executor else map)(solve_part, [part for _, _, part in parts])
    for done, ((rows, columns, _), mentor) in enumerate(zip(parts, solved, strict=True), 1):
        found[rows] = np.where(mentor >= 0, columns[mentor], -1)
        if done < len(parts):
            told(done / len(parts))
    return found


def solve_part(part: Part) -> Ints:
    """Solve one part with the engine that suits its size."""
    loaded = "mentorship.matching.flow" in sys.modules
    large = len(part.mentor) >= (LOADED_FROM if loaded else FLOW_FROM)
    copies = _copies(part)
    if (large or copies > MANY_PLACES) and find_spec("ortools"):
        from mentorship.matching import flow

        return best_pairs.quicker(part, flow.assign)
    if copies > MANY_PLACES and len(part.places) <= FEW_MENTORS:
        return few_mentors.assign(part)
    if copies > MOST_PLACES:
        return best_pairs.assign(part, _smaller)
    return by_scipy(part)


def _smaller(part: Part) -> Ints:
    """Solve what the best pairs are of a part whose places are too many together."""
    if _copies(part) > MOST_PLACES:
        return few_mentors.assign(part)
    return by_scipy(part)


def _copies(part: Part) -> int:
    """Return how many entries the matrix would have in which every place is a column."""
    return int(part.places[part.mentor].sum())


def by_scipy(part: Part) -> Ints:
    """Solve one part by SciPy's sparse assignment, every place and every idle request a column of its own.

    Raises
    ------
    MemoryError
        If that matrix would be too large.
    """
    requests, places = len(part.idle), len(part.cost)
    rows, columns = min_weight_full_bipartite_matching(_matrix(part), maximize=True)
    owner = np.repeat(np.arange(len(part.places)), part.places)
    mentor = np.full(requests, -1, dtype=np.int64)
    real = columns < places
    mentor[rows[real]] = owner[columns[real]]
    return mentor


def _matrix(part: Part) -> csr_array:
    """Return what each request gains at each place, and by staying idle in a column of its own."""
    requests, places = len(part.idle), len(part.cost)
    copies = part.places[part.mentor]
    if _copies(part) > MOST_PLACES:
        raise MemoryError("capacity gives too many places for a column each")
    first = np.cumsum(part.places) - part.places
    place = spans(first[part.mentor], copies)
    asks = np.repeat(np.repeat(np.arange(requests), np.diff(part.start)), copies)
    idle = np.flatnonzero(part.idle > NEVER)
    worth = np.concatenate([np.repeat(part.worth, copies) - part.cost[place], part.idle[idle]])
    # every request uses one column, so a shift changes nothing; SciPy wants no zeros
    weight = (worth - worth.min(initial=0) + 1).astype(np.float64)
    at = np.concatenate([asks, idle]), np.concatenate([place, places + idle])
    return csr_array((weight, at), shape=(requests, places + requests))
