"""The eligible mentors of a request beside each other: what each criterion adds, and how far that is from the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mentorship.base.figures.score import Score, Slice
from mentorship.base.i18n import gettext, integer, ngettext
from mentorship.mentorships import explanation
from mentorship.rounds.review.request import Candidate

BESIDE = 3
"""So many mentors stand beside each other; the others are a list."""
WIDTH = 120
"""How long the bar of the heaviest criterion can become."""


@dataclass(frozen=True)
class Part:
    """What one criterion adds for one mentor: of how many points, and how many more or fewer than with the first."""

    slice: Slice
    most: int
    width: float
    room: float
    differs: str
    sentence: str


@dataclass(frozen=True)
class Column:
    """One mentor with what their score is made of; without a bar in the rounds of long ago."""

    candidate: Candidate
    site: str
    bar: Score | None
    parts: list[Part]


def columns(
    candidates: Sequence[Candidate],
    floor: float,
    sites: Mapping[int, str],
    domains: Mapping[str, str],
) -> list[Column]:
    """Return the first mentors, ready to stand beside each other; `domains` are their titles by their names."""
    found: list[Column] = []
    for candidate in candidates[:BESIDE]:
        told = candidate.explanation
        bar = explanation.drawn(told, side=None, floor=floor)
        first = found[0].bar if found else None
        column = Column(
            candidate,
            sites[candidate.mentor.site_id],
            bar,
            _parts(told, bar, first, domains) if bar else [],
        )
        found.append(column)
    return found


def _parts(told: Mapping[str, Any], bar: Score, first: Score | None, domains: Mapping[str, str]) -> list[Part]:
    weights = told["weights"]
    whole = sum(weights.values())
    heaviest = max(weights.values())
    sentences = explanation.sentences(explanation.parts(told, domains, side=None))
    earlier = {each.key: each.points for each in first.slices} if first else {}
    found = []
    for each in bar.slices:
        weight = weights[each.key]
        room = WIDTH * weight / heaviest
        value = told["parts"][each.key]
        part = Part(
            each,
            round(100 * weight / whole),
            round(room * value, 1),
            round(room, 1),
            _differs(each.points - earlier.get(each.key, each.points)),
            sentences[each.key],
        )
        found.append(part)
    return found


def _differs(points: int) -> str:
    if not points:
        return ""
    sign = "+" if points > 0 else "−"
    return sign + integer(abs(points))


def heading(junior: str, mentor: str, eligible: int, reason: str) -> str:
    """Say whom a request has, or why nobody; mentor and reason are empty where that is so."""
    if mentor:
        return ngettext(
            "%(junior)s gets %(mentor)s, the one mentor who can",
            "%(junior)s gets %(mentor)s, of %(num)s mentors who can",
            eligible,
            junior=junior,
            mentor=mentor,
        )
    if reason:
        return gettext("%(junior)s finds nobody now: %(reason)s", junior=junior, reason=reason)
    return gettext("For %(junior)s nobody was looked for yet", junior=junior)
