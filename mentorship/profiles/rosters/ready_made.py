"""Ready-made roster shapes, for companies whose rosters do not come with an import. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from mentorship.base.i18n import N_


@dataclass(frozen=True)
class Shape:
    """A cycle of shift codes (None = free) with the times of each code in minutes."""

    title: str
    times: dict[str, tuple[int, int]]
    cycle: tuple[str | None, ...]


def _cycle(codes: str) -> tuple[str | None, ...]:
    """Read the codes of a cycle; a dash is a free day."""
    free = {"-": None}
    return tuple(free.get(code, code) for code in codes.split())


_DAY = {"D": (450, 975)}
_FOUR_DAYS = {"D9": (420, 990)}
_THREE = {
    "V": (360, 840),
    "L": (840, 1320),
    "N": (1320, 1800),
}
_TWELVE = {
    "T1": (360, 1080),
    "T2": (1080, 1800),
}

SHAPES: dict[str, Shape] = {
    "day": Shape(
        N_("day shift, Monday to Friday"),
        _DAY,
        _cycle("D D D D D - -"),
    ),
    "four_days": Shape(
        N_("four days of nine hours"),
        _FOUR_DAYS,
        _cycle("D9 D9 - D9 D9 - -"),
    ),
    "two_shifts": Shape(
        N_("two shifts: early and late by week"),
        _THREE,
        _cycle("V V V V V - - L L L L L - -"),
    ),
    "three_shifts": Shape(
        N_("three shifts: early, late, night by week"),
        _THREE,
        _cycle("V V V V V - - L L L L L - - N N N N N - -"),
    ),
    "five_shifts": Shape(
        N_("five-shift system: 2 early, 2 late, 2 night, 4 free"),
        _THREE,
        _cycle("V V L L N N - - - -"),
    ),
    "twelve_hours": Shape(
        N_("twelve-hour shifts: 2 days, 2 nights, 4 free"),
        _TWELVE,
        _cycle("T1 T1 T2 T2 - - - -"),
    ),
}
