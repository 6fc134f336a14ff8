"""Why no combination of published figures says something of fewer than five people.

**The adversary** knows every published figure of every quarter, who was counted in each, and how many; nobody's answer
changes over time (that makes it hardest: quarters can then be taken from each other); and does linear algebra. Each
figure times its number is a sum, so the published ones are the rows of a matrix of 0 and 1, with a column for each
(person, pair). What can be computed exactly is the row span. It must hold no vector, but zero, that is non-zero for
one to four people only.

**The guarantee.** Reduce the rows by Gauss and Jordan five times, every time with pivots in columns of *other people*.
In a reduced matrix each pivot column holds a single 1, so a combination of the reduced rows has its coefficients at
the pivots: if it is not zero, it is non-zero at one pivot at least. All five reductions span the same rows. So each
non-zero combination is non-zero for somebody of each of five panels: five different people, always. A row for which
one panel finds no pivot is not published. That is sufficient, not necessary: some rows are hidden that were safe.

**Exactness.** Everything is done modulo a prime. Independent modulo a prime is independent, so a panel that is complete
there is complete. The other way round, a row that depends modulo the prime is published only when whole numbers show
that it is a combination of what stands already (then it tells nothing new); else it is hidden.

**Limits.** It is about exact sums. Bounds (an answer lies between 1 and 5) and outside knowledge (four of nine tell
each other what they said) are met by the rounding and the bands alone. Who comes back after their traces were deleted
counts as somebody new.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mentorship.disclosure.groups import FEWEST

Ints = NDArray[np.int64]
PRIME = 1_048_573
"""Below 2^20: a product has 40 bits, so that 8,000 rows can be added up without overflowing."""
NOBODY = -1


class Panel:
    """One reduction of the rows: every row has 1 in a pivot column of its own, and all others 0 there."""

    _reduced: NDArray[np.int32]
    _pivots: list[int]

    def __init__(self, columns: int) -> None:
        nothing = 0, columns
        self._reduced = np.zeros(
            nothing,
            dtype=np.int32,
        )
        self._pivots = []

    def residue(self, row: Ints) -> Ints:
        """Return what is left of a row, shape (columns,), when all pivots are taken out of it; zero if it depends."""
        at_pivots = row[self._pivots]
        reduced = self._reduced
        parts = at_pivots @ reduced
        left: Ints = (row - parts) % PRIME
        return left

    def take(self, residue: Ints, column: int) -> None:
        """Add a row, given what is left of it, with a pivot in a column where that is not zero."""
        first = int(residue[column])
        inverse = pow(first, -1, PRIME)
        scaled = residue * inverse % PRIME
        for row in self._reduced:
            above = int(row[column])
            if not above:
                continue
            part = above * scaled
            row[:] = (row - part) % PRIME
        last = scaled.astype(np.int32)
        self._reduced = np.vstack(
            [self._reduced, last],
        )
        self._pivots.append(column)

    def add(self, row: Ints) -> None:
        """Add a row, with a pivot wherever it has something left."""
        residue = self.residue(row)
        if residue.any():
            column = int(residue.argmax())
            self.take(residue, column)

    def would_tell(self, row: Ints, other: Ints) -> bool:
        """Tell whether, with a row added, another one could be computed."""
        residue = self.residue(row)
        left = self.residue(other)
        if not residue.any():
            return not left.any()
        column = int(residue.argmax())
        # what is left of the other is a multiple of what is left of the row
        here = residue[column]
        there = left[column]
        one = left * here % PRIME
        multiple = residue * there % PRIME
        return np.array_equal(one, multiple)


class Witnesses:
    """The rows that stand, and five panels of different people that see each combination of them."""

    _people: Ints
    _asked: NDArray[np.bool_]
    _rows: list[Ints]
    _panels: list[Panel]
    _panel_of: Ints

    def __init__(self, people: Sequence[int], asked: Sequence[bool] | None = None) -> None:
        """Begin without rows; `people`: whose each column is; `asked`: which may be witnesses (None: all)."""
        if asked is None:
            asked = [True] * len(people)
        everybody = np.asarray(people, dtype=np.int64)
        self._asked = np.asarray(asked, dtype=bool)
        self._people = everybody[self._asked]
        self._panel_of = np.full_like(self._people, NOBODY)
        self._rows = []
        self._panels = []
        columns = len(self._people)
        for _ in range(FEWEST):
            panel = Panel(columns)
            self._panels.append(panel)

    def accept(self, row: Ints) -> bool:
        """Let a row stand if it tells nothing new, or if each panel finds a person for it; tell whether it stands."""
        seen = row[self._asked]
        residues = []
        for panel in self._panels:
            left = panel.residue(seen)
            residues.append(left)
        if not residues[0].any():
            return self._is_whole_combination(row)
        chosen = self._choose(residues)
        if len(chosen) < FEWEST:
            return False
        for number, column in enumerate(chosen):
            panel = self._panels[number]
            panel.take(residues[number], column)
            theirs = self._of_same_person(column)
            self._panel_of[theirs] = number
        self._rows.append(row)
        return True

    def _of_same_person(self, column: int) -> NDArray[np.bool_]:
        person = self._people[column]
        same: NDArray[np.bool_] = self._people == person
        return same

    def _choose(self, residues: Sequence[Ints]) -> list[int]:
        """Return a column for each panel, of people who are in no other; fewer where a panel finds nobody."""
        panel_of = self._panel_of.copy()
        chosen: list[int] = []
        for number, residue in enumerate(residues):
            sees = residue != 0
            in_this = panel_of == number
            in_none = panel_of == NOBODY
            own = np.flatnonzero(sees & in_this)
            free = np.flatnonzero(sees & in_none)
            if len(own):
                # who is in this panel already costs nobody else a witness
                column = int(own[0])
            elif len(free):
                column = int(free[-1])
            else:
                break
            theirs = self._of_same_person(column)
            panel_of[theirs] = number
            chosen.append(column)
        return chosen

    def _is_whole_combination(self, row: Ints) -> bool:
        """Tell whether whole numbers of the rows that stand add up to this one."""
        if not self._rows:
            return False
        rows = np.array(self._rows)
        columns = rows.T.astype(float)
        weights, *_ = np.linalg.lstsq(
            columns,
            row.astype(float),
            rcond=None,
        )
        whole = np.rint(weights).astype(np.int64)
        total = whole @ rows
        return np.array_equal(total, row)
