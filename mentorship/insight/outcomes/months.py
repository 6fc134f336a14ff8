"""What happened month by month. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mentorship.insight.outcomes.facts import Facts
from mentorship.insight.outcomes.rules import YEAR, months_before


@dataclass(frozen=True)
class Month:
    """What happened in a month, by its first day: who asked, began, ended, and the steps that were confirmed."""

    first: date
    asked: int
    begun: int
    ended: int
    steps: int


def months(facts: Facts, until: date, number: int = YEAR) -> list[Month]:
    """Return the last months up to the one in which the day before `until` falls, the oldest first.

    None from before the first event.
    """
    this = (until - timedelta(days=1)).replace(day=1)
    begins = [months_before(this, back) for back in reversed(range(number))]
    asked = _per_month(wish.asked for wish in facts.wishes)
    begun = _per_month(pair.started for pair in facts.pairs if pair.begun)
    ended = _per_month(pair.ended for pair in facts.pairs if pair.begun)
    steps = _per_month(step.day for step in facts.reached)
    known = [*asked, *begun, *ended, *steps]
    if not known:
        return []
    found = []
    for first in begins:
        if first >= min(known):
            month = Month(
                first,
                asked.get(first, 0),
                begun.get(first, 0),
                ended.get(first, 0),
                steps.get(first, 0),
            )
            found.append(month)
    return found


def _per_month(days: Iterable[date | None]) -> dict[date, int]:
    found: dict[date, int] = {}
    for day in days:
        if day is not None:
            first = day.replace(day=1)
            found[first] = found.get(first, 0) + 1
    return found
