"""The requests nobody was found for: how many mentors remain after each rule, and the honest reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from mentorship.base.i18n import gettext
from mentorship.rounds.askers import Asker, Askers
from mentorship.rounds.models import RoundUnmatched
from mentorship.rounds.words import COMPETITION, FUNNEL, STOPPED


@dataclass(frozen=True)
class FunnelStep:
    """A rule, and how many mentors remain after it; `stops` at the first that leaves nobody."""

    rule: str
    remaining: int
    stops: bool


@dataclass(frozen=True)
class UnmatchedRow:
    """A request nobody was found for."""

    asker: Asker
    funnel: list[FunnelStep]
    reason: str


def unmatched_rows(session: Session, found: Sequence[RoundUnmatched]) -> list[UnmatchedRow]:
    """Return the rows of these unmatched requests."""
    askers = Askers(session, [row.request_id for row in found])
    rows = []
    for unmatched in found:
        funnel = _funnel(unmatched.funnel)
        row = UnmatchedRow(
            askers.asker(unmatched.request_id),
            funnel,
            _reason(funnel),
        )
        rows.append(row)
    return rows


def _funnel(counts: Sequence[int]) -> list[FunnelStep]:
    steps = []
    anybody_left = True
    for rule, remaining in zip(FUNNEL, counts, strict=True):
        stops = anybody_left and remaining == 0
        step = FunnelStep(gettext(rule), remaining, stops)
        steps.append(step)
        anybody_left = remaining > 0
    return steps


def _reason(funnel: Sequence[FunnelStep]) -> str:
    for step in funnel:
        if step.stops:
            return gettext(STOPPED, rule=step.rule)
    return gettext(COMPETITION)
