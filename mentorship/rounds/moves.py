"""What a new outcome moved, since the one before it: who, from which mentor to which, and how much that matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from mentorship.base.i18n import gettext, ngettext
from mentorship.matching import SCALE
from mentorship.rounds import queries
from mentorship.rounds.askers import Askers
from mentorship.rounds.models import SOLVED, Round

MOST = 20
"""So many moves are shown; the others are counted."""
POINT = SCALE / 100


@dataclass(frozen=True)
class MoveRow:
    """Somebody with another mentor than before, by name; an empty one is nobody."""

    who: str
    before: str
    after: str
    note: str


@dataclass(frozen=True)
class Moves:
    """All that moved: the sentence that counts, the rest of it, and the first rows."""

    finding: str
    more: str
    rows: list[MoveRow]


def moves(session: Session, found: Round) -> Moves | None:
    """Return what the last search moved; None where nothing did, and once the round is published."""
    moved = found.quality.get("moved")  # not kept of the rounds of long ago
    if not moved or found.status != SOLVED:
        return None
    locked = queries.terms(
        session,
        found,
    ).locked
    finding = ngettext(
        "%(num)s pair moved.",
        "%(num)s pairs moved.",
        len(moved),
    )
    return told(session, finding, moved, dict(locked))


def told(session: Session, finding: str, moved: list[dict[str, Any]], locked: Mapping[int, int]) -> Moves:
    """Return the moves by name under a sentence that counts them; `locked`: which request to which mentor."""
    return Moves(finding, _more(moved), rows(session, moved, locked))


def rows(session: Session, moved: list[dict[str, Any]], locked: Mapping[int, int]) -> list[MoveRow]:
    """Return the first moves by name."""
    shown = moved[:MOST]
    mentors = {move[side] for move in shown for side in ("before", "after")}
    askers = Askers(session, [move["request"] for move in shown], mentors - {None})
    found = []
    for move in shown:
        row = MoveRow(
            askers.asker(move["request"]).junior.name,
            _name(askers, move["before"]),
            _name(askers, move["after"]),
            _note(move, move["after"] is not None and locked.get(move["request"]) == move["after"]),
        )
        found.append(row)
    return found


def _name(askers: Askers, mentor_id: int | None) -> str:
    return "" if mentor_id is None else askers.mentor(mentor_id).name


def _note(move: dict[str, int], chosen: bool) -> str:
    """Say how much a move matters; one that somebody chose is told as that."""
    fits = _fits(move)
    if not chosen:
        return fits
    return gettext("chosen by hand: %(fits)s", fits=fits)


def _fits(move: dict[str, int]) -> str:
    if move["before"] is None:
        return gettext("had no mentor")
    if move["after"] is None:
        return ""
    points = _points(move)
    if points > 0:
        return ngettext(
            "fits %(num)s point better",
            "fits %(num)s points better",
            points,
        )
    if points < 0:
        return ngettext(
            "fits %(num)s point less",
            "fits %(num)s points less",
            -points,
        )
    return gettext("fits as well")


def together(moved: list[dict[str, int]]) -> str:
    """Say by how much it fits better or less, of all who had a mentor and have another one."""
    sum_of = 0
    for move in moved:
        if move["before"] is not None and move["after"] is not None:
            sum_of += _points(move)
    if sum_of > 0:
        return ngettext(
            "Together it fits %(num)s point better.",
            "Together it fits %(num)s points better.",
            sum_of,
        )
    if sum_of < 0:
        return ngettext(
            "Together it fits %(num)s point less.",
            "Together it fits %(num)s points less.",
            -sum_of,
        )
    return ""


def _points(move: dict[str, int]) -> int:
    return round(move["score_after"] / POINT) - round(move["score_before"] / POINT)


def _more(moved: list[dict[str, int]]) -> str:
    lost = sum(move["after"] is None for move in moved)
    told = gettext("Nobody loses a mentor.")
    if lost:
        told = ngettext("%(num)s loses a mentor.", "%(num)s lose a mentor.", lost)
    told = f"{told} {together(moved)}".strip()
    return f"{told} {beginning(moved)}".strip()


def beginning(moved: list[dict[str, int]]) -> str:
    """Say that not all of them are shown, where that is so."""
    if len(moved) <= MOST:
        return ""
    return ngettext("The first %(num)s:", "The first %(num)s:", MOST)
