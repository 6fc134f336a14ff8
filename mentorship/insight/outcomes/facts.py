"""What the outcomes are counted from: dated events, without names and without anything that somebody answered. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

YES, NO, LAPSED, OPEN = "yes", "no", "lapsed", "open"
"""What a proposal came to: both said yes, one said no, nobody said no and it is over, it waits."""
ALONE = 3
"""The level at which somebody does the work on their own."""


@dataclass(frozen=True)
class Wish:
    """A request: whose, where, since when, the first day with a mentor, and in which stretches it waited.

    `stopped`: withdrawn on that day. A stretch without an end goes on.
    """

    person: int
    site: int
    asked: date
    matched: date | None
    stopped: date | None
    waits: tuple[tuple[date, date | None], ...]

    def waited_on(self, day: date) -> bool:
        """Tell whether it waited at the end of a day."""
        return any(begins <= day and (ends is None or ends > day) for begins, ends in self.waits)


@dataclass(frozen=True)
class Pair:
    """A pair or a proposal, at the site of its junior; `left`: it ended because one of the two left."""

    junior: int
    mentor: int
    site: int
    proposed: date | None
    answer: str
    begun: bool
    started: date | None
    ended: date | None
    ended_as: str
    left: bool

    def ran_on(self, day: date) -> bool:
        """Tell whether it ran at the end of a day; without a start date it always had."""
        if not self.begun or (self.started is not None and self.started > day):
            return False
        return self.ended is None or self.ended > day


@dataclass(frozen=True)
class Learning:
    """What a junior learns to do alone: since when, the day on which that was confirmed, or on which it stopped."""

    junior: int
    site: int
    since: date
    reached: date | None
    stopped: date | None


@dataclass(frozen=True)
class Reached:
    """A step that was confirmed."""

    junior: int
    site: int
    day: date


@dataclass(frozen=True)
class Guided:
    """A junior, the first day with a mentor, and the last day here."""

    person: int
    site: int
    first: date
    left: date | None


@dataclass(frozen=True)
class Load:
    """Hours a week of a mentor over their last noted weeks: given, promised, confirmed (None: never); well over?"""

    mentor: int
    site: int
    given: float
    promised: float
    confirmed: float | None
    over: bool


@dataclass(frozen=True)
class Facts:
    """Everything, or what belongs to one site."""

    wishes: Sequence[Wish] = ()
    pairs: Sequence[Pair] = ()
    learning: Sequence[Learning] = ()
    reached: Sequence[Reached] = ()
    guided: Sequence[Guided] = ()
    loads: Sequence[Load] = ()
    sites: dict[int, str] = field(default_factory=dict)

    def by_site(self) -> dict[int, Facts]:
        """Return the same of each site in which something happened, in the order of their names."""
        found = {site: Facts(sites=self.sites) for site in self.sites}
        for name in ("wishes", "pairs", "learning", "reached", "guided", "loads"):
            parted: dict[int, list[Any]] = {}
            for each in getattr(self, name):
                parted.setdefault(each.site, []).append(each)
            for site, rows in parted.items():
                if site in found:
                    part: dict[str, Any] = {name: rows}
                    found[site] = replace(found[site], **part)
        return {site: facts for site, facts in found.items() if facts.wishes or facts.pairs}


def waits(
    asked: date,
    runs: Sequence[tuple[date, date | None]],
    stopped: date | None,
    *,
    still: bool,
) -> tuple[tuple[date, date | None], ...]:
    """Return in which stretches a request waited.

    `runs`: from when to when each of its pairs ran, the oldest first; `still`: it waits after the last one.
    """
    found: list[tuple[date, date | None]] = []
    since: date | None = asked
    for started, ended in runs:
        if since is not None and since < started:
            found.append((since, started))
        since = ended
    if since is not None and (still or stopped is not None):
        found.append((since, stopped))
    return tuple(found)
