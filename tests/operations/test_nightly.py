"""The backup of each night, the ledger beside it, and what is seen of both."""

from __future__ import annotations

import json
import pathlib
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session

from mentorship import worker
from mentorship.base import heartbeat
from mentorship.base.clock import AMSTERDAM
from mentorship.base.config import Settings
from mentorship.base.db import open_session
from mentorship.base.errors import Refused
from mentorship.base.secret_codes import seal_by
from mentorship.operations.backup import kept_ledger, making, nightly, rules
from mentorship.operations.metrics import figures
from mentorship.operations.queries import BACKUP, LEDGER
from mentorship.privacy.requests import actions as privacy
from mentorship.worker import jobs
from tests.conftest import KEY
from tests.factories import Organisation

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def known(tmp_path: pathlib.Path) -> Settings:
    seal_by([KEY])
    values = {"mode": "test", "secret_key": KEY, "backup_folder": str(tmp_path / "kept"), "backup_keep_days": 3}
    return Settings(**values, _env_file=None)


def kept(known: Settings) -> list[str]:
    return sorted(path.name for path in pathlib.Path(known.backup_folder).glob("*"))


def test_a_backup_is_due_once_a_night_through_ten_years_of_summer_time():
    """Also in the night without the hour, and in the one that has it twice; the worker looks each hour."""
    now = datetime(2026, 1, 1, 12, 7, tzinfo=UTC)
    newest, made = now, []
    while now < datetime(2037, 1, 1, tzinfo=UTC):
        now += HOUR
        if rules.is_due(newest, now, hour=2):
            made.append(now.astimezone(AMSTERDAM))
            newest = now
    days = [moment.date() for moment in made]
    assert days == [date(2026, 1, 2) + DAY * n for n in range(len(days))] and days[-1] == date(2036, 12, 31)
    assert {moment.hour for moment in made} <= {2, 3}


def test_a_clock_that_was_wrong_stops_no_backup():
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert not rules.is_due(now + HOUR, now, 2), "an hour back"
    assert rules.is_due(now + 2 * DAY, now, 2)


def test_each_night_one_is_made_and_old_ones_go(engine: sa.Engine, now: datetime, known: Settings):
    for n in range(5):
        jobs.back_up(engine, now + n * DAY, known)
        jobs.back_up(engine, now + n * DAY + 2 * HOUR, known)
    nightly_ones = [f"leermaat-2026-11-{day}-100000.backup" for day in range(24, 28)]
    assert kept(known) == nightly_ones
    (pathlib.Path(known.backup_folder) / "my own.txt").write_text("not ours")
    nightly.rotate(pathlib.Path(known.backup_folder), date(2030, 1, 1), keep_days=3)
    assert kept(known) == [*nightly_ones, "my own.txt"], "the clock jumped ahead"


def test_a_clock_that_jumps_ahead_leaves_the_newest_seven(tmp_path: pathlib.Path):
    for day in range(1, 31):
        (tmp_path / f"leermaat-2026-11-{day:02}-020000.backup").touch()
    assert nightly.rotate(tmp_path, date(2036, 1, 1), keep_days=30) == 23
    assert min(path.name for path in tmp_path.iterdir()) == "leermaat-2026-11-24-020000.backup"
    assert nightly.rotate(tmp_path, date(2036, 1, 1), keep_days=1) == 5, "nor more than such a time brings"


def test_where_no_folder_is_set_none_is_made_and_nothing_is_late(engine: sa.Engine, now: datetime, tmp_path):
    bare = Settings(mode="test", secret_key=KEY, _env_file=None)
    jobs.back_up(engine, now, bare)
    jobs.keep_ledger(engine, now, bare)
    assert not list(tmp_path.glob("*.backup"))
    assert BACKUP not in worker.status(engine, now, bare).passes


def test_what_failed_is_tried_again_and_seen(engine: sa.Engine, now: datetime, known: Settings, monkeypatch):
    jobs.back_up(engine, now, known)
    jobs.keep_ledger(engine, now, known)
    assert not {BACKUP, LEDGER} & set(worker.status(engine, now + HOUR, known).idle)
    monkeypatch.setattr(making, "verify", lambda *a: (_ for _ in ()).throw(Refused("not sound")))
    with pytest.raises(Refused):
        jobs.back_up(engine, now + DAY, known)
    assert kept(known) == ["leermaat-2026-11-23-100000.backup", kept_ledger.NAME], "the one that is not sound is gone"
    assert BACKUP in worker.status(engine, now + 27 * HOUR, known).idle
    monkeypatch.undo()
    jobs.back_up(engine, now + DAY + HOUR, known)
    assert BACKUP not in worker.status(engine, now + 27 * HOUR, known).idle


def test_its_age_is_measured(engine: sa.Engine, now: datetime, known: Settings):
    assert b"backup_age" not in figures(worker.status(engine, now, known))
    jobs.back_up(engine, now, known)
    assert b"leermaat_backup_age_seconds 7200.0" in figures(worker.status(engine, now + 2 * HOUR, known))


def test_the_console_shows_both_jobs(visit, app: Flask, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch):
    backing_up = app.extensions["mentorship_settings"].model_copy(update={"backup_folder": str(tmp_path)})
    monkeypatch.setitem(app.extensions, "mentorship_settings", backing_up)
    page = visit("admin").get("/console").text
    assert "een reservekopie maken en nakijken" in page and "het wisregister bij de reservekopieën bijhouden" in page


def test_the_ledger_follows_the_database(
    engine: sa.Engine, session: Session, organisation: Organisation, now: datetime, known: Settings
):
    jobs.keep_ledger(engine, now, known)
    path = pathlib.Path(known.backup_folder) / kept_ledger.NAME
    assert not kept_ledger.read(path).erased and path.stat().st_mode & 0o777 == 0o600
    privacy.erase_person(session, organisation.people["junior"], now)
    session.commit()
    jobs.keep_ledger(engine, now + timedelta(minutes=1), known)
    told = kept_ledger.read(path)
    assert list(told.erased.values()) == [now] and told.kept_at == now + timedelta(minutes=1)
    assert "junior" not in path.read_text()
    written = path.stat().st_mtime_ns
    jobs.keep_ledger(engine, now + timedelta(minutes=2), known)
    assert path.stat().st_mtime_ns == written, "nothing changed"


def test_a_database_that_was_put_back_by_hand_does_not_overwrite_the_ledger(
    engine: sa.Engine, session: Session, organisation: Organisation, now: datetime, known: Settings
):
    privacy.erase_person(session, organisation.people["junior"], now)
    session.commit()
    jobs.keep_ledger(engine, now, known)
    with open_session(engine) as older:
        older.execute(sa.text("DELETE FROM erasure"))
        heartbeat.beat(older, LEDGER, now - DAY)
        older.commit()
    with pytest.raises(kept_ledger.LedgerIsAhead, match="reapply --yes --ledger"):
        jobs.keep_ledger(engine, now + HOUR, known)
    path = pathlib.Path(known.backup_folder) / kept_ledger.NAME
    assert len(kept_ledger.read(path).erased) == 1
    with open_session(engine) as session:
        kept_ledger.note_kept(session, now + HOUR)
        session.commit()


def test_a_line_that_is_none_is_refused():
    with pytest.raises(Refused, match="regel 1"):
        kept_ledger.parse(json.dumps({"number": "x", "last_day": "soon"}))


def test_a_ledger_that_is_not_whole_is_refused(now: datetime):
    """Empty, without its first line, or cut off at the end of a line: it is not believed that nobody was erased."""
    whole = list(kept_ledger.Ledger({"x": now, "y": now}, {"z": now.date()}, now).lines())
    assert len(kept_ledger.parse("\n".join(whole)).erased) == 2
    for told in ([], whole[1:], whole[:-1], whole[:1], [*whole, whole[1].replace("x", "w")]):
        with pytest.raises(Refused, match="niet heel"):
            kept_ledger.parse("\n".join(told))
