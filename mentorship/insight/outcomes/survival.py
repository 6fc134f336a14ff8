"""How long something takes when for some it has not happened yet: the estimate of Kaplan and Meier. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

EXACT = 1e-9
"""Shares are products of fractions: so near to a half is a half."""


@dataclass(frozen=True)
class Span:
    """So many days until it happened, or (not yet, or no more) until nobody looked on."""

    days: int
    happened: bool


@dataclass(frozen=True)
class Lasting:
    """How long it takes: the days by which it happened for a quarter, half and three quarters; None: not reached.

    `happened` of `all_of_them` are known to the end; the others count as long as they were seen.
    """

    early: int | None
    median: int | None
    late: int | None
    happened: int
    all_of_them: int


def span(begins: date, happened: date | None, stops: date | None, until: date) -> Span:
    """Return what is seen of one by the day `until`, which is no part of it; `stops`: they want it no more."""
    if happened is not None and happened < until:
        return Span(_days(begins, happened), happened=True)
    ends = until if stops is None else min(stops, until)
    return Span(_days(begins, ends), happened=False)


def _days(begins: date, ends: date) -> int:
    return max(0, (ends - begins).days)


def curve(spans: Sequence[Span]) -> list[tuple[int, float]]:
    """Return the days on which it happened for somebody, and the share for whom it had not happened after each.

    After Kaplan and Meier (1958): each day takes away the share of those still seen for whom it happens; who is seen
    no longer leaves without counting either way.
    """
    happened = Counter(each.days for each in spans if each.happened)
    gone = Counter(each.days for each in spans)
    seen = len(spans)
    share = 1.0
    found = []
    for days in sorted(gone):
        if happened[days]:
            share *= 1 - happened[days] / seen
            found.append((days, share))
        seen -= gone[days]
    return found


def lasting(spans: Sequence[Span]) -> Lasting:
    """Return how long it takes for a quarter, half and three quarters of them."""
    steps = curve(spans)
    return Lasting(
        early=_by(steps, 0.75),
        median=_by(steps, 0.5),
        late=_by(steps, 0.25),
        happened=sum(each.happened for each in spans),
        all_of_them=len(spans),
    )


def _by(steps: Sequence[tuple[int, float]], left: float) -> int | None:
    """Return the first day after which at most this share is left; None where it never comes to that."""
    for days, share in steps:
        if share <= left + EXACT:
            return days
    return None


def had_it(spans: Sequence[Span], days: int) -> float | None:
    """Return the share for whom it had happened after so many days; None where nobody was seen for so long."""
    if max((each.days for each in spans), default=-1) < days:
        return None
    left = 1.0
    for day, share in curve(spans):
        if day <= days:
            left = share
    return 1 - left
