"""A closed quarter -> what is published of it, given all that was published before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from mentorship.disclosure.groups import (
    FEW,
    PROTECTS,
    Counted,
    Figure,
    Place,
    band,
    by_place,
    is_alike,
    is_few,
    mean,
)
from mentorship.disclosure.witnesses import Ints, Panel, Witnesses

Column = tuple[int, int]
NEW_WITNESSES = 1500
"""Of so many new columns a quarter witnesses are sought, which keeps the work within minutes; more would hide less."""


@dataclass(frozen=True)
class Earlier:
    """An earlier quarter: who was counted, and which places were published."""

    counted: Sequence[Counted]
    published: Collection[Place]


def choose(earlier: Sequence[Earlier], counted: Sequence[Counted]) -> list[Figure]:
    """Return the figures of a quarter; `earlier` is everything published before, the oldest first.

    Who counted for the first time should be left out of `counted` by whoever asks: they are held to the next quarter.
    """
    quarters = [one.counted for one in earlier]
    quarters.append(counted)
    columns = _columns(quarters)
    people = [person for person, _pair in columns]
    witnesses = Witnesses(people, _asked(quarters, columns))
    stands = _replayed(
        witnesses,
        earlier,
        columns,
    )
    places = by_place(counted)
    reasons = _reasons(places)
    alike = []
    for place, members in places.items():
        if reasons[place] == PROTECTS:
            alike.append(members)
    apart = _Apart(columns, alike)
    found = []
    for place, members in places.items():
        reason = reasons[place]
        if not reason:
            row = _row(members, columns)
            if stands and apart.allows(row) and witnesses.accept(row):
                apart.publish(row)
            else:
                reason = PROTECTS
        figure = _figure(place, members, reason)
        found.append(figure)
    return found


def _sorted(members: Iterable[Counted]) -> list[tuple[Column, Counted]]:
    """Return who is counted, each with their column, in an order that does not depend on that of the rows."""
    found = []
    for one in members:
        column = one.person, one.pair
        found.append((column, one))

    def order(each: tuple[Column, Counted]) -> Column:
        column, _one = each
        return column

    return sorted(found, key=order)


def _columns(quarters: Iterable[Iterable[Counted]]) -> dict[Column, int]:
    """Return a number for every (person, pair) that ever counted: the older first, so that a replay chooses as then."""
    found: dict[Column, int] = {}
    for members in quarters:
        for column, _one in _sorted(members):
            number = len(found)
            found.setdefault(column, number)
    return found


def _asked(quarters: Iterable[Iterable[Counted]], columns: Mapping[Column, int]) -> list[bool]:
    """Tell of which columns witnesses are sought: of those new in a quarter, some of each site and domain in turn."""
    asked = [False] * len(columns)
    known: set[Column] = set()
    for members in quarters:
        turns: Counter[tuple[int, int]] = Counter()
        fresh = []
        for column, one in _sorted(members):
            if column in known:
                continue
            known.add(column)
            crossed = one.site, one.domain
            turn = turns[crossed]
            number = columns[column]
            fresh.append((turn, number))
            turns[crossed] += 1
        fresh.sort()
        for _turn, number in fresh[:NEW_WITNESSES]:
            asked[number] = True
    return asked


def _row(members: Iterable[Counted], columns: Mapping[Column, int]) -> Ints:
    row = np.zeros(len(columns), dtype=np.int64)
    for one in members:
        column = one.person, one.pair
        number = columns[column]
        row[number] = 1
    return row


def _replayed(
    witnesses: Witnesses,
    earlier: Iterable[Earlier],
    columns: Mapping[Column, int],
) -> bool:
    """Let stand what was published before; False where it cannot be witnessed, and then nothing new is published."""
    stands = True
    for quarter in earlier:
        places = by_place(quarter.counted)
        for place, members in places.items():
            if place not in quarter.published:
                continue
            row = _row(members, columns)
            if not witnesses.accept(row):
                stands = False
    return stands


def _reasons(places: Mapping[Place, Sequence[Counted]]) -> dict[Place, str]:
    """Return why a place is hidden whatever else is published; "" where nothing speaks against it alone."""
    found = {}
    for place, members in places.items():
        found[place] = ""
        if is_few(members):
            found[place] = FEW
        elif is_alike(members):
            found[place] = PROTECTS
    return found


class _Apart:
    """Keeps places of which all answered alike from being computed from the others of the same quarter."""

    _panel: Panel
    _hidden: list[Ints]

    def __init__(self, columns: Mapping[Column, int], alike: Iterable[Sequence[Counted]]) -> None:
        number = len(columns)
        self._panel = Panel(number)
        self._hidden = []
        for members in alike:
            row = _row(members, columns)
            self._hidden.append(row)

    def allows(self, row: Ints) -> bool:
        """Tell whether no hidden place can be computed once this row is published too."""
        tells = partial(self._panel.would_tell, row)
        told = map(tells, self._hidden)
        return not any(told)

    def publish(self, row: Ints) -> None:
        """Let a row stand."""
        self._panel.add(row)


def _figure(place: Place, members: Sequence[Counted], reason: str) -> Figure:
    if reason:
        return Figure(place, None, 0, reason)
    people = {one.person for one in members}
    return Figure(
        place,
        mean(members),
        band(len(people)),
    )
