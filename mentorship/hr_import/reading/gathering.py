"""The rows of a file as records: repetitions dropped, broken rows set aside, everything counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from mentorship.base.i18n import N_
from mentorship.hr_import.reading.cells import Broken, Cells
from mentorship.hr_import.reading.export import FileCount, Filled, Remark, SetAside, Tidied
from mentorship.hr_import.reading.kinds import DOMAINS, KINDS, PEOPLE, ROSTERS, SHIFTS, FileSpec
from mentorship.hr_import.reading.sheets import Row, Sheet, shown

Record = TypeVar("Record")
NAMED_IN = {
    "Cyclus": SHIFTS,
    "Dienst": SHIFTS,
    "Rooster": ROSTERS,
    "Vakgebied": DOMAINS,
}
"""The file where what a column names has a row of its own; every other column that names something names people."""


@dataclass(frozen=True)
class TakenRow(Generic[Record]):
    """A record, the row it came from, and what had to be put right in it."""

    row: Row
    record: Record
    tidied: Collection[str]
    filled: Collection[tuple[str, Broken]] = ()


@dataclass
class Leftovers:
    """What was not taken as it stood: rows set aside or dropped as a repetition, cells filled in or put right."""

    there: Collection[str] = ()
    """The kinds of file that are there."""
    rows: list[SetAside] = field(default_factory=list)
    filled: list[Filled] = field(default_factory=list)
    tidied: Counter[tuple[str, str]] = field(default_factory=Counter)
    repeated: Counter[str] = field(default_factory=Counter)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)
    """Where a name's own row was set aside, by file and casefolded name."""

    def set_aside(self, spec: FileSpec, row: Row, broken: Broken | Remark) -> None:
        """Set a row aside."""
        reason, because = (broken, None) if isinstance(broken, Remark) else (broken.remark, broken.because)
        aside = SetAside(
            spec.name,
            row.line,
            row.key,
            reason,
            because,
            row.source,
        )
        self.rows.append(aside)
        named = (spec.name, row.key.casefold())
        self.lines.setdefault(named, row.line)

    def fill(self, spec: FileSpec, row: Row, column: str, broken: Broken) -> None:
        """Note that a row goes in without one of its cells."""
        filled = Filled(
            spec.name,
            row.line,
            row.key,
            column,
            broken.remark,
            broken.because,
            row.source,
        )
        self.filled.append(filled)

    def settle(self, spec: FileSpec, taken: Iterable[TakenRow[Record]]) -> None:
        """Note what was filled in and put right in the rows that go in."""
        for one in taken:
            if one.row.note:
                note = Broken(one.row.note.message, **one.row.note.params)
                self.fill(
                    spec,
                    one.row,
                    "",
                    note,
                )
            for column, broken in one.filled:
                self.fill(
                    spec,
                    one.row,
                    column,
                    broken,
                )
            for kind in one.tidied:
                self.tidied[spec.name, kind] += 1

    def in_order(self) -> tuple[SetAside, ...]:
        """Return the rows set aside, those of people first: others lean on them."""
        files = [PEOPLE.name, *(spec.name for spec in KINDS if spec is not PEOPLE)]
        ordered = sorted(
            self.rows,
            key=lambda row: (files.index(row.file), row.line),
        )
        return tuple(ordered)

    def all_tidied(self) -> tuple[Tidied, ...]:
        """Return what was put right, by file and kind."""
        return tuple(
            Tidied(
                file,
                kind,
                cells,
            )
            for (file, kind), cells in self.tidied.items()
        )

    def unknown(self, cells: Cells, column: str, name: str) -> Broken:
        """Return what to say of a name that should have had a row of its own."""
        spec = NAMED_IN.get(column, PEOPLE)
        written = shown(name)
        params = {"column": cells.headings.get(column, column), "name": written, "file": spec.name}
        line = self.lines.get((spec.name, written.casefold()))
        if line is not None:
            return Broken(
                N_("%(column)s “%(name)s” is not known: that row was itself set aside (%(file)s, line %(line)s)."),
                line=line,
                **params,
            ).of((spec.name, line))
        if spec.name not in self.there:
            return Broken(
                N_("%(column)s “%(name)s” is not known: %(file)s is not there."),
                **params,
            ).of((spec.name, 0))
        del params["file"]
        return Broken(N_("%(column)s “%(name)s” is not known."), **params)


def gather(
    leftovers: Leftovers,
    spec: FileSpec,
    sheet: Sheet | None,
    build: Callable[[Cells], Record],
    key: Callable[[Record], Hashable],
) -> dict[Hashable, TakenRow[Record]]:
    """Return the records of a sheet by key, in the order of the file."""
    found: dict[Hashable, TakenRow[Record]] = {}
    if sheet is None:
        return found
    for row in sheet.rows:
        try:
            taken = _take(
                row,
                sheet,
                build,
            )
            earlier = found.setdefault(key(taken.record), taken)
            if earlier is not taken and earlier.record != taken.record:
                message = N_("Line %(line)s is about the same, and says something else.")
                raise Broken(message, line=earlier.row.line)
        except Broken as broken:
            leftovers.set_aside(
                spec,
                row,
                broken,
            )
        else:
            leftovers.repeated[spec.name] += earlier is not taken
    leftovers.settle(spec, found.values())
    return found


def _take(row: Row, sheet: Sheet, build: Callable[[Cells], Record]) -> TakenRow[Record]:
    if row.problem:
        raise Broken(row.problem.message, **dict(row.problem.params))
    cells = Cells(row.cells, sheet.headings)
    record = build(cells)
    return TakenRow(
        row,
        record,
        cells.tidied,
        cells.filled,
    )


def count(leftovers: Leftovers, sheet: Sheet, taken: Mapping[Hashable, TakenRow[Record]]) -> FileCount:
    """Return the counts of one file."""
    tidied = sum(bool(one.tidied) for one in taken.values())
    aside = sum(row.file == sheet.name for row in leftovers.rows)
    return FileCount(
        rows=len(sheet.rows),
        taken=len(taken),
        cleaned=tidied + leftovers.repeated[sheet.name],
        set_aside=aside,
    )
