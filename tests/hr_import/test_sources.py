"""Two sources beside each other: who comes from the one is not missing from the other."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Session, select

from mentorship.hr_import.choices import Choices
from mentorship.hr_import.writing.models import ImportedRecord
from mentorship.people.models import Person
from tests.factories import Organisation
from tests.hr_import.conftest import Import
from tests.hr_import.exports import Table, small
from tests.hr_import.test_upload import upload

PEOPLE = "medewerkers.csv"


def people(*numbers: str) -> dict[str, Table]:
    """Return a file of these people of the small export, without managers."""
    head, *rows = small()[PEOPLE]
    kept = [row for row in rows if row[0] in numbers]
    for row in kept:
        row[head.index("Leidinggevende")] = ""
        row[head.index("Rooster")] = ""
    return {PEOPLE: [head, *kept]}


def missing(take_in: Import, source: str, *numbers: str) -> list[str]:
    report = take_in(people(*numbers), choices=Choices(source=source))
    return [leaver.number for leaver in report.leavers]


def test_nobody_is_offered_as_a_leaver_by_a_source_that_never_named_them(take_in: Import):
    assert missing(take_in, "AFAS", "1", "2", "3") == []
    assert missing(take_in, "Visma", "4", "5") == []
    assert missing(take_in, "AFAS", "1", "3") == ["2"]
    assert missing(take_in, "Visma", "5") == ["4"]


def test_who_moved_to_another_source_is_missing_from_that_one_alone(take_in: Import):
    missing(take_in, "AFAS", "1", "2", "3")
    missing(take_in, "Visma", "3", "4")
    assert missing(take_in, "AFAS", "1", "2") == []
    assert missing(take_in, "Visma", "4") == ["3"]


def test_whom_an_older_import_named_may_be_missing_from_any_source(take_in: Import, session: Session):
    missing(take_in, "AFAS", "1", "2")
    for record in session.exec(select(ImportedRecord).where(ImportedRecord.kind == "person")):
        record.values = {name: value for name, value in record.values.items() if name != "source"}
    session.commit()
    assert missing(take_in, "Visma", "1") == ["2"]


def test_all_who_are_missing_are_those_of_the_source(take_in: Import, session: Session):
    missing(take_in, "AFAS", "1", "2", "3")
    missing(take_in, "Visma", "4", "5")
    take_in(people("4"), choices=Choices(source="Visma", all_leavers=True, confirmed=True))
    leaving = session.exec(select(Person.number).where(sa.not_(Person.last_day.is_(None)))).all()
    assert leaving == ["5"]


def test_the_browser_asks_by_source_too(visit, session: Session, organisation: Organisation):
    upload(visit("hr"), people("1", "2", "3"), source="AFAS").press("Neem ")
    page = upload(visit("hr"), people("4", "5"), source="Visma")
    assert "Cor Leerling" not in page.text
    page.press("Neem ")
    page = upload(visit("hr"), people("1", "2"), source="AFAS")
    assert "Cor Leerling" in page.text and "Eva Alleskan" not in page.text


def test_who_came_without_a_source_may_be_missing_from_any(take_in: Import):
    missing(take_in, "", "1", "2")
    assert missing(take_in, "AFAS", "1") == ["2"]
