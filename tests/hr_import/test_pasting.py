"""A pasted list of people: with and without headings, numbers, shared addresses, words that are no role; a sheet."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from sqlmodel import Session, select

from mentorship.hr_import.imports.models import TakenImport
from mentorship.hr_import.pasting import filling, rules
from mentorship.people.models import Person, PersonRole, Site
from tests.client import InspectingClient
from tests.factories import Organisation, Screen

LIST = """Naam\tNr\tVestiging\tFunctie\tE-mail
Jan van der Berg\t700\tArnhem\tteamleider buiten\tinfo@vandam.example
Milan Bos\t\tEde\tleerling\tinfo@vandam.example
Yara Hendriks\t856\tEde\tmonteur\tyara@vandam.example"""


@pytest.fixture
def screen(visit, organisation: Organisation) -> Screen:
    organisation.speak("nl")
    return Screen(visit("coordinator"), "/pasting")


def look(screen: Screen, text: str) -> Screen:
    return screen.press("Bekijk hoe we hem lezen", text=text)


def people(session: Session) -> dict[str, Person]:
    session.rollback()
    found = {person.name: person for person in session.exec(select(Person))}
    session.expunge_all()
    session.rollback()
    return found


def count_all(session: Session) -> int:
    session.rollback()
    count = len(session.exec(select(Person.id)).all())
    session.rollback()
    return count


def roles_of(session: Session, person: Person) -> list[str]:
    held = list(session.exec(select(PersonRole.role).where(PersonRole.person_id == person.id)))
    session.rollback()
    return held


def test_a_list_is_looked_at_first_and_taken_over_once(screen: Screen, session: Session):
    look(screen, LIST)
    assert "1 mens heeft geen nummer" in screen.text and "1 adres is van meer dan één mens" in screen.text
    assert "“monteur” kennen we niet als rol" in screen.text
    assert "Jan van der Berg" not in people(session), "looking changes nothing"
    screen.press("Voeg 3 mensen toe")
    assert screen.status == 200 and screen.path != "/pasting"
    found = people(session)
    assert (found["Milan Bos"].number, found["Jan van der Berg"].number) == ("9001", "700")
    assert found["Milan Bos"].email is None and found["Yara Hendriks"].email == "yara@vandam.example"
    assert roles_of(session, found["Milan Bos"]) == ["junior"]
    assert roles_of(session, found["Jan van der Berg"]) == ["manager"], "as the word says"
    assert "Arnhem" in session.exec(select(Site.name)).all()


def test_what_was_chosen_is_done(screen: Screen, session: Session):
    look(screen, LIST)
    screen.press("Voeg 3 mensen toe", no_number="skip", shared="first", role=["", "senior"])
    found = people(session)
    assert "Milan Bos" not in found and found["Jan van der Berg"].email == "info@vandam.example"
    assert roles_of(session, found["Yara Hendriks"]) == ["senior"]


def test_the_same_names_again_double_nobody(screen: Screen, session: Session):
    text = "Jan Bos\nYara de Graaf\nJan Bos"
    look(screen, text).press("Voeg 3 mensen toe")
    count = count_all(session)
    screen.open("/pasting")
    look(screen, text)
    assert "3 zijn er al" in screen.text
    screen.press("Neem dit over")
    assert count_all(session) == count


def test_a_wrong_column_is_put_right_by_hand(screen: Screen, session: Session):
    look(screen, "Bos;Jan\nde Graaf;Yara")
    screen.press("Bekijk hoe we hem lezen", column=["Achternaam", "Roepnaam"])
    screen.press("Voeg 2 mensen toe")
    assert {"Jan Bos", "Yara de Graaf"} <= set(people(session))
    screen.open("/pasting")
    look(screen, "Bos;Jan")
    screen.press("Bekijk hoe we hem lezen", column=["", "Afdeling"])
    assert screen.status == 422 and "in welke kolom de namen staan" in screen.text
    assert "Bos;Jan" in screen.fields("Bekijk hoe we hem lezen")["text"], "nothing typed is lost"


def test_a_workbook_is_read_as_if_it_were_pasted(visit, organisation: Organisation, session: Session):
    organisation.speak("nl")
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    sheet = book.add_worksheet("Personeel")
    for row, cells in enumerate(line.split("\t") for line in LIST.splitlines()):
        sheet.write_row(row, 0, cells)
    book.close()
    client: InspectingClient = visit("coordinator")
    upload = {"text": "", "file": (io.BytesIO(held.getvalue()), "personeel.xlsx")}
    page = client.post("/pasting", upload, content_type="multipart/form-data")
    assert page.status_code == 200 and "Voeg 3 mensen toe" in page.text and "Jan van der Berg\t700" in page.text


@pytest.mark.parametrize("bad", ["", "   \n \n", "x" * 500_001, "\x00"], ids=["none", "blank", "long", "NUL"])
def test_what_is_no_list_gets_a_sentence(visit, organisation: Organisation, bad: str):
    assert visit("coordinator").post("/pasting", {"text": bad, "take": "yes"}).status_code == 422


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("Jan Bos\nYara de Graaf", ["Naam"]),
        ("Berg, Jan van den\nBos, Yara", ["Naam"]),
        ("12;Jan Bos;j.bos@x.example\n13;Yara Bos;y@x.example", ["Medewerkernummer", "Naam", "E-mail werk"]),
        ("Jan Bos\tEde\tmonteur\nYara Bos\tEde\tmonteur", ["Naam", "Vestiging", ""]),
        ("Personeelsnummer,Roepnaam,Achternaam\n1,Jan,Bos", ["Medewerkernummer", "Roepnaam", "Achternaam"]),
    ],
)
def test_columns_are_recognised(text: str, columns: list[str]):
    assert rules.likely(rules.parted(text), {"ede"}) == columns


def test_new_numbers_come_after_all_there_are():
    assert rules.first_free(["12", "A-9", ""]) == 9001
    assert rules.first_free(["12345"]) == 12346


def test_a_word_hints_at_a_role():
    hints = {word: filling.likely_role(word) for word in ("Teamleider", "BBL-leerling", "Praktijkopleider", "monteur")}
    assert hints == {"Teamleider": "manager", "BBL-leerling": "junior", "Praktijkopleider": "senior", "monteur": ""}


def test_a_list_that_was_taken_over_can_be_undone(screen: Screen, session: Session):
    count = count_all(session)
    look(screen, LIST)
    assert not session.exec(select(TakenImport)).all(), "looking is no import"
    session.rollback()
    screen.press("Voeg 3 mensen toe")
    assert count_all(session) == count + 3
    screen.open("/imports")
    assert "een geplakte lijst" in screen.text
    screen.tap("Terugdraaien").press("Ja, draai het terug")
    assert screen.status == 200 and count_all(session) == count
    assert "Arnhem" not in session.exec(select(Site.name)).all()


@pytest.mark.parametrize("who", ["hr", "admin"])
def test_who_takes_exports_in_pastes_too_and_is_not_led_to_doors_that_are_closed(
    who, visit, session: Session, organisation: Organisation
):
    organisation.speak("nl")
    page = Screen(visit(who), "/upload").tap("Mensen plakken")
    assert page.status == 200 and "/setup" not in " ".join(e.get("href") or "" for e in page.tree.iter("a"))
    count = count_all(session)
    look(page, LIST).press("Voeg 3 mensen toe")
    assert (page.status, page.path) == (200, "/imports")
    assert count_all(session) == count + 3
