"""The same assignment by shortest augmenting paths over mentors, compiled by Numba: the optional extra `fast`.

Requests come in one at a time; each takes the cheapest path of moves that makes room for it (Jonker and Volgenant,
1987; Edmonds and Karp, 1972, for places with rising costs). Mentors are nodes, not their places, and all is counted in
whole millionths. Called only through `mentorship.matching.solve`, which proves the outcome as it does that of SciPy.
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Any, Literal, NamedTuple

import numba
import numpy as np

from mentorship.matching.arrays import Ints, bounds
from mentorship.matching.parts import Part

_FAR = 2**62


class _Round(NamedTuple):
    """What is given; `first` (m + 1,) bounds the places of each mentor in `cost`; `order` is that of coming in."""

    order: Ints
    start: Ints
    mentor: Ints
    worth: Ints
    idle: Ints
    first: Ints
    cost: Ints


class _State(NamedTuple):
    """What changes: prices and how many places are taken; who sits where; and, per mentor, the way there."""

    price: Ints
    taken: Ints
    seat: Ints
    place: Ints
    at: Ints
    own: Ints
    far: Ints
    comes: Ints
    step: Ints


def assign(part: Part) -> Ints:
    """Return the mentor of each request of a part, -1 = nobody, at the highest total worth."""
    kept = part.places[part.mentor] > 0
    start = bounds(kept)[part.start]
    # those with little choice first: whoever has more then finds a way round them sooner
    order = np.argsort(np.diff(start), kind="stable")
    first = bounds(part.places).astype(np.int64)
    given = _Round(order, start, part.mentor[kept], part.worth[kept], part.idle, first, part.cost)
    state = _nothing_yet(part, first)
    _add_all(given, state)
    return state.at


def _nothing_yet(part: Part, first: Ints) -> _State:
    """Return a state in which nobody has a place, and each mentor's price is the cost of the first of theirs."""
    requests, mentors = len(part.idle), len(part.places)
    price = _filled(mentors, 0)
    price[part.places > 0] = part.cost[first[:-1][part.places > 0]]
    return _State(
        price=price,
        taken=_filled(mentors, 0),
        seat=_filled(int(first[-1]), -1),
        place=_filled(requests, -1),
        at=_filled(requests, -1),
        own=_filled(requests, 0),
        far=_filled(mentors, _FAR),
        comes=_filled(mentors, -1),
        step=_filled(mentors, 0),
    )


def _filled(length: int, value: int) -> Ints:
    return np.full(length, value, np.int64)


def _jit(function: Callable[..., Any], inline: Literal["never", "always"] = "never") -> Any:
    try:
        return numba.njit(cache=True, inline=inline)(function)
    except RuntimeError:  # nowhere to keep the compiled code: compile once per process
        return numba.njit(inline=inline)(function)


def _reach_from(given, state, request, base, best, heap, touched):  # type: ignore[no-untyped-def]
    """Note a shorter way to each mentor of `request`, who can give up its own at a total of `base`.

    `best` is the best end so far (cost, mentor, who leaves there or -1), and is returned, or a better one.
    """
    for e in range(given.start[request], given.start[request + 1]):
        m, worth = given.mentor[e], given.worth[e]
        reach = base - (worth - state.price[m])
        if reach >= best[0] or reach >= state.far[m]:
            continue
        if state.far[m] == _FAR:
            touched.append(m)
        state.far[m], state.comes[m], state.step[m] = reach, request, worth
        heappush(heap, (reach, m))
        place = given.first[m] + state.taken[m]
        if place < given.first[m + 1]:
            seated = reach + given.cost[place] - state.price[m]
            if seated < best[0]:
                best = seated, m, -1
    return best


def _search(given, state, request, gain, touched, settled):  # type: ignore[no-untyped-def]
    """Find where the cheapest path of moves ends: its cost, the last mentor, and who leaves there if anybody does."""
    heap = [(gain, request) for _ in range(0)]
    best = _reach(given, state, request, gain, (gain - given.idle[request], -1, -1), heap, touched)
    while len(heap):
        distance, m = heappop(heap)
        if distance >= best[0]:
            break
        if distance > state.far[m]:
            continue
        settled.append(m)
        for s in range(given.first[m], given.first[m] + state.taken[m]):
            holder = state.seat[s]
            base = distance + state.own[holder] - state.price[m]
            if base - given.idle[holder] < best[0]:
                best = base - given.idle[holder], m, holder
            best = _reach(given, state, holder, base, best, heap, touched)
    return best


def _move(given, state, request, last, leaver):  # type: ignore[no-untyped-def]
    """Move everybody on the path one on, from its end back to the new request."""
    m = last
    if leaver >= 0:
        free = state.place[leaver]
        state.at[leaver], state.place[leaver] = -1, -1
    else:
        free = given.first[m] + state.taken[m]
        state.taken[m] += 1
    while True:
        mover = state.comes[m]
        left, old = state.at[mover], state.place[mover]
        state.at[mover], state.place[mover] = m, free
        state.own[mover], state.seat[free] = state.step[m], mover
        if mover == request:
            return
        m, free = left, old


def _add(given, state):  # type: ignore[no-untyped-def]
    """Add every request in turn, keeping the assignment the best and the prices its proof."""
    for request in given.order:
        gain = given.idle[request]
        for e in range(given.start[request], given.start[request + 1]):
            gain = max(gain, given.worth[e] - state.price[given.mentor[e]])
        touched, settled = [request for _ in range(0)], [request for _ in range(0)]
        end, last, leaver = _find(given, state, request, gain, touched, settled)
        for m in settled:
            if state.far[m] < end:
                state.price[m] += end - state.far[m]
        if last >= 0:
            _carry_out(given, state, request, last, leaver)
        for m in touched:
            state.far[m] = _FAR


_reach, _find, _carry_out, _add_all = _jit(_reach_from, "always"), _jit(_search), _jit(_move), _jit(_add)
