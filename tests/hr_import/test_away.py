"""Who is not available, by an export: taken in by every way in, shown to nobody else, never undone."""

from __future__ import annotations

import json
import os
import pathlib
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from mentorship.base.audit import AuditRow
from mentorship.base.clock import local_date
from mentorship.base.config import Settings
from mentorship.base.outbox import OutboxRow
from mentorship.hr_import.imports.dropped import take_dropped
from mentorship.hr_import.imports.models import TakenImport
from mentorship.hr_import.upload.models import ImportDraft
from mentorship.people.models import Person
from mentorship.profiles.away.models import Away
from tests.factories import Organisation
from tests.hr_import.conftest import Import
from tests.hr_import.exports import Table, small, write
from tests.hr_import.test_upload import upload

FILE = "afwezigheid.csv"


@pytest.fixture
def first(now: datetime) -> date:
    return local_date(now) + timedelta(days=10)


@pytest.fixture
def absences(first: date) -> Table:
    last = first + timedelta(days=20)
    return [
        ["Medewerkernummer", "Van", "Tot", "Reden"],
        ["3", f"{first:%d-%m-%Y}", f"{last:%d-%m-%Y}", "griepje"],
        ["3", f"{last:%d-%m-%Y}", f"{last + timedelta(days=1):%d-%m-%Y}", ""],
        ["4", f"{first:%d-%m-%Y}", f"{first:%d-%m-%Y}", ""],
    ]


def away(session: Session) -> list[tuple[str, date, date]]:
    query = select(Person.number, Away.first_day, Away.last_day).join(Away, Away.person_id == Person.id)
    found = sorted(session.exec(query).all())
    session.rollback()
    return [tuple(row) for row in found]


def expected(first: date) -> list[tuple[str, date, date]]:
    return [("3", first, first + timedelta(days=21)), ("4", first, first)]


def test_the_command_takes_in_who_is_away_and_tells_them_alone(take_in: Import, session: Session, absences, first):
    report = take_in({**small(), FILE: absences})
    assert away(session) == expected(first)
    assert "The files say of 2 people when they are not available" in report.to_text()
    told = session.exec(select(Person.number).join(OutboxRow, OutboxRow.recipient_id == Person.id)).all()
    assert sorted(told) == ["3", "4"]
    logged = repr([row.details for row in session.exec(select(AuditRow))])
    assert FILE not in logged and first.isoformat() not in logged


def test_who_takes_in_does_not_hear_who_was_away_already(take_in: Import, session: Session, absences, first):
    new = take_in({**small(), FILE: absences})
    again = take_in({**small(), FILE: absences})
    assert away(session) == expected(first)
    assert again.changed and again.to_json()["away"] == new.to_json()["away"] == 2
    assert session.scalar(sa.select(sa.func.count()).select_from(OutboxRow)) == 2, "told once"


def test_the_browser_shows_how_many_and_no_days_and_takes_them_in(
    visit, session: Session, absences, first, organisation: Organisation
):
    page = upload(visit("hr"), {**small(), FILE: absences})
    assert "van 2 mensen" in page.text
    kept = session.exec(select(ImportDraft)).one()
    shown = page.text + json.dumps([kept.preview, kept.aside])
    session.rollback()
    for secret in (f"{first:%d-%m-%Y}", first.isoformat(), "griepje"):
        assert secret not in shown
    assert away(session) == [], "a preview writes nothing"
    page.press("Neem ")
    assert page.path == "/imports"
    assert away(session) == expected(first)


def test_a_file_of_absences_alone_goes_in_and_stays_when_the_import_is_undone(
    visit, session: Session, absences, first, organisation: Organisation
):
    upload(visit("hr"), small()).press("Neem ")
    page = upload(visit("hr"), {FILE: absences})
    page.press("Neem ")
    assert page.path == "/imports"
    page.tap("Terugdraaien")
    assert "Wie niet beschikbaar is, blijft dat" in page.text
    page.press("Ja, draai het terug")
    assert "behalve voor wie niet beschikbaar is" in page.text
    assert away(session) == expected(first)


def test_who_was_new_goes_away_with_an_undo_and_takes_the_absence_along(
    visit, session: Session, absences, organisation: Organisation
):
    page = upload(visit("hr"), {**small(), FILE: absences})
    page.press("Neem ").tap("Terugdraaien").press("Ja, draai het terug")
    assert page.status == 200
    assert away(session) == []


def test_the_folder_takes_in_who_is_away(
    engine: sa.Engine, session: Session, tmp_path: pathlib.Path, now: datetime, absences, first, organisation
):
    write(tmp_path, {**small(), FILE: absences})
    for path in tmp_path.iterdir():
        os.utime(path, (now.timestamp() - 90, now.timestamp() - 90))
    take_dropped(engine, now, Settings(mode="test", import_folder=str(tmp_path), _env_file=None))
    assert session.exec(select(TakenImport.outcome)).all() == ["taken"]
    session.rollback()
    assert away(session) == expected(first)
