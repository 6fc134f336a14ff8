"""XLSX comes to what CSV comes to; a bomb is answered at once, whatever it is made of."""

from __future__ import annotations

import datetime as dt
import io
import pathlib
import time
import zipfile

import pytest
import xlsxwriter
from sqlmodel import Session

from mentorship.base.errors import Refused
from mentorship.hr_import.actions import import_directory
from mentorship.hr_import.reading import rules
from mentorship.hr_import.reading.files import Upload, open_files
from mentorship.hr_import.reading.kinds import PEOPLE
from tests.hr_import.conftest import Import
from tests.hr_import.exports import Table, dump, small

TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
SHEET = "xl/worksheets/sheet1.xml"


def typed(text: str) -> object:
    """Return a cell as a spreadsheet would keep it: days, times, numbers and yes and no as such."""
    for pattern, make in (("%d-%m-%Y", dt.datetime.strptime), ("%Y-%m-%d", dt.datetime.strptime)):
        try:
            return make(text, pattern)
        except ValueError:
            pass
    try:
        return dt.datetime.strptime(text, "%H:%M").time()
    except ValueError:
        pass
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return text


def workbook(files: dict[str, Table], *, as_typed: bool = False, title: bool = False) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    day, clock = book.add_format({"num_format": "dd-mm-yyyy"}), book.add_format({"num_format": "hh:mm"})
    for name, rows in files.items():
        sheet = book.add_worksheet(name.removesuffix(".csv"))
        if title:
            sheet.write(0, 0, "Export van vandaag")
        for line, row in enumerate(rows):
            for at, text in enumerate(row):
                value = typed(text) if as_typed and line else text
                place = (line + 3 * title, at)
                if isinstance(value, dt.datetime):
                    sheet.write_datetime(*place, value, day)
                elif isinstance(value, dt.time):
                    sheet.write_datetime(*place, dt.datetime.combine(dt.date(1899, 12, 31), value), clock)
                elif isinstance(value, float):
                    sheet.write_number(*place, value)
                elif value:
                    sheet.write_string(*place, value)
    book.close()
    return out.getvalue()


def read(content: bytes, name: str = "export.xlsx"):
    return rules.check(open_files([Upload(name, content)]).sheets)


@pytest.mark.parametrize("as_typed", [False, True])
@pytest.mark.parametrize("title", [False, True])
def test_one_workbook_with_sheets_is_read_as_the_files(as_typed: bool, title: bool) -> None:
    found = read(workbook(small(), as_typed=as_typed, title=title))
    sound = rules.check(open_files([Upload(n, _csv(rows)) for n, rows in small().items()]).sheets)
    assert not found.set_aside
    assert (found.people, found.shifts, found.rosters) == (sound.people, sound.shifts, sound.rosters)
    assert (found.requests, found.duos, found.expertise) == (sound.requests, sound.duos, sound.expertise)
    assert found.sources[PEOPLE.name] == ("export.xlsx, medewerkers",)


def _csv(rows: Table) -> bytes:
    return "\n".join(";".join(row) for row in rows).encode()


def test_a_file_each_is_read_too_whatever_the_lone_sheet_is_called() -> None:
    uploads = [Upload(f"{name[:-4]}.xlsx", workbook({"Blad1.csv": rows})) for name, rows in small().items()]
    assert len(rules.check(open_files(uploads).sheets).people) == 5


def test_the_same_through_a_workbook_changes_nothing(
    take_in: Import, session: Session, now: dt.datetime, tmp_path: pathlib.Path
) -> None:
    take_in(small())
    before = dump(session)
    book = tmp_path / "export.xlsx"
    book.write_bytes(workbook(small(), as_typed=True))
    report = import_directory(session, book, None, now)
    session.commit()
    assert report.written
    assert not report.changed
    assert dump(session) == before


def test_numbers_dates_and_times_are_written_as_people_do() -> None:
    rows = [["Dienst", "Begin", "Eind"], ["A", "0.3125", "1"], ["B", "0.25", "0.5833333333333334"]]
    found = read(workbook({"diensten.csv": rows}, as_typed=True))
    assert [(s.begins, s.ends) for s in found.shifts] == [(450, 1440), (360, 840)]
    people = [["Nr", "Naam"], ["10042", "Jan Bos"]]
    assert [person.number for person in read(workbook({PEOPLE.name: people}, as_typed=True)).people] == ["10042"]


def test_a_hidden_sheet_is_left_alone() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet("medewerkers").write_column(0, 0, ["Nr", "1"])
    hidden = book.add_worksheet("oud")
    hidden.write_row(0, 0, ["Nr", "Naam"])
    hidden.hide()
    book.close()
    assert PEOPLE.name not in open_files([Upload("x.xlsx", out.getvalue())]).sheets


def packed(parts: dict[str, bytes], declared: int | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in {"[Content_Types].xml": TYPES.encode(), **parts}.items():
            pack.writestr(name, content)
    content = bytearray(out.getvalue())
    if declared is not None:  # the directory says that the last part is small
        at = content.rindex(b"PK\x01\x02")
        content[at + 24 : at + 28] = declared.to_bytes(4, "little")
    return bytes(content)


def cells(*cells: str) -> bytes:
    inner = "".join(f'<row><c r="{cell}" t="n"><v>1</v></c></row>' for cell in cells)
    return f"<worksheet><sheetData>{inner}</sheetData></worksheet>".encode()


ENTRY = b"PK\x01\x02\x14\x03\x14\x00"
WIDE = '<row r="1">' + "<c><v>1</v></c>" * 20_000 + "</row>"
BOMBS = {
    "much": packed({SHEET: b" " * 150_000_000}),
    "a directory that lies": packed({SHEET: b"<sheetData/>" + b" " * 90_000_000}, declared=1000),
    "many parts": packed({f"xl/{n}.xml": b"x" for n in range(600)}),
    "a cell in the far corner": packed({SHEET: cells("A1", "XFD1048576")}),
    "a cell in a near corner": packed({SHEET: cells("A1", "CV199999")}),
    "a cell far away with another quote": packed({SHEET: cells("A1", "XFD9").replace(b'"', b"'")}),
    "a cell far away spelled otherwise": packed({SHEET: cells("A1").replace(b'"A1"', b'"&#88;FD1048576"')}),
    "cells without a place": packed(
        {SHEET: f"<sheetData>{WIDE}{'<row><c><v>1</v></c></row>' * 50_000}</sheetData>".encode()}
    ),
    "a text that many share": packed(
        {
            "xl/sharedStrings.xml": b"<sst><si><t>" + b"x" * 1_000_000 + b"</t></si></sst>",
            SHEET: b"<sheetData>" + b'<row><c r="A1" t="s"><v>0</v></c></row>' * 100_000 + b"</sheetData>",
        }
    ),
    "two bytes a letter": packed({SHEET: cells("A1", "XFD1048576").decode().encode("utf-16")}),
    "another kind inside": packed(
        {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}
    ),
    "nothing": packed({}),
    "locked": packed({SHEET: b"<sheetData/>"}).replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_answered_within_half_a_second(name: str) -> None:
    began = time.process_time()
    with pytest.raises(Refused) as refusal:
        open_files([Upload("bom.xlsx", BOMBS[name])])
    assert time.process_time() - began < 0.5
    assert "bom.xlsx" in str(refusal.value)


def test_more_merged_cells_than_a_sheet_can_have_are_refused() -> None:
    merged = "".join(f'<mergeCell ref="A{n}:A{n + 1}"/>' for n in range(1, 200_002))
    book = packed({SHEET: f"<sheetData/><mergeCells>{merged}</mergeCells>".encode()})
    with pytest.raises(Refused, match="merged"):
        open_files([Upload("bom.xlsx", book)])


def test_a_sheet_that_is_coloured_to_its_far_corner_is_read() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("medewerkers")
    coloured = book.add_format({"bg_color": "yellow"})
    for line, row in enumerate(small()[PEOPLE.name]):
        sheet.write_row(line, 0, row)
    sheet.write_blank(1_048_575, 16_383, None, coloured)
    book.close()
    assert len(read(out.getvalue()).people) == 5
