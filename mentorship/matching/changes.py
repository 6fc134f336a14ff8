"""What could change in a round: places, pauses, and requests or mentors that come or go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import index
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from mentorship.matching.arrays import Ints
from mentorship.matching.problem import Problem

LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True)
class PlacesSet:
    """A mentor has so many free places, 0 while they pause; and so many juniors already, where `load` is given."""

    mentor: int
    capacity: int
    load: int | None = None

    def make(self, sides: Sides) -> None:
        """Note the places."""
        mentor = sides.mentors.number(self.mentor)
        sides.mentors.columns["capacity"][mentor] = _whole("capacity", self.capacity)
        if self.load is not None:
            sides.mentors.columns["load"][mentor] = _whole("load", self.load)


@dataclass(frozen=True)
class RequestAdded:
    """One more request, numbered after all others, with its score for each eligible mentor by number."""

    scores: Mapping[int, float]
    priority: float = 0.0
    key: int | None = None

    def make(self, sides: Sides) -> None:
        """Note the request and its pairs."""
        eligible = sides.mentors.scored(self.scores)
        request = sides.requests.add(self.key, priority=_number("priority", self.priority))
        sides.pairs += [(request, mentor, score) for mentor, score in eligible]


@dataclass(frozen=True)
class RequestRemoved:
    """A request goes, and its place with it comes free."""

    request: int

    def make(self, sides: Sides) -> None:
        """Note that it went."""
        sides.requests.remove(self.request)


@dataclass(frozen=True)
class MentorAdded:
    """One more mentor, numbered after all others, with the score of each eligible request by number."""

    scores: Mapping[int, float]
    capacity: int
    load: int = 0
    key: int | None = None

    def make(self, sides: Sides) -> None:
        """Note the mentor and their pairs."""
        eligible = sides.requests.scored(self.scores)
        mentor = sides.mentors.add(self.key, capacity=_whole("capacity", self.capacity), load=_whole("load", self.load))
        sides.pairs += [(request, mentor, score) for request, score in eligible]


@dataclass(frozen=True)
class MentorRemoved:
    """A mentor goes; whoever is theirs moves."""

    mentor: int

    def make(self, sides: Sides) -> None:
        """Note that they went."""
        sides.mentors.remove(self.mentor)


Change = PlacesSet | RequestAdded | RequestRemoved | MentorAdded | MentorRemoved


@dataclass(frozen=True)
class Changed:
    """A changed problem, and the number of each of its requests (R',) and mentors (M',).

    Those of the problem before keep their row as number, those added are numbered on from there, and whoever goes
    leaves their number unused.
    """

    problem: Problem
    requests: Ints
    mentors: Ints


def changed(problem: Problem, changes: Sequence[Change]) -> Changed:
    """Return a problem after changes, made one after the other; nothing is solved.

    Raises
    ------
    ValueError
        If a change names nobody, or takes a place that somebody is locked to.
    """
    if not isinstance(changes, Sequence):
        raise ValueError(f"changes must be a list of them, not {changes!r}")
    sides = _sides(problem)
    for change in changes:
        if not isinstance(change, Change):
            raise ValueError(f"{change!r} is no change of a round")
        change.make(sides)
    return sides.put_together(problem)


@dataclass
class Side:
    """The requests, or the mentors: what is known of each by number, who went, and whether anybody came or went."""

    name: str
    columns: dict[str, list[float]]
    keys: list[int]
    gone: set[int] = field(default_factory=set)
    other: bool = False

    def number(self, given: int) -> int:
        """Return the number of somebody who is there."""
        number = _whole(self.name, given)
        if not 0 <= number < len(self.keys) or number in self.gone:
            raise ValueError(f"there is no {self.name} {given}")
        return number

    def add(self, key: int | None, **told: float) -> int:
        """Add one more, and return the number."""
        self.other = True
        self.keys.append(self._free_key() if key is None else _key(key))
        for name, value in told.items():
            self.columns[name].append(value)
        return len(self.keys) - 1

    def _free_key(self) -> int:
        last = max(self.keys, default=-1)
        if last >= LARGEST_KEY:
            raise ValueError(f"no {self.name} key comes after {last}: give a key")
        return last + 1

    def scored(self, scores: Mapping[int, float]) -> list[tuple[int, float]]:
        """Return the score of each of those who are there."""
        if not isinstance(scores, Mapping):
            raise ValueError(f"scores must be a mapping by {self.name}, not {scores!r}")
        found = []
        for given, score in scores.items():
            found.append((self.number(given), _number(f"the score of {self.name} {given}", score)))
        return found

    def remove(self, given: int) -> None:
        """Let one go."""
        self.gone.add(self.number(given))
        self.other = True

    def rows(self) -> Ints:
        """Return the numbers of all who are there."""
        there = np.ones(len(self.keys), dtype=np.bool_)
        there[list(self.gone)] = False
        return np.flatnonzero(there)

    def row_of(self, numbers: Ints) -> Ints:
        """Return the row that each number gets, -1 of those that went."""
        rows = self.rows()
        found = np.full(len(self.keys), -1)
        found[rows] = np.arange(len(rows))
        return found[numbers]

    def column(self, name: str) -> NDArray[Any]:
        """Return what is known of all who are there."""
        return np.array(self.columns[name], dtype=object)[self.rows()]


@dataclass
class Sides:
    """Both sides of a problem, and the pairs that come in: (request, mentor, score)."""

    requests: Side
    mentors: Side
    pairs: list[tuple[int, int, float]] = field(default_factory=list)

    def put_together(self, problem: Problem) -> Changed:
        """Return the problem of all who are there."""
        rows, columns = self.requests.rows(), self.mentors.rows()
        after = replace(
            problem,
            scores=self._scores(problem),
            capacity=self.mentors.column("capacity"),
            load=self.mentors.column("load"),
            priority=self.requests.column("priority").astype(np.float64),
            request_keys=np.array(self.requests.keys, dtype=np.int64)[rows],
            mentor_keys=np.array(self.mentors.keys, dtype=np.int64)[columns],
            locked=self._locked(problem, rows, columns),
        )
        return Changed(after, rows, columns)

    def _scores(self, problem: Problem) -> csr_array:
        """Return the scores of all who are there, those that come in among them."""
        if not (self.requests.other or self.mentors.other):
            return problem.scores
        known, more = problem.scores.tocoo(), np.array(self.pairs).reshape(-1, 3)
        asks = self.requests.row_of(np.append(known.coords[0], more[:, 0].astype(np.int64)))
        guides = self.mentors.row_of(np.append(known.coords[1], more[:, 1].astype(np.int64)))
        score, kept = np.append(known.data, more[:, 2]), (asks >= 0) & (guides >= 0)
        shape = len(self.requests.rows()), len(self.mentors.rows())
        return csr_array((score[kept], (asks[kept], guides[kept])), shape=shape)

    def _locked(self, problem: Problem, rows: Ints, columns: Ints) -> list[tuple[int, int]]:
        """Return the locked pairs by the rows they get."""
        row, column = (dict(zip(side.tolist(), range(len(side)), strict=True)) for side in (rows, columns))
        held = [(r, m) for r, m in problem.locked if r in row]
        for mentor in {m for _, m in held}:
            places = self.mentors.columns["capacity"][mentor] if mentor in column else 0
            if sum(m == mentor for _, m in held) > places:
                raise ValueError(f"requests are locked to more than {places} places of mentor {mentor}: release one")
        return [(row[r], column[m]) for r, m in held]


def _sides(problem: Problem) -> Sides:
    assert problem.priority is not None and problem.request_keys is not None and problem.mentor_keys is not None
    asking = Side("request", {"priority": problem.priority.tolist()}, problem.request_keys.tolist())
    known = {"capacity": problem.capacity.tolist(), "load": problem.load.tolist()}
    return Sides(asking, Side("mentor", known, problem.mentor_keys.tolist()))


def _whole(name: str, given: int) -> int:
    try:
        return index(given)
    except TypeError:
        raise ValueError(f"{name} must be a whole number, not {given!r}") from None


def _key(given: int) -> int:
    key = _whole("key", given)
    if not -LARGEST_KEY <= key <= LARGEST_KEY:
        raise ValueError(f"key must lie between -2^63 and 2^63, not {key}")
    return key


def _number(name: str, given: float) -> float:
    if not isinstance(given, int | float | np.integer | np.floating):
        raise ValueError(f"{name} must be a number, not {given!r}")
    try:
        return float(given)
    except OverflowError:
        raise ValueError(f"{name} is too large a number") from None
