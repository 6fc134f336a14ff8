"""The fewest mentors to ask for a place, for the most gain. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from mentorship import matching
from mentorship.matching import Floats, PlacesSet, place_gain
from mentorship.rounds.waiting.standing import Gain, Standing

MOST_ASKED = 12
"""So many mentors are asked for a place in one go: enough to act on, and none of them for next to nothing."""


def fewest(standing: Standing, but: Collection[int] = ()) -> list[Gain]:
    """Return the fewest mentors of whom one place each helps the most requests to a mentor, none of `but`.

    Each in turn is the one whose place brings the most, given the places before it; who brings nobody a mentor is not
    asked. That greed is exact in how many are helped: the places that can be filled at once form a matroid.
    """
    problem, result = standing.problem, standing.result
    barred = _barred(standing, but)
    found: list[Gain] = []
    while len(found) < MOST_ASKED:
        gains = place_gain(problem, result.prices)
        best = _best(gains, barred)
        if best is None:
            break
        outcome = matching.what_if(
            problem,
            result,
            [PlacesSet(best, int(problem.capacity[best]) + 1)],
        )
        found.append(
            _gain(
                standing,
                best,
                gains,
                outcome.moves,
            )
        )
        barred.add(best)
        problem, result = outcome.problem, outcome.result
    return found


def anybody(standing: Standing, but: Collection[int] = ()) -> bool:
    """Tell whether a place with any mentor, none of `but`, helps one more request: quicker than to say which."""
    gains = place_gain(standing.problem, standing.result.prices)
    return _best(gains, _barred(standing, but)) is not None


def _barred(standing: Standing, but: Collection[int]) -> set[int]:
    """Return whom to ask nothing: `but`, and who pauses."""
    barred = {standing.columns[mentor_id] for mentor_id in but if mentor_id in standing.columns}
    return barred | set(np.flatnonzero(standing.gathered.instance.mentors.paused).tolist())


def _best(gains: Floats, barred: Collection[int]) -> int | None:
    """Return the mentor whose place brings the most, None when nobody's helps one more request."""
    order = np.lexsort((-gains[:, 1], -gains[:, 0]))
    for column in order.tolist():
        if gains[column, 0] < 1:
            return None
        if column not in barred:
            return int(column)
    return None


def _gain(
    standing: Standing,
    column: int,
    gains: Floats,
    moves: Sequence[tuple[int, int, int]],
) -> Gain:
    """Say for whom a place is: who goes to it, somebody who had nobody before others."""
    to_it = [move for move in moves if move[2] == column]
    row, _source, _target = min(to_it, key=lambda move: (move[1] >= 0, move[0]))
    gathered = standing.gathered
    mentor_id = int(gathered.mentor_ids[column])
    return Gain(
        mentor_id,
        int(gathered.request_ids[row]),
        len(standing.waiting_for(mentor_id)),
        int(gains[column, 0]),
        float(gains[column, 1]),
    )
