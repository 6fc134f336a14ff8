"""Plain records -> matching.Problem. Only here do ids become row numbers. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from mentorship.matching import (
    FORMS,
    NEEDS,
    NO_TIMETABLE,
    Eligible,
    Floats,
    Instance,
    Ints,
    Mentors,
    Problem,
    Relations,
    Requests,
    Scored,
    Timetable,
    find_eligible,
    score_pairs,
)
from mentorship.rounds.facts import PersonFacts, Records

Pair = tuple[int, int]


@dataclass(frozen=True)
class Terms:
    """By what a round is solved; `unmatched_cost` None means as many matches as possible first."""

    weights: Mapping[str, float]
    floor: float
    spread: float
    unmatched_cost: float | None = None
    locked: Collection[Pair] = ()
    forbidden: Collection[Pair] = ()


@dataclass(frozen=True)
class Gathered:
    """A problem with the way back from its rows to ids; `lost_locks` are locked pairs that cannot be kept any more."""

    problem: Problem
    instance: Instance
    eligible: Eligible
    scored: Scored
    request_ids: Ints
    mentor_ids: Ints
    lost_locks: tuple[Pair, ...]
    input_hash: str

    def eligible_pairs(self) -> set[Pair]:
        """Return the pairs (request id, mentor id) of the problem."""
        edges = self.problem.edges
        ids = self.request_ids[edges.request].tolist(), self.mentor_ids[edges.mentor].tolist()
        return set(zip(*ids, strict=True))


def gather(records: Records, terms: Terms) -> Gathered:
    """Turn records into arrays, find and score the eligible pairs, and state the problem."""
    records = _ordered(records)
    instance = build_instance(records)
    eligible = find_eligible(instance)
    scored = score_pairs(instance, eligible, terms.weights, terms.floor)
    request_ids = np.array([r.id for r in records.requests], dtype=np.int64)
    mentor_ids = np.array([m.person for m in records.mentors], dtype=np.int64)
    scored = _without(scored, eligible, request_ids, mentor_ids, terms.forbidden)
    shape = len(request_ids), len(mentor_ids)
    scores = scored.matrix(eligible, shape)
    places = np.where(instance.mentors.paused, 0, instance.mentors.places)
    locked, lost = _locks(terms.locked, scores, places, request_ids, mentor_ids)
    unmatched: Literal["last_resort"] | float = "last_resort" if terms.unmatched_cost is None else terms.unmatched_cost
    problem = Problem(
        scores,
        places,
        instance.mentors.load,
        spread=terms.spread,
        unmatched=unmatched,
        locked=locked,
        request_keys=request_ids,
        mentor_keys=mentor_ids,
    )
    digest = _input_hash(problem, scored.parts, request_ids, mentor_ids, terms)
    return Gathered(problem, instance, eligible, scored, request_ids, mentor_ids, lost, digest)


def _ordered(records: Records) -> Records:
    """Put rows in the order of ids, so that the same facts give the same problem and the same hash."""
    return Records(
        records.people,
        tuple(sorted(records.requests, key=lambda r: r.id)),
        tuple(sorted(records.mentors, key=lambda m: m.person)),
        records.remote_domains,
        records.urgency,
        tuple(sorted(set(records.apart))),
        tuple(sorted(set(records.wished))),
    )


def build_instance(records: Records) -> Instance:
    """Turn records into the arrays of an instance; rows follow the order of the records."""
    domains = {d: i for i, d in enumerate(sorted(records.remote_domains))}
    languages = {w: 1 << i for i, w in enumerate(sorted({w for p in records.people.values() for w in p.languages}))}
    timetables: dict[Timetable, int] = {}

    def common(people: Sequence[PersonFacts]) -> tuple[Ints, Ints, Ints, Ints, Any]:
        rows = [timetables.setdefault(p.timetable, len(timetables)) if p.timetable else NO_TIMETABLE for p in people]
        spoken = [sum(languages[w] for w in p.languages) for p in people]
        return (
            _ints([p.id for p in people]),
            _ints([p.site for p in people]),
            _ints(rows),
            _ints(spoken),
            np.array([p.remote for p in people], dtype=np.bool_),
        )

    askers = [records.people[r.person] for r in records.requests]
    guides = [records.people[m.person] for m in records.mentors]
    needs = np.zeros((4, len(askers), NEEDS), dtype=np.int64)
    needs[0] = -1
    for row, request in enumerate(records.requests):
        for place, need in enumerate(request.needs[:NEEDS]):
            needs[:, row, place] = domains[need.domain], need.current, need.target, need.importance
    level = np.zeros((len(guides), max(len(domains), 1)), dtype=np.int64)
    for row, mentor in enumerate(records.mentors):
        for domain, value in mentor.levels.items():
            level[row, domains[domain]] = value
    requests = Requests(
        *common(askers), needs[0], needs[1], needs[2], needs[3], _forms([r.wanted_forms for r in records.requests])
    )
    mentors = Mentors(
        *common(guides),
        level,
        _forms([m.comfort for m in records.mentors]),
        _ints([m.places for m in records.mentors]),
        _ints([m.load for m in records.mentors]),
        np.array([m.paused for m in records.mentors], dtype=np.bool_),
    )
    relations = Relations(_pairs(_lines(records, [*askers, *guides])), _pairs(records.apart), _pairs(records.wished))
    order = sorted(domains, key=lambda d: domains[d])
    return Instance(
        requests,
        mentors,
        relations,
        tuple(timetables),
        np.array([records.remote_domains[d] for d in order], dtype=np.bool_),
        np.array([records.urgency.get(d, 0.0) for d in order], dtype=np.float64),
    )


def _lines(records: Records, people: Sequence[PersonFacts]) -> list[Pair]:
    """Return (person, somebody above them) for everyone who takes part."""
    found: list[Pair] = []
    for person in {p.id for p in people}:
        seen: set[int] = set()
        above = records.people[person].manager
        while above is not None and above not in seen:
            seen.add(above)
            found.append((person, above))
            above = records.people[above].manager if above in records.people else None
    return found


def _forms(rows: Sequence[Mapping[str, int] | None]) -> Floats:
    """Return values (n, 5) in the order of `FORMS`, nan where a form is not known."""
    return np.array([[float((row or {}).get(f, np.nan)) for f in FORMS] for row in rows], dtype=np.float64).reshape(
        -1, len(FORMS)
    )


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def _pairs(pairs: Collection[Pair]) -> Ints:
    return np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)


def _without(
    scored: Scored, eligible: Eligible, request_ids: Ints, mentor_ids: Ints, forbidden: Collection[Pair]
) -> Scored:
    """Leave out the pairs that the coordinator forbade."""
    if not forbidden:
        return scored
    barred = set(forbidden)
    ids = zip(
        request_ids[eligible.request[scored.pair]].tolist(),
        mentor_ids[eligible.mentor[scored.pair]].tolist(),
        strict=True,
    )
    kept = np.array([pair not in barred for pair in ids], dtype=np.bool_)
    return Scored(scored.pair[kept], scored.parts[kept], scored.score[kept], scored.visible[kept], scored.known[kept])


def _locks(
    wanted: Collection[Pair], scores: Any, places: Ints, request_ids: Ints, mentor_ids: Ints
) -> tuple[list[Pair], tuple[Pair, ...]]:
    """Return the locks as rows, and those whose pair is not eligible any more or has no place left."""
    room = places.copy()
    rows = {int(i): n for n, i in enumerate(request_ids)}
    columns = {int(i): n for n, i in enumerate(mentor_ids)}
    kept: list[Pair] = []
    lost: list[Pair] = []
    for request_id, mentor_id in sorted(wanted):
        if request_id not in rows:
            continue  # withdrawn meanwhile: nothing to keep
        column = columns.get(mentor_id)
        if column is not None and scores[rows[request_id], column] > 0 and room[column] > 0:
            kept.append((rows[request_id], column))
            room[column] -= 1
        else:
            lost.append((request_id, mentor_id))
    return kept, tuple(lost)


def _input_hash(problem: Problem, parts: Floats, request_ids: Ints, mentor_ids: Ints, terms: Terms) -> str:
    """Return one number for all that decides the outcome."""
    edges, digest = problem.edges, hashlib.sha256()
    for array in (request_ids, mentor_ids, edges.request, edges.mentor, edges.score, problem.capacity, problem.load):
        digest.update(np.ascontiguousarray(array, dtype="<i8").tobytes())
    digest.update(np.round(parts, 9).astype("<f8").tobytes())
    digest.update(repr((sorted(terms.weights.items()), terms.floor, terms.spread, terms.unmatched_cost)).encode())
    digest.update(repr((sorted(terms.locked), sorted(terms.forbidden))).encode())
    return digest.hexdigest()
