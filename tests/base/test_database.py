"""What the database keeps: moments in UTC, every write, one leader."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Barrier, Event
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from mentorship.base import audit, db, driver
from mentorship.base.audit import AuditRow
from mentorship.base.db import MANY, chunked, id_of, locked, locking, make_engine, open_session
from mentorship.base.leader import ADVISORY_LOCK, Leader

THREADS, TIMES = 8, 5


def read_moment(engine: sa.Engine) -> datetime:
    with open_session(engine, read_only=True) as session:
        return session.scalars(sa.select(AuditRow.at).order_by(AuditRow.id.desc())).first() or datetime.min


def test_moments_come_back_in_utc_and_need_a_zone(engine: sa.Engine):
    here = datetime(2026, 7, 14, 9, 0, 0, 123456, tzinfo=ZoneInfo("Europe/Amsterdam"))
    for moment in (here, here.astimezone(UTC), here.astimezone(timezone(timedelta(hours=-9)))):
        with open_session(engine) as session:
            audit.record(session, moment, None, "look", "test", 1)
            session.commit()
        found = read_moment(engine)
        assert found == here and found.tzinfo is UTC and found.hour == 7
    with open_session(engine, read_only=True) as session:
        assert session.scalar(sa.select(sa.func.count()).where(AuditRow.at == here)) == 3, "found by any zone"
    with open_session(engine) as session, pytest.raises(sa.exc.StatementError, match="naive"):
        audit.record(session, datetime(2026, 7, 14, 9, 0), None, "look", "test", 1)
        session.flush()


def test_eight_threads_lose_no_write(engine: sa.Engine):
    """Each reads, adds one and writes; on PostgreSQL it says that it will write, as our verbs do."""
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE counter (number INTEGER)"))
        connection.execute(sa.text("INSERT INTO counter VALUES (0)"))
    locking = "" if engine.dialect.name == "sqlite" else " FOR UPDATE"
    start = Barrier(THREADS)

    def count(_: int) -> None:
        start.wait(10)
        for _ in range(TIMES):
            with open_session(engine) as session:
                number = session.scalar(sa.text(f"SELECT number FROM counter{locking}"))
                session.execute(sa.text("UPDATE counter SET number = :next"), {"next": (number or 0) + 1})
                session.commit()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(count, range(THREADS)))
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT number FROM counter")) == THREADS * TIMES


def test_a_reader_sees_nothing_unfinished_and_an_error_tells_nothing(engine: sa.Engine, now: datetime):
    with open_session(engine) as writer:
        audit.record(writer, now, None, "write", "test", 1)
        writer.flush()
        with open_session(engine, read_only=True) as reader:
            assert reader.scalar(sa.select(sa.func.count()).select_from(AuditRow)) == 0
        writer.rollback()
    assert read_moment(engine) == datetime.min
    with open_session(engine) as session, pytest.raises(sa.exc.DBAPIError) as failure:
        session.execute(sa.text("INSERT INTO nowhere VALUES (:goal)"), {"goal": "Doelvogel"})
    assert "Doelvogel" not in str(failure.value)


HOLDER = """
import sys
from mentorship.base.db import make_engine
from mentorship.base.leader import Leader
leader = Leader(make_engine(sys.argv[1]))
print(leader.leads(), leader.leads(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(database_url: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that took the lead."""
    words = [sys.executable, "-c", HOLDER, database_url]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def test_one_leads_and_the_lead_passes_on_when_the_holder_is_killed(
    holder: subprocess.Popen[str], engine: sa.Engine, database_url: str
):
    assert holder.stdout and holder.stdout.readline() == "True True\n"
    waiting, third = Leader(engine), Leader(make_engine(database_url))
    assert [waiting.leads(), third.leads(), waiting.leads()] == [False, False, False]
    holder.kill()
    holder.wait()
    if engine.dialect.name == "postgresql":
        _until_the_server_noticed(engine)
    assert [waiting.leads(), third.leads(), waiting.leads()] == [True, False, True]


def _until_the_server_noticed(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        connection.execute(sa.text("SET LOCAL lock_timeout = '20s'"))
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})


@pytest.mark.parametrize("kind", ["postgresql"])  # a lock on a file is lost with the process alone
def test_a_leader_that_lost_its_database_stands_back(engine: sa.Engine, database_url: str):
    leader, other = Leader(engine), Leader(make_engine(database_url))
    assert leader.leads()
    ending = """
        SELECT count(pg_terminate_backend(pid, 20000)) FROM pg_locks
        WHERE locktype = 'advisory'
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    """
    with engine.connect() as connection:
        assert connection.scalar(sa.text(ending)) == 1
    assert other.leads() and not leader.leads()
    assert not leader.leads(), "and it comes back without a fault, to stand by"


@pytest.mark.parametrize("kind", ["postgresql"])
def test_a_leader_without_a_database_says_so_once(engine: sa.Engine, caplog: pytest.LogCaptureFixture):
    leader = Leader(engine)
    assert leader.leads()
    caplog.clear()
    name = engine.url.database
    with sa.create_engine(engine.url.set(database="postgres"), isolation_level="AUTOCOMMIT").connect() as admin:
        admin.execute(sa.text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
        admin.execute(sa.text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"))
        assert not any(leader.leads() for _ in range(20))
        admin.execute(sa.text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true"))
    assert len(caplog.records) == 1
    assert leader.leads(), "and leads again when it is back"


def test_a_row_that_was_never_stored_has_no_id(session: Session, now: datetime):
    row = AuditRow(at=now, verb="look", subject="test", subject_id=1)
    with pytest.raises(ValueError, match="AuditRow was never stored"):
        id_of(row)
    session.add(row)
    session.flush()
    assert id_of(row) == row.id


def test_a_locked_row_is_read_again_and_waits_for_who_holds_it(engine: sa.Engine, now: datetime):
    with open_session(engine) as session:
        audit.record(session, now, None, "look", "test", 1)
        session.commit()
    with open_session(engine) as waiting, ThreadPoolExecutor(1) as pool:
        row = waiting.exec(select(AuditRow)).one()
        row_id, seen = id_of(row), Event()
        waiting.commit()  # SQLite lets nobody write beside us

        def change() -> None:
            with open_session(engine) as other:
                for found in (locked(other, AuditRow, row_id), other.exec(locking(select(AuditRow))).one()):
                    assert found is not None
                    found.verb = f"{found.verb} again"
                    other.flush()
                seen.set()
                other.commit()

        done = pool.submit(change)
        assert seen.wait(10)
        found = locked(waiting, AuditRow, row_id)
        assert found is row and found.verb == "look again again"
        done.result(10)
        assert locked(waiting, AuditRow, row_id + 1) is None


def test_many_ids_come_in_lists_that_fit_into_a_statement():
    assert list(chunked([])) == list(chunked([None])) == []
    assert list(chunked([3, None, 1, 3])) == [[1, 3]]
    assert [len(ids) for ids in chunked(range(2 * MANY + 1))] == [MANY, MANY, 1]


def test_a_commit_on_the_embedded_database_survives_a_power_cut(tmp_path: Path):
    """WAL syncs with FULL (2) already; without it the journal's unlinking is the commit, and EXTRA syncs its folder."""
    engine = make_engine(f"sqlite:///{tmp_path}/leermaat.db")
    with engine.connect() as connection:
        journal = connection.scalar(sa.text("PRAGMA journal_mode"))
        synchronous = connection.scalar(sa.text("PRAGMA synchronous"))
    engine.dispose()
    assert (journal, synchronous) in (("delete", 3), ("wal", 2))


@pytest.mark.usefixtures("new_sqlite")
def test_who_reads_keeps_nobody_from_writing(tmp_path: Path):
    """On a page that takes a while others go on; it shows what was there when it began."""
    engine = make_engine(f"sqlite:///{tmp_path}/leermaat.db")
    sa.event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=0"))
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE kept (word TEXT)"))
    with open_session(engine, read_only=True) as reads:
        assert not reads.execute(sa.text("SELECT * FROM kept")).all()
        with engine.begin() as connection:
            connection.execute(sa.text("INSERT INTO kept VALUES ('later')"))
        assert not reads.execute(sa.text("SELECT * FROM kept")).all()
    with open_session(engine, read_only=True) as reads:
        assert reads.scalar(sa.text("SELECT word FROM kept")) == "later"
    engine.dispose()


@pytest.mark.usefixtures("new_sqlite")
def test_a_database_of_before_gets_its_log_once_nobody_is_at_it(tmp_path: Path):
    path = tmp_path / "leermaat.db"
    before = driver.sqlite.connect(path, isolation_level=None)
    before.execute("CREATE TABLE kept (word TEXT)")
    before.execute("BEGIN")
    before.execute("SELECT * FROM kept").fetchall()

    def journal() -> tuple[object, object]:
        engine = make_engine(f"sqlite:///{path}?timeout=0")
        with engine.connect() as connection:
            found = connection.scalar(sa.text("PRAGMA journal_mode")), connection.scalar(sa.text("PRAGMA synchronous"))
        engine.dispose()
        return found

    assert journal() == ("delete", 3)
    before.execute("COMMIT")
    assert journal() == ("wal", 2)
    before.close()


@pytest.mark.usefixtures("new_sqlite")
def test_a_log_that_is_in_use_is_told_to_be_not_emptied(tmp_path: Path):
    """What was deleted stands in it until nobody reads what was there before."""
    engine = make_engine(f"sqlite:///{tmp_path}/leermaat.db")
    sa.event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=0"))
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE kept (word TEXT)"))
        connection.execute(sa.text("INSERT INTO kept VALUES ('geheimvogel')"))
    log = tmp_path / "leermaat.db-wal"
    with open_session(engine, read_only=True) as reads:
        reads.execute(sa.text("SELECT * FROM kept")).all()
        with engine.begin() as connection:
            connection.execute(sa.text("DELETE FROM kept"))
        assert not db.empty_log(engine)
        assert b"geheimvogel" in log.read_bytes()
    assert db.empty_log(engine)
    assert not log.read_bytes()
    engine.dispose()
