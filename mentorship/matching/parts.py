"""Independent parts of a round: requests and mentors that no edge joins to others are decided apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from mentorship.matching.arrays import Flags, Ints, bounds, index_among

NEVER = -(2**58)
"""The worth of staying unmatched where that is not allowed."""
PART = 10_000
"""Edges that independent pieces are taken together up to, so that many small ones do not cost a call each."""


@dataclass(frozen=True)
class Part:
    """Requests and mentors that no edge joins to others.

    `start` (n + 1,) bounds the edges of each request in `mentor` and `worth` (E,); `idle` (n,) is what staying
    unmatched is worth, `NEVER` where it may not; `places` (m,); `cost` (sum of places,) what each place costs, mentor
    after mentor, rising within each. `bonus`: every pair is worth so much more than what decides after the number of
    pairs, and nobody gains by staying out; 0 where the number does not come first.
    """

    start: Ints
    mentor: Ints
    worth: Ints
    idle: Ints
    places: Ints
    cost: Ints
    bonus: int = 0


def independent(whole: Part) -> Iterator[tuple[Ints, Ints, Part]]:
    """Yield independent parts with the rows and columns they came from; requests without an edge are in none."""
    degree = np.diff(whole.start)
    batch = _batches(whole)
    asking, guiding = batch[: len(degree)], batch[len(degree) :]
    numbers = np.unique(asking[degree > 0])
    if len(numbers) == 1:
        rows = np.flatnonzero(degree)
        yield rows, np.arange(len(guiding)), replace(whole, start=bounds(degree[rows]), idle=whole.idle[rows])
        return
    edge, seat = np.repeat(asking, degree), np.repeat(guiding, whole.places)
    for number in numbers:
        rows, columns = np.flatnonzero((asking == number) & (degree > 0)), np.flatnonzero(guiding == number)
        yield rows, columns, _of(whole, (rows, columns), (edge == number, seat == number))


def _of(whole: Part, sides: tuple[Ints, Ints], held: tuple[Flags, Flags]) -> Part:
    """Return a part with some rows and columns, and the edges and places that are theirs."""
    (rows, columns), (edges, places) = sides, held
    return Part(
        start=bounds(np.diff(whole.start)[rows]),
        mentor=index_among(columns, len(whole.places))[whole.mentor[edges]],
        worth=whole.worth[edges],
        idle=whole.idle[rows],
        places=whole.places[columns],
        cost=whole.cost[places],
        bonus=whole.bonus,
    )


def _batches(whole: Part) -> Ints:
    """Return the number of the part of each request and then each mentor."""
    requests, mentors = len(whole.idle), len(whole.places)
    ends = np.concatenate([whole.start, np.full(mentors, whole.start[-1])])
    # as SciPy wants its graphs: rows in order, and weights of this type, so that it copies nothing
    arcs = np.ones(len(whole.mentor)), requests + whole.mentor, ends
    graph = csr_array(arcs, shape=(requests + mentors, requests + mentors))
    count, label = connected_components(graph, directed=False)
    edges = np.bincount(label[:requests], np.diff(whole.start), minlength=count)
    before = bounds(edges.astype(np.int64))[:-1]
    batch: Ints = (before // PART)[label]
    return batch
