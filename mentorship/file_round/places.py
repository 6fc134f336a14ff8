"""The places of a round: where they are short, where one more helps, and who had and gets how many."""

from __future__ import annotations

from collections import Counter

import numpy as np

from mentorship.base.letters import by_name
from mentorship.file_round.solved import Row, Solved
from mentorship.matching import bottlenecks, used_places


def short(solved: Solved) -> list[Row]:
    """Return where requests compete for too few places, the largest shortage first."""
    found = []
    for one in bottlenecks(solved.gathered.problem):
        requests = one.requests.tolist()
        mentors = one.mentors.tolist()
        found.append(
            {
                "places": one.places,
                "short": one.shortage,
                "requests": [solved.junior(row) for row in requests],
                "mentors": [solved.mentor(row) for row in mentors],
            }
        )
    return found


def that_help(solved: Solved) -> list[Row]:
    """Return the mentors with whom one more place would make the round better, and by how much."""
    gain = solved.result.place_gain
    found = []
    for row in np.flatnonzero(gain.any(axis=1)).tolist():
        requests, score = _in_two(gain[row].tolist())
        found.append(
            {
                **solved.mentor(row),
                "requests": requests,
                "score": round(score, 6),
            }
        )
    return sorted(found, key=_most_help_first)


def _in_two(gain: list[float]) -> tuple[int | None, float]:
    """Return the requests and the score that a place brings; a cost for who stays unmatched counts them within it."""
    if len(gain) == 1:
        return None, gain[0]
    requests, score = gain
    return int(requests), score


def _most_help_first(one: Row) -> tuple[int, float, str]:
    requests = one["requests"] or 0
    return -requests, -one["score"], one["mentor"]


def by_domain(solved: Solved) -> list[Row]:
    """Return per domain how many ask it first, and the free places of the mentors who may guide one of them."""
    asked: Counter[str] = Counter()
    lacking: Counter[str] = Counter()
    for row, mentor in enumerate(solved.result.mentor.tolist()):
        name = solved.domain(row)
        asked[name] += 1
        if mentor < 0:
            lacking[name] += 1
    places = _of_able(solved)
    return [
        {
            "domain": domain.name,
            "critical": domain.critical,
            "requests": asked[domain.name],
            "unmatched": lacking[domain.name],
            "places": places.get(domain.name, 0),
        }
        for domain in by_name(solved.export.domains)
    ]


def _of_able(solved: Solved) -> dict[str, int]:
    """Return per domain the free places of the mentors who may guide a request for it."""
    problem = solved.gathered.problem
    requests = problem.edges.request.tolist()
    mentors = problem.edges.mentor.tolist()
    names = [solved.domain(row) for row in range(len(solved.result.mentor))]
    able: dict[str, set[int]] = {}
    for request, mentor in zip(requests, mentors, strict=True):
        guides = able.setdefault(names[request], set())
        guides.add(mentor)
    found = {}
    for name, guides in able.items():
        found[name] = int(problem.capacity[list(guides)].sum())
    return found


def by_mentor(solved: Solved) -> list[Row]:
    """Return what each mentor had and gets."""
    problem = solved.gathered.problem
    gets = used_places(problem, solved.result.mentor)
    return [
        {
            **solved.mentor(row),
            "places": int(problem.capacity[row]),
            "running": int(problem.load[row]),
            "gets": int(gets[row]),
        }
        for row in range(len(problem.capacity))
    ]
