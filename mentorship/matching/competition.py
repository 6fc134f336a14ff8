"""Where places are short: the requests that compete for a set of too few places.

The over-subscribed part of the Dulmage-Mendelsohn decomposition (1958): whatever largest matching is taken, the mentors
who can be reached from an unmatched request by changing pairs are full in all of them, and the requests that lead there
have nowhere else to go. What is found does not depend on scores or on the matching that happened to be found first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components, maximum_flow

from mentorship.matching.arrays import Flags, Ints, links
from mentorship.matching.problem import Problem


@dataclass(frozen=True)
class Bottleneck:
    """Rows of requests whose eligible mentors are all among `mentors`, who have `places` together: fewer than they."""

    requests: Ints
    mentors: Ints
    places: int

    @property
    def shortage(self) -> int:
        """How many of the requests stay without a mentor, whoever they are."""
        return len(self.requests) - self.places


def bottlenecks(problem: Problem) -> list[Bottleneck]:
    """Return the over-subscribed parts of a problem, each connected in itself, the largest shortage first."""
    # mentors without any place stay in: a request that only they could take counts as one too many
    request, mentor = problem.edges.request[problem.open_edges], problem.edges.mentor[problem.open_edges]
    competing, full = _short(problem, request, mentor)
    asking, guiding = connected(problem.scores.shape, request[competing[request]], mentor[competing[request]])
    rows, columns = np.flatnonzero(competing), np.flatnonzero(full)
    found = []
    for part in np.unique(asking[rows]):
        these = columns[guiding[columns] == part]
        found.append(Bottleneck(rows[asking[rows] == part], these, int(problem.capacity[these].sum())))
    return sorted(found, key=lambda b: (-b.shortage, len(b.requests), int(b.requests[0])))


def _short(problem: Problem, request: Ints, mentor: Ints) -> tuple[Flags, Flags]:
    """Tell which requests (R,) compete for too few places, and which mentors (M,) are full whoever gets one."""
    requests, mentors = problem.scores.shape
    held = _largest_matching(problem, request, mentor)
    source = held[request]
    moving = (source >= 0) & (source != mentor)
    full = _reached(mentor[source < 0], source[moving], mentor[moving], mentors)
    competing = (np.bincount(request, minlength=requests) > 0) & (held < 0)
    competing[held >= 0] = full[held[held >= 0]]
    return competing, full


def connected(shape: tuple[int, int], request: Ints, mentor: Ints) -> tuple[Ints, Ints]:
    """Return the number of the connected part that each request (R,) and each mentor (M,) is in."""
    nodes = sum(shape)
    graph = links(request, shape[0] + mentor, (nodes, nodes))
    label = connected_components(graph, directed=False)[1].astype(np.int64)
    return label[: shape[0]], label[shape[0] :]


def _largest_matching(problem: Problem, request: Ints, mentor: Ints) -> Ints:
    """Return a matching (R,) with as many requests as possible, -1 = nobody: a largest flow (Dinic, 1970).

    Mentors are nodes, not their places, so that many places cost no memory.
    """
    requests, mentors = problem.scores.shape
    source = requests + mentors
    graph = _with_room(problem, request, mentor)
    flow = maximum_flow(graph, source, source + 1).flow.tocoo()
    row, column = (np.asarray(x, dtype=np.int64) for x in flow.coords)
    taken = (flow.data > 0) & (row < requests)
    held = np.full(requests, -1, dtype=np.int64)
    held[row[taken]] = column[taken] - requests
    return held


def _with_room(problem: Problem, request: Ints, mentor: Ints) -> csr_array:
    """Return a graph of requests, mentors, a source and a sink: a mentor leads as many on as there are places."""
    requests, mentors = problem.scores.shape
    source, sink = requests + mentors, requests + mentors + 1
    tail = np.concatenate([np.full(requests, source), request, requests + np.arange(mentors)])
    head = np.concatenate([np.arange(requests), requests + mentor, np.full(mentors, sink)])
    room = np.concatenate([np.ones(requests + len(request), dtype=np.int64), problem.places])
    return csr_array((room.astype(np.int32), (tail, head)), shape=(sink + 1, sink + 1))


def _reached(starts: Ints, tail: Ints, head: Ints, nodes: int) -> Flags:
    """Tell which of `nodes` can be reached from `starts` along arcs tail -> head."""
    reached = np.zeros(nodes, dtype=np.bool_)
    first = np.unique(starts)
    if len(first):
        source = np.full(len(first), nodes)
        graph = links(np.concatenate([tail, source]), np.concatenate([head, first]), (nodes + 1, nodes + 1))
        order = breadth_first_order(graph, nodes, return_predecessors=False)
        reached[order[order < nodes]] = True
    return reached
