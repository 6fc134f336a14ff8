"""A round's problem and outcome as bytes, kept with the round so that its alternatives can be priced later. Pure."""

from __future__ import annotations

import io
from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from mentorship.matching import (
    CRITERIA,
    SCALE,
    Alternative,
    Floats,
    Ints,
    Problem,
    Result,
    alternatives,
    bottlenecks,
    place_gain,
    place_loss,
    used_places,
)
from mentorship.rounds.facts import Pair
from mentorship.rounds.gather import Gathered, Terms, rows_by_id

NOBODY = -1
"""Stands in an outcome where a request has no mentor."""


@dataclass(frozen=True)
class Move:
    """A request that would go from one mentor to another, by id; None = nobody."""

    request_id: int
    from_mentor: int | None
    to_mentor: int | None


@dataclass(frozen=True)
class Choice:
    """A mentor who is eligible for a request: score in millionths, and what giving them would cost in all.

    `loss` is in requests and score, None for the mentor the request has and where the price cannot be told (a locked
    request); `moves` are the other requests that would change.
    """

    mentor_id: int
    score: int
    loss: tuple[float, ...] | None = None
    moves: tuple[Move, ...] = ()


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
class Solution:
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
    priority: Floats | None = None
    waited: Ints | None = None
    """What each request was worth more for waiting, and for how many rounds; not kept where that counted nothing."""
    facts: Floats | None = None
    """By pair what explains its score (`_facts`); not kept of the rounds of long ago."""

    @property
    def counts_waiting(self) -> bool:
        """Tell whether a request was worth more because it waited."""
        return self.priority is not None

    def bonus_by_request(self) -> dict[int, int]:
        """Return what each request was worth more for waiting, in millionths."""
        priority = np.zeros(len(self.request_ids)) if self.priority is None else self.priority
        units = np.rint(priority * SCALE).astype(np.int64)
        return dict(zip(self.request_ids.tolist(), units.tolist(), strict=True))

    def waiting_of(self, request_id: int) -> tuple[int, float]:
        """Return for how many rounds a request had waited, and what that counted."""
        row = rows_by_id(self.request_ids).get(request_id)
        if row is None or self.priority is None or self.waited is None:
            return 0, 0.0
        return int(self.waited[row]), float(self.priority[row])

    def problem(self, terms: Terms) -> Problem:
        """Return the problem as it was solved; `terms` hold the round's own spread and cost of an unmatched request."""
        at = self.request, self.mentor
        shape = len(self.request_ids), len(self.mentor_ids)
        return Problem(
            csr_array((self.score / SCALE, at), shape=shape),
            self.capacity,
            self.load,
            spread=terms.spread,
            unmatched=terms.unmatched,
            locked=self._locked_rows(terms.locked),
            priority=self.priority,
            request_keys=self.request_ids,
            mentor_keys=self.mentor_ids,
        )

    def _locked_rows(self, pairs: Collection[Pair]) -> list[Pair]:
        """Return the locked pairs that the outcome kept, as rows; others were withdrawn before it was solved."""
        row_of = rows_by_id(self.request_ids)
        column_of = rows_by_id(self.mentor_ids)
        found = []
        for request_id, mentor_id in pairs:
            row = row_of.get(request_id)
            column = column_of.get(mentor_id)
            if row is not None and column is not None and self.outcome[row] == column:
                found.append((row, column))
        return found

    def choices(self, request_id: int, terms: Terms | None) -> list[Choice]:
        """Return everyone eligible for a request, the highest score first, each with the exact price under `terms`."""
        row = rows_by_id(self.request_ids).get(request_id)
        if row is None:
            return []
        priced = self._alternatives(row, terms)
        found = []
        for edge in np.flatnonzero(self.request == row):
            mentor = int(self.mentor[edge])
            choice = self._choice(
                mentor,
                int(self.score[edge]),
                priced.get(mentor),
            )
            found.append(choice)
        return sorted(found, key=_best_first)

    def explained(self, request_id: int, mentor_id: int) -> dict[str, Any] | None:
        """Return what explains the score of a pair, but for its weights and levels; None where that was not kept."""
        row = rows_by_id(self.request_ids).get(request_id)
        column = rows_by_id(self.mentor_ids).get(mentor_id)
        if self.facts is None or row is None or column is None:
            return None
        (edge,) = np.flatnonzero((self.request == row) & (self.mentor == column))
        *parts, known, remote, shifts, hours = self.facts[edge].tolist()
        return {
            "parts": dict(zip(CRITERIA, parts, strict=True)),
            "known": bool(known),
            "remote": bool(remote),
            "meeting": {"shifts_per_four_weeks": shifts, "hours_per_two_weeks": hours},
        }

    def _alternatives(self, row: int, terms: Terms | None) -> dict[int, Alternative]:
        """Return by mentor's row what choosing them costs; none without terms and none for a locked request."""
        if terms is None:
            return {}
        problem = self.problem(terms)
        if problem.lock[row] != NOBODY:
            return {}
        found = alternatives(problem, self.outcome, row, self.prices)
        return {alternative.mentor: alternative for alternative in found}

    def _choice(self, mentor: int, score: int, alternative: Alternative | None) -> Choice:
        mentor_id = int(self.mentor_ids[mentor])
        if alternative is None:
            return Choice(mentor_id, score)
        moves = []
        for request, source, target in alternative.moves:
            move = Move(
                int(self.request_ids[request]),
                self._mentor_id(source),
                self._mentor_id(target),
            )
            moves.append(move)
        return Choice(
            mentor_id,
            score,
            alternative.loss,
            tuple(moves),
        )

    def _mentor_id(self, mentor: int) -> int | None:
        if mentor == NOBODY:
            return None
        return int(self.mentor_ids[mentor])

    def worth(self, terms: Terms) -> list[Worth]:
        """Return what the places of each mentor are worth, the most needed first."""
        problem = self.problem(terms)
        gain = place_gain(problem, self.prices)
        loss = place_loss(problem, self.outcome)
        juniors = used_places(problem, self.outcome)
        found = []
        for mentor, mentor_id in enumerate(self.mentor_ids.tolist()):
            worth = Worth(
                mentor_id,
                int(juniors[mentor]),
                int(problem.capacity[mentor]),
                tuple(gain[mentor].tolist()),
                tuple(loss[mentor].tolist()),
            )
            found.append(worth)
        return sorted(found, key=_most_needed_first)

    def shortages(self, terms: Terms) -> list[Short]:
        """Return where places are short, the largest shortage first."""
        found = []
        for bottleneck in bottlenecks(self.problem(terms)):
            short = Short(
                tuple(self.request_ids[bottleneck.requests].tolist()),
                tuple(self.mentor_ids[bottleneck.mentors].tolist()),
                bottleneck.places,
            )
            found.append(short)
        return found


def _best_first(choice: Choice) -> tuple[int, int]:
    return -choice.score, choice.mentor_id


def _most_needed_first(worth: Worth) -> tuple[tuple[float, ...], int]:
    falling = tuple(-gain for gain in worth.gain)
    return falling, worth.mentor_id


def pack(gathered: Gathered, result: Result) -> bytes:
    """Return the problem and its outcome, compressed."""
    problem = gathered.problem
    content = io.BytesIO()
    np.savez_compressed(
        content,
        request_ids=gathered.request_ids,
        mentor_ids=gathered.mentor_ids,
        request=problem.edges.request,
        mentor=problem.edges.mentor,
        score=problem.edges.score,
        capacity=problem.capacity,
        load=problem.load,
        outcome=result.mentor,
        prices=result.prices,
        facts=_facts(gathered),
        **_waiting(gathered),
    )
    return content.getvalue()


def _waiting(gathered: Gathered) -> dict[str, Any]:
    """Return what waiting counted; nothing where it did not, as the version before knows no such names."""
    units = gathered.problem.priority_units
    if not units.any():
        return {}
    return {"priority": units / SCALE, "waited": gathered.waited}


def _facts(gathered: Gathered) -> Floats:
    """Return by pair (K, 9): its parts by criterion, whether known and remote, shifts and hours together."""
    scored = gathered.scored
    eligible = gathered.eligible
    shifts = np.array([meeting.shifts_per_four_weeks for meeting in eligible.meetings])
    hours = np.array([meeting.hours_per_two_weeks for meeting in eligible.meetings])
    met = eligible.meeting[scored.pair]
    columns = [scored.parts, scored.known, eligible.remote[scored.pair], shifts[met], hours[met]]
    found: Floats = np.column_stack(columns)
    return found.round(6)


def unpack(content: bytes) -> Solution:
    """Return what `pack` kept, but for names of a later version."""
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        known = {field.name for field in fields(Solution)}
        return Solution(**{name: arrays[name] for name in arrays.files if name in known})
