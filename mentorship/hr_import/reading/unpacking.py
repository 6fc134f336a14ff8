"""Refuses a workbook that would unpack into more than a machine holds, before any of it is read as one."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_

ZIP = b"PK\x03\x04"
MEGABYTE = 1_000_000
MAX_UNPACKED = 100 * MEGABYTE
BOMB = 150
"""A large part that unpacks into so many times its size was made to."""
MAX_TEXT = 300 * MEGABYTE
MAX_PARTS = 500
MAX_ROWS = 200_000
MAX_COLUMNS = 100
MAX_MERGED = 100_000
MANY_CELLS = 4_000_000
CELLS_FOR_ONE = 50
"""A table may have so many empty cells for each that is filled, or `MANY_CELLS` in all."""
_LOCAL_HEADER = 30
_OTHER_KINDS = frozenset(("mimetype", "content.xml", "xl/workbook.bin"))
_USUAL_CELL = b'<c r="'
_ANY_CELL = rb"<(?:\w+:)?c\s(?:[^>]*\s)?r\s*=\s*[\"']"
_FAR = rb"(?:(?:C[W-Z]|[D-Z][A-Z]|[A-Z]{3,})[0-9]+|[A-Z]+(?:[2-9][0-9]{5}|[0-9]{7,})|[^\"'<]*&)"
_CONTENT = rb"[^>]*[^/]>\s*<(?:\w+:)?(?:v|is|f)\b"
_ROW_FAR = re.compile(rb"<(?:\w+:)?row\s(?:[^>]*\s)?r\s*=\s*[\"'](?:[2-9][0-9]{5}|[0-9]{7,})")
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_SHARED = re.compile(rb"<(?:\w+:)?si\b[^>]*>(.*?)</(?:\w+:)?si>", re.DOTALL)
_REFERS = re.compile(rb"<(?:\w+:)?v>([0-9]+)</")


def unreadable(file: str) -> Refused:
    """Return what to say of what is no workbook."""
    return Refused(N_("%(file)s is not a workbook that can be read. Save it as XLSX or CSV."), file=file)


def _too_much(file: str) -> Refused:
    return Refused(
        N_("%(file)s unpacks into more than %(most)s MB."),
        file=file,
        most=MAX_UNPACKED // MEGABYTE,
    )


def _too_far(file: str) -> Refused:
    return Refused(
        N_("%(file)s has cells beyond row %(row)s or column %(column)s."),
        file=file,
        row=MAX_ROWS,
        column=MAX_COLUMNS,
    )


def check(file: str, content: bytes) -> None:
    """Refuse what holds too much: by its directory, then by unpacking it, for a directory may lie."""
    parts = _directory(file, content)
    _check_directory(file, parts)
    texts: list[int] = []
    sheets: list[bytes] = []
    for part in parts:
        unpacked = _unpacked(
            file,
            content,
            part,
        )
        if unpacked.count(b"mergeCell") > MAX_MERGED:
            raise Refused(
                N_("%(file)s has more than %(most)s merged cells."),
                file=file,
                most=MAX_MERGED,
            )
        if b"<sheetData" in unpacked or _ROW.search(unpacked):
            _check_places(file, unpacked)
            sheets.append(unpacked)
        elif b"<sst" in unpacked or _SHARED.search(unpacked):
            texts += [len(found[1]) for found in _SHARED.finditer(unpacked)]
    _check_texts(
        file,
        texts,
        sheets,
    )


def _check_directory(file: str, parts: list[zipfile.ZipInfo]) -> None:
    sizes = [part.file_size for part in parts]
    made_to = any(part.file_size > max(5 * MEGABYTE, BOMB * part.compress_size) for part in parts)
    if made_to or len(parts) > MAX_PARTS or sum(sizes) > MAX_UNPACKED:
        raise _too_much(file)
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or names & _OTHER_KINDS:
        raise unreadable(file)


def _directory(file: str, content: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise unreadable(file) from None


def _unpacked(file: str, content: bytes, part: zipfile.ZipInfo) -> bytes:
    """Return what one part unpacks into; refuse more than its directory says."""
    if part.flag_bits & 1:
        raise Refused(N_("%(file)s is locked with a password. Save it without one."), file=file)
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise unreadable(file)
    begins = _data_begins(
        file,
        content,
        part,
    )
    packed = content[begins : begins + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        return packed
    try:
        unpacked = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, part.file_size + 1)
    except zlib.error:
        raise unreadable(file) from None
    if len(unpacked) > part.file_size:
        raise _too_much(file)
    return unpacked


def _data_begins(file: str, content: bytes, part: zipfile.ZipInfo) -> int:
    header = content[part.header_offset : part.header_offset + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or not header.startswith(ZIP):
        raise unreadable(file)
    names = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    return part.header_offset + _LOCAL_HEADER + names


@dataclass(frozen=True)
class _Places:
    """Patterns of where cells stand, by how a cell begins."""

    far: re.Pattern[bytes]
    far_filled: re.Pattern[bytes]
    long: re.Pattern[bytes]
    longer: re.Pattern[bytes]
    wide: re.Pattern[bytes]
    each: re.Pattern[bytes]
    each_filled: re.Pattern[bytes]

    @classmethod
    def of(cls, cell: bytes) -> _Places:
        """Return the patterns for cells that begin so."""
        return cls(
            far=re.compile(cell + _FAR),
            far_filled=re.compile(cell + _FAR + _CONTENT),
            long=re.compile(cell + rb"[A-Z]+[0-9]{5}"),
            longer=re.compile(cell + rb"[A-Z]+[0-9]{6}"),
            wide=re.compile(cell + rb"[A-Z]{2}[0-9]"),
            each=re.compile(cell + rb"([A-Z]+)([0-9]+)"),
            each_filled=re.compile(cell + rb"([A-Z]+)([0-9]+)" + _CONTENT),
        )


_USUAL = _Places.of(_USUAL_CELL)
_ANY = _Places.of(_ANY_CELL)


def _check_places(file: str, sheet: bytes) -> None:
    """Refuse a few cells far apart: what lies between would become a table.

    Cells beyond the limits that are only coloured do not count: a sheet of which whole columns are coloured is common.
    """
    if b"\x00" in sheet[:100]:
        raise unreadable(file)
    cells = sheet.count(b"<c ") + sheet.count(b"<c>") + sheet.count(b":c ") + sheet.count(b":c>")
    usual = cells == sheet.count(_USUAL_CELL)
    places = _USUAL if usual else _ANY
    if places.far.search(sheet) and places.far_filled.search(sheet):
        raise _too_far(file)
    allowed = max(MANY_CELLS, CELLS_FOR_ONE * cells)
    rows = 200_000 if places.longer.search(sheet) else 100_000 if places.long.search(sheet) else 10_000
    columns = MAX_COLUMNS if places.wide.search(sheet) else 26
    if rows * columns > allowed:
        rows, columns = _span(sheet, places)
    if not usual:
        columns = max(
            columns,
            _unplaced(
                file,
                sheet,
                cells,
            ),
        )
    if rows * columns > allowed:
        raise _too_far(file)


def _span(sheet: bytes, places: _Places) -> tuple[int, int]:
    """Return how many rows and columns the filled cells of a sheet span, exactly; they are few."""
    rows = columns = 0
    for found in places.each_filled.finditer(sheet):
        rows = max(rows, int(found[2]))
        column = 0
        for letter in found[1]:
            column = 26 * column + letter - 64
        columns = max(columns, column)
    return min(rows, MAX_ROWS), min(columns, MAX_COLUMNS)


def _unplaced(file: str, sheet: bytes, cells: int) -> int:
    """Return the most cells in a row of a sheet of which cells do not say where they stand; else nothing."""
    if cells == len(_ANY.each.findall(sheet)):
        return 0
    if _ROW_FAR.search(sheet):
        raise _too_far(file)
    return max(part.count(b"<c") for part in _ROW.split(sheet))


def _check_texts(file: str, texts: list[int], sheets: list[bytes]) -> None:
    """Refuse cells that share long texts: each gets its own."""
    longest = max(texts, default=0)
    cells = sum(sheet.count(b"<") for sheet in sheets)
    if longest * cells < MAX_TEXT:
        return
    total = 0
    for sheet in sheets:
        for found in _REFERS.finditer(sheet):
            at = int(found[1]) if len(found[1]) < 9 else len(texts)
            total += texts[at] if at < len(texts) else 0
            if total > MAX_TEXT:
                raise _too_much(file)
