"""What a solved round came to, as the rows and figures that are kept of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mentorship.matching import SCALE, Result, quality
from mentorship.rounds.explanations import Explainer
from mentorship.rounds.gather import Gathered
from mentorship.rounds.models import RoundPair, RoundUnmatched


def figures(gathered: Gathered, result: Result) -> dict[str, Any]:
    """Return how good the outcome is, with its certificate and how long each stage took."""
    timings = {}
    for stage, seconds in result.timings.items():
        timings[stage] = round(seconds, 4)
    return {
        **quality(gathered.problem, result).as_dict(),
        "objective": list(result.objective),
        "bound": list(result.bound),
        "waiting": int(gathered.problem.priority_units[result.mentor >= 0].sum()) / SCALE,
        "timings": timings,
    }


def pairs(round_id: int, gathered: Gathered, result: Result, explainer: Explainer) -> list[RoundPair]:
    """Return the pairs, each with its score and what explains it."""
    edges = gathered.problem.edges
    chosen = result.mentor[edges.request] == edges.mentor
    found = []
    for edge in chosen.nonzero()[0].tolist():
        score = int(edges.score[edge])
        explanation = explainer.explain(edge)
        explanation["score"] = score / SCALE
        pair = RoundPair(
            round_id=round_id,
            request_id=int(gathered.request_ids[edges.request[edge]]),
            mentor_id=int(gathered.mentor_ids[edges.mentor[edge]]),
            score=score,
            explanation=explanation,
        )
        found.append(pair)
    return found


def unmatched(round_id: int, gathered: Gathered, result: Result) -> list[RoundUnmatched]:
    """Return the requests nobody was found for, with the mentors that remained after each rule and above the floor."""
    edges = gathered.problem.edges
    found = []
    for row in (result.mentor < 0).nonzero()[0].tolist():
        above_floor = int((edges.request == row).sum())
        remaining = gathered.counts(row, gathered.eligible.funnel)
        request = RoundUnmatched(
            round_id=round_id,
            request_id=int(gathered.request_ids[row]),
            funnel=[*remaining, above_floor],
        )
        found.append(request)
    return found


def mentors(pairs: Iterable[RoundPair], unmatched: Iterable[RoundUnmatched]) -> dict[int, RoundPair | None]:
    """Return by request its pair, None where nobody was found."""
    found: dict[int, RoundPair | None] = {}
    for row in unmatched:
        found[row.request_id] = None
    for pair in pairs:
        found[pair.request_id] = pair
    return found


def moved(before: dict[int, RoundPair | None], after: dict[int, RoundPair | None]) -> list[dict[str, int | None]]:
    """Return the requests of both outcomes that have another mentor now, each with both mentors and both scores."""
    found = []
    for request_id, pair in after.items():
        earlier = before.get(request_id)
        if request_id not in before or _mentor(earlier) == _mentor(pair):
            continue
        move = {
            "request": request_id,
            "before": _mentor(earlier),
            "after": _mentor(pair),
            "score_before": earlier.score if earlier else 0,
            "score_after": pair.score if pair else 0,
        }
        found.append(move)
    return found


def _mentor(pair: RoundPair | None) -> int | None:
    return None if pair is None else pair.mentor_id
