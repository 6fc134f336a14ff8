"""Who works when: the pattern of a roster, and one person's timetable made of patterns. In days and minutes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from math import lcm

import numpy as np

from mentorship.matching.arrays import Flags, Ints

DAY = 24 * 60
LONGEST = 371
"""Days of the longest pattern: 53 weeks."""
ALWAYS = 0
"""An ordinal before all that is looked at: what holds from then holds from the beginning."""
MONDAY = 738_886
"""Ordinal of Monday 1 January 2024; with patterns that repeat soon any Monday would do."""
Block = tuple[int, int]
"""Begin and end in minutes from midnight; an end past midnight is above 1440."""
Blocks = tuple[Block, ...]
"""What is worked on one day, in order; nothing on a free day."""


def joined(blocks: Iterable[Block]) -> Blocks:
    """Return the blocks of a day in order, those that touch or overlap as one of at most 24 hours."""
    found: list[Block] = []
    for begin, end in sorted(blocks):
        if found and begin <= found[-1][1]:
            first, before = found.pop()
            begin, end = first, min(max(end, before), first + DAY)
        found.append((begin, end))
    return tuple(found)


@dataclass(frozen=True)
class Pattern:
    """The days of one roster from `start` (a date's ordinal): a cycle, or dated days when it does not repeat."""

    start: int
    days: tuple[Blocks, ...]
    repeats: bool = True

    def __post_init__(self) -> None:
        least = 1 if self.repeats else 0
        if not least <= len(self.days) <= LONGEST:
            raise ValueError(f"a pattern must have {least} to {LONGEST} days")
        for blocks in self.days:
            if not all(0 <= begin < DAY and begin < end <= begin + DAY for begin, end in blocks):
                raise ValueError("shifts must begin within the day and last at most 24 hours")
            if any(later[0] <= earlier[1] for earlier, later in pairwise(blocks)):
                raise ValueError("the shifts of a day must stand in order and apart")

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.start, self.days, self.repeats))

    @cached_property
    def minutes(self) -> Ints:
        """Begin and end per day and block (days + 1, blocks, 2); the last day is a free one, and free is 0, 0."""
        most = max((len(blocks) for blocks in self.days), default=1)
        found = np.zeros((len(self.days) + 1, max(most, 1), 2), dtype=np.int64)
        for day, blocks in enumerate(self.days):
            for place, block in enumerate(blocks):
                found[day, place] = block
        return found

    def places(self, day: Ints) -> tuple[Ints, Flags]:
        """Return which day of the pattern each ordinal is, the last where none, and whether anything is known of it."""
        length = len(self.days)
        since = day - self.start
        if self.repeats:
            return since % length, np.ones(len(day), dtype=np.bool_)
        known = (since >= 0) & (since < length)
        return np.where(known, since, length), known


NOTHING = Pattern(ALWAYS, (), repeats=False)
"""Of somebody without a roster."""


@dataclass(frozen=True)
class Timetable:
    """One person's working days: each pattern of `pieces` holds from an ordinal until the next, in order.

    Less the weekdays in `off` (0 = Monday), and nobody works on the ordinals in `out`.
    """

    pieces: tuple[tuple[int, Pattern], ...]
    off: frozenset[int] = frozenset()
    out: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        days = [day for day, _ in self.pieces]
        if not days or days != sorted(set(days)):
            raise ValueError("a timetable needs patterns, each from a later day")

    @classmethod
    def of(cls, start: int, days: Iterable[Iterable[Block]], off: Iterable[int] = ()) -> Timetable:
        """Return the timetable of one cycle that always holds."""
        pattern = Pattern(start, tuple(joined(blocks) for blocks in days))
        return cls(((ALWAYS, pattern),), frozenset(off))

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.pieces, self.off, self.out))

    @cached_property
    def planned(self) -> Timetable:
        """The same without `out`: what is in the roster, whoever is away."""
        return replace(self, out=frozenset()) if self.out else self

    @cached_property
    def period(self) -> int | None:
        """Days after which the shifts repeat; None where they do not."""
        (begins, pattern), *later = self.pieces
        if begins != ALWAYS or later or not pattern.repeats:
            return None
        return lcm(len(pattern.days), 7) if self.off else len(pattern.days)

    def since(self, first: int) -> Timetable:
        """Return the same without the pieces that were over by ordinal `first`."""
        past = [day for day, _ in self.pieces if day <= first]
        if not past or (len(past) == 1 and past[0] == ALWAYS):
            return self
        (_, current), *later = self.pieces[len(past) - 1 :]
        return replace(self, pieces=((ALWAYS, current), *later))

    def minutes(self, days: int, first: int = MONDAY) -> tuple[Ints, Ints]:
        """Return begin and end (days, blocks) in minutes, of each of `days` days from ordinal `first`; 0, 0 if free."""
        found, _ = _minutes(self.planned, days, first)
        away = [day - first for day in self.out if 0 <= day - first < days]
        if away:
            found = found.copy()
            found[away] = 0
        return found[:, :, 0], found[:, :, 1]

    def known(self, days: int, first: int) -> Flags:
        """Tell of each of `days` days from ordinal `first` whether a pattern says anything of it."""
        _, known = _minutes(self.planned, days, first)
        return known

    def worked(self, days: int, first: int) -> list[Blocks]:
        """Return what is worked on each of `days` days from ordinal `first`."""
        begins, ends = self.minutes(days, first)
        found = []
        for day in zip(begins.tolist(), ends.tolist(), strict=True):
            blocks = [(begin, end) for begin, end in zip(*day, strict=True) if end > begin]
            found.append(tuple(blocks))
        return found


@lru_cache(maxsize=4096)
def _minutes(timetable: Timetable, days: int, first: int) -> tuple[Ints, Flags]:
    """Return begin and end per day and block (days, blocks, 2), and of which days anything is known (days,)."""
    day = first + np.arange(days)
    if len(timetable.pieces) == 1 and timetable.pieces[0][0] == ALWAYS:
        pattern = timetable.pieces[0][1]
        place, known = pattern.places(day)
        found = pattern.minutes[place]
    else:
        found, known = _pieced(timetable, day)
    if timetable.off:
        found[np.isin((day - 1) % 7, list(timetable.off))] = 0
    found.flags.writeable = False  # one array for all who ask
    return found, known


def _pieced(timetable: Timetable, day: Ints) -> tuple[Ints, Flags]:
    """Put the pieces of a timetable one after the other."""
    most = max(pattern.minutes.shape[1] for _, pattern in timetable.pieces)
    found = np.zeros((len(day), most, 2), dtype=np.int64)
    known = np.zeros(len(day), dtype=np.bool_)
    for begins, pattern in timetable.pieces:
        after = day >= begins
        place, told = pattern.places(day[after])
        of_these = pattern.minutes[place]
        found[after] = 0
        found[after, : of_these.shape[1]] = of_these
        known[after] = told
    return found, known
