"""Pips: the places of a mentor, and the five levels above "not yet"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mentorship.base.i18n import N_, gettext, integer, ngettext

STEP = 16
MOST = 8
"""Over so many only the number is told."""
LEVELS = 5


@dataclass(frozen=True)
class Pip:
    """One dot, where it stands and what it is: taken, over, proposed, free, idle; or on, goal, off."""

    x: int
    kind: str


@dataclass(frozen=True)
class Pips:
    """Dots from left to right, and the same in words."""

    pips: tuple[Pip, ...]
    said: str = ""

    @property
    def width(self) -> int:
        """How wide they stand together."""
        return STEP * len(self.pips)


def places(taken: int, places: int, *, proposed: int = 0, idle: int = 0) -> Pips:
    """Show the places of a mentor.

    `places` count, `idle` ones do not, for their hours are not confirmed. What is taken or proposed beyond the places
    is shown as over.
    """
    load = taken + proposed
    over = max(0, load - places)
    within = max(0, taken - over)
    counts = {
        "taken": within,
        "over": over,
        "proposed": load - over - within,
        "free": max(0, places - load),
        "idle": idle,
    }
    said = "".join(_told(taken, places, proposed, idle))
    return Pips(_in_a_row(counts), said)


def _told(taken: int, places: int, proposed: int, idle: int) -> Iterator[str]:
    load = integer(taken + proposed)
    if taken + proposed > places:
        yield ngettext(
            "%(load)s, where there is %(num)s place",
            "%(load)s, where there are %(num)s places",
            places,
            load=load,
        )
    else:
        yield gettext(
            N_("%(taken)s of %(all)s"),
            taken=integer(taken),
            all=integer(places),
        )
    if proposed:
        yield ", "
        yield gettext(N_("%(number)s proposed"), number=integer(proposed))
    if idle:
        yield "; "
        yield ngettext("%(num)s does not count", "%(num)s do not count", idle)


def levels(have: int, goal: int = 0) -> Pips:
    """Show a level, 0 to 5, and the one to reach; the word of the level stands beside it, told by the page."""
    reach = max(0, goal - have)
    counts = {
        "on": have,
        "goal": reach,
        "off": LEVELS - have - reach,
    }
    return Pips(_in_a_row(counts))


def _in_a_row(counts: dict[str, int]) -> tuple[Pip, ...]:
    if sum(counts.values()) > MOST:
        return ()
    pips: list[Pip] = []
    for kind, count in counts.items():
        for _ in range(count):
            x = STEP * len(pips) + STEP // 2
            pips.append(Pip(x, kind))
    return tuple(pips)
