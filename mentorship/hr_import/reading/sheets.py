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

MEGABYTE = 1_000_000
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

    @property
    def columns(self) -> dict[str, str]:
        """Every column that is known, by its folded name."""
        return {folded(column): column for column in (*self.required, *self.optional)}


SHIFTS = FileSpec("diensten.csv", ("Dienst", "Begin", "Eind"), ("Omschrijving",))
ROSTERS = FileSpec("roosters.csv", ("Rooster", "Startdatum", "Cyclus"))
DOMAINS = FileSpec("vakgebieden.csv", ("Vakgebied",), ("Kritiek", "Op afstand te leren"))
PEOPLE = FileSpec(
    "medewerkers.csv",
    required=(
        "Medewerkernummer",
        "Roepnaam",
        "Achternaam",
        "Vestiging",
        "Rol",
        "Leidinggevende",
        "Rooster",
        "Talen",
    ),
    optional=(
        "Voorvoegsel",
        "E-mail werk",
        "Afdeling",
        "Schooldag",
        "In dienst",
        "Plaatsen mentor",
        "Uren mentor p/w",
        "Verwachte uitstroom",
        "Op afstand",
    ),
)
EXPERTISE = FileSpec("vaardigheden.csv", ("Medewerkernummer", "Vakgebied", "Niveau", "Wil overdragen"))
PREFERENCES = FileSpec(
    "leervoorkeuren.csv",
    (
        "Medewerkernummer",
        "doen op de werkvloer",
        "klassikaal",
        "online",
        "samen met een ervaren collega",
        "korte leerblokken",
    ),
)
REQUESTS = FileSpec(
    "aanvragen.csv",
    required=("Medewerkernummer", "Vakgebied", "Huidig niveau", "Gewenst niveau", "Belang"),
    optional=("Doel",),
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
    sheets = {}
    for spec in FILES:
        if spec.name in found:
            content = _content(found[spec.name])
            sheets[spec.name] = read_sheet(spec, content)
    return sheets


def read_sheet(spec: FileSpec, content: bytes) -> Sheet:
    """Return the sheet that a file's bytes hold; raise `Refused`, naming the file, when it makes no sense."""
    if len(content) > MAX_MEGABYTES * MEGABYTE:
        raise Refused(
            N_("%(file)s is larger than %(most)s MB."),
            file=spec.name,
            most=MAX_MEGABYTES,
        )
    # not splitlines(): that also splits at characters that are part of a text
    text = io.StringIO(_decoded(content), newline="")
    lines = list(text)
    delimiter = _delimiter(spec, lines)
    header, used = _header(lines, delimiter)
    places, unknown = _places(spec, header)
    width = len(header)
    key_place = places[spec.required[0]]
    rows: list[Row] = []
    for line, cells in _records(lines, used, delimiter, width):
        row = _row(
            line,
            cells,
            places,
            key_place,
            width,
        )
        rows.append(row)
        if len(rows) > MAX_ROWS:
            raise Refused(
                N_("%(file)s has more than %(most)s rows."),
                file=spec.name,
                most=MAX_ROWS,
            )
    return Sheet(
        name=spec.name,
        columns=frozenset(places),
        unknown=tuple(unknown),
        rows=tuple(rows),
    )


def _find(directory: Path) -> dict[str, Path]:
    wanted = {spec.name for spec in FILES}
    found: dict[str, Path] = {}
    try:
        for path in sorted(directory.iterdir()):
            name = path.name.lower()
            if name not in wanted or not path.is_file():
                continue
            if name in found:
                raise Refused(N_("There are two files %(file)s that differ only in capitals."), file=name)
            found[name] = path
    except OSError:
        raise Refused(N_("The folder %(name)s cannot be read."), name=str(directory)) from None
    return found


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as source:
            return source.read(MAX_MEGABYTES * MEGABYTE + 1)
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
    expected = spec.columns

    def recognised(delimiter: str) -> int:
        header, _ = _header(lines, delimiter)
        return sum(folded(written[:100]) in expected for written in header[:MAX_COLUMNS])

    return max(DELIMITERS, key=recognised)  # of equals the first: the semicolon


def _header(lines: Sequence[str], delimiter: str) -> tuple[list[str], int]:
    """Return the names of the columns, and how many lines they took."""
    if not lines:
        return [], 0
    cells, used = _cells(lines, 0, delimiter, None)
    return cells or [], used


def _places(spec: FileSpec, header: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    """Return where each known column stands, and the names of the others."""
    if len(header) > MAX_COLUMNS:
        raise Refused(
            N_("%(file)s has more than %(most)s columns."),
            file=spec.name,
            most=MAX_COLUMNS,
        )
    expected = spec.columns
    places: dict[str, int] = {}
    unknown: list[str] = []
    for place, written in enumerate(header):
        column = expected.get(folded(written))
        if column is None:
            if written.strip():
                unknown.append(shown(written))
            continue
        if column in places:
            raise Refused(
                N_("%(file)s has the column “%(column)s” twice."),
                file=spec.name,
                column=column,
            )
        places[column] = place
    for column in spec.required:
        if column not in places:
            raise Refused(
                N_("%(file)s has no column “%(column)s”."),
                file=spec.name,
                column=column,
            )
    return places, unknown


def _cells(lines: Sequence[str], at: int, delimiter: str, width: int | None) -> tuple[list[str] | None, int]:
    """Return the cells of the record that starts `at` (None: its quotes do not match) and how many lines it took."""
    line = lines[at]
    if '"' not in line:
        return line.rstrip("\r\n").split(delimiter), 1
    ahead = lines[at : at + MAX_LINES_PER_ROW]
    reader = csv.reader(ahead, delimiter=delimiter, strict=True)
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
        if cells is None or "".join(cells).strip():  # a line of empty cells is no row
            yield at + 1, cells
        at += used


def shown(value: str, most: int = 40) -> str:
    """Return a value from the file so that it can stand in a sentence: printable, and not too long."""
    words = value[:1000].split()
    plain = "".join(sign if sign.isprintable() else "·" for sign in " ".join(words))
    if len(plain) > most:
        return plain[: most - 1] + "…"
    return plain


def _row(line: int, cells: list[str] | None, places: Mapping[str, int], key_place: int, width: int) -> Row:
    if cells is None:
        return Row(line, "", {}, _QUOTES)
    key = shown(cells[key_place]) if key_place < len(cells) else ""
    if len(cells) != width:
        params = {"found": len(cells), "expected": width}
        problem = Remark(_ONE_COLUMN if len(cells) == 1 else _COLUMNS, params)
        return Row(line, key, {}, problem)
    by_column = {column: cells[place] for column, place in places.items()}
    return Row(line, key, by_column)
