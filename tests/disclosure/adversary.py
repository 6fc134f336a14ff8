"""An adversary who knows nothing of how figures are chosen: tries every four people, by orthogonal projection.

A vector of the row span that is non-zero only for the people T exists exactly if the projection onto that span,
restricted to the columns of T, has an eigenvalue of 1. Every set of fewer than four lies within one of four. People
with the same columns in all figures are one atom: a vector of the span is the same for all of them, so whoever has
four doubles is never among four that are isolated, and is left out. Floating point, SVD: another road than the
reduction modulo a prime that chooses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from mentorship.disclosure import FEWEST, Counted, Earlier

CLOSE = 1e-9
Floats = NDArray[np.float64]


def published_rows(quarters: Sequence[Earlier]) -> tuple[Floats, list[int]]:
    """Return the indicator of every published figure, and whose each column is."""
    columns: dict[tuple[int, int], int] = {}
    for quarter in quarters:
        for one in quarter.counted:
            columns.setdefault((one.person, one.pair), len(columns))
    rows = []
    for quarter in quarters:
        for place in quarter.published:
            rows.append(indicator([one for one in quarter.counted if place in one.places], columns))
    return np.array(rows).reshape(len(rows), len(columns)), [person for person, _pair in columns]


def indicator(members: Sequence[Counted], columns: dict[tuple[int, int], int]) -> Floats:
    """Return 1 for who is counted."""
    row = np.zeros(len(columns))
    for one in members:
        row[columns[one.person, one.pair]] = 1
    return row


def isolated(rows: Floats, whose: Sequence[int]) -> tuple[int, ...]:
    """Return one to four people whom a combination of the rows is about alone; none where there are no such."""
    if not len(rows):
        return ()
    _left, singular, right = np.linalg.svd(rows, full_matrices=False)
    basis = right[singular > CLOSE * singular[0]]
    projection = basis.T @ basis
    own = _columns_of(whose)
    suspects = _suspects(rows, own)
    if not suspects:
        return ()
    width = max(len(own[person]) for person in suspects)
    few = min(FEWEST - 1, len(suspects))
    tried = list(combinations(suspects, few))
    for start in range(0, len(tried), 20_000):
        some = tried[start : start + 20_000]
        blocks = _blocks(projection, [[own[person] for person in four] for four in some], width)
        greatest = np.linalg.eigvalsh(blocks)[:, -1]
        found = np.flatnonzero(greatest > 1 - CLOSE)
        if len(found):
            return some[int(found[0])]
    return ()


def _columns_of(whose: Sequence[int]) -> dict[int, list[int]]:
    own: dict[int, list[int]] = {}
    for column, person in enumerate(whose):
        own.setdefault(person, []).append(column)
    return own


def _suspects(rows: Floats, own: dict[int, list[int]]) -> list[int]:
    """Leave out who is in no figure, and who has four doubles at least."""
    patterns = {}
    for person, columns in own.items():
        patterns[person] = tuple(sorted(rows[:, column].tobytes() for column in columns))
    doubles = Counter(patterns.values())
    found = []
    for person, columns in own.items():
        if rows[:, columns].any() and doubles[patterns[person]] < FEWEST:
            found.append(person)
    return found


def _blocks(projection: Floats, fours: Sequence[Sequence[Sequence[int]]], width: int) -> Floats:
    """Return the projection restricted to the columns of each four people, filled up with zeros."""
    padded = np.pad(projection, ((0, 1), (0, 1)))
    nowhere = len(projection)
    places = []
    for four in fours:
        here: list[int] = []
        for columns in four:
            here += [*columns, *([nowhere] * (width - len(columns)))]
        places.append(here)
    at = np.array(places, dtype=int)
    blocks: Floats = padded[at[:, :, None], at[:, None, :]]
    return blocks
