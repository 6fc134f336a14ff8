"""What a round would come to if places changed, or somebody came or went: exact, from the pairs and prices it has.

Every place, request or mentor that changes takes a shortest path, and nothing is solved again. What each pair is worth
is multiplied by more than there are requests, and 1 is added where a request stays as it is. So the outcome is the best
of the changed round, and of all that are as good one in which the fewest requests get another mentor, or none: that
much is proven by the same paths. Where several are as near as that, which of them is found follows from the order of
rows.

Very many places take longer by paths than a solve does, as when a mentor pauses who has a hundred. The paths end when
they have looked at five times the pairs that there are, and one solve finds the same: the best of the changed round,
and among all that its prices allow one in which most stay. Up to five paths never come to that, so that one place,
request or mentor of few places is always answered without a solve; an outcome says which `way` was taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from mentorship.matching.arrays import Floats, Ints
from mentorship.matching.assign import assign
from mentorship.matching.changes import Change, Changed, changed
from mentorship.matching.explain import NOBODY, Move
from mentorship.matching.prices import smallest_prices
from mentorship.matching.problem import SCALE, Problem
from mentorship.matching.result import Result, bound_of, objective_of, used_places
from mentorship.matching.seating import ABSENT, Seating, TooLong, Worths
from mentorship.matching.solver import Stages, proven, whole
from mentorship.matching.ties import nearest

MOST_CHANGES = 20
"""Changes above which a round is solved again."""
MOST_ROUNDS, FEW_LOOKS = 5, 10_000
"""How often paths may look at all pairs before it is, and how many looks are never too many."""
GONE = -2
"""Where a request was whose mentor is gone, or that was not there: it cannot stay."""
Way = Literal["paths", "solve"]


@dataclass(frozen=True)
class Outcome:
    """A changed round: its problem and result, with the number of each of their requests (R',) and mentors (M',).

    Who was there keeps their row as number; those added are numbered on from there. `moves` are (request, from mentor,
    to mentor) in these numbers, -1 = nobody, of requests that were there before and still are. `difference` is by how
    much the objective rises, in requests and score as `Result.place_gain`. `way` is "paths" where nothing was solved
    again, and "solve" where that was quicker: above 20 changes, or where very many places come or go.
    """

    problem: Problem
    result: Result
    requests: Ints
    mentors: Ints
    moves: tuple[Move, ...]
    difference: Floats
    way: Way


def what_if(problem: Problem, result: Result, changes: Sequence[Change]) -> Outcome:
    """Return the best outcome of a changed round that is nearest to `result`, which is that of `problem`.

    Found by shortest paths; by one solve above 20 changes, and where paths for very many places would take longer.

    Raises
    ------
    ValueError
        If a change names nobody or takes a place that somebody is locked to, or the result is not that of the problem.
    RuntimeError
        If the proof fails, which would be a fault in this module.
    """
    _check_result(problem, result)
    timed = Stages(lambda stage, share: None)
    made = timed("change", lambda: changed(problem, changes))
    was = _was(problem, result, made)
    few = len(changes) <= MOST_CHANGES
    mentor = timed("moves", lambda: _by_paths(problem, result, made, was)) if few else None
    found = _by_solve(made, was, timed) if mentor is None else proven(made.problem, mentor, timed)
    return Outcome(
        problem=made.problem,
        result=found,
        requests=made.requests,
        mentors=made.mentors,
        moves=_moves(result, made, found.mentor),
        difference=_difference(result, found),
        way="solve" if mentor is None else "paths",
    )


def _check_result(problem: Problem, result: Result) -> None:
    for name, values in (("mentor", result.mentor), ("prices", result.prices)):
        if not isinstance(values, np.ndarray) or values.dtype.kind != "i":
            raise ValueError(f"result must be that of the problem: its {name} must be an array of whole numbers")
    shapes = result.mentor.shape, result.prices.shape
    if shapes != tuple((side,) for side in problem.scores.shape):
        raise ValueError(f"result must be that of the problem: its shapes are {shapes}, not {problem.scores.shape}")
    unknown = result.mentor[(result.mentor < NOBODY) | (result.mentor >= len(result.prices))]
    if len(unknown):
        raise ValueError(f"result must be that of the problem, which has no mentor {unknown[0]}")
    objective = objective_of(problem, result.mentor)
    best = objective == result.objective == bound_of(problem, result.prices)
    if not (best and _keeps_the_rules(problem, result.mentor)):
        raise ValueError("result must be that of the problem, which it does not prove to be the best: solve it first")


def _keeps_the_rules(problem: Problem, mentor: Ints) -> bool:
    """Tell whether every pair may be made, every lock is kept, and no mentor has more than their places."""
    edges = problem.edges
    made = problem.open_edges & (mentor[edges.request] == edges.mentor)
    kept = np.all((problem.lock < 0) | (mentor == problem.lock))
    full = np.all(used_places(problem, mentor) <= problem.capacity)
    return bool(kept and full and made.sum() == np.count_nonzero(mentor >= 0))


def _by_solve(made: Changed, was: Ints, timed: Stages) -> Result:
    """Return the best result of a changed round in which the most requests stay where they were, by one solve."""
    after = made.problem
    found = timed("assign", lambda: assign(whole(after)))
    prices = timed("prove", lambda: smallest_prices(after, found))
    before = np.where(was == ABSENT, GONE, np.where(was == len(made.mentors), NOBODY, was))
    mentor = timed("ties", lambda: nearest(after, found, prices, before))
    return proven(after, mentor, timed, prices)


def _by_paths(problem: Problem, result: Result, made: Changed, was: Ints) -> Ints | None:
    """Return the mentor (R',) of each request after the changes, by rows; None where a solve is quicker."""
    seating = _seated(problem, result, made, was)
    freed = _freed(problem, result, made, seating)
    try:
        _carry_out(seating, freed, made.problem)
    except TooLong:
        return None
    at = np.array(seating.at, dtype=np.int64)
    return np.where(at == seating.nobody, NOBODY, at)


def _seated(problem: Problem, result: Result, made: Changed, was: Ints) -> Seating:
    """Return who is where before the changes, of those who are there after them; mentors who come in have no place."""
    stayed = made.mentors[made.mentors < problem.scores.shape[1]]
    bonus = max(problem.match_bonus, made.problem.match_bonus)
    worths = _worths(problem, made, was, bonus)
    dearer = int(worths.worth.max(initial=0)) + 1
    added = len(made.mentors) - len(stayed)
    prices = [price * _times(problem) for price in _at_bonus(problem, result.prices[stayed].tolist(), bonus)]
    capacity = np.append(problem.capacity[stayed], np.zeros(added, dtype=np.int64))
    load = np.append(problem.load[stayed], made.problem.load[len(stayed) :])
    most = max(FEW_LOOKS, MOST_ROUNDS * (len(worths.worth) + len(was)))
    return Seating(worths, was, prices + [dearer] * added, capacity, load, most)


def _times(problem: Problem) -> int:
    """Return by how much worths are multiplied, so that all who stay as they are count less than a millionth."""
    return problem.scores.shape[0] + 1


def _was(problem: Problem, result: Result, made: Changed) -> Ints:
    """Return where each request (R',) was: a mentor's row, nobody's after those, or absent; its mentor may be gone."""
    requests, mentors = problem.scores.shape
    row = np.full(max(mentors, int(made.mentors.max(initial=-1)) + 1) + 1, ABSENT)
    row[made.mentors] = np.arange(len(made.mentors))
    row[-1] = len(made.mentors)
    was = np.full(len(made.requests), ABSENT)
    there = made.requests < requests
    was[there] = row[result.mentor[made.requests[there]]]
    return was


def _worths(problem: Problem, made: Changed, was: Ints, bonus: int) -> Worths:
    """Return what pairs are worth with one match worth so much more, and a little more where nothing changes."""
    after, times = made.problem, _times(problem)
    edges = after.edges
    worth = (after.worth - after.match_bonus + bonus) * times
    return Worths(
        request=edges.request,
        mentor=edges.mentor,
        worth=worth + (was[edges.request] == edges.mentor),
        idle=(was == len(made.mentors)).astype(np.int64),
        locked=after.lock >= 0,
        unit=after.spread_units * times,
    )


def _at_bonus(problem: Problem, prices: list[int], bonus: int) -> list[int]:
    """Return the same prices where one match is worth another bonus: as many matches as they hold, and the rest."""
    own = problem.match_bonus
    if bonus == own:
        return prices
    return [price + (price + own // 2) // own * (bonus - own) for price in prices]


def _freed(problem: Problem, result: Result, made: Changed, seating: Seating) -> Ints:
    """Return how many places (M',) come free of requests that went."""
    stayed = made.mentors[made.mentors < problem.scores.shape[1]]
    freed = np.zeros(len(made.mentors), dtype=np.int64)
    freed[: len(stayed)] = used_places(problem, result.mentor)[stayed] - np.array(seating.held)[: len(stayed)]
    return freed


def _carry_out(seating: Seating, freed: Ints, after: Problem) -> None:
    """Let places come free, change in number, and then those in who are absent."""
    for mentor in np.flatnonzero(freed).tolist():
        _fill(seating, mentor)
    loads, capacities = after.load.tolist(), after.capacity.tolist()
    if not after.spread_units:
        seating.load = loads  # it costs nothing
    for mentor, (load, capacity) in enumerate(zip(loads, capacities, strict=True)):
        while seating.load[mentor] != load:
            _load(seating, mentor, up=seating.load[mentor] < load)
        _set_places(seating, mentor, capacity)
    for request in [request for request, node in enumerate(seating.at) if node == ABSENT]:
        seating.come(request)


def _set_places(seating: Seating, mentor: int, capacity: int) -> None:
    more = capacity > seating.capacity[mentor]
    seating.capacity[mentor] = capacity
    if more:
        _fill(seating, mentor)
    while seating.held[mentor] > capacity:
        seating.go(mentor)


def _fill(seating: Seating, mentor: int) -> None:
    """Fill the free places of a mentor, cheapest first, until nobody gains by one: the next ones are no cheaper."""
    while seating.held[mentor] < seating.capacity[mentor] and seating.fill(mentor):
        pass


def _load(seating: Seating, mentor: int, *, up: bool) -> None:
    """Make every place of a mentor one step dearer or cheaper: one comes at one end, and one goes at the other."""
    places = seating.capacity[mentor]
    if up:
        _set_places(seating, mentor, places + 1)
        seating.load[mentor] += 1
        seating.capacity[mentor] = places
        if seating.held[mentor]:
            seating.go(mentor)
    else:
        seating.load[mentor] -= 1
        _set_places(seating, mentor, places + 1)
        _set_places(seating, mentor, places)


def _moves(result: Result, made: Changed, mentor: Ints) -> tuple[Move, ...]:
    """Return who has another mentor than before, by number."""
    number = np.append(made.mentors, NOBODY)
    there = made.requests < len(result.mentor)
    requests, now = made.requests[there], number[mentor[there]]
    was = result.mentor[requests]
    moved = was != now
    columns = requests[moved].tolist(), was[moved].tolist(), now[moved].tolist()
    return tuple(zip(*columns, strict=True))


def _difference(before: Result, after: Result) -> Floats:
    *more, value = (b - a for a, b in zip(before.objective, after.objective, strict=True))
    return np.array([*more, value / SCALE])
