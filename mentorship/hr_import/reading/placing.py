"""Tables -> sheets of a known kind: which line holds the headings, which column is which, and the rows below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.hr_import.reading.headings import SOMEBODY
from mentorship.hr_import.reading.kinds import BY_NAME, KINDS, PEOPLE, FileSpec, called_so, folded
from mentorship.hr_import.reading.mapping import LEFT_ALONE
from mentorship.hr_import.reading.mapping import Mapping as Settled
from mentorship.hr_import.reading.shape import Shape
from mentorship.hr_import.reading.sheets import Row, Sheet, Unplaced, shown
from mentorship.hr_import.reading.tables import Cells, Table, head

MAX_ROWS = 200_000
MAX_COLUMNS = 100
SAMPLES = 3
_NUMBER = re.compile(r"[A-Za-z]{0,3}[-. ]?[0-9][0-9.\-]*")
_VALUE = re.compile(r"^[0-9][0-9.,/\- :]*$|@")


@dataclass(frozen=True)
class _Headings:
    """A line of headings, read as those of one kind."""

    table: Table
    spec: FileSpec
    line: int
    written: Sequence[str]
    full: int
    """How many cells the line has, the empty ones at its end too."""
    places: Mapping[str, int]
    twice: str
    """A column that two headings name alike."""

    @property
    def lacking(self) -> str | None:
        return self.spec.lacking(self.places)


def place(tables: Iterable[Table], settled: Settled, spec: FileSpec | None = None) -> Sheet | Unplaced | None:
    """Return the sheet that one of these ways to part a file gives; None for one that is to be left alone."""
    ways = list(tables)
    first = ways[0]
    said = _said(first, settled)
    if said == LEFT_ALONE:
        return None
    if spec is None and said:
        spec = BY_NAME.get(said)
    likely = spec or called_so(first.stem)
    specs = (spec,) if spec else KINDS
    best = _best(
        ways,
        specs,
        likely,
        settled,
    )
    if best is None or (best.lacking is not None and _holds_values(best.written)):
        return _without_headings(_parted(ways), likely)
    if best.lacking is not None:
        return _unplaced(best)
    return _sheet(best)


def _said(table: Table, settled: Settled) -> str | None:
    """Return what somebody said that a table is."""
    by_source = settled.kind_of(table.source)
    return settled.kind_of(table.stem) if by_source is None else by_source


def _best(
    ways: Iterable[Table],
    specs: Sequence[FileSpec],
    likely: FileSpec | None,
    settled: Settled,
) -> _Headings | None:
    """Return the line of headings that makes most sense, None when no line does."""
    best = None
    most = None
    for table in ways:
        for found in _readings(
            table,
            specs,
            settled,
        ):
            weight = _weight(found, likely)
            if most is None or weight > most:
                best, most = found, weight
    return best


def _weight(found: _Headings, likely: FileSpec | None) -> tuple[int, int, int]:
    """Return what a reading of the headings is worth: many columns, all that it needs, as the name says, high up."""
    complete = found.lacking is None
    named = found.spec is likely
    return 2 * len(found.places) + complete + 2 * named, complete, -found.line


def _readings(table: Table, specs: Iterable[FileSpec], settled: Settled) -> Iterator[_Headings]:
    """Yield each of the first lines as the headings of each kind that knows one of them."""
    kinds = list(specs)
    lines = head(table)
    for at, (line, cells) in enumerate(lines):
        written = _without_end(cells)
        names = [folded(cell[:100]) for cell in written[: MAX_COLUMNS + 1]]
        _tell_by_values(names, lines[at + 1 :])
        for spec in kinds:
            places, twice = _places(
                spec,
                written,
                names,
                settled,
            )
            if places:
                yield _Headings(
                    table,
                    spec,
                    line,
                    written,
                    len(cells),
                    places,
                    twice,
                )


def _tell_by_values(names: list[str], below: Sequence[tuple[int, Cells]]) -> None:
    """Call a column that is called after somebody a number where it holds numbers alone."""
    for at, name in enumerate(names):
        if name not in SOMEBODY or "id" in names:
            continue
        values = [cells[at].strip() for _, cells in below if at < len(cells)]
        held = [value for value in values if value]
        if held and all(map(_NUMBER.fullmatch, held)):
            names[at] = "id"


def _holds_values(cells: Sequence[str]) -> bool:
    """Tell whether a line holds what only a row does: a number, a day or an address."""
    return any(_VALUE.search(cell.strip()) for cell in cells)


def _parted(ways: Sequence[Table]) -> Table:
    """Return the way to part a file by which most lines have equally many cells."""
    return max(ways, key=_evenly)


def _evenly(table: Table) -> int:
    widths = Counter(len(_without_end(cells)) for _, cells in head(table))
    del widths[1]
    return max(widths.values(), default=0)


def _headings_first(lines: Sequence[tuple[int, Cells]]) -> Sequence[tuple[int, Cells]]:
    """Return lines from the first full one that holds no values; all of them where there is none."""
    full = [sum(bool(cell.strip()) for cell in cells) for _, cells in lines]
    for at, (_, cells) in enumerate(lines):
        if full[at] == max(full) and not _holds_values(cells):
            return lines[at:]
    return lines


def _without_end(cells: Cells) -> Cells:
    """Return cells without the empty ones at the end."""
    last = len(cells)
    while last and not cells[last - 1].strip():
        last -= 1
    return cells[:last]


def _places(spec: FileSpec, written: Cells, names: Sequence[str], settled: Settled) -> tuple[dict[str, int], str]:
    """Return where each column stands; of two headings for one, the likelier. And one that is there twice."""
    ranks: dict[str, tuple[int, int]] = {}
    twice = ""
    for at, name in enumerate(names):
        found = _column(
            spec,
            written[at],
            name,
            settled,
        )
        if found is None:
            continue
        rank, column = found
        if column in ranks and ranks[column][0] == rank:
            twice = column
        if column not in ranks or rank < ranks[column][0]:
            ranks[column] = rank, at
    return {column: at for column, (_, at) in ranks.items()}, twice


def _column(spec: FileSpec, heading: str, name: str, settled: Settled) -> tuple[int, str] | None:
    """Return the column that a heading stands for and how likely; None for none, or one to leave alone."""
    said = settled.column_of(spec.name, heading) if settled.columns else None
    if said == LEFT_ALONE:
        return None
    return (-1, said) if said else spec.column_called(name)


def _without_headings(table: Table, likely: FileSpec | None) -> Unplaced:
    """Return a table of which no line holds a heading that is known."""
    lines = _headings_first(head(table))
    first = lines[0][1] if lines else []
    if likely is None and any(_holds_values(cells) for _, cells in lines[1:]):
        likely = PEOPLE
    return Unplaced(
        table.source,
        table.stem,
        kind=likely.name if likely else None,
        lacking=likely.required[0] if likely else "",
        headings=tuple(map(shown, first)),
        samples=_samples(lines[1:], likely),
    )


def _unplaced(best: _Headings) -> Unplaced:
    """Return a table whose headings lack a column."""
    below = [(line, cells) for line, cells in head(best.table) if line > best.line]
    return Unplaced(
        best.table.source,
        best.table.stem,
        kind=best.spec.name,
        lacking=best.lacking or "",
        headings=tuple(map(shown, best.written)),
        samples=_samples(below, best.spec),
    )


def _samples(lines: Sequence[tuple[int, Cells]], spec: FileSpec | None) -> tuple[tuple[str, ...], ...]:
    """Return some rows to recognise columns by; none of a file that says too much."""
    if spec is not None and spec.closed:
        return ()
    samples = []
    for _, cells in lines[:SAMPLES]:
        sample = tuple(map(shown, cells[:MAX_COLUMNS]))
        samples.append(sample)
    return tuple(samples)


def _sheet(found: _Headings) -> Sheet:
    """Return the rows under headings; refuse too many, and two columns for one thing."""
    source = found.table.source
    if len(found.written) > MAX_COLUMNS:
        raise Refused(
            N_("%(file)s has more than %(most)s columns."),
            file=source,
            most=MAX_COLUMNS,
        )
    if found.twice:
        raise Refused(
            N_("%(file)s has the column “%(column)s” twice."),
            file=source,
            column=found.twice,
        )
    return Sheet(
        name=found.spec.name,
        columns=frozenset(found.places),
        unknown=_others(found),
        rows=tuple(_rows(found)),
        sources=(source,),
        headings={column: shown(found.written[at]) for column, at in found.places.items()},
    )


def _rows(found: _Headings) -> list[Row]:
    rows: list[Row] = []
    shape = Shape.of(
        found.spec,
        found.places,
        found.table.source,
        width=len(found.written),
    )
    below = found.table.records(found.line - 1, found.full)
    next(below)  # the headings themselves, which may run over several lines
    for line, cells in below:
        row = shape.row(line, cells)
        rows.append(row)
        if len(rows) > MAX_ROWS:
            raise Refused(
                N_("%(file)s has more than %(most)s rows."),
                file=found.table.source,
                most=MAX_ROWS,
            )
    return rows


def _others(found: _Headings) -> tuple[str, ...]:
    """Return the headings that are no column of this kind."""
    taken = set(found.places.values())
    others = []
    for at, heading in enumerate(found.written):
        if heading.strip() and at not in taken:
            others.append(shown(heading))
    return tuple(others)
