"""Files in all their shapes; nothing in them may cause anything but a refusal that names the file."""

from __future__ import annotations

import pathlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorship.base.errors import Refused
from mentorship.hr_import.reading import kinds, rules
from mentorship.hr_import.reading.files import read_directory, read_sheet
from mentorship.hr_import.reading.kinds import PEOPLE, REQUESTS
from tests.hr_import.exports import SMALL, aside, checked, encoded, small, table, write

NEED_HEADER = "Medewerkernummer;Vakgebied;Huidig niveau;Gewenst niveau;Belang;Doel\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_encoding_and_delimiter_make_no_difference(encoding: str, delimiter: str, tmp_path: pathlib.Path) -> None:
    read = rules.check(read_directory(write(tmp_path, SMALL, encoding, delimiter)))
    assert read.people[3].given_name == "Dré"
    assert read == checked(small())
    assert not read.set_aside


def test_column_order_capitals_and_spaces_in_headers_make_no_difference() -> None:
    files = {name: [list(reversed(row)) for row in rows] for name, rows in small().items()}
    for rows in files.values():
        rows[0] = [f"  {cell.upper()} " for cell in rows[0]]
    read = checked(files)
    assert {c.column.casefold() for c in read.not_taken} == {"in dienst", "verwachte uitstroom"}
    assert replace(read, not_taken=()) == replace(checked(small()), not_taken=())


def test_file_names_are_found_whatever_their_capitals(tmp_path: pathlib.Path) -> None:
    write(tmp_path, {name.upper(): rows for name, rows in SMALL.items()})
    assert set(read_directory(tmp_path)) == set(SMALL)


def test_other_files_may_be_absent_and_are_named() -> None:
    files = {
        "medewerkers.csv": table(
            "Medewerkernummer;Roepnaam;Achternaam;Vestiging;Rol;Leidinggevende;Rooster;Talen\n1;A;B;C;;;;nl"
        )
    }
    read = checked(files)
    assert [p.number for p in read.people] == ["1"]
    assert read.files_missing == tuple(name for name in SMALL if name != "medewerkers.csv")


def test_without_the_people_there_is_no_export(tmp_path: pathlib.Path) -> None:
    with pytest.raises(Refused, match=r"medewerkers\.csv"):
        read_directory(write(tmp_path, {"duos.csv": SMALL["duos.csv"]}))
    with pytest.raises(Refused, match="cannot be read"):
        read_directory(tmp_path / "nowhere")


@pytest.mark.parametrize("spec", kinds.FILES, ids=lambda spec: spec.name)
def test_a_missing_column_refuses_the_import_and_is_named(spec: kinds.FileSpec) -> None:
    for column in spec.required:
        rows = [list(row) for row in SMALL[spec.name]]
        rows[0][rows[0].index(column)] = "iets anders"
        with pytest.raises(Refused) as refusal:
            read_sheet(spec, encoded(rows))
        assert str(refusal.value) == f"{spec.name} has no column “{column}”."


def test_an_empty_file_a_double_column_and_too_many_columns_are_refused() -> None:
    for content, words in (
        (b"", "no column"),
        (b"\xef\xbb\xbf", "no column"),
        (b"Mentor;mentor;Junior;Vakgebied;Sinds\r\n", "“Mentor” twice"),
        (b"Mentor;Junior;Vakgebied;Sinds;" + b"x;" * 200, "more than 100 columns"),
        (b"x" * 20_000_001, "larger than 20 MB"),
    ):
        with pytest.raises(Refused, match=words) as refusal:
            read_sheet(kinds.DUOS, content)
        assert "duos.csv" in str(refusal.value)


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(Refused, match="200000 rows"):
        read_sheet(kinds.DUOS, b"Mentor;Junior;Vakgebied;Sinds\n" + b"1;2;x;y\n" * 200_001)


def test_a_text_over_several_lines_keeps_line_numbers_right() -> None:
    content = NEED_HEADER + '3;Lassen;1;3;3;"eerst\r\ndan; ""zelf"""\r\n\r\n4;PLC;0;2;9;\r\n'
    first, second = read_sheet(REQUESTS, content.encode()).rows
    assert (first.line, first.cells["Doel"]) == (2, 'eerst\r\ndan; "zelf"')
    assert (second.line, second.key) == (5, "4")


def test_a_quotation_mark_left_open_does_not_swallow_the_rows_after_it() -> None:
    content = NEED_HEADER + '3;"Lassen;1;3;3;\r\n4;PLC;0;2;2;\r\n5;PLC;0;2;2;\r\n'
    rows = read_sheet(REQUESTS, content.encode()).rows
    assert [row.line for row in rows if row.problem] == [2]
    assert [row.key for row in rows if not row.problem] == ["4", "5"]


def test_unreadable_characters_break_their_row_only() -> None:
    lines = b"Medewerkernummer;Vakgebied;Niveau;Wil overdragen\r\n"
    lines += "2;Lassen\0;5;ja\r\n2;PLC\ufffd;3;ja\r\n2;Pompen;3;ja\r\n".encode()
    sheets = {spec.name: read_sheet(spec, encoded(SMALL[spec.name])) for spec in kinds.FILES}
    sheets["vaardigheden.csv"] = read_sheet(kinds.EXPERTISE, lines)
    read = rules.check(sheets)
    assert [e.domain for e in read.expertise] == ["Pompen"]
    assert aside(read) == [
        ("vaardigheden.csv", 2, "Vakgebied has characters that cannot be read."),
        ("vaardigheden.csv", 3, "Vakgebied has characters that cannot be read."),
    ]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(kinds.FILES), st.sampled_from(["", "utf-8", "utf-16", "cp1252"]))
def test_random_bytes_never_do_worse_than_a_refusal(noise: bytes, spec: kinds.FileSpec, encoding: str) -> None:
    content = encoded(SMALL[spec.name], encoding) + noise if encoding else noise
    try:
        sheet = read_sheet(spec, content)
    except Refused:
        return
    others = {
        s.name: read_sheet(s, encoded(SMALL[s.name])) for s in (kinds.SHIFTS, kinds.ROSTERS, kinds.DOMAINS, PEOPLE)
    }
    read = rules.check({**others, spec.name: sheet})
    assert all(str(s.reason) for s in read.set_aside)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_random_cells_never_do_worse_than_setting_rows_aside(data: st.DataObject) -> None:
    files = small()
    for _ in range(3):
        name = data.draw(st.sampled_from(sorted(files)))
        row = data.draw(st.sampled_from(range(1, len(files[name]))))
        column = data.draw(st.sampled_from(range(len(files[name][0]))))
        files[name][row][column] = data.draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
    read = checked(files)
    for name, count in read.counts.items():
        assert count.rows >= count.taken + count.set_aside, name
    assert all(str(s.reason) for s in read.set_aside)
