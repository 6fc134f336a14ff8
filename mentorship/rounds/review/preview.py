"""What a decision about one pair would move, shown before it is made."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, moment, ngettext
from mentorship.rounds.models import FORBID, LOCK, SOLVED, Round
from mentorship.rounds.moves import Moves, told
from mentorship.rounds.review.request import Candidate, Review
from mentorship.rounds.review.tried import moved_by

MOST_PAIRS = 200_000
"""So many eligible pairs are solved within a moment; of a larger round nothing is tried on a page."""


@dataclass(frozen=True)
class Preview:
    """A pair, what each decision about it would move, in words, and by which facts that is said."""

    candidate: Candidate
    pair: str
    heading: str
    deeds: tuple[Moves, Moves]
    by: str


def preview(session: Session, found: Round, review: Review, candidate: Candidate) -> Preview:
    """Return what deciding about a mentor for this request would move; one of the two always moves nobody."""
    lock = forbid = _nobody()
    if candidate.chosen:
        forbid = _moves(session, found, review, candidate, FORBID)
    else:
        lock = _moves(session, found, review, candidate, LOCK)
    pair = gettext(
        "%(junior)s and %(mentor)s",
        junior=review.junior.name,
        mentor=candidate.mentor.name,
    )
    return Preview(
        candidate,
        pair,
        gettext("What would change: %(pair)s", pair=pair),
        (
            _named(gettext("Lock") if candidate.chosen else gettext("Choose"), lock),
            _named(gettext("Not together"), forbid),
        ),
        gettext(
            "By the facts of %(moment)s, when pairs were found. Once you decide, pairs are found again by"
            " today's facts.",
            moment=moment(found.solved_at),
        ),
    )


def _named(deed: str, moves: Moves) -> Moves:
    """Return moves under the word of the button that would make them."""
    return replace(moves, finding=f"{deed}: {moves.finding}")


def can_be_tried(found: Round, review: Review) -> bool:
    """Tell whether decisions about this request can be tried: the outcome holds, and is solved within a moment."""
    if found.status != SOLVED or review.solution is None:
        return False
    return len(review.solution.score) <= MOST_PAIRS


def _moves(session: Session, found: Round, review: Review, candidate: Candidate, kind: str) -> Moves:
    assert review.solution is not None
    pair = id_of(review.request), id_of(candidate.mentor)
    try:
        moved = moved_by(
            review.solution,
            review.terms,
            found.seed,
            pair,
            kind,
        )
    except ValueError:  # every place of this mentor is locked to others
        return Moves(gettext("that cannot be, for every place is locked."), "", [])
    if not moved:
        return _nobody()
    finding = ngettext(
        "%(num)s pair moves.",
        "%(num)s pairs move.",
        len(moved),
    )
    locked = dict(review.terms.locked)
    if kind == LOCK:
        locked[pair[0]] = pair[1]
    return told(session, finding, moved, locked)


def _nobody() -> Moves:
    return Moves(gettext("nobody moves."), "", [])
