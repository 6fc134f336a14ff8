"""Who takes in an export does not become more by it: nobody gives a role to themselves."""

from __future__ import annotations

import pathlib
from datetime import datetime

from sqlmodel import Session, select

from mentorship.hr_import.actions import import_directory
from mentorship.people.models import Person
from mentorship.people.queries import roles_of
from tests.factories import Organisation
from tests.hr_import.exports import changed, small, write
from tests.hr_import.test_upload import upload

ROLES = "Rol"


def test_an_export_gives_no_role_to_who_takes_it_in(session: Session, tmp_path: pathlib.Path, now: datetime):
    import_directory(session, write(tmp_path / "one", small()), None, now)
    head, *rows = small()["medewerkers.csv"]
    line, number = next((n, row[0]) for n, row in enumerate(rows, start=2) if row[head.index(ROLES)] == "junior")
    person_id = session.exec(select(Person.id).where(Person.number == number)).one()
    assert person_id is not None
    more = changed("medewerkers.csv", line, ROLES, "leidinggevende")
    import_directory(session, write(tmp_path / "two", more), person_id, now)
    assert roles_of(session, person_id) == {"junior"}
    import_directory(session, write(tmp_path / "three", more), None, now)
    assert roles_of(session, person_id) == {"junior"}, "what stayed here wins from the same file"


def test_who_takes_in_an_export_that_would_make_them_more_sees_so_and_takes_in_the_rest(
    visit, session: Session, organisation: Organisation
):
    hr = session.get_one(Person, organisation.people["hr"])
    files = small()
    head, *rows = files["medewerkers.csv"]
    theirs = dict(zip(head, rows[0], strict=True)) | {"Medewerkernummer": hr.number, "E-mail werk": hr.email or ""}
    files["medewerkers.csv"].append(list(theirs.values()))
    person_id = hr.id
    session.rollback()
    page = upload(visit("hr"), files).press("Neem ")
    assert page.path == "/imports", page.text
    assert person_id is not None and roles_of(session, person_id) == {"hr"}
