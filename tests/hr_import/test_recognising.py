"""Files of other systems: their encodings, names, headings and sheets are recognised, or mapped, or named."""

from __future__ import annotations

import pathlib
from dataclasses import replace

import pytest

from mentorship.base.errors import Refused
from mentorship.hr_import.reading import rules
from mentorship.hr_import.reading.encoding import decoded
from mentorship.hr_import.reading.files import Opened, Upload, folder, open_files
from mentorship.hr_import.reading.kinds import KINDS
from mentorship.hr_import.reading.mapping import Mapping
from tests.hr_import.exports import encoded, small, write

P = "medewerkers.csv"
NAMES = "Nr;Naam\n1;André\n2;Zoë Müller\n3;Björn\n4;Çelik\n5;– –\n6;D’Hont\n7;RENÉE\n8;François\n"


def opened(*files: tuple[str, str | bytes], mapping: Mapping | None = None) -> Opened:
    uploads = [Upload(name, text.encode() if isinstance(text, str) else text) for name, text in files]
    return open_files(uploads, mapping)


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_an_encoding_that_is_certain_is_taken(encoding: str) -> None:
    read = decoded(NAMES.encode(encoding))
    assert read.text.lstrip("\ufeff") == NAMES
    assert not read.others


@pytest.mark.parametrize(("text", "encoding"), [("Öztürk Zoë", "cp850"), ("Łukasz Wiśniewski", "cp1250")])
def test_so_are_those_of_old_programs_and_other_countries(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)).text == text


def test_text_that_was_written_twice_over_is_mended() -> None:
    twice = "Zoë en André".encode().decode("cp1252")
    read = decoded(f"1;{twice}".encode())
    assert (read.text, read.mended) == ("1;Zoë en André", 2)


def test_an_encoding_that_is_not_certain_is_asked() -> None:
    files = ("medewerkers.csv", "Nr;Voornaam;Achternaam\n1;Zo\x91;Bos\n".encode("latin-1"))
    (question,) = opened(files).questions
    assert (question.key, question.items[0].key) == ("encoding", "encoding:medewerkers.csv")
    answered = opened(files, mapping=Mapping(answers={"encoding:medewerkers.csv": "mac_roman"}))
    assert answered.sheets[P].rows[0].cells["Roepnaam"] == "Zoë"
    assert not answered.questions


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_any_delimiter(delimiter: str) -> None:
    sheet = opened(("x.csv", "Pers.nr,Naam,Locatie\n1,Jan Bos,Ede\n".replace(",", delimiter))).sheets[P]
    assert sheet.rows[0].cells == {"Medewerkernummer": "1", "Naam": "Jan Bos", "Vestiging": "Ede"}


@pytest.mark.parametrize(
    "headings",
    [
        "Personeelsnummer;Voornaam;Tussenvoegsel;Achternaam;E-mailadres;Standplaats;Afdeling;Functie;Manager",
        "Pers.nr.;Roepnaam;Tussenv.;Familienaam;E-mail (werk);Locatie;Afd.;Rol;Leidinggevende nr",
        "Employee ID;First Name;Infix;Last Name;Work email;Site;Department;Role;Manager ID",
        "MEDEWERKER_ID;VOORNAMEN;VOORVOEGSELS;GESLACHTSNAAM;MAIL;VESTIGINGSNAAM;TEAM;ROLLEN;REPORTS_TO",
    ],
)
def test_columns_by_many_names(headings: str) -> None:
    rows = "7;Jan;van der;Berg;jan@b.example;Ede;Montage;senior;\n"
    read = rules.check(opened(("export 2026.csv", f"{headings}\n{rows}")).sheets)
    (person,) = read.people
    assert (person.number, person.given_name, person.infix, person.family_name) == ("7", "Jan", "van der", "Berg")
    assert (person.email, person.site, person.department, person.roles) == (
        "jan@b.example",
        "Ede",
        "Montage",
        ("senior",),
    )


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("Jan van den Berg", ("Jan", "van den", "Berg")),
        ("Berg, Jan van den", ("Jan", "van den", "Berg")),
        ("van den Berg, Jan", ("Jan", "van den", "Berg")),
        ("Jan Willem Bos", ("Jan Willem", "", "Bos")),
        ("J. de Wit-van Dam", ("J.", "de", "Wit-van Dam")),
        ("dhr. P. 't Hart", ("P.", "'t", "Hart")),
        ("Bos, A. (Anna)", ("A.", "", "Bos")),
        ("Sukarno", ("Sukarno", "", "")),
    ],
)
def test_a_whole_name_is_parted(whole: str, parts: tuple[str, str, str]) -> None:
    sheets = opened(("lijst.csv", f"Nummer;Naam\n1;{whole}\n")).sheets
    (person,) = rules.check(sheets).people
    assert (person.given_name, person.infix, person.family_name) == parts


def test_kinds_are_told_by_their_columns_whatever_the_files_are_called() -> None:
    renamed = [(f"deel {n}.csv", encoded(rows)) for n, rows in enumerate(small().values())]
    assert rules.check(opened(*renamed).sheets).people == rules.check(opened(*_named()).sheets).people
    assert list(opened(*renamed).sheets) == [spec.name for spec in KINDS if spec.name in small()]


def _named() -> list[tuple[str, bytes]]:
    return [(name, encoded(rows)) for name, rows in small().items()]


def test_files_of_one_kind_are_read_together() -> None:
    header, *rows = small()[P]
    both = opened(("medewerkers Delft.csv", encoded([header, *rows[:3]])), ("Gouda.csv", encoded([header, *rows[3:]])))
    read = rules.check(both.sheets)
    assert len(read.people) == 5
    assert read.sources[P] == ("medewerkers Delft.csv", "Gouda.csv")


def test_what_is_not_recognised_is_mapped_by_hand() -> None:
    file = ("rare namen.csv", "Wie;Hoe heet je;Waar\n1;Jan Bos;EDE1\n2;Eva Vos;AMS\n")
    before = opened(file)
    assert not before.sheets
    (unplaced,) = before.unplaced
    assert (unplaced.headings, unplaced.samples[0]) == (("Wie", "Hoe heet je", "Waar"), ("1", "Jan Bos", "EDE1"))
    mapping = Mapping(
        sheets={"rarenamen": P},
        columns={P: {"wie": "Medewerkernummer", "hoeheetje": "Naam", "waar": "Vestiging"}},
        sites={"ede1": "Ede"},
    )
    read = rules.check(opened(file, mapping=mapping).sheets, settled=mapping)
    assert [(person.given_name, person.site) for person in read.people] == [("Jan", "Ede"), ("Eva", "AMS")]


def test_values_are_mapped_and_a_sheet_is_left_alone() -> None:
    files = small()
    files[P][2][7], files[P][3][11], files["roosters.csv"][1][2] = "Voorman II", "Twents", "Q D D D D - -"
    mapping = Mapping(
        sheets={"duos": ""}, roles={"voorman ii": "senior"}, languages={"twents": "nl"}, shifts={"q": "N"}
    )
    uploads = [(name, encoded(rows)) for name, rows in files.items()]
    found = opened(*uploads, mapping=mapping)
    read = rules.check(found.sheets, settled=mapping)
    assert "duos.csv" not in found.sheets
    assert not read.filled
    assert (read.people[1].roles, read.people[2].languages) == (("senior",), ("nl",))
    assert read.rosters[0].cycle[0] == ("N",)


def test_never_stored_and_unknown_columns_are_named() -> None:
    header = "Nr;Naam;Geboortedatum;BSN;In dienst;Lievelingskleur"
    read = rules.check(opened(("p.csv", f"{header}\n1;Jan Bos;1-1-1980;123;1-1-2000;rood\n")).sheets)
    assert {column.column: str(column.reason).split(":")[0] for column in read.not_taken} == {
        "Geboortedatum": "Never stored",
        "BSN": "Never stored",
        "In dienst": "Never stored",
        "Lievelingskleur": "This column is not known here.",
    }


def test_who_is_away_from_when_until_when_and_no_more() -> None:
    files = [
        *_named(),
        ("afwezigheid.csv", "Personeelsnr;Van;Tot en met;Reden\n3;1-2-2026;8-2-2026;griep\n3;9-2-2026;1-2-2026;\n"),
    ]
    found = opened(*files)
    read = rules.check(found.sheets)
    assert [(away.number, away.first_day.day, away.last_day.day) for away in read.away] == [("3", 1, 8)]
    assert [str(row.reason) for row in read.set_aside] == ["The last day is before the first."]
    (reason,) = [column for column in read.not_taken if column.file == "afwezigheid.csv"]
    assert (reason.column, "kept nowhere" in str(reason.reason)) == ("Reden", True)
    assert "griep" not in repr((read, found))


def test_names_alone_with_no_site_come_in_at_one_site() -> None:
    read = rules.check(opened(("namen.csv", "Nr;Naam\n1;Jan Bos\n2;Eva de Vos\n")).sheets)
    assert [person.site for person in read.people] == ["Hoofdvestiging"] * 2
    assert not read.set_aside


def test_without_a_number_somebody_is_set_aside() -> None:
    read = rules.check(opened(("p.csv", "Nr;Naam\n;Jan Bos\n2;Eva Vos\n")).sheets)
    assert [(row.line, str(row.reason)) for row in read.set_aside] == [(2, "Nr is empty.")]


def test_what_is_no_table_is_refused_by_name(tmp_path: pathlib.Path) -> None:
    for name, content, words in (
        ("medewerkers.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old or locked"),
        ("medewerkers.csv", b"<html><table><tr>", "no CSV or Excel file"),
        ("medewerkers.xlsx", b"PK\x03\x04rubbish", "not a workbook"),
    ):
        with pytest.raises(Refused, match=words) as refusal:
            open_files([Upload(name, content)])
        assert name in str(refusal.value)


def test_a_folder_may_hold_other_files(tmp_path: pathlib.Path) -> None:
    write(tmp_path, small())
    (tmp_path / "lees mij.txt").write_text("Dit is de export van vandaag.\n")
    (tmp_path / "foto.jpg").write_bytes(b"\xff\xd8")
    (tmp_path / "~$medewerkers.xlsx").write_bytes(b"x")
    found = open_files(folder(tmp_path))
    found.check()
    assert [sheet.source for sheet in found.unplaced] == ["lees mij.txt"]
    assert replace(rules.check(found.sheets), sources={}) == replace(rules.check(opened(*_named()).sheets), sources={})


def test_headings_may_stand_under_titles_and_run_over_lines() -> None:
    text = 'Overzicht personeel;;\n;;\nPeildatum: 1-11-2026;;\n"Pers.\nnr";Naam;"Stand-\nplaats";;\n1;Jan Bos;Ede;;\n'
    sheet = opened(("overzicht.csv", text)).sheets[P]
    assert [(row.line, row.cells["Vestiging"]) for row in sheet.rows] == [(7, "Ede")]
