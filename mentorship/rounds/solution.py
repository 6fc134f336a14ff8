"""A round's problem and outcome as bytes, kept with the round so that its alternatives can be priced later. Pure."""

from __future__ import annotations

import io
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from mentorship.matching import (
    SCALE,
    Alternative,
    Ints,
    Problem,
    Result,
    alternatives,
    bottlenecks,
    place_gain,
    place_loss,
    used_places,
)
from mentorship.rounds.gather import Gathered, Pair, Terms


@dataclass(frozen=True)
class Choice:
    """A mentor who is eligible for a request: score in millionths, and what giving them would cost in all.

    `loss` is in requests and score, None for the mentor the request has and where the price cannot be told (a locked
    request); `moves` are other requests with the mentor they go from and to, None = nobody, by id.
    """

    mentor_id: int
    score: int
    loss: tuple[float, ...] | None = None
    moves: tuple[tuple[int, int | None, int | None], ...] = ()


@dataclass(frozen=True)
class Worth:
    """What a mentor's places are worth to the round: juniors of `places`, one place more, one place fewer.

    `gain` and `loss` are in requests and score; a loss is nan where locks need every place.
    """

    mentor_id: int
    juniors: int
    places: int
    gain: tuple[float, ...]
    loss: tuple[float, ...]


@dataclass(frozen=True)
class Short:
    """Requests that compete for too few places, and the mentors who have those, by id."""

    request_ids: tuple[int, ...]
    mentor_ids: tuple[int, ...]
    places: int


@dataclass(frozen=True)
class Stored:
    """The quantised problem with its outcome: ids, eligible pairs, scores in millionths, places, loads, mentors."""

    request_ids: Ints
    mentor_ids: Ints
    request: Ints
    mentor: Ints
    score: Ints
    capacity: Ints
    load: Ints
    outcome: Ints
    prices: Ints

    def problem(self, terms: Terms) -> Problem:
        """Return the problem as it was solved; `terms` hold the round's own spread and cost of an unmatched request."""
        shape = len(self.request_ids), len(self.mentor_ids)
        scores = csr_array((self.score / SCALE, (self.request, self.mentor)), shape=shape)
        return Problem(
            scores, self.capacity, self.load, spread=terms.spread, locked=self._rows(terms.locked),
            unmatched="last_resort" if terms.unmatched_cost is None else terms.unmatched_cost,
            request_keys=self.request_ids, mentor_keys=self.mentor_ids,
        )  # fmt: skip

    def _rows(self, pairs: Collection[Pair]) -> list[Pair]:
        rows = {int(i): n for n, i in enumerate(self.request_ids)}
        columns = {int(i): n for n, i in enumerate(self.mentor_ids)}
        found = [(rows[r], columns[m]) for r, m in pairs if r in rows and m in columns]
        return [(r, m) for r, m in found if self.outcome[r] == m]

    def choices(self, request_id: int, terms: Terms | None) -> list[Choice]:
        """Return everyone eligible for a request, the highest score first, each with the exact price under `terms`."""
        row = np.flatnonzero(self.request_ids == request_id)
        if not len(row):
            return []
        at = np.flatnonzero(self.request == row[0])
        priced: dict[int, Alternative] = {}
        problem = self.problem(terms) if terms is not None else None
        if problem is not None and int(row[0]) not in {r for r, _ in problem.locked}:
            priced = {a.mentor: a for a in alternatives(problem, self.outcome, int(row[0]), self.prices)}
        found = []
        for m, score in zip(self.mentor[at].tolist(), self.score[at].tolist(), strict=True):
            alternative = priced.get(m)
            loss = alternative.loss if alternative else None
            found.append(Choice(int(self.mentor_ids[m]), score, loss, self._moves(alternative)))
        return sorted(found, key=lambda choice: (-choice.score, choice.mentor_id))

    def _moves(self, alternative: Alternative | None) -> tuple[tuple[int, int | None, int | None], ...]:
        def mentor(row: int) -> int | None:
            return int(self.mentor_ids[row]) if row >= 0 else None

        moves = alternative.moves if alternative else ()
        return tuple((int(self.request_ids[r]), mentor(source), mentor(target)) for r, source, target in moves)

    def worth(self, terms: Terms) -> list[Worth]:
        """Return what the places of each mentor are worth, the most needed first."""
        problem = self.problem(terms)
        gain, loss = place_gain(problem, self.prices), place_loss(problem, self.outcome)
        used = used_places(problem, self.outcome)
        found = [
            Worth(int(i), int(n), int(c), tuple(g), tuple(x))
            for i, n, c, g, x in zip(self.mentor_ids, used, problem.capacity, gain.tolist(), loss.tolist(), strict=True)
        ]
        return sorted(found, key=lambda w: (tuple(-g for g in w.gain), w.mentor_id))

    def shortages(self, terms: Terms) -> list[Short]:
        """Return where places are short, the largest shortage first."""
        return [
            Short(
                tuple(self.request_ids[b.requests].tolist()), tuple(self.mentor_ids[b.mentors].tolist()), b.places
            )
            for b in bottlenecks(self.problem(terms))
        ]  # fmt: skip


def pack(gathered: Gathered, result: Result) -> bytes:
    """Return the problem and its outcome, compressed."""
    problem, out = gathered.problem, io.BytesIO()
    np.savez_compressed(
        out, request_ids=gathered.request_ids, mentor_ids=gathered.mentor_ids, request=problem.edges.request,
        mentor=problem.edges.mentor, score=problem.edges.score, capacity=problem.capacity, load=problem.load,
        outcome=result.mentor, prices=result.prices,
    )  # fmt: skip
    return out.getvalue()


def unpack(content: bytes) -> Stored:
    """Return what `pack` kept."""
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return Stored(**{name: arrays[name] for name in arrays.files})
