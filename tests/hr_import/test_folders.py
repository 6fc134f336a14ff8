"""Exports as real files differ: each comes to what the sound one comes to, and says what was put right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from mentorship.hr_import.choices import Choices
from mentorship.hr_import.reading.mapping import Mapping
from mentorship.hr_import.report import Report
from mentorship.people.line import Line
from mentorship.people.managers import of_these_below
from mentorship.people.models import Person, PersonManager
from mentorship.people.queries import line_above, line_below
from mentorship.profiles.rosters.models import Roster, RosterDay, WorkTime
from mentorship.rounds.instance import _lines
from mentorship.rounds.reading import people_facts
from tests.hr_import.conftest import Import
from tests.hr_import.exports import Table, dump, small

P, V, R, S = "medewerkers.csv", "vaardigheden.csv", "roosters.csv", "diensten.csv"
Change = Callable[[dict[str, Table]], None]


def cell(file: str, line: int, column: str, value: str) -> Change:
    def change(files: dict[str, Table]) -> None:
        files[file][line - 1][files[file][0].index(column)] = value

    return change


def column(file: str, name: str, spelled: dict[str, str]) -> Change:
    def change(files: dict[str, Table]) -> None:
        at = files[file][0].index(name)
        for row in files[file][1:]:
            row[at] = spelled.get(row[at], row[at])

    return change


def above(line: list[str]) -> Change:
    def change(files: dict[str, Table]) -> None:
        for rows in files.values():
            rows.insert(0, line)

    return change


ALIKE: dict[str, tuple[list[Change], str]] = {
    "excel-resave": ([cell(S, 2, "Begin", "7:30"), cell(R, 2, "Startdatum", "5-1-2026")], "time date"),
    "excel-seconds": ([cell(S, 2, "Begin", "07:30:00"), cell(R, 2, "Startdatum", "05/01/2026")], "time date"),
    "excel-numbers": ([cell(S, 2, "Begin", "0.3125"), cell(R, 2, "Startdatum", "46027")], "time date"),
    "with-midnight": ([cell(R, 2, "Startdatum", "2026-01-05 00:00:00")], "date"),
    "sep-line": ([above(["sep=;"])], ""),
    "title-lines": ([above(["", ""]), above(["Export van 1-11-2026"])], ""),
    "yes-other": ([column(V, "Wil overdragen", {"ja": "J", "nee": "N"})], "yes_no"),
    "yes-waar": ([column(V, "Wil overdragen", {"ja": "WAAR", "nee": "ONWAAR"})], "yes_no"),
    "yes-digits": ([column(V, "Wil overdragen", {"ja": "1", "nee": "0"})], "yes_no"),
    "yes-crosses": ([column(V, "Wil overdragen", {"ja": "x", "nee": ""})], "yes_no"),
    "languages": ([column(P, "Talen", {"nl": "Nederlands", "nl,en": "Dutch en Engels", "en": "English"})], "word"),
    "levels": ([column(V, "Niveau", {"5": "5,0", "3": "3.0", "1": "meegekeken"})], "number"),
    "dashes": ([cell(R, 2, "Cyclus", "D D D D D – —")], "dash"),
    "words-for-free": ([cell(R, 2, "Cyclus", "D D D D D vrij x")], "dash"),
    "commas": ([cell(R, 2, "Cyclus", "D,D,D,D,D,-,-")], "list"),
    "empty-is-free": ([cell(R, 2, "Cyclus", "D,D,D,D,D,,")], "list"),
    "slashes": ([cell(R, 2, "Cyclus", "D/D/D/D/D/-/-")], "list"),
    "behind-each-other": ([cell(R, 2, "Cyclus", "DDDDD--")], "list"),
    "times": ([cell(R, 2, "Cyclus", "5xD 2x-")], "list"),
    "lower": ([cell(R, 2, "Cyclus", "d d  d d d - -")], "capitals spaces"),
    "numbers": ([cell(P, 3, "Medewerkernummer", "2.0"), cell(V, 2, "Medewerkernummer", "2,00")], "number"),
}


def differing(changes: list[Change]) -> dict[str, Table]:
    files = small()
    for change in changes:
        change(files)
    return files


@pytest.mark.parametrize("name", ALIKE)
def test_what_a_person_would_read_correctly_is_read_and_counted(
    name: str, take_in: Import, session: Session, engine: sa.Engine
) -> None:
    changes, kinds = ALIKE[name]
    take_in(small())
    sound = dump(session)
    report = take_in(differing(changes))
    assert not report.set_aside
    assert not report.filled
    assert not report.changed
    assert dump(session) == sound
    assert {tidied.kind for tidied in report.tidied} >= set(kinds.split())


def people(session: Session) -> dict[str, Person]:
    return {person.number: person for person in session.exec(select(Person))}


def test_boss_outside_everybody_in_and_said_once(take_in: Import, session: Session) -> None:
    report = take_in(differing([column(P, "Leidinggevende", {"1": "0042"})]))
    assert len(people(session)) == 5
    (cause,) = report.causes
    assert (str(cause.reason), cause.weight) == ("Leidinggevende “0042” is not known.", 3)
    assert "medewerkers.csv line 3 (2): Leidinggevende “0042” is not known. – and 2 rows more" in report.to_text()


def test_two_managers_both_count_as_line(take_in: Import, session: Session) -> None:
    files = differing([cell(P, 4, "Leidinggevende", "1,5")])
    take_in(files)
    everybody = people(session)
    above = {everybody[number].id for number in "125"}  # 5 reports to 2
    assert line_above(session, everybody["3"].id) == above
    for number in "125":
        manager_id = everybody[number].id
        assert everybody["3"].id in set(session.scalars(line_below(manager_id)))
        assert session.scalars(of_these_below([everybody["3"].id, everybody["4"].id], manager_id)).all()
        assert Line(session, manager_id).among([everybody["3"].id]) == {everybody["3"].id}
    facts = people_facts(session, date(2026, 11, 23))
    assert set(_lines(facts, [facts[everybody["3"].id]])) == {(everybody["3"].id, one) for one in above}
    assert not take_in(files).changed
    assert take_in(small()).kinds["person"].updated == 1
    assert not session.exec(select(PersonManager)).all()


def test_no_roster_is_fine(take_in: Import, session: Session) -> None:
    report = take_in(differing([column(P, "Rooster", {"DAG": "", "NACHT": "-"})]))
    assert not report.filled
    assert {row.roster_id for row in session.exec(select(WorkTime))} == {None}


@pytest.mark.parametrize("days", [112, 365, 371])
def test_longer_cycles(days: int, take_in: Import, session: Session) -> None:
    week = ["D", "D", "D", "D", "D", "-", "-"]
    cycle = " ".join((week * 53)[:days])
    assert not take_in(differing([cell(R, 2, "Cyclus", cycle)])).set_aside
    assert session.exec(select(Roster.days).where(Roster.name == "DAG")).one() == days


@pytest.mark.parametrize("block", ["D+N", "d + n", "D&N", "N+D"])
def test_two_blocks_on_a_day(block: str, take_in: Import, session: Session) -> None:
    cycle = " ".join([block] * 5 + ["-", "-"])
    assert not take_in(differing([cell(R, 2, "Cyclus", cycle)])).set_aside
    roster = session.exec(select(Roster.id).where(Roster.name == "DAG")).one()
    worked = Counter(session.exec(select(RosterDay.day).where(RosterDay.roster_id == roster)))
    assert worked == dict.fromkeys(range(5), 2)


def test_codes_without_times_are_free(take_in: Import, session: Session) -> None:
    files = differing([cell(R, 2, "Cyclus", "D D RV D D - -")])
    files[S].append(["RV", "", "", "roostervrij"])
    assert not take_in(files).set_aside
    assert not take_in(files).changed


def test_dated_days(take_in: Import, session: Session) -> None:
    files = small()
    files[R] = [["Rooster", "Datum", "Dienst"], ["DAG", "5-1-2026", "D"], ["DAG", "6-1-2026", "D+N"]]
    files[R] += [["DAG", "9-1-2026", "N"], ["NACHT", "2026-01-05", ""]]
    assert not take_in(files).set_aside
    roster = session.exec(select(Roster).where(Roster.name == "DAG")).one()
    assert (roster.days, roster.repeats) == (5, False)
    days = session.exec(select(RosterDay.day).where(RosterDay.roster_id == roster.id))
    assert Counter(days) == {0: 1, 1: 2, 4: 1}
    assert not take_in(files).changed


def stripped(number: str) -> str:
    return number.lstrip("0")


def with_zeros() -> dict[str, Table]:
    files = small()
    for name in (P, V, "leervoorkeuren.csv", "aanvragen.csv"):
        for row in files[name][1:]:
            row[0] = f"0{row[0]}"
    for row in files[P][1:]:
        row[8] = row[8] and f"0{row[8]}"
    files["duos.csv"][1][:2] = ["02", "04"]
    return files


def test_lost_zeros_are_asked_about_and_nobody_is_doubled(take_in: Import, session: Session) -> None:
    take_in(with_zeros())
    before = dump(session)
    report = take_in(small())
    assert not report.written
    (question,) = report.open_questions
    assert (question.key, len(question.items), question.likely) == ("zeros", 5, "same")
    assert dump(session) == before
    report = take_in(small(), choices=Choices(Mapping(answers={"zeros": "same"})))
    assert report.written
    assert not report.changed
    assert sorted(people(session)) == ["01", "02", "03", "04", "05"]


def test_zeros_lost_in_one_of_the_files_lead_to_their_person(take_in: Import, session: Session) -> None:
    files = with_zeros()
    files[V] = small()[V]
    report = take_in(files)
    assert report.written
    assert not report.set_aside
    assert report.kinds["expertise"].created == 3


def test_who_is_gone_is_offered_as_a_leaver_and_never_taken_silently(take_in: Import, session: Session) -> None:
    take_in(small())
    files = small()
    files[P].pop(3)
    report: Report = take_in(files)
    assert [(leaver.number, leaver.name) for leaver in report.leavers] == [("3", "Cor Leerling")]
    assert people(session)["3"].last_day is None
    taken = take_in(files, choices=Choices(all_leavers=True))
    assert "1 of 5 people would leave" in str(taken.stops[0])
    assert people(session)["3"].last_day is None
    taken = take_in(files, choices=Choices(leavers=["3"], confirmed=True))
    assert taken.left == ["3"]
    session.expire_all()
    assert people(session)["3"].last_day is not None
