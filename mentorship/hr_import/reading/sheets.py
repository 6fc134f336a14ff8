"""The files of an export -> sheets of text, with line numbers. What a value means is decided in `rules`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.hr_import.reading.export import Remark

MAX_MEGABYTES = 20
MAX_ROWS = 200_000
MAX_COLUMNS = 100
MAX_LINES_PER_ROW = 50
"""A quoted text may run over so many lines; beyond that a quotation mark was left open."""
DELIMITERS = (";", ",", "\t")
_QUOTES = Remark(N_("The quotation marks in this row do not match."))
_ONE_COLUMN = N_("This row has one column, not %(expected)s.")
_COLUMNS = N_("This row has %(found)s columns, not %(expected)s.")


@dataclass(frozen=True)
class FileSpec:
    """A file of the export; its first required column says whom or what a row is about."""

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()


SHIFTS = FileSpec("diensten.csv", ("Dienst", "Begin", "Eind"), ("Omschrijving",))
ROSTERS = FileSpec("roosters.csv", ("Rooster", "Startdatum", "Cyclus"))
DOMAINS = FileSpec("vakgebieden.csv", ("Vakgebied",), ("Kritiek", "Op afstand te leren"))
PEOPLE = FileSpec(
    "medewerkers.csv",
    ("Medewerkernummer", "Roepnaam", "Achternaam", "Vestiging", "Rol", "Leidinggevende", "Rooster", "Talen"),
    (
        "Voorvoegsel", "E-mail werk", "Afdeling", "Schooldag", "In dienst", "Plaatsen mentor", "Uren mentor p/w",
        "Verwachte uitstroom", "Op afstand",
    ),
)  # fmt: skip
EXPERTISE = FileSpec("vaardigheden.csv", ("Medewerkernummer", "Vakgebied", "Niveau", "Wil overdragen"))
PREFERENCES = FileSpec(
    "leervoorkeuren.csv",
    (
        "Medewerkernummer", "doen op de werkvloer", "klassikaal", "online", "samen met een ervaren collega",
        "korte leerblokken",
    ),
)  # fmt: skip
REQUESTS = FileSpec(
    "aanvragen.csv", ("Medewerkernummer", "Vakgebied", "Huidig niveau", "Gewenst niveau", "Belang"), ("Doel",)
)
DUOS = FileSpec("duos.csv", ("Mentor", "Junior", "Vakgebied", "Sinds"))
FILES = (SHIFTS, ROSTERS, DOMAINS, PEOPLE, EXPERTISE, PREFERENCES, REQUESTS, DUOS)


@dataclass(frozen=True)
class Row:
    """One row: cells by column, or the problem that kept it from being read."""

    line: int
    key: str
    cells: Mapping[str, str]
    problem: Remark | None = None


@dataclass(frozen=True)
class Sheet:
    """One file that was found: the expected columns that it has, those it has besides, and its rows."""

    name: str
    columns: frozenset[str]
    unknown: tuple[str, ...]
    rows: tuple[Row, ...]


def read_directory(directory: Path | str) -> dict[str, Sheet]:
    """Return the sheets of an export by file name; raise `Refused` when it cannot be an export."""
    found = _find(Path(directory))
    if PEOPLE.name not in found:
        raise Refused(N_("%(file)s is not there; an export cannot do without it."), file=PEOPLE.name)
    return {spec.name: read_sheet(spec, _content(found[spec.name])) for spec in FILES if spec.name in found}


def read_sheet(spec: FileSpec, content: bytes) -> Sheet:
    """Return the sheet that a file's bytes hold; raise `Refused`, naming the file, when it makes no sense."""
    if len(content) > MAX_MEGABYTES * 1_000_000:
        raise Refused(N_("%(file)s is larger than %(most)s MB."), file=spec.name, most=MAX_MEGABYTES)
    # not splitlines(): that also splits at characters that are part of a text
    lines = list(io.StringIO(_decoded(content), newline=""))
    delimiter = _delimiter(spec, lines)
    header, used = _cells(lines, 0, delimiter, None) if lines else ([], 0)
    places, unknown = _places(spec, header or [])
    rows: list[Row] = []
    for line, cells in _records(lines, used, delimiter, len(header or ())):
        rows.append(_row(spec, line, cells, places, len(header or ())))
        if len(rows) > MAX_ROWS:
            raise Refused(N_("%(file)s has more than %(most)s rows."), file=spec.name, most=MAX_ROWS)
    return Sheet(spec.name, frozenset(places), tuple(unknown), tuple(rows))


def _find(directory: Path) -> dict[str, Path]:
    wanted = {spec.name for spec in FILES}
    found: dict[str, Path] = {}
    try:
        entries = sorted(p for p in directory.iterdir() if p.name.lower() in wanted and p.is_file())
    except OSError:
        raise Refused(N_("The folder %(name)s cannot be read."), name=str(directory)) from None
    for path in entries:
        name = path.name.lower()
        if name in found:
            raise Refused(N_("There are two files %(file)s that differ only in capitals."), file=name)
        found[name] = path
    return found


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as source:
            return source.read(MAX_MEGABYTES * 1_000_000 + 1)
    except OSError:
        raise Refused(N_("%(file)s cannot be read."), file=path.name) from None


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if content.startswith(b"\xef\xbb\xbf"):
        return content.decode("utf-8-sig", "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def folded(name: str) -> str:
    """Return the form by which names are compared: no stray spaces, no capitals."""
    return " ".join(name.split()).casefold()


def _delimiter(spec: FileSpec, lines: Sequence[str]) -> str:
    expected = {folded(c) for c in (*spec.required, *spec.optional)}

    def recognised(delimiter: str) -> int:
        cells, _ = _cells(lines, 0, delimiter, None) if lines else ([], 0)
        return sum(folded(c[:100]) in expected for c in (cells or [])[:MAX_COLUMNS])

    return max(DELIMITERS, key=recognised)  # of equals the first: the semicolon


def _places(spec: FileSpec, header: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    if len(header) > MAX_COLUMNS:
        raise Refused(N_("%(file)s has more than %(most)s columns."), file=spec.name, most=MAX_COLUMNS)
    expected = {folded(c): c for c in (*spec.required, *spec.optional)}
    places: dict[str, int] = {}
    unknown: list[str] = []
    for place, written in enumerate(header):
        column = expected.get(folded(written))
        if column is None:
            unknown += [shown(written)] if written.strip() else []
        elif column in places:
            raise Refused(N_("%(file)s has the column “%(column)s” twice."), file=spec.name, column=column)
        else:
            places[column] = place
    for column in spec.required:
        if column not in places:
            raise Refused(N_("%(file)s has no column “%(column)s”."), file=spec.name, column=column)
    return places, unknown


def _cells(lines: Sequence[str], at: int, delimiter: str, width: int | None) -> tuple[list[str] | None, int]:
    """Return the cells of the record that starts `at` (None: its quotes do not match) and how many lines it took."""
    if '"' not in lines[at]:
        return lines[at].rstrip("\r\n").split(delimiter), 1
    reader = csv.reader(lines[at : at + MAX_LINES_PER_ROW], delimiter=delimiter, strict=True)
    try:
        cells = next(reader)
    except csv.Error:
        return None, 1
    if reader.line_num > 1 and width is not None and len(cells) != width:
        return None, 1  # a quotation mark left open must not swallow the rows after it
    return cells, reader.line_num


def _records(lines: Sequence[str], at: int, delimiter: str, width: int) -> Iterator[tuple[int, list[str] | None]]:
    while at < len(lines):
        if lines[at] in ("\n", "\r\n", "\r"):
            at += 1
            continue
        cells, used = _cells(lines, at, delimiter, width)
        if cells is None or any(c.strip() for c in cells):  # an empty line is no row
            yield at + 1, cells
        at += used


def shown(value: str, most: int = 40) -> str:
    """Return a value from the file so that it can stand in a sentence: printable, and not too long."""
    plain = "".join(c if c.isprintable() else "·" for c in " ".join(value[:1000].split()))
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def _row(spec: FileSpec, line: int, cells: list[str] | None, places: Mapping[str, int], width: int) -> Row:
    if cells is None:
        return Row(line, "", {}, _QUOTES)
    first = places[spec.required[0]]
    key = shown(cells[first]) if first < len(cells) else ""
    if len(cells) != width:
        params = {"found": len(cells), "expected": width}
        return Row(line, key, {}, Remark(_ONE_COLUMN if len(cells) == 1 else _COLUMNS, params))
    return Row(line, key, {column: cells[place] for column, place in places.items()})
