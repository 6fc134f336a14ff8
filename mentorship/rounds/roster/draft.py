"""The days of a roster while they are set: what is shown of them, and what each button makes of them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from mentorship.matching import LONGEST
from mentorship.profiles.rosters import days as roster_days
from mentorship.profiles.rosters.days import STEP, WEEK, Days
from mentorship.profiles.rosters.models import Roster, Shift
from mentorship.rounds.roster import squares
from mentorship.rounds.roster.squares import Calendar

FEW = 6
"""Rows of a roster without any shift yet."""


@dataclass(frozen=True)
class Draft:
    """Days that may not be saved yet, and the first of the four weeks that are shown."""

    days: Days
    first: int = 0
    also: frozenset[int] = frozenset()
    """Shifts that have a row though no day has them yet."""
    seen: str = ""
    """The days as they were saved when the page was opened, written; "" when it is opened now."""

    def rows(self, shifts: Iterable[Shift]) -> list[Shift]:
        """Return the shifts that have a row: of an empty roster the first few."""
        wanted = self.also.union(*self.days)
        known = in_order(shifts)
        return [shift for shift in known if shift.id in wanted] or known[:FEW]


def editor(roster: Roster, draft: Draft, shifts: Collection[Shift]) -> dict[str, Any]:
    """Return what the squares show."""
    first = min(draft.first, len(draft.days) - 1) // STEP * STEP
    known = in_order(shifts)
    rows = draft.rows(known)
    calendar = Calendar(
        roster.starts_on,
        dated=not roster.repeats,
        by_week=len(draft.days) % WEEK == 0,
    )
    return {
        "draft": roster_days.written(draft.days),
        "first": first,
        "weeks": squares.weeks(draft.days, rows, calendar, first),
        "also": " ".join(str(shift.id) for shift in rows),
        "others": [(shift.id, f"{shift.code} · {squares.times(shift)}") for shift in known if shift not in rows],
        "turns": squares.turns(draft.days, first),
        "can_grow": len(draft.days) < LONGEST,
    }


def in_order(shifts: Iterable[Shift]) -> list[Shift]:
    """Return shifts by when they begin, those that mean free last."""
    return sorted(shifts, key=_place)


def _place(shift: Shift) -> tuple[bool, int, str]:
    return shift.begins is None, shift.begins or 0, shift.code


def told(roster: Roster) -> dict[str, Any]:
    """Return a roster as its form holds it."""
    return {
        "name": roster.name,
        "starts_on": roster.starts_on.isoformat(),
        "length": roster.days,
        "kind": "cycle" if roster.repeats else "dated",
        "runs_on": roster.runs_on,
        "is_default": roster.is_default,
    }


def changed(do: str, draft: Draft) -> Draft:
    """Return what a button other than that to save makes of the days, and what is shown of it."""
    days = draft.days
    if do == "longer":
        grown = roster_days.longer(days)
        return replace(draft, days=grown, first=len(grown) - 1)
    what, _dash, number = do.partition("-")
    if what == "turn":
        return replace(draft, first=int(number))
    if what == "copy":
        return replace(draft, days=roster_days.with_week_repeated(days, int(number)))
    return draft
