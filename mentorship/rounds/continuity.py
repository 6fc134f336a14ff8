"""What counting continuity changed in a round: the same round solved without it, side by side. Pure but for names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from mentorship.base.i18n import gettext, ngettext
from mentorship.matching import Ints, Problem, Result, solve
from mentorship.rounds.askers import Askers
from mentorship.rounds.facts import Records
from mentorship.rounds.gather import Gathered, Terms, gather
from mentorship.rounds.models import ANNOUNCED, SOLVED, Round
from mentorship.rounds.moves import MOST, POINT

NAME = "continuity"
Move = dict[str, int | None]


def changed(records: Records, terms: Terms, seed: int, result: Result) -> list[Move] | None:
    """Return who has another mentor than in the same round without continuity; None where it counts for nothing.

    Scores are those without continuity, in millionths: `without` of the mentor they would have, `score` of theirs.
    """
    if not terms.weights[NAME]:
        return None
    plain = gather(records, replace(terms, weights={**terms.weights, NAME: 0.0}))
    other = solve(plain.problem, seed)
    return _moved(plain, other.mentor, result.mentor)


def _moved(plain: Gathered, without: Ints, found: Ints) -> list[Move]:
    moved = []
    for row in (without != found).nonzero()[0].tolist():
        scores = _scores(plain.problem, row)
        left, right = int(without[row]), int(found[row])
        move: Move = {
            "request": int(plain.request_ids[row]),
            "without": _mentor(plain, left),
            "mentor": _mentor(plain, right),
            "score_without": scores.get(left, 0),
            "score": scores.get(right, 0),
        }
        moved.append(move)
    return moved


def _scores(problem: Problem, row: int) -> dict[int, int]:
    """Return the scores of one request by mentor, as rows of the problem."""
    edges = problem.edges
    of_row = edges.request == row
    return dict(
        zip(
            edges.mentor[of_row].tolist(),
            edges.score[of_row].tolist(),
            strict=True,
        )
    )


def _mentor(plain: Gathered, column: int) -> int | None:
    return None if column < 0 else int(plain.mentor_ids[column])


@dataclass(frozen=True)
class Row:
    """Somebody whom counting continuity gives another mentor; an empty one is nobody."""

    who: str
    without: str
    mentor: str
    cost: str


@dataclass(frozen=True)
class Changed:
    """All that continuity changed: the sentence that counts, what it costs together, and the first rows."""

    finding: str
    cost: str
    rows: list[Row]


def told(session: Session, found: Round) -> Changed | None:
    """Return what continuity changed in the outcome that stands; None of a round that it was not worked out for."""
    moved = found.quality.get(NAME)
    if moved is None or found.status not in (SOLVED, ANNOUNCED):
        return None
    finding = ngettext(
        "%(num)s junior has another mentor because continuity counts.",
        "%(num)s juniors have another mentor because continuity counts.",
        len(moved),
    )
    if not moved:
        finding = gettext("Nobody has another mentor because continuity counts.")
    shown = moved[:MOST]
    mentors = {move[side] for move in shown for side in ("without", "mentor")}
    askers = Askers(session, [move["request"] for move in shown], mentors - {None})
    return Changed(finding, _cost(moved), [_row(askers, move) for move in shown])


def _row(askers: Askers, move: dict[str, Any]) -> Row:
    return Row(
        askers.asker(move["request"]).junior.name,
        _name(askers, move["without"]),
        _name(askers, move["mentor"]),
        _fits(move),
    )


def _name(askers: Askers, mentor_id: int | None) -> str:
    return "" if mentor_id is None else askers.mentor(mentor_id).name


def _fits(move: dict[str, Any]) -> str:
    if move["without"] is None or move["mentor"] is None:
        return ""
    points = _points(move)
    if points > 0:
        return ngettext("fits %(num)s point better", "fits %(num)s points better", points)
    if points < 0:
        return ngettext("fits %(num)s point less", "fits %(num)s points less", -points)
    return gettext("fits as well")


def _points(move: dict[str, int]) -> int:
    """Return how many points better somebody fits than without continuity, by the score that all may see."""
    return round(move["score"] / POINT) - round(move["score_without"] / POINT)


def _cost(moved: list[dict[str, Any]]) -> str:
    """Say what it costs together, of all who have a mentor either way."""
    together = 0
    for move in moved:
        if move["without"] is not None and move["mentor"] is not None:
            together += _points(move)
    hidden = len(moved) - MOST
    rest = ""
    if hidden > 0:
        rest = ngettext("The first %(num)s:", "The first %(num)s:", MOST)
    if together >= 0:
        return rest
    cost = ngettext(
        "Together they fit %(num)s point less: that is what it costs.",
        "Together they fit %(num)s points less: that is what it costs.",
        -together,
    )
    return f"{cost} {rest}".strip()
