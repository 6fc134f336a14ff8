"""Files that come in are read as tables and nothing else, files that go out have names of ours."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
import sqlalchemy as sa

from mentorship.base.config import ROOT
from mentorship.hr_import.upload.models import DraftFile
from tests.factories import Screen
from tests.hr_import.exports import encoded, small
from tests.hr_import.test_upload import ADD
from tests.test_bad_input import everything

ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY read SYSTEM "file://{path}">]>'
SHARED = (
    "{entity}<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><si><t>Naam &read;</t></si></sst>"
)
PARTS = {
    "[Content_Types].xml": (
        "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
        "<Default Extension='xml' ContentType='application/xml'/></Types>"
    ),
    "xl/workbook.xml": (
        "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
        " xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>"
        "<sheets><sheet name='medewerkers' sheetId='1' r:id='r1'/></sheets></workbook>"
    ),
    "xl/_rels/workbook.xml.rels": (
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        "<Relationship Id='r1' Target='worksheets/sheet1.xml'"
        " Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet'/>"
        "<Relationship Id='r2' Target='sharedStrings.xml'"
        " Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings'/></Relationships>"
    ),
    "xl/worksheets/sheet1.xml": (
        "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
        "<row r='1'><c r='A1' t='s'><v>0</v></c></row><row r='2'><c r='A2' t='s'><v>0</v></c></row>"
        "</sheetData></worksheet>"
    ),
}


def test_a_workbook_reads_no_other_file(visit, session, organisation, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("GEHEIM-VAN-DE-SERVER")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in PARTS.items():
            book.writestr(name, text)
        book.writestr("xl/sharedStrings.xml", SHARED.format(entity=ENTITY.format(path=secret)))
    page = Screen(visit("hr"), "/upload").press(ADD, files=[(io.BytesIO(packed.getvalue()), "lijst.xlsx")])
    assert page.status in (200, 422)
    assert "GEHEIM-VAN-DE-SERVER" not in page.text
    assert "GEHEIM-VAN-DE-SERVER" not in str(everything(session))


@pytest.mark.parametrize(
    "name", ["../../../etc/cron.d/medewerkers.csv", "C:\\windows\\medewerkers.csv", "/tmp/medewerkers.csv"]
)
def test_a_name_with_a_path_is_a_name(visit, session, organisation, name):
    page = Screen(visit("hr"), "/upload").press(ADD, files=[(io.BytesIO(encoded(small()["medewerkers.csv"])), name)])
    assert page.status == 200
    kept = session.exec(sa.select(DraftFile.name)).scalars().all()
    assert len(kept) == 1 and kept[0].endswith("medewerkers.csv") and not set(kept[0]) & set("/\\:")


def test_what_was_sent_in_lies_in_the_database_and_is_served_to_nobody(visit, session, organisation):
    before = set((ROOT / "static").rglob("*")) | set(ROOT.glob("*"))
    script = b"<script>alert(1)</script>;\n1;2\n"
    client = visit("hr")
    Screen(client, "/upload").press(ADD, files=[(io.BytesIO(script), "evil.csv")])
    assert set((ROOT / "static").rglob("*")) | set(ROOT.glob("*")) == before
    for url in ("/upload/evil.csv", "/static/evil.csv", "/evil.csv"):
        assert client.flask.get(url).status_code == 404


def test_a_sheet_has_a_name_of_ours_that_adds_nothing(visit, organisation):
    """What is asked in the address gets into no head of the answer."""
    client = visit("hr").flask
    for url in ("/upload/template.xlsx", "/rosters.csv", "/rosters.xlsx", "/upload/template"):
        answer = client.get(f'{url}?filename="%0d%0aX-Evil: 1&name=evil.exe')
        if answer.status_code == 200 and "Content-Disposition" in answer.headers:
            said = answer.headers["Content-Disposition"]
            assert re.fullmatch(r'attachment; filename="[\w.-]+\.(csv|xlsx)"', said), said
            assert "X-Evil" not in answer.headers and "evil" not in said
            return
    raise AssertionError("no sheet was fetched")
