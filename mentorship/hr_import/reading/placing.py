"""Tables -> sheets of a known kind: which line holds the headings, which column is which, and the rows below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.hr_import.reading.kinds import BY_NAME, KINDS, FileSpec, called_so, folded
from mentorship.hr_import.reading.mapping import LEFT_ALONE
from mentorship.hr_import.reading.mapping import Mapping as Settled
from mentorship.hr_import.reading.shape import Shape
from mentorship.hr_import.reading.sheets import Row, Sheet, Unplaced, shown
from mentorship.hr_import.reading.tables import Cells, Table, head

MAX_ROWS = 200_000
MAX_COLUMNS = 100
SAMPLES = 3


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
    if best is None:
        return _without_headings(first, likely)
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
    for line, cells in head(table):
        written = _without_end(cells)
        names = [folded(cell[:100]) for cell in written[: MAX_COLUMNS + 1]]
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


def _without_end(cells: Cells) -> Cells:
    """Return cells without the empty ones at the end."""
    last = len(cells)
    while last and not cells[last - 1].strip():
        last -= 1
    return cells[:last]


def _places(spec: FileSpec, written: Cells, names: Sequence[str], settled: Settled) -> tuple[dict[str, int], str]:
    """Return where each column stands; of two headings for one, the likelier. And one that is there twice."""
    known = spec.columns
    ranks: dict[str, tuple[int, int]] = {}
    twice = ""
    for at, name in enumerate(names):
        said = settled.column_of(spec.name, written[at]) if settled.columns else None
        if said == LEFT_ALONE:
            continue
        rank, column = (-1, said) if said else known.get(name, (0, ""))
        if not column:
            continue
        if column in ranks and ranks[column][0] == rank:
            twice = column
        if column not in ranks or rank < ranks[column][0]:
            ranks[column] = rank, at
    return {column: at for column, (_, at) in ranks.items()}, twice


def _without_headings(table: Table, likely: FileSpec | None) -> Unplaced:
    """Return a table of which no line holds a heading that is known."""
    lines = head(table)
    first = lines[0][1] if lines else []
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
