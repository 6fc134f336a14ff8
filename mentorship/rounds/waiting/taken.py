"""What rounds that are not published hold: places that are taken, and requests that ask for none any more. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from mentorship.matching import Ints, Problem
from mentorship.rounds.facts import Pair
from mentorship.rounds.gather import Gathered, rows_by_id

Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Taken:
    """What is held, as rows and columns of what was gathered: `pairs` of both, `places` by mentor."""

    pairs: frozenset[tuple[int, int]]
    places: Ints

    def free(self, request: Ints, mentor: Ints, capacity: Ints) -> Marks:
        """Tell of these pairs whether there is a place: one that is free, or the one held for this very request."""
        marks: Marks = capacity[mentor] > 0
        if not self.pairs:
            return marks
        asking = [row for row, _ in self.pairs]
        for place in np.flatnonzero(np.isin(request, asking)).tolist():
            pair = int(request[place]), int(mentor[place])
            marks[place] |= pair in self.pairs
        return marks


def taken(gathered: Gathered, held: Collection[Pair]) -> Taken:
    """Return what is held of what was gathered."""
    rows = rows_by_id(gathered.request_ids)
    columns = rows_by_id(gathered.mentor_ids)
    places = np.zeros(len(columns), dtype=np.int64)
    pairs = set()
    for request_id, mentor_id in held:
        row, column = rows.get(request_id), columns.get(mentor_id)
        if column is None:
            continue
        places[column] += 1
        if row is not None:
            pairs.add((row, column))
    return Taken(frozenset(pairs), places)


def without(problem: Problem, held: Taken) -> Problem:
    """Return the same problem, its rows as they were, in which the requests that have a mentor ask nobody."""
    if not held.pairs:
        return problem
    scores = problem.scores.copy()
    for row, _ in held.pairs:
        first, last = scores.indptr[row : row + 2]
        scores.data[first:last] = 0
    scores.eliminate_zeros()
    return replace(problem, scores=scores)
