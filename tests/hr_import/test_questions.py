"""What only a person can tell is asked; nothing is written before, nobody is doubled, and an answer is kept."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, select

from mentorship.hr_import import sources
from mentorship.hr_import.choices import Choices
from mentorship.hr_import.reading.mapping import Mapping, learned
from mentorship.hr_import.report import Report
from mentorship.people.models import Person
from tests.hr_import.conftest import Import
from tests.hr_import.exports import Table, changed, dump, small

P = "medewerkers.csv"


def numbered(old: str, new: str) -> dict[str, Table]:
    """Return the small export with another number for somebody, in every file."""
    files = small()
    for rows in files.values():
        for row in rows[1:]:
            row[:2] = [new if cell == old else cell for cell in row[:2]]
    for row in files[P][1:]:
        row[8] = new if row[8] == old else row[8]
    return files


def answered(take_in: Import, files: dict[str, Table], **answers: str) -> Report:
    return take_in(files, choices=Choices(Mapping(answers=answers)))


def numbers(session: Session) -> list[str]:
    session.expire_all()
    return sorted(session.exec(select(Person.number)))


def test_a_new_number_is_asked_about(take_in: Import, session: Session) -> None:
    take_in(small())
    before = dump(session)
    report = take_in(numbered("2", "77"))
    (question,) = report.open_questions
    assert (question.key, question.likely) == ("renumbered", "same")
    assert [item.key for item in question.items] == ["renumbered:77"]
    assert dump(session) == before
    assert "--answer renumbered=same" in report.to_text()


def test_of_the_same_person_all_stays_under_the_new_number(take_in: Import, session: Session) -> None:
    take_in(small())
    person_id = session.exec(select(Person.id).where(Person.number == "2")).one()
    report = answered(take_in, numbered("2", "77"), renumbered="same")
    assert report.written
    assert not report.changed
    assert not report.gone
    assert session.exec(select(Person.id).where(Person.number == "77")).one() == person_id
    assert not take_in(numbered("2", "77")).changed
    assert numbers(session) == ["1", "3", "4", "5", "77"]


def test_somebody_else_of_that_name_comes_in(take_in: Import, session: Session) -> None:
    take_in(small())
    files = small()
    files[P].append([*files[P][3]])
    files[P][-1][0], files[P][-1][4] = "78", ""
    files[P].pop(3)
    report = answered(take_in, files, **{"renumbered:78": "other"})
    assert report.written
    assert [leaver.number for leaver in report.leavers] == ["3"]
    assert "78" in numbers(session)


def test_another_address_says_that_it_is_somebody_else(take_in: Import, session: Session) -> None:
    take_in(small())
    files = numbered("3", "78")
    files[P][3][4] = "andere.cor@b.example"
    report = take_in(files)
    assert not report.questions
    assert "78" in numbers(session)


def test_an_address_of_somebody_here_is_asked_about(take_in: Import, session: Session) -> None:
    take_in(small())
    files = small()
    files[P].pop(3)
    files[P].append(["6", "Fay", "", "Nieuw", "cor@b.example", "Delft", "", "", "", "", "", "nl", "", "", "", "", ""])
    assert [question.key for question in take_in(files).open_questions] == ["address"]
    assert "6" not in numbers(session)
    report = answered(take_in, files, address="leave")
    assert "Somebody here has cor@b.example: nothing was filled in." in map(str, (f.reason for f in report.filled))
    assert session.exec(select(Person.email).where(Person.number == "6")).one() is None
    answered(take_in, files, address="give")
    session.expire_all()
    owners = session.exec(select(Person.number).where(Person.email == "cor@b.example")).all()
    assert owners == ["6"]


def test_two_in_the_file_with_one_address_both_come_in(take_in: Import, session: Session) -> None:
    report = take_in(changed(P, 4, "E-mail werk", "ANS@b.example"))
    assert report.written
    assert session.exec(select(Person.number).where(Person.email == "ans@b.example")).all() == ["1"]


def test_who_left_and_is_in_the_export_again_is_asked_about(take_in: Import, session: Session) -> None:
    take_in(small())
    cor = session.exec(select(Person).where(Person.number == "3")).one()
    cor.left_on = cor.last_day = date(2026, 11, 1)
    session.commit()
    report = take_in(changed(P, 4, "Afdeling", "Nieuw"))
    assert [(question.key, question.likely) for question in report.open_questions] == [("returned", "gone")]
    answered(take_in, changed(P, 4, "Afdeling", "Nieuw"), returned="gone")
    session.expire_all()
    assert (cor.left_on, cor.department) == (date(2026, 11, 1), "Werk")
    answered(take_in, changed(P, 4, "Afdeling", "Nieuw"), returned="back")
    session.expire_all()
    assert (cor.left_on, cor.department) == (None, "Nieuw")


def test_when_a_tenth_would_be_set_aside_nothing_is_written_unless_confirmed(take_in: Import, session: Session) -> None:
    before = dump(session)
    files = changed(P, 4, "Achternaam", "")
    report = take_in(files)
    assert [str(stop) for stop in report.stops] == [
        "1 of 5 people would be set aside. Nothing is written unless that is confirmed."
    ]
    assert dump(session) == before
    assert take_in(files, choices=Choices(confirmed=True)).written
    assert numbers(session) == ["1", "2", "4", "5"]


def test_a_mapping_and_its_answers_are_kept_for_a_source(session: Session, now: datetime) -> None:
    mapping = Mapping(
        sheets={"blad1": P}, columns={P: {"persid": "Medewerkernummer"}}, roles={"lasser": "senior"}, shifts={"q": ""}
    )
    sources.keep(session, None, "afas", mapping, now)
    assert sources.kept(session, "afas") == mapping
    sources.keep(session, None, "afas", learned(mapping, answers={"zeros": "same"}), now)
    kept = sources.kept(session, "afas")
    assert (kept.answers, kept.roles) == ({"zeros": "same"}, {"lasser": "senior"})
    assert sources.names(session) == ["afas"]
    assert sources.kept(session, "nieuw") == Mapping()


def test_what_is_kept_and_makes_no_sense_any_more_is_left_out() -> None:
    assert Mapping.from_json({"sheets": 3, "columns": {"weg.csv": {}, P: "x"}, "roles": {"A": None}}) == Mapping(
        columns={P: {}}
    )
