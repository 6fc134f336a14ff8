"""The open requests as they are without one, who could be its mentor, and what that takes from the others. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from mentorship.matching import SCALE, PlacesSet, Problem, Result, around, direct_costs, outcome_after, solve, without
from mentorship.rounds.facts import MentorFacts, Pair, Records
from mentorship.rounds.gather import Gathered, Terms, gather, rows_by_id

NEW = 0
"""Stands for a request that is not there yet."""
SEED = 0
NEXT_TO_NOTHING = 0.005
"""Less than half a point is no difference that anybody would notice."""


@dataclass(frozen=True)
class Candidate:
    """Somebody who could be the mentor: score in [0, 1], and by how much others lose, in requests and in score."""

    mentor_id: int
    edge: int
    score: float
    lost: int
    value: float


@dataclass(frozen=True)
class Moved:
    """Another request that would lose its mentor (`after` None), or have one who fits so much less or more."""

    request_id: int
    after: int | None
    change: float


@dataclass(frozen=True)
class Pool:
    """What the open requests come to without this one, and its own pairs."""

    records: Records
    gathered: Gathered
    row: int
    others: Problem
    result: Result

    @property
    def waiting(self) -> int:
        """How many other requests are open and not held."""
        return len(self.gathered.request_ids) - 1

    def candidates(self) -> list[Candidate]:
        """Return who could be the mentor, who fits best first, each with what it costs the others exactly."""
        problem = self.gathered.problem
        costs = direct_costs(problem, self.row, self.result.mentor)
        edges = problem.edges
        found = []
        for edge in np.flatnonzero(edges.request == self.row).tolist():
            column = int(edges.mentor[edge])
            lost, value = costs[column]
            if np.isnan(lost):
                continue
            candidate = Candidate(
                int(self.gathered.mentor_ids[column]),
                edge,
                float(edges.score[edge]) / SCALE,
                round(lost),
                float(value),
            )
            found.append(candidate)
        return sorted(found, key=lambda one: (-one.score, one.mentor_id))

    def one_pair(self, person_id: int) -> Records:
        """Return the records of the request and one mentor alone."""
        request_id = int(self.gathered.request_ids[self.row])
        return replace(
            self.records,
            requests=tuple(request for request in self.records.requests if request.id == request_id),
            mentors=tuple(mentor for mentor in self.records.mentors if mentor.person == person_id),
        )

    def moves(self, mentor_id: int) -> list[Moved]:
        """Return whom choosing a mentor would move, in the best outcome that is nearest to the present one."""
        column = rows_by_id(self.gathered.mentor_ids)[mentor_id]
        capacity = int(self.others.capacity[column])
        load = int(self.others.load[column])
        after = outcome_after(self.others, self.result, [PlacesSet(column, capacity - 1, load + 1)])
        found = []
        for request, before, now in after.moves:
            moved = Moved(
                int(self.gathered.request_ids[request]),
                int(self.gathered.mentor_ids[now]) if now >= 0 else None,
                self._score(request, now) - self._score(request, before),
            )
            found.append(moved)
        return found

    def _score(self, request: int, mentor: int) -> float:
        return float(self.others.scores[request, mentor]) if mentor >= 0 else 0.0


def pool(records: Records, terms: Terms, request_id: int) -> Pool | None:
    """Return the pool around a request; None where it is not among the records."""
    gathered = gather(records, terms)
    row = rows_by_id(gathered.request_ids).get(request_id)
    if row is None:
        return None
    others = without(around(gathered.problem, row), row)
    return Pool(records, gathered, row, others, solve(others, SEED))


def with_held(records: Records, held: Collection[Pair], request_id: int) -> Records:
    """Return the records with what unpublished rounds hold taken: those requests, and the places they are to get.

    What is held for this request itself stays free for it.
    """
    taken = {pair for pair in held if pair[0] != request_id}
    asking = {request for request, _ in taken}
    places = Counter(mentor for _, mentor in taken)
    mentors = [_less(mentor, places[mentor.person]) for mentor in records.mentors]
    requests = [request for request in records.requests if request.id not in asking]
    return replace(records, requests=tuple(requests), mentors=tuple(mentors))


def _less(mentor: MentorFacts, held: int) -> MentorFacts:
    if not held:
        return mentor
    return replace(mentor, places=max(0, mentor.places - held), load=mentor.load + held)


def advised(candidates: Collection[Candidate]) -> Candidate | None:
    """Return who fits best of those who cost nobody a mentor."""
    for candidate in candidates:
        if not candidate.lost:
            return candidate
    return None
