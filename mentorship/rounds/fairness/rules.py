"""In which group somebody stands, from what their roster and profile say: pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

SITE, SHIFTS, HOURS, LANGUAGE, WAITED = "site", "shifts", "hours", "language", "waited"
WAYS = (SITE, SHIFTS, HOURS, LANGUAGE, WAITED)
"""In what ways the juniors of a round are parted."""
NO_ROSTER = "no_roster"
DAY, TWO_SHIFTS, CONTINUOUS = "day", "two_shifts", "continuous"
FEW_HOURS, SOME_HOURS, MANY_HOURS = "under_20", "from_20", "from_36"
DUTCH = "nl"
NOT_YET, ONCE, MORE = "0", "1", "2"

MIDNIGHT = 24 * 60
EVENING, MORNING = 20 * 60, 5 * 60
"""Who works after eight in the evening has late shifts; who works between midnight and five has nights."""
WEEK = 7


@dataclass(frozen=True)
class Fell:
    """How a round fell out for a group: `key` None where small ones are put together; `score` without a pair None.

    `places`: how many got a place with a mentor.
    """

    key: str | None
    people: int
    places: int
    score: float | None

    @property
    def share(self) -> float:
        """The part of the group that got a place."""
        return self.places / self.people


KEPT = "fairness"
"""Under what name a published round keeps how it fell out, beside its other figures."""


def to_keep(found: Mapping[str, Sequence[Fell]]) -> dict[str, list[dict[str, Any]]]:
    """Return how a round fell out as plain values: names of groups and numbers, of no person."""
    kept = {}
    for way, groups in found.items():
        plain = [asdict(fell) for fell in groups]
        kept[way] = plain
    return kept


def as_kept(quality: Mapping[str, Any]) -> dict[str, list[Fell]] | None:
    """Return how a round fell out as it was kept at publishing; None of one that does not keep it."""
    kept = quality.get(KEPT)
    if kept is None:
        return None
    found = {}
    for way, groups in kept.items():
        fell = [Fell(**plain) for plain in groups]
        found[way] = fell
    return found


Times = tuple[int, int]


def shifts_group(shifts: Sequence[Times]) -> str:
    """Return the kind of roster from the (begin, end) of its shifts in minutes; nights are continuous work."""
    if not shifts:
        return NO_ROSTER
    last = max(ends for _begins, ends in shifts)
    first = min(begins for begins, _ends in shifts)
    if last > MIDNIGHT or first < MORNING:
        return CONTINUOUS
    if last > EVENING:
        return TWO_SHIFTS
    return DAY


def hours_a_week(shifts: Sequence[Times], days: int, days_off: int) -> float:
    """Return the hours a week that a roster of so many days holds, breaks too, less a share for fixed days off.

    A day off takes the part of the working days of a week that it is one of, at most all.
    """
    if not days:
        return 0.0
    minutes = sum(ends - begins for begins, ends in shifts)
    weeks = days / WEEK
    a_week = minutes / 60 / weeks
    working = len(shifts) / weeks
    if not working:
        return 0.0
    left = max(working - days_off, 0)
    return a_week * left / working


def hours_group(hours: float) -> str:
    """Return the band of weekly hours by the roster."""
    if not hours:
        return NO_ROSTER
    if hours < 20:
        return FEW_HOURS
    if hours < 36:
        return SOME_HOURS
    return MANY_HOURS


def language_group(languages: str) -> str:
    """Return Dutch for who can work in it, else the first language they can work in."""
    spoken = languages.split(",")
    if DUTCH in spoken:
        return DUTCH
    return spoken[0].strip()


def waited_group(rounds: int) -> str:
    """Return how many published rounds found nobody before."""
    if rounds == 0:
        return NOT_YET
    return ONCE if rounds == 1 else MORE
