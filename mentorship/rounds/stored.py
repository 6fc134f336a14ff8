"""A round's problem as bytes, kept with the round so that its alternatives can be shown later. Pure."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np

from mentorship.matching import Result
from mentorship.matching.problem import Floats, Ints
from mentorship.rounds.gather import Gathered


@dataclass(frozen=True)
class Stored:
    """The quantised problem: eligible pairs by id with scores in millionths, places, loads and prices."""

    request_ids: Ints
    mentor_ids: Ints
    request: Ints
    mentor: Ints
    score: Ints
    parts: Floats
    capacity: Ints
    load: Ints
    prices: Ints

    def alternatives(self, request_id: int) -> list[tuple[int, int]]:
        """Return (mentor id, score in millionths) of everyone eligible for a request, the highest score first."""
        row = np.flatnonzero(self.request_ids == request_id)
        at = np.flatnonzero(self.request == row[0]) if len(row) else row
        pairs = zip(self.mentor_ids[self.mentor[at]].tolist(), self.score[at].tolist(), strict=True)
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def pack(gathered: Gathered, result: Result) -> bytes:
    """Return the problem and its prices, compressed."""
    problem, out = gathered.problem, io.BytesIO()
    np.savez_compressed(
        out,
        request_ids=gathered.request_ids,
        mentor_ids=gathered.mentor_ids,
        request=problem.edges.request,
        mentor=problem.edges.mentor,
        score=problem.edges.score,
        parts=gathered.scored.parts,
        capacity=problem.capacity,
        load=problem.load,
        prices=result.prices,
    )
    return out.getvalue()


def unpack(content: bytes) -> Stored:
    """Return what `pack` kept."""
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return Stored(**{name: arrays[name] for name in arrays.files})
