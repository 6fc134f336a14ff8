"""An export in the browser: looked at, chosen, taken in once, taken back; on both databases."""

from __future__ import annotations

import io
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from mentorship.base.db import open_session
from mentorship.hr_import.actions import import_directory
from mentorship.hr_import.imports.models import TakenImport
from mentorship.hr_import.reading.files import Upload
from mentorship.hr_import.upload import actions, rules
from mentorship.hr_import.upload.chosen import Chosen
from mentorship.hr_import.upload.models import DraftFile, ImportDraft
from mentorship.hr_import.upload.working import work_on_waiting
from mentorship.people.access import Actor
from mentorship.people.models import Person, PersonRole
from mentorship.profiles.models import Expertise
from tests.client import InspectingClient
from tests.factories import Organisation, Screen, words_of
from tests.hr_import.exports import Table, changed, dump, encoded, small, write
from tests.hr_import.test_folders import ALIKE

ADD = "Kijk wat het wordt"


def parts(files: dict[str, Table]) -> list[Any]:
    return [(io.BytesIO(encoded(rows)), name) for name, rows in files.items()]


def upload(client: InspectingClient, files: dict[str, Table], **fields: str) -> Screen:
    return Screen(client, "/upload").press(ADD, files=parts(files), **fields)


def bomb() -> bytes:
    """Return a workbook of some kilobytes that unpacks to a gigabyte."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/workbook.xml", "<workbook/>")
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(300):
                sheet.write(b"0" * 1_000_000)
    return out.getvalue()


def data(session: Session) -> dict[str, Any]:
    """Return all that is known here, but not who looked at what."""
    found = dump(session)
    session.rollback()
    about = ("sign_in", "import_draft", "import_draft_file", "taken_import", "audit", "undo", "outbox", "import_source")
    return {name: rows for name, rows in found.items() if name not in about}


def left(session: Session) -> int:
    """Count the drafts and files that are still there."""
    count = 0
    for table in (ImportDraft, DraftFile):
        count += session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
    session.rollback()
    return count


@pytest.mark.parametrize("who", ["coordinator", "hr", "admin"])
def test_a_sound_export_is_looked_at_and_taken_in_once(who, visit, session: Session, organisation: Organisation):
    before = data(session)
    page = upload(visit(who), small())
    assert page.heading == "Alle 22 regels kunnen mee"
    assert data(session) == before, "a preview writes nothing"
    page.press("Neem 22 regels over")
    assert page.path == "/imports" and "22 regels" in page.text
    session.rollback()
    assert session.exec(select(Person).where(Person.number == "2")).one().name == "Bep van Meester"
    assert left(session) == 0
    again = upload(visit(who), small())
    assert "veranderen niets" in again.heading
    assert "Neem" not in " ".join(again.names("button"))


@pytest.fixture
def taken(visit, organisation: Organisation):
    """Take an export in as the coordinator, in the browser."""

    def run(files: dict[str, Table], who: str = "coordinator") -> Screen:
        return Screen(visit(who), upload(visit(who), files).path).press("Neem ")

    return run


def test_causes_come_first_and_the_rows_that_stay_out_can_be_downloaded(visit, session, organisation: Organisation):
    files = changed("medewerkers.csv", 4, "Achternaam", "")
    client = visit("hr")
    page = upload(client, files)
    assert "oorza" in page.heading and "van 22 regels tegen" in page.heading
    assert "Achternaam is leeg" in page.text
    rows = client.get(page.path + "/aside.csv").text
    assert "medewerkers.csv;4;3;Achternaam is leeg." in rows
    assert "aanvragen.csv" in rows


def test_a_question_is_answered_by_a_tap_and_nobody_is_doubled(visit, session, taken, organisation: Organisation):
    files = small()
    for rows in files.values():
        for row in rows[1:]:
            row[:] = [f"000{cell}" if cell in ("1", "2", "3", "4", "5") and len(row) > 4 else cell for cell in row]
    people = files["medewerkers.csv"]
    taken({name: rows for name, rows in files.items() if name in ("diensten.csv", "roosters.csv", "medewerkers.csv")})
    count = session.scalar(sa.select(sa.func.count()).select_from(Person))
    session.rollback()
    stripped = [[cell.removeprefix("000") for cell in row] for row in people]
    page = upload(visit("coordinator"), {"medewerkers.csv": stripped})
    assert "vragen beantwoordt" in page.heading or "vraag beantwoordt" in page.heading
    page.press("Neem ")
    assert page.path == "/imports"
    assert session.scalar(sa.select(sa.func.count()).select_from(Person)) == count


def test_the_last_import_is_taken_back(visit, session, taken, organisation: Organisation):
    before = data(session)
    session.rollback()
    page = taken(small())
    assert data(session) != before
    session.rollback()
    page.tap("Terugdraaien")
    assert "nieuwe gegevens gaan weer weg" in page.text
    page.press("Ja, draai het terug")
    assert "teruggedraaid" in page.text
    assert data(session) == before
    assert "Terugdraaien" not in page.names("a"), "once"


def test_a_second_import_is_taken_back_to_the_first(visit, session, taken, organisation: Organisation):
    taken(small())
    before = data(session)
    session.rollback()
    files = changed("medewerkers.csv", 4, "Leidinggevende", "2")
    files["medewerkers.csv"][2][3] = "Anders"
    files["roosters.csv"][1][2] = "D D D - - - -"
    files["aanvragen.csv"][1][3] = "4"
    files["leervoorkeuren.csv"][2][1:] = ["1", "2", "3", "4", "5"]
    page = taken(files)
    assert data(session) != before
    session.rollback()
    page.tap("Terugdraaien").press("Ja, draai het terug")
    assert data(session) == before


def test_what_somebody_built_on_is_not_taken_back(visit, session, taken, organisation: Organisation):
    page = taken(small())
    person = session.exec(select(Person).where(Person.number == "3")).one()
    person.department = "Zelf gekozen"
    session.commit()
    before = data(session)
    session.rollback()
    page.tap("Terugdraaien").press("Ja, draai het terug")
    assert page.status == 409 and "Iemand werkt al verder" in page.text
    assert data(session) == before


def test_what_points_at_a_new_row_keeps_it(visit, session, taken, organisation: Organisation):
    page = taken(small())
    newcomer = session.exec(select(Person).where(Person.number == "1")).one()
    session.get_one(Person, organisation.people["nobody"]).manager_id = newcomer.id
    session.commit()
    page.tap("Terugdraaien").press("Ja, draai het terug")
    assert page.status == 409
    assert session.exec(select(Person).where(Person.number == "3")).one()


def test_an_import_is_not_taken_back_after_a_day_or_when_another_came(visit, session, taken, now, organisation):
    taken(small())
    taken(changed("medewerkers.csv", 4, "Afdeling", "Anders"))
    first = session.exec(sa.select(TakenImport.id).order_by(TakenImport.id)).first()[0]
    session.rollback()
    answer = visit("coordinator").post(f"/imports/{first}/undo")
    assert answer.status_code == 409
    session.execute(sa.update(TakenImport).values(at=now - timedelta(hours=25)))
    session.commit()
    page = Screen(visit("coordinator"), "/imports")
    assert "Terugdraaien" not in page.names("a")


def test_leavers_are_only_offered_and_come_back_with_an_undo(visit, session, taken, organisation: Organisation):
    taken(small())
    files = small()
    del files["medewerkers.csv"][5]
    page = upload(visit("hr"), files)
    assert "Eva Alleskan" in page.text
    untouched = Screen(page.client, page.path).press("Neem ")
    assert untouched.path == "/imports"
    eva = session.exec(select(Person).where(Person.number == "5")).one()
    assert eva.last_day is None
    session.rollback()
    page = upload(visit("hr"), files)
    page.press("Neem ", leaver="5", confirmed="true")
    session.expire_all()
    assert session.exec(select(Person).where(Person.number == "5")).one().last_day is not None
    session.rollback()
    page.tap("Terugdraaien").press("Ja, draai het terug")
    assert page.status == 200
    assert session.exec(select(Person).where(Person.number == "5")).one().last_day is None


def test_the_second_of_two_who_import_at_once_is_told(visit, session, organisation: Organisation):
    first = upload(visit("coordinator"), small())
    second = upload(visit("hr"), small())
    first.press("Neem ")
    count = session.scalar(sa.select(sa.func.count()).select_from(Person))
    session.rollback()
    second.press("Neem ")
    assert any("intussen iets veranderd" in text for text in second.tree.itertext())
    assert "veranderen niets" in second.heading
    assert session.scalar(sa.select(sa.func.count()).select_from(Person)) == count


def test_a_draft_is_its_makers_alone_and_is_gone_after_a_day(visit, session, now, organisation: Organisation):
    page = upload(visit("coordinator"), small())
    for who in ("hr", "admin", "junior"):
        assert visit(who).get(page.path).status_code == 404
        assert visit(who).post(page.path + "/take").status_code == 404
    session.execute(sa.update(ImportDraft).values(created_at=now - timedelta(hours=24)))
    session.commit()
    page.press("Neem ")
    assert page.status == 409 and "na 24 uur verwijderd" in page.text
    actions.purge(session, now)
    session.commit()
    assert left(session) == 0


def test_a_column_and_a_word_are_mapped_by_hand_and_kept(visit, session, organisation: Organisation):
    files = {"medewerkers.csv": small()["medewerkers.csv"]}
    files["medewerkers.csv"][0][0] = "Kenmerk"
    files["medewerkers.csv"][2][7] = "Opperhoofd"
    page = upload(visit("hr"), files, source="AFAS")
    assert "Medewerkernummer" in page.heading
    page.press("Bekijk opnieuw", **{"column:medewerkers.csv:Kenmerk": "Medewerkernummer"})
    assert page.status == 200 and "opperhoofd" in page.text
    page.press("Reken opnieuw", **{"roles:opperhoofd": "manager"})
    page.press("Neem ")
    session.rollback()
    bep = session.exec(select(Person).where(Person.number == "2")).one()
    assert {role.role for role in session.exec(select(PersonRole).where(PersonRole.person_id == bep.id))} == {"manager"}
    session.rollback()
    again = upload(visit("hr"), files, source="AFAS")
    assert "veranderen niets" in again.heading, "what was mapped is kept for the source"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("foto.png", b"\x89PNG", "is geen CSV"),
        ("leeg.csv", b"", "is leeg"),
        ("bom.xlsx", bomb(), "uitgepakt groter"),
        ("groot.csv", b"a;b\n" * 5_100_000, "groter dan"),
    ],
)
def test_what_is_no_export_gets_a_sentence(name, content, says, visit, session, organisation: Organisation):
    page = Screen(visit("hr"), "/upload").press(ADD, files=[(io.BytesIO(content), name)])
    assert page.status in (200, 413, 422) and says in page.text + page.heading


def test_a_large_export_is_read_and_taken_in_by_the_worker(visit, session, app, monkeypatch, now, organisation):
    monkeypatch.setattr(rules, "AT_ONCE", 10)
    engine = app.extensions["mentorship_engine"]
    page = upload(visit("coordinator"), small())
    assert "worden gelezen" in page.heading
    assert work_on_waiting(engine, now)
    page.open(page.path)
    page.press("Neem ")
    assert "worden overgenomen" in page.heading
    with monkeypatch.context() as broken:
        broken.setattr("mentorship.hr_import.imports.actions._note_taken", fail)
        assert work_on_waiting(engine, now)
    assert session.exec(select(Person).where(Person.number == "3")).first() is None, "all or nothing"
    session.rollback()
    page.open(page.path)
    assert "ging bij ons mis" in page.heading
    page.press("Bekijk opnieuw")
    assert work_on_waiting(engine, now)
    page.open(page.path).press("Neem ")
    assert work_on_waiting(engine, now)
    assert session.exec(select(Person).where(Person.number == "3")).one()
    assert not work_on_waiting(engine, now)
    assert page.tap("Bekijk opnieuw").path == "/imports"
    told = page.client.get("/upload/progress?draft=1", headers={"HX-Request": "true"})
    assert told.headers["HX-Redirect"] == "/imports"


@pytest.mark.parametrize("door", ["", "/take"])
def test_for_files_that_are_still_being_read_nothing_is_chosen(door: str, visit, monkeypatch, organisation):
    """Another tab was open, or the page before was gone back to."""
    monkeypatch.setattr(rules, "AT_ONCE", 10)
    client = visit("coordinator")
    page = upload(client, small())
    answer = client.post(f"{page.path}{door}", {"confirmed": "true"})
    assert answer.status_code == 409 and "worden nog gelezen" in answer.text


def fail(*_arguments: object) -> None:
    raise OSError("no space left on device")


def test_a_reorganisation_says_which_pairs_and_hours_it_touches(visit, session, taken, organisation: Organisation):
    taken(small())
    page = upload(visit("hr"), changed("medewerkers.csv", 3, "Leidinggevende", "4"))
    assert "1 persoon krijgt een andere leidinggevende" in page.text
    assert "1 lopend duo" in page.text and "4,5 uur" in page.text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_template_can_be_read_as_it_is(language, visit, session, organisation: Organisation):
    book = visit("hr").get(f"/upload/template.xlsx?language={language}").data
    page = Screen(visit("hr"), "/upload").press(ADD, files=[(io.BytesIO(book), "vul-in.xlsx")])
    assert "kunnen mee" in page.heading, page.text
    page.press("Neem ")
    assert page.path == "/imports"


def test_of_two_imports_at_the_same_moment_one_is_written(engine: sa.Engine, now, organisation: Organisation):
    organisation.session.commit()
    me = Actor(organisation.people["hr"], frozenset({"hr"}))
    uploads = [Upload(name, encoded(rows)) for name, rows in small().items()]
    drafts = []
    for _ in range(2):
        with Session(engine) as opened:
            drafts.append(actions.upload(opened, me, uploads, "", now).id or 0)
            opened.commit()
    together = threading.Barrier(2)

    def take(draft_id: int) -> str:
        with Session(engine) as opened:
            together.wait()
            said = actions.ask_to_take(opened, draft_id, Chosen(), now).why_not
            opened.commit()
        return said

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(take, drafts))
    assert sorted(map(bool, said)) == [False, True], "one wins, the other is told"
    with Session(engine) as opened:
        assert len(opened.exec(select(TakenImport)).all()) == 1
        assert len(opened.exec(select(Person).where(Person.number == "2")).all()) == 1


def test_of_two_imports_into_nothing_the_second_changes_nothing(engine: sa.Engine, now, tmp_path):
    write(tmp_path, small())
    together = threading.Barrier(2)

    def take(_which: int) -> bool:
        with open_session(engine) as opened:
            together.wait()
            report = import_directory(opened, tmp_path, None, now)
            opened.commit()
        return report.changed

    with ThreadPoolExecutor(2) as pool:
        changed_something = list(pool.map(take, range(2)))
    assert sorted(changed_something) == [False, True]
    with Session(engine) as opened:
        assert sorted(opened.exec(select(Person.number))) == ["1", "2", "3", "4", "5"]


def test_hr_reads_that_own_edits_win_and_not_what_stands_here(visit, session, taken, organisation: Organisation):
    taken(small())
    bep = session.exec(select(Person).where(Person.number == "2")).one()
    bep.department = "Eigen afdeling"
    skill = session.exec(select(Expertise).where(Expertise.person_id == bep.id, Expertise.level == 5)).one()
    skill.level = 2
    session.commit()
    for who in ("coordinator", "hr"):
        page = upload(visit(who), changed("medewerkers.csv", 3, "Afdeling", "Andere afdeling"))
        assert "keer wint wat iemand hier invulde" in page.text
        assert "Eigen afdeling" in page.text
        lines = [words_of(item) for item in page.tree.iter("li")]
        assert any("Lassen" in line for line in lines) == (who == "coordinator")


@pytest.mark.parametrize("name", ALIKE)
def test_an_export_as_real_files_differ_goes_in_whole(name, visit, session, organisation: Organisation):
    files = small()
    for change in ALIKE[name][0]:
        change(files)
    page = upload(visit("hr"), files)
    assert "kunnen mee" in page.heading, page.text
    page.press("Neem ")
    assert page.path == "/imports"
    assert {"1", "2", "3", "4", "5"} <= set(session.exec(select(Person.number)))
