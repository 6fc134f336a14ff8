"""From when until when somebody is away: entries that merge, and a return earlier than was said. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_

Spell = tuple[date, date]
"""The first day and the last one on which somebody is away."""
A_DAY = timedelta(days=1)
PROPOSED = timedelta(days=6)
"""A week is proposed: the first day and six more."""
LONGEST = timedelta(days=371)
"""So far ahead somebody can say when they are back."""
KEPT = timedelta(days=42)
"""How long an entry is kept after its last day."""
LONG = timedelta(weeks=2)
"""Who guides and is away for longer leaves a junior alone for long."""


def check(first: date, last: date, today: date) -> None:
    """Refuse days in the wrong order, days long past, and days too far ahead."""
    if last < first:
        raise Refused(N_("The last day is before the first."), field="last_day")
    if last < today - KEPT:
        raise Refused(N_("These days are too long ago."), field="last_day")
    if last > today + LONGEST:
        raise Refused(N_("At most a year ahead."), field="last_day")


def merged(spells: Iterable[Spell]) -> list[Spell]:
    """Return the spells in order, those that overlap or touch as one."""
    found: list[Spell] = []
    for first, last in sorted(spells):
        if found and first <= found[-1][1] + A_DAY:
            begun, until = found.pop()
            first = begun
            last = max(last, until)
        found.append((first, last))
    return found


def back(spell: Spell, on: date) -> Spell | None:
    """Return what is left of a spell when somebody is back on a day; None when nothing is."""
    first, last = spell
    if on <= first:
        return None
    return first, min(last, on - A_DAY)


def ordinals(spells: Iterable[Spell]) -> frozenset[int]:
    """Return the days of spells as ordinals."""
    found: set[int] = set()
    for first, last in spells:
        days = range(first.toordinal(), last.toordinal() + 1)
        found.update(days)
    return frozenset(found)


def is_long(spell: Spell) -> bool:
    """Tell whether a spell lasts over two weeks."""
    first, last = spell
    return last - first + A_DAY > LONG


def misses_begin(out: Collection[int], first: date) -> bool:
    """Tell whether somebody is away on every day of the first two weeks from a day on."""
    begins = first.toordinal()
    return all(day in out for day in range(begins, begins + LONG.days))
