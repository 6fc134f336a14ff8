"""The rows of a file as records: repetitions dropped, broken rows set aside, everything counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from mentorship.base.i18n import N_
from mentorship.hr_import.reading.cells import Broken, Cells
from mentorship.hr_import.reading.export import FileCount, Remark, SetAside
from mentorship.hr_import.reading.sheets import FileSpec, Row, Sheet, shown

Record = TypeVar("Record")


@dataclass(frozen=True)
class Taken(Generic[Record]):
    """A record and the row it came from."""

    row: Row
    record: Record
    untidy: bool


@dataclass
class Log:
    """What was set aside and dropped so far."""

    set_aside: list[SetAside] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)
    """Where a name's own row was set aside, by file and casefolded name."""

    def aside(self, spec: FileSpec, row: Row, remark: Remark) -> None:
        """Set a row aside."""
        self.set_aside.append(SetAside(spec.name, row.line, row.key, remark))
        self.lines.setdefault((spec.name, row.key.casefold()), row.line)

    def unknown(self, spec: FileSpec) -> Callable[[str, str], Broken]:
        """Return what to say of a name that should have had a row in a file."""

        def broken(column: str, name: str) -> Broken:
            line = self.lines.get((spec.name, shown(name).casefold()))
            if line is None:
                return Broken(N_("%(column)s “%(name)s” is not known."), column=column, name=shown(name))
            return Broken(
                N_("%(column)s “%(name)s” is not known: that row was itself set aside (%(file)s, line %(line)s)."),
                column=column, name=shown(name), file=spec.name, line=line,
            )  # fmt: skip

        return broken


def gather(
    log: Log, spec: FileSpec, sheet: Sheet | None, build: Callable[[Cells], Record], key: Callable[[Record], Hashable]
) -> dict[Hashable, Taken[Record]]:
    """Return the records of a sheet by key, in the order of the file."""
    found: dict[Hashable, Taken[Record]] = {}
    for row in sheet.rows if sheet else ():
        try:
            taken = _take(row, build)
            earlier = found.setdefault(key(taken.record), taken)
            if earlier is not taken and earlier.record != taken.record:
                raise Broken(N_("Line %(line)s is about the same, and says something else."), line=earlier.row.line)
        except Broken as broken:
            log.aside(spec, row, broken.remark)
        else:
            log.dropped[spec.name] += earlier is not taken
    return found


def _take(row: Row, build: Callable[[Cells], Record]) -> Taken[Record]:
    if row.problem:
        raise Broken(row.problem.message, **row.problem.params)
    cells = Cells(row.cells)
    record = build(cells)
    return Taken(row, record, cells.untidy)


def count(log: Log, sheet: Sheet, taken: Mapping[Hashable, Taken[Record]]) -> FileCount:
    """Return the counts of one file."""
    tidied = sum(t.untidy for t in taken.values())
    aside = sum(s.file == sheet.name for s in log.set_aside)
    return FileCount(len(sheet.rows), len(taken), tidied + log.dropped[sheet.name], aside)
