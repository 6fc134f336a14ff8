"""How every open request stands by today's facts: who can guide it now, what stops it, what one place would bring.

All requests are gathered in one go, as if every mentor who is not out had a place; the places there really are go into
the problem, and into what is counted. So what a row says is what a round would find, and who lacks nothing but a place
is known too. What rounds that are not published hold is taken: those places, and those requests. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from mentorship.matching import (
    LEAST_LEVEL,
    Floats,
    Ints,
    Problem,
    Result,
    failing,
    first_obstacle,
    place_gain,
    solve,
)
from mentorship.rounds import rules
from mentorship.rounds.facts import MentorFacts, Pair, Records
from mentorship.rounds.gather import (
    Gathered,
    Terms,
    gather,
    rows_by_id,
)
from mentorship.rounds.waiting.taken import Taken, taken, without

MOST_NEAR = 60
"""So many mentors are looked at for whom a rule stops; more are not named."""


@dataclass(frozen=True)
class Gain:
    """What one more place with a mentor comes to: for whom it would be, how many could have it, how many more win.

    `value`: by how much the scores rise besides.
    """

    mentor_id: int
    request_id: int
    waiting: int
    requests: int
    value: float


@dataclass(frozen=True)
class Standing:
    """Every open request as it stands; `funnel` (R, 9) counts the mentors left after each rule, the floor the last.

    It has a column more where somebody asks for a practice trainer.
    `everybody` holds all open requests, `problem` those that no round has a mentor for.
    """

    gathered: Gathered
    everybody: Problem
    problem: Problem
    taken: Taken
    funnel: Ints
    domains: Mapping[int, int]
    """The column of each domain, by id."""

    @cached_property
    def rows(self) -> Mapping[int, int]:
        """Return the row of each request, by id."""
        return rows_by_id(self.gathered.request_ids)

    @cached_property
    def columns(self) -> Mapping[int, int]:
        """Return the column of each mentor, by id."""
        return rows_by_id(self.gathered.mentor_ids)

    @cached_property
    def result(self) -> Result:
        """The best round of today, solved when something asks for it."""
        return solve(self.problem)

    @cached_property
    def gains(self) -> Floats:
        """By how much the best round of today rises with one more place, by mentor, in requests and score."""
        return place_gain(self.problem, self.result.prices)

    def knows(self, request_id: int) -> bool:
        """Tell whether a round would take this request in at all."""
        return request_id in self.rows

    def can(self, request_id: int) -> int:
        """Count the mentors who could guide this request now."""
        return int(self.funnel[self.rows[request_id], -1])

    def stop(self, request_id: int) -> str:
        """Return the first rule after which no mentor is left; `rules.RIVALS` where some are."""
        return rules.stop(self.counts(request_id))

    def counts(self, request_id: int) -> list[int]:
        """Return how many mentors each rule leaves for this request, as `rules.steps` names them."""
        return self.gathered.counts(self.rows[request_id], self.funnel)

    def left(self, request_id: int, step: str) -> int:
        """Count the mentors left after a rule."""
        counts = self.counts(request_id)
        return counts[rules.steps(counts).index(step)]

    def able(self, request_id: int) -> int:
        """Count the mentors who know enough, and are practice trainers where that is asked."""
        able, _reachable, _free, _fitting = rules.merged(self.counts(request_id))
        return able

    def ready(self, request_id: int) -> list[int]:
        """Return the mentors who could guide this request now, the best fit first."""
        return self._mentors(request_id, free=True)

    def full(self, request_id: int) -> list[int]:
        """Return the mentors who lack nothing but a place for this request, the best fit first."""
        return self._mentors(request_id, free=False)

    def _mentors(self, request_id: int, *, free: bool) -> list[int]:
        first, last = self._starts[self.rows[request_id] : self.rows[request_id] + 2]
        edges = self.everybody.edges
        mentors = edges.mentor[first:last]
        has_place = self.taken.free(
            edges.request[first:last],
            mentors,
            self.everybody.capacity,
        )
        chosen = has_place == free
        best_first = np.argsort(-edges.score[first:last][chosen], kind="stable")
        ids: list[int] = self.gathered.mentor_ids[mentors[chosen][best_first]].tolist()
        return ids

    @cached_property
    def _starts(self) -> Ints:
        """Where the pairs of each request begin."""
        requests = np.arange(len(self.funnel) + 1)
        starts: Ints = np.searchsorted(self.everybody.edges.request, requests)
        return starts

    def pairs_of(self, request_ids: Collection[int]) -> Ints:
        """Return the pairs of these requests, of those that no round has a mentor for, in the order they stand."""
        rows = np.sort([self.rows[request_id] for request_id in request_ids])
        request = self.problem.edges.request
        first = np.searchsorted(request, rows, side="left")
        last = np.searchsorted(request, rows, side="right")
        stretches = [np.arange(begin, end) for begin, end in zip(first.tolist(), last.tolist(), strict=True)]
        return np.concatenate(stretches).astype(np.int64)

    def waiting_for(self, mentor_id: int) -> list[int]:
        """Return the open requests that could go to a mentor who had a place, of those no round has a mentor for."""
        column = self.columns.get(mentor_id)
        edges = self.problem.edges
        rows = edges.request[edges.mentor == column] if column is not None else []
        ids: list[int] = self.gathered.request_ids[rows].tolist() if len(rows) else []
        return ids

    def in_domain(self, domain_id: int, mentors: Collection[int]) -> tuple[int, int]:
        """Return the places free with who can pass a domain on, and how many could who are none of these mentors."""
        column = self.domains[domain_id]
        able = np.flatnonzero(self.gathered.instance.mentors.level[:, column] >= LEAST_LEVEL)
        free = int(self.problem.capacity[able].sum())
        ids = self.gathered.mentor_ids[able].tolist()
        return free, sum(mentor_id not in mentors for mentor_id in ids)

    def stopped_at(self, request_id: int, step: str) -> list[int]:
        """Return mentors whom a rule is the first to stop for this request, by id: some, where they are very many."""
        row = self.rows[request_id]
        instance = self.gathered.instance
        everybody = np.arange(len(self.gathered.mentor_ids))
        lacks = failing(instance, np.full_like(everybody, row), everybody)
        able = everybody[~lacks["expertise"]][:MOST_NEAR]
        found = []
        for column in able.tolist():
            if first_obstacle(instance, row, column) == step:
                found.append(int(self.gathered.mentor_ids[column]))
        return found

    def gain(self, mentor_id: int, request_id: int) -> Gain:
        """Return what one more place with a mentor brings exactly, asked for because of a request."""
        requests, value = self.gains[self.columns[mentor_id]]
        waiting = len(self.waiting_for(mentor_id))
        return Gain(
            mentor_id,
            request_id,
            waiting,
            int(requests),
            float(value),
        )

    def worth_asking(self, request_id: int, mentor_id: int) -> bool:
        """Tell whether one more place is worth asking for: they lack it, or others take those that they have."""
        if mentor_id in self.full(request_id):
            return True
        rivals = mentor_id in self.ready(request_id)
        return rivals and self.gain(mentor_id, request_id).requests > 0

    def best_full(self, request_id: int, but: Collection[int] = ()) -> int | None:
        """Return with which full mentor one more place brings the most, None when there is nobody (left) to ask."""
        asked = [mentor_id for mentor_id in self.full(request_id) if mentor_id not in but]
        if not asked:
            return None
        return max(
            asked,
            key=lambda mentor_id: tuple(self.gains[self.columns[mentor_id]]),
        )


def stand(
    records: Records,
    terms: Terms,
    held: Collection[Pair] = (),
) -> Standing:
    """Gather every open request once, and count by the places there are; `held` are pairs of unpublished rounds."""
    offered = {mentor.person: mentor.places for mentor in records.mentors}
    roomy = [_with_room(mentor) for mentor in records.mentors]
    gathered = gather(replace(records, mentors=tuple(roomy)), terms)
    places = np.array(
        [offered[mentor_id] for mentor_id in gathered.mentor_ids.tolist()],
        dtype=np.int64,
    )
    places[gathered.instance.mentors.paused] = 0
    found = taken(gathered, held)
    everybody = replace(
        gathered.problem,
        capacity=np.maximum(places - found.places, 0),
        load=gathered.problem.load + found.places,
    )
    domains = {domain_id: column for column, domain_id in enumerate(sorted(records.remote_domains))}
    return Standing(
        gathered,
        everybody,
        without(everybody, found),
        found,
        _funnel(gathered, everybody, found),
        domains,
    )


def _with_room(mentor: MentorFacts) -> MentorFacts:
    return replace(mentor, places=max(1, mentor.places))


def _funnel(gathered: Gathered, problem: Problem, found: Taken) -> Ints:
    """Return how many mentors each rule leaves, and the floor, by the places there really are."""
    requests = len(gathered.request_ids)
    eligible = gathered.eligible
    with_place = found.free(
        eligible.request,
        eligible.mentor,
        problem.capacity,
    )
    edges = problem.edges
    fitting = found.free(
        edges.request,
        edges.mentor,
        problem.capacity,
    )
    with_places = np.bincount(eligible.request[with_place], minlength=requests)
    fit = np.bincount(edges.request[fitting], minlength=requests)
    # the place is the last of the rules
    counts: Ints = np.column_stack([eligible.funnel[:, :-1], with_places, fit])
    return counts
