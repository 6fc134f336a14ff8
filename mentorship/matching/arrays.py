"""Arrays as the rooms of the match name them, and what is made of them everywhere."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def spans(first: Ints, count: Ints) -> Ints:
    """Return the numbers first[i] .. first[i] + count[i] - 1 of every i, one span after the other."""
    starts = np.cumsum(count) - count
    found: Ints = np.repeat(first - starts, count) + np.arange(int(count.sum()))
    return found


def bounds(count: Ints | Flags) -> Ints:
    """Return where each of the spans that lie one after the other begins, and where the last ends: one more."""
    return np.concatenate([[0], np.cumsum(count)])


def index_among(rows: Ints, size: int) -> Ints:
    """Return, for numbers under `size`, the place of each among `rows`; 0 for those that are not."""
    index = np.zeros(size, dtype=np.int64)
    index[rows] = np.arange(len(rows))
    return index


def links(tail: Ints, head: Ints, shape: tuple[int, int]) -> csr_array:
    """Return a graph in which arcs lead from `tail` to `head`, all alike."""
    return csr_array((np.ones(len(tail), dtype=np.int8), (tail, head)), shape=shape)
