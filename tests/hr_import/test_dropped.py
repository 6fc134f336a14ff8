"""A folder that HR fills each night: taken in with the same guards, moved away, told of; nothing is lost."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from mentorship.base.config import Settings
from mentorship.base.outbox import OutboxRow
from mentorship.hr_import.imports import dropped
from mentorship.hr_import.imports.dropped import take_dropped
from mentorship.hr_import.imports.models import TakenImport
from mentorship.people.models import Person
from mentorship.privacy.purges.queries import standings
from mentorship.worker import jobs
from tests.factories import Organisation
from tests.hr_import.exports import Table, small, write

Drop = Callable[[dict[str, Table]], None]


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    made = tmp_path / "dropped"
    made.mkdir()
    return made


@pytest.fixture
def work(engine: sa.Engine, folder: pathlib.Path, now: datetime, organisation: Organisation) -> Callable[..., None]:
    def run(at: datetime = now) -> None:
        take_dropped(engine, at, Settings(mode="test", import_folder=str(folder), _env_file=None))

    return run


def age(folder: pathlib.Path, now: datetime, seconds: int = 90) -> None:
    for path in folder.iterdir():
        age_one(path, now, seconds)


def age_one(path: pathlib.Path, now: datetime, seconds: int = 90) -> None:
    moment = now.timestamp() - seconds
    os.utime(path, (moment, moment))


def people(session: Session) -> set[str]:
    found = set(session.exec(select(Person.number)))
    session.rollback()
    return found


def names(folder: pathlib.Path) -> list[str]:
    return sorted(path.name.partition("-")[2].partition("-")[2] for path in folder.iterdir())


def test_what_is_complete_is_taken_in_moved_away_and_told(work, folder, session, now, organisation: Organisation):
    write(folder, small())
    age(folder, now, 20)
    work()
    assert "2" not in people(session), "it may still be written to"
    (folder / "rest.csv.part").write_bytes(b"x")
    age(folder, now)
    work()
    assert {"1", "2", "3", "4", "5"} <= people(session)
    assert names(folder / "taken") == sorted(small())
    assert sorted(path.name for path in folder.iterdir()) == ["rejected", "rest.csv.part", "taken"]
    told = set(session.exec(select(OutboxRow.recipient_id).where(OutboxRow.kind == "import")))
    assert told == {organisation.people["coordinator"], organisation.people["hr"]}
    session.rollback()
    work()
    assert len(session.exec(select(TakenImport)).all()) == 1


def test_a_bad_file_is_set_aside_with_its_reason_and_the_rest_goes_in(work, folder, session, now):
    write(folder, small())
    (folder / "foto.xlsx").write_bytes(b"PK\x03\x04 this is no workbook")
    age(folder, now)
    work()
    assert "2" in people(session)
    assert names(folder / "rejected") == ["foto.xlsx", "foto.xlsx.txt"]
    reason = next((folder / "rejected").glob("*.txt")).read_text(encoding="utf-8")
    assert "foto.xlsx" in reason
    outcomes = sorted(session.exec(select(TakenImport.outcome)))
    assert outcomes == ["rejected", "taken"]


def test_much_that_would_be_set_aside_is_written_by_nobody(work, folder, session, now):
    files = small()
    for row in files["medewerkers.csv"][1:4]:
        row[3] = ""
    write(folder, files)
    age(folder, now)
    before = people(session)
    work()
    assert people(session) == before
    assert len(list((folder / "rejected").glob("*.csv"))) == len(files), "nothing is lost"


def test_who_is_missing_is_only_offered(work, folder, session, now):
    write(folder, small())
    age(folder, now)
    work()
    files = small()
    del files["medewerkers.csv"][5]
    write(folder, {"medewerkers.csv": files["medewerkers.csv"]})
    later = now + timedelta(days=1)
    age(folder, later)
    work(later)
    gone = session.exec(select(Person).where(Person.number == "5")).one()
    assert gone.last_day is None and gone.left_on is None
    last = session.exec(select(TakenImport).order_by(sa.desc(TakenImport.id))).first()
    assert last is not None and last.summary["leavers"] == 1


def test_killed_before_moving_the_same_files_change_nothing(work, folder, session, now, monkeypatch):
    write(folder, small())
    age(folder, now)
    with monkeypatch.context() as killed:
        killed.setattr(pathlib.Path, "replace", _killed)
        with pytest.raises(KeyboardInterrupt):
            work()
    before = people(session)
    work()
    assert people(session) == before and names(folder / "taken") == sorted(small())


def test_what_cannot_be_moved_is_taken_in_and_told_once(work, folder, session, now, monkeypatch):
    write(folder, small())
    age(folder, now)
    with monkeypatch.context() as locked:
        locked.setattr(pathlib.Path, "replace", _refused)
        for minute in range(3):
            work(now + timedelta(minutes=minute))
    told = len(session.exec(select(OutboxRow).where(OutboxRow.kind == "import")).all())
    assert len(session.exec(select(TakenImport)).all()) == 1 and told
    session.rollback()
    work(now + timedelta(minutes=4))
    assert names(folder / "taken") == sorted(small()), "moved as soon as that can be done"
    write(folder, small())
    later = now + timedelta(days=1)
    age(folder, later)
    work(later)
    assert len(session.exec(select(TakenImport)).all()) == 2, "the same files dropped anew are told of"


def test_what_cannot_be_moved_is_not_taken_in_again_beside_what_is_new(work, folder, session, now, monkeypatch):
    write(folder, small())
    age(folder, now)
    with monkeypatch.context() as locked:
        locked.setattr(pathlib.Path, "replace", _refused)
        work()
        (folder / "later.csv").write_text("Nr;Naam\n6;Fem Bos\n", encoding="utf-8")
        age_one(folder / "later.csv", now)
        for minute in range(3):
            work(now + timedelta(minutes=minute))
    work(now + timedelta(minutes=4))
    assert "6" in people(session)
    assert [one.files for one in session.exec(select(TakenImport).order_by(TakenImport.id))][1:] == [["later.csv"]]
    assert names(folder / "taken") == sorted([*small(), "later.csv"])


def test_what_is_written_over_while_it_is_taken_in_is_taken_in_too(work, folder, session, now, monkeypatch):
    write(folder, {"people.csv": [["Nr", "Naam"], ["6", "Fem Bos"]]})
    age(folder, now)
    taking = dropped.take_in

    def meanwhile(*given: object, **named: object) -> object:
        write(folder, {"people.csv": [["Nr", "Naam"], ["6", "Fem Bos"], ["7", "Gé Vos"]]})
        return taking(*given, **named)

    with monkeypatch.context() as transfer:
        transfer.setattr(dropped, "take_in", meanwhile)
        work()
    assert "7" not in people(session)
    later = now + timedelta(minutes=5)
    age_one(folder / "people.csv", later)
    work(later)
    assert {"6", "7"} <= people(session)


def _refused(*_paths: object) -> None:
    raise PermissionError(13, "Permission denied")


def _killed(*_paths: object) -> None:
    raise KeyboardInterrupt


def test_what_was_moved_away_is_deleted_after_thirty_days(
    engine: sa.Engine, folder: pathlib.Path, work: Callable[..., None], now: datetime
):
    """And nothing that somebody else put there."""
    write(folder, small())
    age(folder, now)
    work()
    others = ["1-2-oud.csv", "2019-11-overzicht.csv", "20190101-1-oud.csv", "leesmij.txt"]
    for name in others:
        (folder / "taken" / name).write_text("van ons")
    known = Settings(mode="test", import_folder=str(folder), _env_file=None)
    jobs.purge_all(engine, now + timedelta(days=30), known)
    assert len(list((folder / "taken").iterdir())) > len(others)
    jobs.purge_all(engine, now + timedelta(days=30, seconds=1), known)
    assert sorted(path.name for path in (folder / "taken").iterdir()) == others
    with Session(engine) as session:
        (of_files,) = [one for one in standings(session, now) if one.name == "files"]
    assert of_files.total > 1
