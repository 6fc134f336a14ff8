"""Independent parts of a round: requests and mentors that no edge joins to others are decided apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse.csgraph import connected_components

from mentorship.matching.arrays import Ints, bounds, index_among, links

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
    row = np.repeat(np.arange(len(degree)), degree)
    batch = _batches(whole, row)
    asking, guiding = batch[: len(degree)], batch[len(degree) :]
    edge, seat = asking[row], np.repeat(guiding, whole.places)
    for number in np.unique(asking[degree > 0]):
        rows = np.flatnonzero((asking == number) & (degree > 0))
        columns = np.flatnonzero(guiding == number)
        within = edge == number
        part = Part(
            start=bounds(degree[rows]),
            mentor=index_among(columns, len(guiding))[whole.mentor[within]],
            worth=whole.worth[within],
            idle=whole.idle[rows],
            places=whole.places[columns],
            cost=whole.cost[seat == number],
            bonus=whole.bonus,
        )
        yield rows, columns, part


def _batches(whole: Part, row: Ints) -> Ints:
    """Return the number of the part of each request and then each mentor; `row` (E,) is the request of each edge."""
    requests = len(whole.idle)
    nodes = requests + len(whole.places)
    count, label = connected_components(links(row, requests + whole.mentor, (nodes, nodes)), directed=False)
    edges = np.bincount(label[row], minlength=count)
    before = bounds(edges)[:-1]
    batch: Ints = (before // PART)[label]
    return batch
