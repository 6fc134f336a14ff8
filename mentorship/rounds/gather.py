"""Plain records -> matching.Problem. Only from here do ids become row numbers. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from mentorship.matching import (
    TRAINER,
    Eligible,
    Floats,
    Instance,
    Ints,
    Problem,
    Scored,
    find_eligible,
    score_pairs,
    steps_of,
)
from mentorship.rounds.facts import Pair, Records
from mentorship.rounds.instance import build_instance

MOST_WAITING = 0.10
"""What waiting adds at most to what a match is worth."""


@dataclass(frozen=True)
class Terms:
    """By what a round is solved; `unmatched_cost` None means as many matches as possible first.

    `waiting`: what each earlier round without a mentor adds to what a match is worth.
    """

    weights: Mapping[str, float]
    floor: float
    spread: float
    unmatched_cost: float | None = None
    waiting: float = 0.0
    locked: Collection[Pair] = ()
    forbidden: Collection[Pair] = ()

    def bonus(self, waited: int) -> float:
        """Return what a match is worth more, after so many rounds without a mentor."""
        return min(MOST_WAITING, self.waiting * waited)

    @property
    def unmatched(self) -> Any:
        """What stays out costs so much, as `Problem` wants to be told."""
        if self.unmatched_cost is None:
            return "last_resort"
        return self.unmatched_cost


@dataclass(frozen=True)
class Gathered:
    """A problem with the way back from its rows to ids; `lost_locks` are locked pairs that cannot be kept any more."""

    problem: Problem
    instance: Instance
    eligible: Eligible
    scored: Scored
    request_ids: Ints
    mentor_ids: Ints
    waited: Ints
    lost_locks: tuple[Pair, ...]
    input_hash: str

    def counts(self, row: int, funnel: Ints) -> list[int]:
        """Return the counts of a request in a funnel: without the practice trainers, where it does not ask for one."""
        found: list[int] = funnel[row].tolist()
        steps = steps_of(self.eligible.funnel.shape[1])
        if TRAINER in steps and not self.instance.asking[row]:
            del found[steps.index(TRAINER)]
        return found

    def eligible_pairs(self) -> set[Pair]:
        """Return the pairs (request id, mentor id) of the problem."""
        edges = self.problem.edges
        requests = self.request_ids[edges.request]
        mentors = self.mentor_ids[edges.mentor]
        return set(
            zip(
                requests.tolist(),
                mentors.tolist(),
                strict=True,
            )
        )


def gather(records: Records, terms: Terms) -> Gathered:
    """Turn records into arrays, find and score the eligible pairs, and state the problem."""
    records = _ordered(records)
    instance = build_instance(records)
    eligible = find_eligible(instance)
    request_ids, mentor_ids = _ids(records)
    scored = score_pairs(instance, eligible, terms.weights, terms.floor)
    scored = _without(scored, eligible, request_ids, mentor_ids, terms.forbidden)
    scores = scored.matrix(eligible, (len(request_ids), len(mentor_ids)))
    places = np.where(instance.mentors.paused, 0, instance.mentors.places)
    locked, lost = _locks(terms.locked, scores, places, request_ids, mentor_ids)
    problem = Problem(
        scores,
        places,
        instance.mentors.load,
        spread=terms.spread,
        unmatched=terms.unmatched,
        locked=locked,
        priority=_priority(records, terms),
        request_keys=request_ids,
        mentor_keys=mentor_ids,
    )
    return Gathered(
        problem,
        instance,
        eligible,
        scored,
        request_ids,
        mentor_ids,
        np.array([request.waited for request in records.requests], dtype=np.int64),
        lost_locks=tuple(lost),
        input_hash=_input_hash(problem, scored.parts, request_ids, mentor_ids, terms),
    )


def _ordered(records: Records) -> Records:
    """Put rows in the order of ids, so that the same facts give the same problem and the same hash."""
    return replace(
        records,
        requests=tuple(sorted(records.requests, key=lambda request: request.id)),
        mentors=tuple(sorted(records.mentors, key=lambda mentor: mentor.person)),
        apart=tuple(sorted(set(records.apart))),
        wished=tuple(sorted(set(records.wished))),
    )


def _ids(records: Records) -> tuple[Ints, Ints]:
    """Return the ids of requests and of mentors, in the order of their rows."""
    requests = [request.id for request in records.requests]
    mentors = [mentor.person for mentor in records.mentors]
    return np.array(requests, dtype=np.int64), np.array(mentors, dtype=np.int64)


def _priority(records: Records, terms: Terms) -> Floats:
    """Return what a match of each request is worth more because it waited."""
    bonus = [terms.bonus(request.waited) for request in records.requests]
    return np.array(bonus, dtype=np.float64)


def _without(
    scored: Scored,
    eligible: Eligible,
    request_ids: Ints,
    mentor_ids: Ints,
    forbidden: Collection[Pair],
) -> Scored:
    """Leave out the pairs that the coordinator forbade."""
    if not forbidden:
        return scored
    barred = set(forbidden)
    requests = request_ids[eligible.request[scored.pair]]
    mentors = mentor_ids[eligible.mentor[scored.pair]]
    pairs = zip(
        requests.tolist(),
        mentors.tolist(),
        strict=True,
    )
    kept = np.array(
        [pair not in barred for pair in pairs],
        dtype=np.bool_,
    )
    return Scored(
        scored.pair[kept],
        scored.parts[kept],
        scored.score[kept],
        scored.visible[kept],
        scored.known[kept],
    )


def _locks(
    wanted: Collection[Pair],
    scores: Any,
    places: Ints,
    request_ids: Ints,
    mentor_ids: Ints,
) -> tuple[list[Pair], list[Pair]]:
    """Return the locks as rows, and those whose pair is not eligible any more or has no place left."""
    room = places.copy()
    row_of = rows_by_id(request_ids)
    column_of = rows_by_id(mentor_ids)
    kept: list[Pair] = []
    lost: list[Pair] = []
    for request_id, mentor_id in sorted(wanted):
        row = row_of.get(request_id)
        if row is None:
            continue  # withdrawn meanwhile: nothing to keep
        column = column_of.get(mentor_id)
        if column is not None and scores[row, column] > 0 and room[column] > 0:
            kept.append((row, column))
            room[column] -= 1
        else:
            lost.append((request_id, mentor_id))
    return kept, lost


def rows_by_id(ids: Ints) -> dict[int, int]:
    """Return the row of each id."""
    return {number: row for row, number in enumerate(ids.tolist())}


def _input_hash(problem: Problem, parts: Floats, request_ids: Ints, mentor_ids: Ints, terms: Terms) -> str:
    """Return one number for all that decides the outcome."""
    digest = hashlib.sha256()
    edges = problem.edges
    for array in (
        request_ids,
        mentor_ids,
        edges.request,
        edges.mentor,
        edges.score,
        problem.capacity,
        problem.load,
    ):
        whole = np.ascontiguousarray(array, dtype="<i8")
        digest.update(whole.tobytes())
    if problem.priority_units.any():
        digest.update(problem.priority_units.astype("<i8").tobytes())
    rounded = np.round(parts, 9).astype("<f8")
    digest.update(rounded.tobytes())
    weights = sorted(terms.weights.items())
    numbers = weights, terms.floor, terms.spread, terms.unmatched_cost
    digest.update(repr(numbers).encode())
    decisions = sorted(terms.locked), sorted(terms.forbidden)
    digest.update(repr(decisions).encode())
    return digest.hexdigest()
