"""The requests nobody was found for: how many mentors remain after each rule, and the honest reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from mentorship.base.figures.funnel import Funnel, funnel
from mentorship.base.i18n import gettext
from mentorship.rounds import rules
from mentorship.rounds.askers import Asker, Askers
from mentorship.rounds.models import RoundUnmatched
from mentorship.rounds.notes.queries import marks
from mentorship.rounds.words import HELPS, REASONS, funnel_words


@dataclass(frozen=True)
class UnmatchedRow:
    """A request nobody was found for."""

    asker: Asker
    funnel: Funnel
    reason: str
    why: str
    everybody: int
    left: int
    notes: str


def unmatched_rows(session: Session, round_id: int, found: Sequence[RoundUnmatched]) -> list[UnmatchedRow]:
    """Return the rows of these unmatched requests of a round."""
    request_ids = [row.request_id for row in found]
    askers = Askers(session, request_ids)
    noted = marks(session, round_id, request_ids)
    rows = []
    for unmatched in found:
        drawn = _funnel(unmatched.funnel)
        row = UnmatchedRow(
            askers.asker(unmatched.request_id),
            drawn,
            _reason(unmatched.funnel),
            gettext(REASONS[rules.stop(unmatched.funnel)]),
            unmatched.funnel[0],
            unmatched.funnel[-1],
            noted.get(unmatched.request_id, ""),
        )
        rows.append(row)
    return rows


def _funnel(counts: Sequence[int]) -> Funnel:
    """Return the funnel from all mentors but oneself on."""
    everybody, *left = counts
    _self, *asked = funnel_words(len(counts))
    names = [gettext(rule) for rule in asked]
    return funnel(everybody, list(zip(names, left, strict=True)))


def _reason(counts: Sequence[int]) -> str:
    stop = rules.stop(counts)
    reason = gettext(REASONS[stop])
    reason = reason[0].upper() + reason[1:]
    if stop in HELPS:
        return f"{reason}: {gettext(HELPS[stop])}."
    return f"{reason}."
