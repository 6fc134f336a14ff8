"""Give requests places at the highest total worth: split into independent parts, each solved by SciPy or compiled."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, min_weight_full_bipartite_matching

from mentorship.matching.problem import Ints, spans

NEVER = -(2**58)
"""The worth of staying unmatched where that is not allowed."""
COMPILED_FROM, LOADED_FROM = 300_000, 20_000
"""Edges from which the compiled engine is used when it is installed: loading it takes a second or two, once."""
PART = 10_000
"""Edges that independent pieces are taken together up to, so that many small ones do not cost a call each."""
MOST_PLACES = 40_000_000
"""Edges times places that SciPy's matrix may have; above, a mentor's places are too many to be nodes of their own."""


@dataclass(frozen=True)
class Part:
    """Requests and mentors that no edge joins to others.

    `start` (n + 1,) bounds the edges of each request in `mentor` and `worth` (E,); `idle` (n,) is what staying
    unmatched is worth, `NEVER` where it may not; `places` (m,); `cost` (sum of places,) what each place costs, mentor
    after mentor, rising within each.
    """

    start: Ints
    mentor: Ints
    worth: Ints
    idle: Ints
    places: Ints
    cost: Ints


def assign(whole: Part, executor: Executor | None = None, told: Callable[[float], None] = lambda share: None) -> Ints:
    """Return the mentor (n,) of each request, -1 = nobody, at the highest total worth.

    With an executor the independent parts are solved by its workers; the outcome is the same.
    """
    found = np.full(len(whole.idle), -1, dtype=np.int64)
    parts = list(_parts(whole))
    solved = (executor.map if executor else map)(solve_part, [part for _, _, part in parts])
    for done, ((rows, columns, _), mentor) in enumerate(zip(parts, solved, strict=True), 1):
        found[rows] = np.where(mentor >= 0, columns[mentor], -1)
        if done < len(parts):
            told(done / len(parts))
    return found


def _parts(whole: Part) -> Iterator[tuple[Ints, Ints, Part]]:
    """Yield independent parts with the rows and columns they came from; requests without an edge are in none."""
    requests, mentors = len(whole.idle), len(whole.places)
    degree = np.diff(whole.start)
    row = np.repeat(np.arange(requests), degree)
    graph = csr_array(
        (np.ones(len(row), dtype=np.int8), (row, requests + whole.mentor)), shape=(requests + mentors,) * 2
    )
    count, label = connected_components(graph, directed=False)
    before = np.concatenate([[0], np.cumsum(np.bincount(label[row], minlength=count))[:-1]])
    batch = (before // PART)[label]
    owner = np.repeat(np.arange(mentors), whole.places)
    for number in np.unique(batch[:requests][degree > 0]):
        rows = np.flatnonzero((batch[:requests] == number) & (degree > 0))
        columns = np.flatnonzero(batch[requests:] == number)
        index = np.zeros(mentors, dtype=np.int64)
        index[columns] = np.arange(len(columns))
        within = batch[row] == number
        seats = batch[requests + owner] == number
        yield rows, columns, Part(
            np.concatenate([[0], np.cumsum(degree[rows])]), index[whole.mentor[within]], whole.worth[within],
            whole.idle[rows], whole.places[columns], whole.cost[seats],
        )  # fmt: skip


def solve_part(part: Part) -> Ints:
    """Solve one part with the engine that suits its size."""
    loaded = "mentorship.matching.compiled" in sys.modules
    if len(part.mentor) >= (LOADED_FROM if loaded else COMPILED_FROM) and find_spec("numba"):
        from mentorship.matching import compiled

        return compiled.assign(part)
    return by_scipy(part)


def by_scipy(part: Part) -> Ints:
    """Solve one part by SciPy's sparse assignment, every place and every idle request a column of its own.

    Raises
    ------
    MemoryError
        If that matrix would be too large.
    """
    requests, places = len(part.idle), len(part.cost)
    copies = part.places[part.mentor]
    if copies.sum() > MOST_PLACES:
        raise MemoryError("capacity gives too many places to SciPy's solver: install the extra 'fast'")
    first = np.cumsum(part.places) - part.places
    place = spans(first[part.mentor], copies)
    asks = np.repeat(np.repeat(np.arange(requests), np.diff(part.start)), copies)
    idle = np.flatnonzero(part.idle > NEVER)
    worth = np.concatenate([np.repeat(part.worth, copies) - part.cost[place], part.idle[idle]])
    # every request uses one column, so a shift changes nothing; SciPy wants no zeros
    weight = (worth - worth.min(initial=0) + 1).astype(np.float64)
    at = np.concatenate([asks, idle]), np.concatenate([place, places + idle])
    graph = csr_array((weight, at), shape=(requests, places + requests))
    rows, columns = min_weight_full_bipartite_matching(graph, maximize=True)
    owner = np.repeat(np.arange(len(part.places)), part.places)
    mentor = np.full(requests, -1, dtype=np.int64)
    real = columns < places
    mentor[rows[real]] = owner[columns[real]]
    return mentor
