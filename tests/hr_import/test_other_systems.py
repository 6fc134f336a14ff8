"""The people of other systems in the browser: read right at once, or after one page of mapping that is kept."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter
from sqlmodel import Session, col, select

from mentorship.hr_import.reading import rules
from mentorship.hr_import.reading.files import Upload, open_files
from mentorship.hr_import.reading.kinds import PEOPLE
from mentorship.hr_import.reading.names import capitals_mended
from mentorship.people.models import Person, PersonManager
from tests.factories import Organisation, Screen
from tests.hr_import.test_upload import ADD

AFAS = """Medewerker;Naam;E-mail werk;E-mail privé;Geslacht;Datum in dienst;Functie;Afdeling;Locatie;Leidinggevende
90231;"Bakker, Jan";jan@b.example;jan@thuis.example;M;1-3-2012;Teamleider;Service;Delft;
90232;"BERG, van den Kees";kees@b.example;;M;15-08-2016;Monteur;Service;Delft;90231
90233;"Jansen - de Wit, M.";m@b.example;;V;1-9-2025;Leerling;Service;Delft;90231
"""
SAP = """PERNR\tVORNA\tVORSW\tNACHN\tUSRID_LONG\tGBDAT\tBEGDA\tENDDA\tWERKS\tORGEH\tSTELL\tSUPERVISOR_PERNR
90231\tJan\t\tBakker\tjan@b.example\t19790525\t20120301\t99991231\tDelft\tService\tManager\t
90232\tKees\tvan den\tBerg\tkees@b.example\t19790525\t20120301\t99991231\tDelft\tService\tMonteur\t90231
90233\tM.\t\tJansen - de Wit\tm@b.example\t19790525\t20120301\t99991231\tDelft\tService\tTrainee\t90231
"""
WORKDAY = """Worker,Employee ID,Primary Work Email,Hire Date,Location,Job Profile,Cost Center,Manager,Manager ID
Jan Bakker,90231,jan@b.example,2012-03-01,Delft,Manager,Service,,
Kees van den Berg,90232,kees@b.example,2012-03-01,Delft,Technician,Service,Jan Bakker,90231
M. Jansen - de Wit,90233,m@b.example,2012-03-01,Delft,Apprentice,Service,Jan Bakker,90231
"""
YOUFORCE = """Personeelsnummer;Voorletters;Roepnaam;Voorvoegsel geboortenaam;Geboortenaam;Achternaam partner;BSN;\
E-mailadres zakelijk;Standplaats;OE-omschrijving;Functienaam;Leidinggevende;Leidinggevende nr
90231;J.;Jan;;BAKKER;Vos;123456782;jan@b.example;Delft;Service;Teamleider;;
90232;K.;Kees;VAN DEN;BERG;;;kees@b.example;Delft;Service;Monteur;J. Bakker;90231
90233;M.;M.;;Jansen - de Wit;;;m@b.example;Delft;Service;Leerling;J. Bakker;90231
"""
NMBRS = """Bedrijf: Van Dam;;;;;;;;
Werknemer;Achternaam Voornaam Tussenvoegsel;E-mail;Geboortedatum;Werkplek;Kostenplaats;Functieomschrijving;Manager nr
90231;Bakker Jan;jan@b.example;25-5-1979;Delft;Service;Leidinggevende;
90232;Berg Kees van den;kees@b.example;14-11-1984;Delft;Service;Monteur;90231
90233;"Jansen - de Wit, M.";m@b.example;1-1-2001;Delft;Service;Leerling;90231
"""
OWN = "Wie het is|Hoe die heet|Mail daar|Huis\n" + "\n".join(
    ("90231|Jan Bakker|jan@b.example|Delft", "90232|Kees van den Berg|kees@b.example|Delft", "")
)
RIGHT = {
    ("90231", "Jan", "", "Bakker", "jan@b.example", ""),
    ("90232", "Kees", "van den", "Berg", "kees@b.example", "90231"),
    ("90233", "M.", "", "Jansen - de Wit", "m@b.example", "90231"),
}


def workbook() -> bytes:
    """Return a sheet with a title, two lines of headings, and a site merged down over two people."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Blad1")
        sheet.merge_range(0, 0, 0, 6, "Personeelsoverzicht november 2026")
        sheet.merge_range(2, 1, 2, 2, "Persoon")
        sheet.merge_range(2, 3, 2, 6, "Werk")
        sheet.merge_range(2, 0, 3, 0, "Personeelsnummer")
        names = ["Achternaam, Voornaam tussenvoegsel", "E-mailadres", "Vestiging", "Afdeling", "Functie"]
        sheet.write_row(3, 1, [*names, "Leidinggevende"])
        sheet.write_row(4, 0, [90231, "Bakker, Jan", "jan@b.example", "Delft", "Service", "Teamleider"])
        sheet.write_row(5, 0, [90232, "Berg, Kees van den", "kees@b.example", "", "", "Monteur", 90231])
        sheet.write_row(6, 0, [90233, "Jansen - de Wit, M.", "m@b.example", "Delft", "Service", "Leerling", 90231])
        sheet.merge_range(4, 3, 5, 3, "Delft")
    return out.getvalue()


FILES: dict[str, tuple[str, str | bytes, str]] = {
    "AFAS": ("Profit_Medewerkers.csv", AFAS, "cp1252"),
    "SAP": ("PA0001.txt", SAP, "utf-16"),
    "Workday": ("Workers.csv", WORKDAY, "utf-8"),
    "Youforce": ("Personeel.csv", YOUFORCE, "cp1252"),
    "Nmbrs": ("Werknemers.csv", NMBRS, "utf-8-sig"),
    "Excel": ("Personeel per 1 november.xlsx", workbook(), ""),
}


def bytes_of(system: str) -> tuple[str, bytes]:
    name, content, encoding = FILES[system]
    return name, content if isinstance(content, bytes) else content.encode(encoding)


def upload(client: Any, name: str, content: bytes, source: str) -> Screen:
    return Screen(client, "/upload").press(ADD, files=[(io.BytesIO(content), name)], source=source)


def here(session: Session) -> set[tuple[str, ...]]:
    session.rollback()
    people = {person.id: person for person in session.exec(select(Person).where(col(Person.number).startswith("902")))}
    above = {row.person_id: row.manager_id for row in session.exec(select(PersonManager))}
    found = set()
    for person in people.values():
        manager = people.get(person.manager_id) or people.get(above.get(person.id))
        name = (person.given_name, person.infix, person.family_name)
        found.add((person.number, *name, person.email or "", manager.number if manager else ""))
    session.rollback()
    return found


@pytest.mark.parametrize("system", FILES)
def test_the_people_of_a_system_come_in_at_once(system, visit, session: Session, organisation: Organisation):
    name, content = bytes_of(system)
    page = upload(visit("hr"), name, content, system)
    assert "niet herkend" not in page.text
    page.press("Neem 3 regels over")
    assert here(session) == RIGHT
    assert "veranderen niets" in upload(visit("hr"), name, content, system).heading


@pytest.mark.parametrize("system", FILES)
def test_what_is_never_stored_is_read_from_no_system(system):
    name, content = bytes_of(system)
    read = rules.check(open_files([Upload(name, content)]).sheets)
    assert {person.site for person in read.people} == {"Delft"}
    assert {person.department for person in read.people} >= {"Service"}
    harmless = {"Voorletters", "ENDDA", "Leidinggevende", "Manager"}
    never = {told.column for told in read.not_taken if str(told.reason).startswith("Never")}
    assert {told.column for told in read.not_taken} - never <= harmless
    for private in ("1979", "123456782", "thuis.example", "Vos", "2012"):
        assert private not in repr(read.people)


def test_what_no_one_knows_is_mapped_on_one_page_and_kept(visit, session: Session, organisation: Organisation):
    page = upload(visit("hr"), "lijst.csv", OWN.encode(), "eigen")
    columns = {
        "Wie het is": "Medewerkernummer",
        "Hoe die heet": "Naam",
        "Mail daar": "E-mail werk",
        "Huis": "Vestiging",
    }
    said = {f"column:{PEOPLE.name}:{heading}": column for heading, column in columns.items()}
    page = page.press("Bekijk opnieuw", **{"sheets:lijst.csv": PEOPLE.name}, **said)
    page.press("Neem 2 regels over")
    assert {row[:5] for row in here(session)} == {row[:5] for row in RIGHT if row[0] != "90233"}
    again = upload(visit("hr"), "lijst.csv", OWN.encode(), "eigen")
    assert "veranderen niets" in again.heading


@pytest.mark.parametrize(
    ("headings", "row", "parts"),
    [
        ("Medewerker;Pers.nr", "Jansen, Piet van der;1", ("Piet", "van der", "Jansen")),
        ("Nr;Medewerker", "1;P. van der Berg", ("P.", "van der", "Berg")),
        ("Nr;Naam (achternaam, voornaam)", "1;Berg Kees", ("Kees", "", "Berg")),
        ("Nr;Volledige naam", "1;JANSEN, PIET VAN DER", ("Piet", "van der", "Jansen")),
        ("Nr;Roepnaam;Naam", "1;Kees;van den Berg", ("Kees", "van den", "Berg")),
        ("Nr;Roepnaam;Voorvoegsel;Naam", "1;Kees;van den;Berg", ("Kees", "van den", "Berg")),
        ("Nr;Roepnaam;Naam", "1;Kees;K. van den Berg", ("Kees", "van den", "Berg")),
        ("Nr;Naam", "1;Kees van den Berg-de Wit", ("Kees", "van den", "Berg-de Wit")),
        ("Employee ID;Preferred Name", "1;Kees van den Berg", ("Kees", "van den", "Berg")),
        ("Employee ID;Preferred Name;Last Name", "1;Kees;Bos", ("Kees", "", "Bos")),
        ("Nr;Voorletters;Achternaam;Achternaam partner", "1;K.;Bos;Vos", ("K.", "", "Bos")),
        ("Nr;Roepnaam;Naam", "1;Piet;De Vries", ("Piet", "De", "Vries")),
        ("Nr;Roepnaam;Naam", "1;Piet;VAN DER BERG", ("Piet", "van der", "Berg")),
        ("Nr;Roepnaam;Naam", "1;Van;Van Nguyen", ("Van", "", "Nguyen")),
        ("Nr;Roepnaam;Achternaam voorvoegsel;Achternaam", "1;Kees;van den;Berg", ("Kees", "van den", "Berg")),
        ("Employee ID;Prefix;First Name;Last Name", "1;Mr.;Kees;Bos", ("Kees", "", "Bos")),
        ("Employee ID;Prefix;First Name;Last Name", "1;van den;Kees;Berg", ("Kees", "van den", "Berg")),
    ],
)
def test_a_name_is_parted_as_its_headings_say(headings, row, parts):
    (person,) = rules.check(open_files([Upload("p.csv", f"{headings}\n{row}\n".encode())]).sheets).people
    assert (person.number, (person.given_name, person.infix, person.family_name)) == ("1", parts)


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("BERG", "Berg"),
        ("IJSSEL", "IJssel"),
        ("JPM", "JPM"),
        ("J.A.M.", "J.A.M."),
        ("DE WIT-BOS", "DE Wit-Bos"),
        ("Vos", "Vos"),
    ],
)
def test_capitals_are_mended_but_initials_stay(written, mended):
    assert capitals_mended(written) == mended


def test_a_value_holds_below_only_where_its_cell_is_merged():
    (sheet,) = open_files([Upload("x.xlsx", workbook())]).sheets.values()
    assert [(row.cells["Vestiging"], row.cells["Afdeling"]) for row in sheet.rows] == [
        ("Delft", "Service"),
        ("Delft", ""),
        ("Delft", "Service"),
    ]


def test_where_nothing_is_known_the_first_full_line_without_numbers_holds_the_headings():
    text = "Overzicht\t\t\nQX\tQY\tQZ\n00010231\tJan\tManager\n00010232\tAnna\tMonteur\n"
    (unplaced,) = open_files([Upload("x.txt", text.encode())]).unplaced
    assert (unplaced.headings, unplaced.samples[0]) == (("QX", "QY", "QZ"), ("00010231", "Jan", "Manager"))
