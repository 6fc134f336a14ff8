"""A disk that is full: a sentence, nothing lost, and once there is room the same files go in."""

from __future__ import annotations

import errno
import os
import pathlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, select

from mentorship.base import outage
from mentorship.base.config import Settings
from mentorship.hr_import.imports.dropped import take_dropped
from mentorship.hr_import.upload import rules
from mentorship.hr_import.upload.working import work_on_waiting
from mentorship.people.models import Person
from tests.factories import Organisation
from tests.hr_import.exports import Table, small, write
from tests.hr_import.test_upload import data, left, upload

pytestmark = pytest.mark.parametrize("kind", ["sqlite"])
FULL = "De schijf is vol"
PEOPLE = "medewerkers.csv"


@contextmanager
def full(engine: sa.Engine) -> Iterator[None]:
    """Let the database grow no further: its file is as large as the disk has room for."""

    def cap(connection: Any, *_record: object) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")

    def lift(connection: Any, *_record: object) -> None:
        connection.execute("PRAGMA max_page_count = 1073741823")

    sa.event.listen(engine, "checkout", cap)
    sa.event.listen(engine, "checkin", lift)
    try:
        yield
    finally:
        sa.event.remove(engine, "checkout", cap)
        sa.event.remove(engine, "checkin", lift)


def many(count: int = 2000) -> dict[str, Table]:
    """Return an export that no database takes in without growing."""
    files = small()
    head, *rows = files[PEOPLE]
    for number in range(100, 100 + count):
        row = [str(number), "Piet", "", f"Achternaam{number}", *rows[2][4:]]
        row[head.index("E-mail werk")] = ""
        rows.append(row)
    return {**files, PEOPLE: [head, *rows]}


@pytest.fixture
def engine_of(app: Flask) -> sa.Engine:
    return app.extensions["mentorship_engine"]


def test_an_upload_gets_a_sentence_and_goes_in_once_there_is_room(
    visit, session: Session, engine_of: sa.Engine, organisation: Organisation
):
    client = visit("hr")
    session.rollback()
    before = data(session)
    with full(engine_of):
        page = upload(client, many())
        assert page.status == 507 and FULL in page.text
    assert data(session) == before and left(session) == 0
    assert "kunnen mee" in upload(client, many()).heading


def test_an_import_that_finds_no_room_changes_nothing_and_keeps_the_draft(
    visit, session: Session, engine_of: sa.Engine, organisation: Organisation
):
    page = upload(visit("hr"), many())
    before, shown = data(session), page.path
    with full(engine_of):
        page.press("Neem ")
        assert page.status == 507 and FULL in page.text
    assert data(session) == before
    page.open(shown).press("Neem ")
    assert page.path == "/imports"


def test_a_large_import_by_the_worker_finds_no_room_and_is_not_lost(
    visit, session: Session, engine_of: sa.Engine, organisation: Organisation, now: datetime, monkeypatch
):
    monkeypatch.setattr(rules, "AT_ONCE", 10)
    page = upload(visit("hr"), many())
    work_on_waiting(engine_of, now)
    page.open(page.path).press("Neem ")
    before = data(session)
    with full(engine_of):
        work_on_waiting(engine_of, now)
    assert data(session) == before and left(session) > 0
    page.open(page.path)
    assert page.status == 200


@pytest.fixture
def dropped(tmp_path: pathlib.Path, engine: sa.Engine, now: datetime, organisation: Organisation) -> Callable[[], None]:
    write(tmp_path, many())
    for path in tmp_path.iterdir():
        os.utime(path, (now.timestamp() - 90, now.timestamp() - 90))
    organisation.session.commit()
    known = Settings(mode="test", import_folder=str(tmp_path), _env_file=None)
    return lambda: take_dropped(engine, now, known)


def numbers(session: Session) -> set[str]:
    found = set(session.exec(select(Person.number)))
    session.rollback()
    return found


def test_the_folder_keeps_its_files_until_the_database_has_room(dropped, engine, session, tmp_path):
    with full(engine), pytest.raises(outage.AWAY) as failure:
        dropped()
    assert outage.in_a_line(failure.value).startswith("the disk is full"), "what the log of the worker says"
    assert (tmp_path / PEOPLE).is_file() and "100" not in numbers(session)
    dropped()
    assert "100" in numbers(session) and not (tmp_path / PEOPLE).exists()


@pytest.mark.parametrize("step", ["replace", "mkdir"])
def test_the_folder_keeps_its_files_until_they_can_be_moved(step, dropped, session, tmp_path, caplog, monkeypatch):
    with monkeypatch.context() as no_room:
        no_room.setattr(pathlib.Path, step, _no_room)
        dropped()
    assert "No space left on device" in caplog.text
    assert (tmp_path / PEOPLE).is_file()
    dropped()
    assert "100" in numbers(session) and not (tmp_path / PEOPLE).exists()


def test_a_file_that_is_turned_down_is_not_lost_when_the_reason_cannot_be_written(
    dropped, tmp_path, caplog, monkeypatch
):
    (tmp_path / PEOPLE).write_bytes(b"")
    os.utime(tmp_path / PEOPLE, (0, 0))
    with monkeypatch.context() as no_room:
        no_room.setattr(os, "open", _no_room)
        dropped()
    assert "No space left on device" in caplog.text
    assert [path.name for path in (tmp_path / "rejected").iterdir() if path.name.endswith(PEOPLE)]


def _no_room(*_arguments: object, **_named: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")
