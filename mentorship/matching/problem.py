"""A match round as arrays: validated once, quantised once, exact from there on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import index
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, issparse

from mentorship.matching.arrays import Flags, Floats, Ints, spans

Array = TypeVar("Array", bound=NDArray[Any])
SCALE = 1_000_000
"""Scores and costs are counted in millionths, so that sums are exact."""
MOST = 1_000_000
"""Places or juniors that a mentor may have."""
EXACT = 2**53
"""Below this every whole number is exact in float64, which SciPy's solver works in."""


@dataclass(frozen=True)
class Edges:
    """The eligible pairs above the floor, sorted by request; arrays of one length E."""

    request: Ints
    mentor: Ints
    score: Ints


@dataclass(frozen=True)
class Problem:
    """One match round: R requests, M mentors, and the score of each eligible pair.

    Parameters
    ----------
    scores : csr_array, shape (R, M)
        Value in (0, 1] of each eligible pair; an absent entry is not eligible.
    capacity : int array, shape (M,)
        Free places, >= 0.
    load : int array, shape (M,)
        Juniors each mentor already has, >= 0.
    floor : float
        Pairs that score less are left out, in [0, 1].
    spread : float
        The k-th junior of a mentor, counting those they have, costs (k - 1) * spread.
    unmatched : "last_resort" or float
        As many matched as possible first, or what one unmatched request costs.
    locked : pairs (r, m)
        Pairs to keep; each must be eligible.
    request_keys, mentor_keys : int arrays, shapes (R,) and (M,), optional
        Lasting numbers that decide ties with the seed, so that row order never does; row numbers by default.
    priority : float array, shape (R,), optional
        What matching each request is worth besides its score, in [0, 1]; with whom makes no difference. 0 by default.

    Raises
    ------
    ValueError
        With a sentence that names the field.
    """

    scores: csr_array
    capacity: Ints
    load: Ints = field(default_factory=lambda: np.int64(0))  # type: ignore[arg-type, return-value]
    floor: float = 0.0
    spread: float = 0.0
    unmatched: Literal["last_resort"] | float = "last_resort"
    locked: Sequence[tuple[int, int]] = ()
    request_keys: Ints | None = None
    mentor_keys: Ints | None = None
    priority: Floats | None = None

    def __post_init__(self) -> None:
        self._put("scores", self._matrix())
        requests, mentors = self.scores.shape
        self._put("capacity", _counts("capacity", self.capacity, mentors))
        self._put("load", _counts("load", self.load, mentors))
        self._check_terms()
        self._put("priority", self._priorities(requests))
        self._put("request_keys", _keys("request_keys", self.request_keys, requests))
        self._put("mentor_keys", _keys("mentor_keys", self.mentor_keys, mentors))
        self._put("locked", self._locks())
        if 8 * self.match_bonus >= EXACT or requests * self.match_bonus >= 2**62:
            raise ValueError("spread, load, capacity and priority together are too large to count exactly")

    def _put(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    def _check_terms(self) -> None:
        for name in ("floor", "spread"):
            value = getattr(self, name)
            if not _between(value, 0, 1):
                raise ValueError(f"{name} must be between 0 and 1, not {value}")
        if 0 < self.spread * SCALE <= 0.5:
            raise ValueError(f"spread of {self.spread} is less than the millionth in which it is counted")
        last_resort = isinstance(self.unmatched, str) and self.unmatched == "last_resort"
        if not last_resort and not _between(self.unmatched, 0, 1000):
            raise ValueError(f'unmatched must be "last_resort" or a cost between 0 and 1000, not {self.unmatched!r}')

    def _priorities(self, requests: int) -> Floats:
        given = np.zeros(requests) if self.priority is None else np.asarray(self.priority)
        if given.shape != (requests,) or (requests and given.dtype.kind not in "iuf"):
            raise ValueError(f"priority must be {requests} numbers, one per request")
        priority = given.astype(np.float64)
        wrong = np.flatnonzero(~((priority >= 0) & (priority <= 1)))
        if len(wrong):
            raise ValueError(f"priority must be between 0 and 1, not {priority[wrong[0]]} of request {wrong[0]}")
        return _frozen(priority)

    def _matrix(self) -> csr_array:
        if not issparse(self.scores) or self.scores.format != "csr":
            raise ValueError("scores must be a scipy.sparse.csr_array")
        if self.scores.ndim != 2:
            raise ValueError("scores must have two dimensions: requests and mentors")
        if self.scores.dtype.kind not in "biuf":
            raise ValueError(f"scores must be real numbers, not {self.scores.dtype}")
        try:
            self.scores.check_format(full_check=True)
        except ValueError as fault:
            raise ValueError(f"scores is not put together as a csr_array is: {fault}") from None
        scores: csr_array = csr_array(self.scores, copy=True).astype(np.float64)
        if not scores.has_canonical_format:
            entries = scores.nnz
            scores.sum_duplicates()
            if scores.nnz != entries:
                raise ValueError("scores must hold each pair once")
        wrong = np.flatnonzero(~((scores.data > 0) & (scores.data <= 1)))
        if len(wrong):
            raise ValueError(
                f"scores must lie above 0 and at most at 1, not {_cell(scores, int(wrong[0]))}; "
                "a pair that is not eligible is absent"
            )
        for part in (scores.data, scores.indices, scores.indptr):
            _frozen(part)
        return scores

    def _locks(self) -> tuple[tuple[int, int], ...]:
        try:
            locked = tuple(dict.fromkeys((index(r), index(m)) for r, m in self.locked))
        except (TypeError, ValueError):
            raise ValueError("locked must hold pairs (request, mentor) of row numbers") from None
        self._check_eligible(locked)
        if len({r for r, _ in locked}) != len(locked):
            raise ValueError("locked gives one request two mentors")
        mentors = np.array([m for _, m in locked], dtype=np.int64)
        used = np.bincount(mentors, minlength=len(self.capacity))
        if np.any(used > self.capacity):
            full = int(np.argmax(used > self.capacity))
            raise ValueError(f"locked takes more places than the capacity of mentor {full}")
        return locked

    def _check_eligible(self, locked: Sequence[tuple[int, int]]) -> None:
        if not locked:
            return
        eligible = self.edges
        known = set(zip(eligible.request.tolist(), eligible.mentor.tolist(), strict=True))
        for r, m in locked:
            if (r, m) not in known:
                raise ValueError(f"locked names the pair ({r}, {m}), which is not eligible")

    @cached_property
    def edges(self) -> Edges:
        """The eligible pairs with their scores in millionths, at or above the floor."""
        request = np.repeat(np.arange(self.scores.shape[0]), np.diff(self.scores.indptr))
        score = np.maximum(np.rint(self.scores.data * SCALE), 1).astype(np.int64)
        kept = score >= round(self.floor * SCALE)
        mentor = self.scores.indices[kept].astype(np.int64)
        return Edges(_frozen(request[kept]), _frozen(mentor), _frozen(score[kept]))

    @cached_property
    def priority_units(self) -> Ints:
        """The priorities in millionths, shape (R,)."""
        assert self.priority is not None, "filled in above"
        return _frozen(np.rint(self.priority * SCALE).astype(np.int64))

    @cached_property
    def worth(self) -> Ints:
        """What each edge, shape (E,), is worth in millionths: its score, its request's priority, and one more match."""
        return _frozen(self.edges.score + self.priority_units[self.edges.request] + self.match_bonus)

    @cached_property
    def places(self) -> Ints:
        """Places that can matter, shape (M,): never more than the requests that could take them."""
        wanted = np.bincount(self.edges.mentor, minlength=self.scores.shape[1])
        return _frozen(np.minimum(self.capacity, wanted).astype(np.int64))

    @cached_property
    def lock(self) -> Ints:
        """The mentor each request is locked to, shape (R,), -1 = none."""
        held = np.full(self.scores.shape[0], -1, dtype=np.int64)
        for r, m in self.locked:
            held[r] = m
        return _frozen(held)

    @cached_property
    def open_edges(self) -> Flags:
        """Tell per edge, shape (E,), whether it may be used: of a locked request only its own."""
        held = self.lock[self.edges.request]
        usable: Flags = (held < 0) | (held == self.edges.mentor)
        return usable

    @cached_property
    def seats(self) -> tuple[Ints, Ints]:
        """Per place that can matter, mentor after mentor: whose it is, and the how-manieth of theirs, from 0."""
        owner = np.repeat(np.arange(len(self.places)), self.places)
        return owner, spans(np.zeros(len(self.places), dtype=np.int64), self.places)

    @property
    def spread_units(self) -> int:
        """The spread in millionths."""
        return round(self.spread * SCALE)

    @cached_property
    def match_bonus(self) -> int:
        """What one match is worth on top of its score, in millionths.

        With "last_resort" more than any difference in value can be, so that the number of matches decides first;
        otherwise the cost of an unmatched request.
        """
        if self.unmatched != "last_resort":
            return round(float(self.unmatched) * SCALE)
        matches = int(min(self.scores.shape[0], self.places.sum()))
        dearest = int((self.load + self.places).max(initial=0)) * self.spread_units
        most = SCALE + int(self.priority_units.max(initial=0))
        return 2 * (matches + 1) * (most + dearest)


def _cell(scores: csr_array, entry: int) -> str:
    """Return a value of the matrix and where it stands."""
    row = int(np.searchsorted(scores.indptr, entry, side="right")) - 1
    return f"{scores.data[entry]} of request {row} and mentor {scores.indices[entry]}"


def _between(value: object, least: float, most: float) -> bool:
    return isinstance(value, int | float | np.integer | np.floating) and bool(least <= value <= most)


def _keys(name: str, values: Ints | None, size: int) -> Ints:
    keys = np.arange(size) if values is None else np.asarray(values)
    whole = not size or np.issubdtype(keys.dtype, np.integer)
    if keys.shape != (size,) or not whole or len(np.unique(keys)) != size:
        raise ValueError(f"{name} must be {size} different whole numbers")
    return _frozen(keys.astype(np.int64))


def _counts(name: str, values: object, mentors: int) -> Ints:
    array = np.asarray(values)
    if array.ndim == 0:
        array = np.full(mentors, array)
    if array.shape != (mentors,):
        raise ValueError(f"{name} must have one number per mentor: shape ({mentors},), not {array.shape}")
    if mentors and array.dtype.kind not in "iufO":
        raise ValueError(f"{name} must be whole numbers")
    for mentor, value in enumerate(array.tolist()):
        if isinstance(value, bool) or not isinstance(value, int | float) or not value == value // 1 >= 0:
            raise ValueError(f"{name} must be whole numbers of 0 or more, not {value} of mentor {mentor}")
        if value > MOST:
            raise ValueError(f"{name} must be at most {MOST:,}, not {value} of mentor {mentor}")
    return _frozen(array.astype(np.int64))


def _frozen(array: Array) -> Array:
    """Return an array that nobody can change any more: what was validated stays so."""
    array.setflags(write=False)
    return array
