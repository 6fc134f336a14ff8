"""What a round, or the open requests of today, would come to with other places. Exact, and pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mentorship.matching import (
    SCALE,
    Ints,
    MentorAdded,
    MentorRemoved,
    Outcome,
    PlacesSet,
    Problem,
    Result,
    outcome_after,
)
from mentorship.rounds.facts import MentorFacts, Pair, Records
from mentorship.rounds.gather import Terms, gather, rows_by_id

NOBODY = -1
Change = PlacesSet | MentorAdded | MentorRemoved
Scores = Mapping[int, Mapping[int, float]]
"""By mentor, the score of each request that could go to them, by id."""


@dataclass(frozen=True)
class Ground:
    """What is changed: a problem with its best outcome, and whose its rows are."""

    problem: Problem
    result: Result
    request_ids: Ints
    mentor_ids: Ints

    def mentor_of(self, request_id: int) -> int | None:
        """Return the mentor a request has, None for nobody."""
        row = rows_by_id(self.request_ids)[request_id]
        return self._mentor_id(int(self.result.mentor[row]))

    def _mentor_id(self, column: int) -> int | None:
        return None if column == NOBODY else int(self.mentor_ids[column])

    def has_pairs(self, mentor_id: int) -> bool:
        """Tell whether the pairs of a mentor are in it: of who had a place when it was gathered."""
        column = rows_by_id(self.mentor_ids).get(mentor_id)
        return column is not None and int(self.problem.capacity[column]) > 0

    def locked_to(self, mentor_id: int) -> int:
        """Count the requests that are locked to a mentor."""
        column = rows_by_id(self.mentor_ids).get(mentor_id)
        return 0 if column is None else int(np.count_nonzero(self.problem.lock == column))


@dataclass(frozen=True)
class Seats:
    """How many places a mentor has for a round, and how many juniors already."""

    mentor_id: int
    capacity: int
    load: int = 0


@dataclass(frozen=True)
class Moved:
    """A request that has another mentor than before, by id (None: nobody), with what each scores in millionths."""

    request_id: int
    before: int | None
    after: int | None
    score_before: int
    score_after: int


@dataclass(frozen=True)
class Tried:
    """What came of it: who lost a mentor, moved and got one, in this order; how many more have one, and the fit."""

    moves: Sequence[Moved]
    requests: int
    objective: tuple[int, ...]
    waiting: Mapping[int, int]
    """By mentor that was changed, how many requests without a mentor could go to them before."""
    gains: Mapping[int, Sequence[float]]
    """By the same, by how much more the objective would rise with one more place, in requests and score."""

    @property
    def lost(self) -> list[Moved]:
        """Return who would be without a mentor."""
        return [move for move in self.moves if move.after is None]

    @property
    def gained(self) -> list[Moved]:
        """Return who would get a mentor."""
        return [move for move in self.moves if move.before is None]

    @property
    def other(self) -> list[Moved]:
        """Return who would move from one mentor to another."""
        return [move for move in self.moves if None not in (move.before, move.after)]


def scores_of(records: Records, terms: Terms, mentors: Sequence[MentorFacts]) -> Scores:
    """Return the score of every request with each of these mentors, as if they had a place and were there."""
    if not mentors or not records.requests:
        return {mentor.person: {} for mentor in mentors}
    roomy = [_with_room(mentor) for mentor in mentors]
    gathered = gather(
        replace(records, mentors=tuple(roomy)),
        replace(terms, locked=()),
    )
    edges = gathered.problem.edges
    pairs = zip(
        gathered.request_ids[edges.request].tolist(),
        gathered.mentor_ids[edges.mentor].tolist(),
        edges.score.tolist(),
        strict=True,
    )
    found: dict[int, dict[int, float]] = {mentor.person: {} for mentor in mentors}
    for request_id, mentor_id, units in pairs:
        found[mentor_id][request_id] = units / SCALE
    return found


def _with_room(mentor: MentorFacts) -> MentorFacts:
    return replace(
        mentor,
        places=max(1, mentor.places),
        paused=False,
    )


def try_out(ground: Ground, seats: Sequence[Seats], scores: Scores) -> Tried:
    """Return what comes of other places; `scores` are of those whose pairs the ground has not.

    Raises
    ------
    ValueError
        If a place goes that somebody is locked to.
    """
    changes: list[Change] = []
    added = []
    for one in seats:
        if ground.has_pairs(one.mentor_id):
            changes.append(_places(ground, one))
            continue
        changes += _anew(ground, one, scores[one.mentor_id])
        added.append(one.mentor_id)
    outcome = outcome_after(
        ground.problem,
        ground.result,
        changes,
    )
    ids = [*ground.mentor_ids.tolist(), *added]
    more = outcome.result.matched - ground.result.matched
    return Tried(
        _moves(ground, outcome, ids),
        more,
        outcome.result.objective,
        _waiting(ground, seats, scores),
        _gains(outcome, ids, seats),
    )


def _places(ground: Ground, one: Seats) -> Change:
    columns = rows_by_id(ground.mentor_ids)
    return PlacesSet(
        columns[one.mentor_id],
        one.capacity,
    )


def _anew(ground: Ground, one: Seats, scores: Mapping[int, float]) -> list[Change]:
    """Return what lets a mentor in whose pairs the ground has not; who is in it without them goes first."""
    rows = rows_by_id(ground.request_ids)
    known = {}
    for request_id, score in scores.items():
        if request_id in rows:
            known[rows[request_id]] = score
    added = MentorAdded(
        known,
        one.capacity,
        one.load,
        key=one.mentor_id,
    )
    column = rows_by_id(ground.mentor_ids).get(one.mentor_id)
    if column is None:
        return [added]
    return [MentorRemoved(column), added]


def _gains(outcome: Outcome, ids: Sequence[int], seats: Sequence[Seats]) -> dict[int, list[float]]:
    by_id = {}
    for column, number in enumerate(outcome.mentors.tolist()):
        gain = outcome.result.place_gain[column]
        by_id[ids[number]] = gain.tolist()
    return {one.mentor_id: by_id[one.mentor_id] for one in seats}


def _moves(ground: Ground, outcome: Outcome, ids: Sequence[int]) -> list[Moved]:
    """Return the moves by id: first who lost a mentor, then who moved, then who got one."""
    row_of = rows_by_id(outcome.requests)
    column_of = rows_by_id(outcome.mentors)
    found = []
    for request, before, after in outcome.moves:
        moved = Moved(
            int(ground.request_ids[request]),
            _id(ids, before),
            _id(ids, after),
            _score(
                ground.problem,
                request,
                before,
            ),
            _score(
                outcome.problem,
                row_of[request],
                column_of.get(after, NOBODY),
            ),
        )
        found.append(moved)
    return sorted(found, key=_lost_first)


def _id(ids: Sequence[int], number: int) -> int | None:
    return None if number == NOBODY else ids[number]


def _lost_first(move: Moved) -> tuple[bool, bool, int]:
    return move.after is not None, move.before is None, move.request_id


def _score(problem: Problem, row: int, column: int) -> int:
    """Return what a pair scores in millionths; nothing with nobody."""
    if column == NOBODY:
        return 0
    return round(float(problem.scores[row, column]) * SCALE)


def _waiting(ground: Ground, seats: Sequence[Seats], scores: Scores) -> dict[int, int]:
    """Count by mentor the requests without a mentor that could go to them."""
    alone = set(ground.request_ids[ground.result.mentor == NOBODY].tolist())
    columns = rows_by_id(ground.mentor_ids)
    edges = ground.problem.edges
    found = {}
    for one in seats:
        could: set[int] = set(scores.get(one.mentor_id, ()))
        if ground.has_pairs(one.mentor_id):
            theirs = edges.request[edges.mentor == columns[one.mentor_id]]
            could = set(ground.request_ids[theirs].tolist())
        found[one.mentor_id] = len(could & alone)
    return found


def pairs_of(ground: Ground, tried: Tried) -> set[Pair]:
    """Return the pairs after what was tried, by id."""
    moved = {move.request_id: move.after for move in tried.moves}
    found = set()
    for request_id in ground.request_ids.tolist():
        mentor_id = ground.mentor_of(request_id)
        if request_id in moved:
            mentor_id = moved[request_id]
        if mentor_id is not None:
            found.add((request_id, mentor_id))
    return found
