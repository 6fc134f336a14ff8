"""The days of a roster while they are set: what is shown of them, and what each button makes of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mentorship.matching import LONGEST
from mentorship.profiles.rosters import days as roster_days
from mentorship.profiles.rosters.days import STEP, WEEK, Days
from mentorship.profiles.rosters.models import Roster, Shift
from mentorship.rounds.roster import squares
from mentorship.rounds.roster.squares import Calendar


@dataclass(frozen=True)
class Draft:
    """Days that may not be saved yet, and the first of the four weeks that are shown."""

    days: Days
    first: int = 0


def editor(roster: Roster, draft: Draft, shifts: Iterable[Shift]) -> dict[str, Any]:
    """Return what the squares show."""
    first = min(draft.first, len(draft.days) - 1) // STEP * STEP
    calendar = Calendar(
        roster.starts_on,
        dated=not roster.repeats,
        by_week=len(draft.days) % WEEK == 0,
    )
    return {
        "draft": roster_days.written(draft.days),
        "first": first,
        "weeks": squares.weeks(draft.days, in_order(shifts), calendar, first),
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


def changed(do: str, first: int, days: Days) -> Draft:
    """Return what a button other than that to save makes of the days, and what is shown of it."""
    if do == "longer":
        grown = roster_days.longer(days)
        return Draft(grown, len(grown) - 1)
    what, _dash, number = do.partition("-")
    if what == "turn":
        return Draft(days, int(number))
    return Draft(roster_days.with_week_repeated(days, int(number)), first)
