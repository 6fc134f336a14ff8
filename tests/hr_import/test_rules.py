"""Every flaw is named with its row and reason, and nothing else is set aside."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from mentorship.base.i18n import use_locale
from mentorship.hr_import.reading import files as reading
from mentorship.hr_import.reading import rules
from mentorship.hr_import.reading.export import Export, FileCount, Known, KnownPerson, NeedRecord
from mentorship.hr_import.reading.lines import circles
from tests.hr_import.exports import BUNDLED, SMALL, aside, changed, checked, small

P, V, L, A, D, R, S, F = (
    "medewerkers.csv",
    "vaardigheden.csv",
    "leervoorkeuren.csv",
    "aanvragen.csv",
    "duos.csv",
    "roosters.csv",
    "diensten.csv",
    "vakgebieden.csv",
)


def filled(export: Export) -> list[tuple[str, int, str]]:
    return [(f.file, f.line, str(f.reason)) for f in export.filled]


def test_the_bundled_export_has_exactly_its_known_flaws_and_all_can_be_placed() -> None:
    read = rules.check(reading.read_directory(BUNDLED))
    assert not read.set_aside
    assert sorted(filled(read)) == [
        (P, 95, "Rooster “6P-Z” is not known."),
        (P, 132, "E-mail werk is “geen@@adres”, not an e-mail address."),
        (P, 173, "This row has 6 columns, not 17: it says nothing of the others."),
        (P, 296, "Leidinggevende “00000” is not known."),
        (P, 352, "Plaatsen mentor is “drie”, not a whole number from 0 to 20."),
    ]
    assert {f.key for f in read.filled} == {"90004", "90005", "90006", "90002", "90003"}
    assert read.counts == {
        S: FileCount(7, 7, 0, 0),
        R: FileCount(19, 19, 0, 0),
        F: FileCount(20, 20, 0, 0),
        P: FileCount(427, 425, 2, 0),
        V: FileCount(798, 798, 0, 0),
        L: FileCount(330, 330, 0, 0),
        A: FileCount(383, 383, 0, 0),
        D: FileCount(15, 15, 0, 0),
    }
    assert len(read.requests) == 181


def test_values_are_read_as_meant() -> None:
    read = checked(small())
    assert not read.set_aside
    assert [(s.code, s.begins, s.ends) for s in read.shifts] == [("D", 450, 975), ("N", 1320, 1800)]
    assert read.rosters[1].cycle == (("N",), ("N",), (), ())
    assert read.rosters[1].starts_on == date(2026, 1, 5)
    boss, mentor, junior, english, both = read.people
    assert (boss.roles, boss.manager, boss.places, boss.remote) == (("manager",), None, None, True)
    assert (mentor.places, mentor.hours, mentor.languages, mentor.infix) == (2, Decimal("4.5"), ("nl", "en"), "van")
    assert (junior.school_days, english.email, english.languages) == ((2,), None, ("en",))
    assert (both.roles, both.roster, both.places, both.hours) == (("junior", "senior"), None, 1, Decimal(0))
    assert [(p.is_wish, p.figures) for p in read.preferences] == [(False, (4, 0, 1, 4, 2)), (True, (5, 1, 2, 4, 3))]
    assert read.requests[0].goal == "zelf lassen"
    assert read.requests[0].needs == (NeedRecord("Lassen", 1, 3, 3), NeedRecord("PLC", 0, 2, 1))


WHOLE = "not a whole number from"
FLAWS = [
    (P, 3, "Roepnaam", "", "Roepnaam is empty"),
    (P, 3, "Achternaam", "\xa0", "Achternaam is empty"),
    (P, 3, "Achternaam", "x" * 101, "Achternaam has more than 100 characters"),
    (P, 3, "Achternaam", "x" * 1_000_000, "Achternaam has more than 100 characters"),
    (P, 3, "Achternaam", "a\x07b", "cannot be read"),
    (F, 4, "Vakgebied", "Lassen", "Line 2 is about the same, and says something else."),
    (R, 3, "Startdatum", "31-02-2026", "not a date"),
    (R, 3, "Cyclus", "", "Cyclus is empty"),
    (V, 2, "Medewerkernummer", "99", "Medewerkernummer “99” is not known."),
    (V, 2, "Vakgebied", "Koken", "Vakgebied “Koken” is not known."),
    (V, 2, "Niveau", "6", WHOLE),
    (V, 2, "Wil overdragen", "soms", "not yes (ja) or no (nee)"),
    (V, 3, "Vakgebied", "lassen", "Line 2 is about the same"),
    (L, 2, "klassikaal", "5", "A mentor gives each of the five forms 0 to 4."),
    (L, 3, "klassikaal", "2", "A junior ranks the five forms"),
    (L, 3, "klassikaal", "", "klassikaal is empty"),
    (A, 2, "Gewenst niveau", "1", "The target 1 is not above the current level 1."),
    (A, 2, "Gewenst niveau", "6", WHOLE),
    (A, 2, "Huidig niveau", "", "Huidig niveau is empty"),
    (A, 2, "Belang", "0", WHOLE),
    (A, 2, "Belang", "4", WHOLE),
    (A, 2, "Doel", "x" * 2001, "Doel has more than 2000 characters"),
    (A, 3, "Vakgebied", "LASSEN", "Line 2 is about the same"),
    (D, 2, "Sinds", "vorig jaar", "not a date"),
    (D, 2, "Junior", "2", "Mentor and junior are the same person."),
    (D, 2, "Mentor", "99", "Mentor “99” is not known."),
    (S, 3, "Begin", "24:01", "not a time hh:mm"),
    (S, 3, "Eind", "laat", "not a time hh:mm"),
    (F, 4, "Kritiek", "soms", "not yes (ja) or no (nee)"),
    (R, 3, "Startdatum", "5-13-2026", "Startdatum is “5-13-2026”, not a date dd-mm-yyyy."),
    (R, 3, "Cyclus", "N Q", "Cyclus “Q” is not known."),
    (R, 3, "Cyclus", "- " * 372, "The cycle has 372 days; at most 371"),
    (D, 2, "Sinds", "", "Sinds is empty"),
]
CELLS = [
    (P, 3, "Vestiging", "", "Vestiging is empty: “Nog onbekend” was filled in."),
    (P, 3, "Rol", "baas", "“baas” is not a role"),
    (P, 3, "Rol", "senior,baas", "“baas” is not a role"),
    (P, 3, "Leidinggevende", "00000", "“00000” is not known."),
    (P, 3, "Leidinggevende", "2", "is their own number"),
    (P, 3, "Rooster", "6P-Z", "Rooster “6P-Z” is not known."),
    (P, 3, "Schooldag", "maart", "“maart” is not a day"),
    (P, 3, "Talen", "", "Talen is empty: Dutch was filled in."),
    (P, 3, "Talen", "nl,xx", "“xx” is not a language"),
    (P, 3, "Plaatsen mentor", "drie", WHOLE),
    (P, 3, "Plaatsen mentor", "21", WHOLE),
    (P, 3, "Plaatsen mentor", "-1", WHOLE),
    (P, 3, "Plaatsen mentor", "1,5", WHOLE),
    (P, 3, "Plaatsen mentor", "1" + "0" * 30, WHOLE),
    (P, 3, "Plaatsen mentor", "²", WHOLE),
    (P, 3, "Uren mentor p/w", "40,5", "not a number of hours"),
    (P, 3, "Uren mentor p/w", "1e1", "not a number of hours"),
    (P, 3, "Uren mentor p/w", "NaN", "not a number of hours"),
    (P, 3, "Uren mentor p/w", "1" + "0" * 30, "not a number of hours"),
    (P, 3, "E-mail werk", "geen@@adres", "not an e-mail address"),
    (P, 3, "E-mail werk", "bep@b", "not an e-mail address"),
    (P, 3, "E-mail werk", "b ep@b.example", "not an e-mail address"),
    (P, 3, "E-mail werk", "b..p@b.example", "not an e-mail address"),
    (P, 3, "E-mail werk", "ANS@b.example", "1 on line 2 has ans@b.example too"),
    (P, 3, "Op afstand", "misschien", "not yes (ja) or no (nee)"),
]


@pytest.mark.parametrize(("file", "line", "column", "value", "words"), FLAWS)
def test_a_flaw_sets_its_row_aside(file: str, line: int, column: str, value: str, words: str) -> None:
    found = aside(checked(changed(file, line, column, value)))
    named = [reason for name, at, reason in found if (name, at) == (file, line)]
    assert len(named) == 1
    assert words in named[0]
    # whatever else is set aside leaned on that row
    assert all("itself set aside" in reason for name, at, reason in found if (name, at) != (file, line))


@pytest.mark.parametrize(("file", "line", "column", "value", "words"), CELLS)
def test_a_cell_that_cannot_be_read_keeps_nobody_out(file: str, line: int, column: str, value: str, words: str) -> None:
    read = checked(changed(file, line, column, value))
    assert not read.set_aside
    ((_, at, reason),) = filled(read)
    assert at == line
    assert words in reason
    assert read.people[1].number == "2"


def test_what_is_filled_in_is_harmless() -> None:
    files = small()
    for column, value in (("Vestiging", ""), ("Rol", "baas"), ("Leidinggevende", "00000"), ("Rooster", "6P-Z")):
        files[P][2][files[P][0].index(column)] = value
    for column, value in (("Talen", ""), ("Plaatsen mentor", "drie"), ("E-mail werk", "bep@b")):
        files[P][2][files[P][0].index(column)] = value
    person = checked(files).people[1]
    assert (person.site, person.roles, person.manager, person.roster) == ("Nog onbekend", (), None, None)
    assert (person.languages, person.places, person.email) == (("nl",), None, None)
    assert person.unsaid == {"site", "roles", "roster", "languages", "places", "email"}


@pytest.mark.parametrize(
    ("file", "row", "words"),
    [
        (P, " ;Fay;;Nieuw;;Delft;;;;;;nl;;;;;", "Medewerkernummer is empty"),
        (P, "9" * 41 + ";Fay;;Nieuw;;Delft;;;;;;nl;;;;;", "more than 40 characters"),
        (S, "-;06:00;07:00;x", "cannot be a code"),
        (S, "A B;06:00;07:00;x", "cannot be a code"),
        (L, "2;0;0;0;0;0", "Line 2 is about the same"),
        (L, "1;5;5;0;0;0", "neither a ranking"),
        (D, "2;4;Lassen;01-03-2026", "Line 2 is about the same"),
    ],
)
def test_a_flawed_row_more_is_set_aside_alone(file: str, row: str, words: str) -> None:
    files = small()
    files[file].append(row.split(";"))
    ((name, line, reason),) = aside(checked(files))
    assert (name, line) == (file, len(files[file]))
    assert words in reason


def test_cells_that_a_spreadsheet_cut_off_or_added_at_the_end_make_no_difference() -> None:
    files = small()
    files[P][3] += ["", "", ""]
    files[P][4] = files[P][4][:12]
    read = checked(files)
    assert not read.set_aside
    assert filled(read) == [(P, 5, "This row has 12 columns, not 17: it says nothing of the others.")]
    assert read.people[3].unsaid == {"places", "hours", "horizon", "remote"}


@pytest.mark.parametrize("row", [["6", "Fay"], ["6"], [*SMALL[P][2], "x"]])
def test_a_row_that_misses_what_it_is_about_or_has_more_is_set_aside(row: list[str]) -> None:
    files = small()
    files[P].append(row)
    count = "one column" if len(row) == 1 else f"{len(row)} columns"
    assert aside(checked(files)) == [(P, 7, f"This row has {count}, not 17.")]


def test_who_leans_on_a_row_that_is_set_aside_is_told_so() -> None:
    read = checked(changed(P, 2, "Achternaam", ""))
    assert aside(read) == [(P, 2, "Achternaam is empty.")]
    told = f"Leidinggevende “1” is not known: that row was itself set aside ({P}, line 2)."
    assert filled(read) == [(P, line, told) for line in (3, 4, 5)]
    assert {f.because for f in read.filled} == {(P, 2)}
    assert [person.manager for person in read.people] == [None, None, None, "2"]


def test_a_roster_whose_shift_is_set_aside_goes_and_its_people_stay() -> None:
    read = checked(changed(S, 3, "Begin", "?"))
    assert (R, 3, f"Cyclus “N” is not known: that row was itself set aside ({S}, line 3).") in aside(read)
    assert filled(read) == [(P, 5, f"Rooster “NACHT” is not known: that row was itself set aside ({R}, line 3).")]
    assert [f.because for f in read.filled] == [(R, 3)]
    assert {person.roster for person in read.people} == {"DAG", None}


def test_a_circle_is_set_aside_as_a_whole_and_no_more() -> None:
    read = checked(changed(P, 2, "Leidinggevende", "5"))
    found = {line: reason for name, line, reason in aside(read) if name == P}
    assert {line for line, reason in found.items() if "through others" in reason} == {2, 3, 6}
    assert [person.number for person in read.people] == ["3", "4"]
    assert [person.manager for person in read.people] == [None, None]


def test_two_managers_both_count() -> None:
    for written in ("1,5", "1;5", "1/5", "1 en 5", "1 + 5", "Ans Baas, 5", "1 (Ans Baas) / Eva Alleskan", "5.0|1,5"):
        person = checked(changed(P, 4, "Leidinggevende", written)).people[2]
        assert {person.manager, *person.others_above} == {"1", "5"}, written


@pytest.mark.parametrize("written", ["Ans Baas", "Baas, Ans", "ans  baas", "1 - Ans Baas", "Ans Baas (1)", "1.0", "'1"])
def test_a_manager_is_known_by_number_or_by_name(written: str) -> None:
    read = checked(changed(P, 4, "Leidinggevende", written))
    assert read.people[2].manager == "1"
    assert not read.filled


def test_a_circle_through_a_second_manager_is_a_circle() -> None:
    read = checked(changed(P, 2, "Leidinggevende", "99,5"))
    assert {line for name, line, reason in aside(read) if "through others" in reason} == {2, 3, 6}


def test_who_is_here_already_counts_as_known() -> None:
    known = Known({"1": KnownPerson("1", "ans@b.example", None, frozenset({"manager"}))})
    read = checked(changed(P, 2, "Achternaam", ""), known)
    assert aside(read) == [(P, 2, "Achternaam is empty.")]
    assert not read.filled


def test_an_address_that_the_file_moves_goes_without_a_question() -> None:
    swapped = Known({"2": KnownPerson("2", "cor@b.example", None, frozenset())})
    read = checked(small(), swapped)
    assert not read.set_aside
    assert not read.filled


def test_a_circle_through_somebody_who_is_only_here_is_found() -> None:
    known = Known({"77": KnownPerson("77", None, "2", frozenset())})
    found = aside(checked(changed(P, 2, "Leidinggevende", "77"), known))
    assert {line for name, line, reason in found if "through others" in reason} == {2, 3}


def test_circles() -> None:
    assert circles({"a": "b", "b": "a", "c": "a", "d": None, "e": "e", "f": "x"}) == {"a", "b", "e"}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("Rol", " Senior "),
        ("E-mail werk", "BEP@b.example"),
        ("Op afstand", "NEE"),
        ("Rooster", "dag"),
        ("Talen", "NL,en"),
        ("Achternaam", "van\xa0Meester"),
        ("Roepnaam", "Be\u0301p"),
        ("Vestiging", "delft"),
    ],
)
def test_an_untidy_value_is_tidied_and_counted_once(column: str, value: str) -> None:
    files = changed(P, 3, column, value)
    files[P][2][2] = " van "
    read = checked(files)
    assert not read.set_aside
    assert read.counts[P].cleaned == 1
    assert "spaces" in {tidied.kind for tidied in read.tidied if tidied.file == P}
    assert read.people[1].roles == ("senior",)
    assert read.people[1].site == "Delft"


def test_an_untidy_value_that_is_not_taken_does_not_count() -> None:
    assert checked(changed(P, 3, "In dienst", "  lang ")).counts[P].cleaned == 0


def test_a_repeated_row_is_dropped_when_the_same_and_set_aside_when_not() -> None:
    files = small()
    files[P] += [[f" {cell.upper()}" if cell == "senior" else cell for cell in files[P][2]], [*files[P][3]]]
    files[P][-1][1] = "Corrie"
    read = checked(files)
    assert len(read.people) == 5
    assert (read.counts[P].rows, read.counts[P].cleaned) == (7, 1)
    assert aside(read) == [(P, 8, "Line 4 is about the same, and says something else.")]


def test_a_fourth_need_is_set_aside() -> None:
    files = small()
    files[A] += [["3", "Pompen", "0", "1", "1", ""], ["3", "Meten", "0", "1", "1", ""]]
    read = checked(files)
    assert aside(read) == [(A, 6, "A request has at most 3 needs.")]
    assert read.counts[A].taken == 4


def test_a_goal_beside_another_need_serves_when_the_main_one_has_none() -> None:
    files = changed(A, 2, "Doel", "")
    files[A][2][5] = "later"
    assert checked(files).requests[0].goal == "later"


@pytest.mark.parametrize(("figures", "is_wish"), [("5;4;3;2;1", True), ("0;4;4;0;1", False)])
def test_of_who_is_both_junior_and_senior_the_figures_tell_which(figures: str, is_wish: bool) -> None:
    files = small()
    files[L] += [["5", *figures.split(";")]]
    assert checked(files).preferences[2].is_wish is is_wish


def test_roles_may_be_several() -> None:
    read = checked(changed(P, 3, "Rol", "Leidinggevende + senior, medewerker"))
    assert read.people[1].roles == ("senior", "manager")


def test_the_outflow_is_read_only_when_chosen() -> None:
    assert {p.horizon for p in checked(small()).people} == {"unknown"}
    assert checked(small(), take_outflow=True).people[1].horizon == "under_1"
    bad = changed(P, 3, "Verwachte uitstroom", "ooit")
    assert not aside(checked(bad))
    assert "not a term" in filled(checked(bad, take_outflow=True))[0][2]


def test_columns_that_are_not_taken_are_named_with_the_reason() -> None:
    files = small()
    files[D][0] += ["Opmerking"]
    files[D][1] += ["x"]
    found = {(c.file, c.column): str(c.reason) for c in checked(files).not_taken}
    assert set(found) == {(P, "In dienst"), (P, "Verwachte uitstroom"), (D, "Opmerking")}
    assert (P, "Verwachte uitstroom") not in {(c.file, c.column) for c in checked(files, take_outflow=True).not_taken}


def test_reasons_can_be_shown_in_either_language() -> None:
    for language in ("nl", "en"):
        with use_locale(language):
            assert all("%(" not in reason for _, _, reason in aside(checked(changed(P, 3, "Rooster", "?"))))
