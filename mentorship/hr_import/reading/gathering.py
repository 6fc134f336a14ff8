"""The rows of a file as records: repetitions dropped, broken rows set aside, everything counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from mentorship.base.i18n import N_
from mentorship.hr_import.reading.cells import Broken, Cells
from mentorship.hr_import.reading.export import FileCount, Remark, SetAside
from mentorship.hr_import.reading.sheets import DOMAINS, PEOPLE, ROSTERS, SHIFTS, FileSpec, Row, Sheet, shown

Record = TypeVar("Record")
NAMED_IN = {
    "Cyclus": SHIFTS,
    "Rooster": ROSTERS,
    "Vakgebied": DOMAINS,
}
"""The file where what a column names has a row of its own; every other column that names something names people."""


@dataclass(frozen=True)
class TakenRow(Generic[Record]):
    """A record and the row it came from."""

    row: Row
    record: Record
    untidy: bool


@dataclass
class Leftovers:
    """The rows that were not taken so far: those set aside, and how many of each file were dropped as a repetition."""

    rows: list[SetAside] = field(default_factory=list)
    repeated: Counter[str] = field(default_factory=Counter)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)
    """Where a name's own row was set aside, by file and casefolded name."""

    def set_aside(self, spec: FileSpec, row: Row, reason: Remark) -> None:
        """Set a row aside."""
        aside = SetAside(
            spec.name,
            row.line,
            row.key,
            reason,
        )
        self.rows.append(aside)
        named = (spec.name, row.key.casefold())
        self.lines.setdefault(named, row.line)

    def unknown(self, column: str, name: str) -> Broken:
        """Return what to say of a name that should have had a row of its own."""
        spec = NAMED_IN.get(column, PEOPLE)
        written = shown(name)
        line = self.lines.get((spec.name, written.casefold()))
        if line is None:
            return Broken(
                N_("%(column)s “%(name)s” is not known."),
                column=column,
                name=written,
            )
        return Broken(
            N_("%(column)s “%(name)s” is not known: that row was itself set aside (%(file)s, line %(line)s)."),
            column=column,
            name=written,
            file=spec.name,
            line=line,
        )


def gather(
    leftovers: Leftovers,
    spec: FileSpec,
    sheet: Sheet | None,
    build: Callable[[Cells], Record],
    key: Callable[[Record], Hashable],
) -> dict[Hashable, TakenRow[Record]]:
    """Return the records of a sheet by key, in the order of the file."""
    found: dict[Hashable, TakenRow[Record]] = {}
    rows = sheet.rows if sheet else ()
    for row in rows:
        try:
            taken = _take(row, build)
            earlier = found.setdefault(key(taken.record), taken)
            if earlier.record != taken.record:
                message = N_("Line %(line)s is about the same, and says something else.")
                raise Broken(message, line=earlier.row.line)
        except Broken as broken:
            leftovers.set_aside(spec, row, broken.remark)
        else:
            leftovers.repeated[spec.name] += earlier is not taken
    return found


def _take(row: Row, build: Callable[[Cells], Record]) -> TakenRow[Record]:
    if row.problem:
        raise Broken(row.problem.message, **row.problem.params)
    cells = Cells(row.cells)
    record = build(cells)
    return TakenRow(row, record, cells.untidy)


def count(leftovers: Leftovers, sheet: Sheet, taken: Mapping[Hashable, TakenRow[Record]]) -> FileCount:
    """Return the counts of one file."""
    tidied = sum(one.untidy for one in taken.values())
    aside = sum(row.file == sheet.name for row in leftovers.rows)
    return FileCount(
        rows=len(sheet.rows),
        taken=len(taken),
        cleaned=tidied + leftovers.repeated[sheet.name],
        set_aside=aside,
    )
