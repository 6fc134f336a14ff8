"""What counting continuity changed in a round: the same round solved without it, side by side. Pure but for names."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlmodel import Session

from mentorship.base.i18n import gettext, ngettext
from mentorship.matching import Ints, Problem, Result, solve
from mentorship.rounds import moves
from mentorship.rounds.facts import Records
from mentorship.rounds.gather import Gathered, Terms, gather
from mentorship.rounds.models import ANNOUNCED, SOLVED, Round
from mentorship.rounds.moves import MoveRow

NAME = "continuity"
Move = dict[str, int | None]


def changed(records: Records, terms: Terms, seed: int, result: Result) -> list[Move] | None:
    """Return who has another mentor than in the same round without continuity; None where it counts for nothing.

    As moves from the one to the other; scores are those that all may see, without continuity, in millionths.
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
            "before": _mentor(plain, left),
            "after": _mentor(plain, right),
            "score_before": scores.get(left, 0),
            "score_after": scores.get(right, 0),
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
class Changed:
    """All that continuity changed: the sentence that counts, what it costs together, and the first rows."""

    finding: str
    cost: str
    rows: list[MoveRow]


def told(session: Session, found: Round) -> Changed | None:
    """Return what continuity changed in the outcome that stands; None of a round that it was not worked out for."""
    moved = found.quality.get(NAME)
    if moved is None or found.status not in (SOLVED, ANNOUNCED):
        return None
    finding = gettext("Nobody has another mentor because continuity counts.")
    if moved:
        finding = ngettext(
            "%(num)s junior has another mentor because continuity counts.",
            "%(num)s juniors have another mentor because continuity counts.",
            len(moved),
        )
    cost = f"{moves.together(moved)} {moves.beginning(moved)}".strip()
    return Changed(finding, cost, moves.rows(session, moved, {}))
