"""A backup is made whole or not at all, is sealed where a key is set, and comes back with who was erased since."""

from __future__ import annotations

import os
import pathlib
import random
import resource
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from threading import Timer

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from sqlmodel import Session, col, select

from mentorship import migrations
from mentorship.base.audit import AuditRow
from mentorship.base.db import make_engine, metadata
from mentorship.base.errors import Refused
from mentorship.base.personal import NEVER_IN_BACKUPS
from mentorship.base.secret_codes import seal_by
from mentorship.cli import main
from mentorship.leaving.actions import set_last_day
from mentorship.operations.backup import container, contents, kept_ledger, making, restoring
from mentorship.people.account import actions as account
from mentorship.people.models import ActivationCode, Person, SignIn
from mentorship.people.queries import person_by_number
from mentorship.privacy.requests import actions as privacy
from tests.conftest import KEY, bare_environment, logging_as_before
from tests.databases import SEND_AWAY
from tests.factories import Organisation

SEAL = "6f1d0b9c3a5e7d2484bb1c0e9f36a7d85c4e2b10f9a8d7c6b5e4f30219acbd57"
Run = Callable[..., Result]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> Iterator[Run]:
    monkeypatch.chdir(tmp_path)
    bare_environment(monkeypatch)
    seal_by([KEY])

    def run(url: str, *words: object, key: str = "", **more: str) -> Result:
        known = {"LANG": "en_GB.UTF-8", "MENTORSHIP_DATABASE_URL": url, "MENTORSHIP_SECRET_KEY": KEY}
        known |= {"MENTORSHIP_BACKUP_KEY": key, **more}
        done = CliRunner().invoke(main, [str(word) for word in words], env=known)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done

    with logging_as_before():
        yield run


def left_behind(folder: pathlib.Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith(".leermaat"))


def unpacked(path: pathlib.Path) -> bytes:
    """What whoever has no key can make of a backup."""
    told = path.read_bytes().split(b"\n", 2)[2]
    with suppress(zlib.error):
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(told)
    return told


def numbers(url: str) -> list[str]:
    engine = make_engine(url)
    with Session(engine) as session:
        found = list(session.exec(select(Person.number).order_by(col(Person.id))))
    engine.dispose()
    return found


def rows(url: str) -> dict[str, int]:
    engine = make_engine(url)
    with engine.connect() as connection:
        names = sa.inspect(connection).get_table_names()
        found = {name: connection.scalar(sa.text(f'SELECT count(*) FROM "{name}"')) for name in names}
    engine.dispose()
    return found


@pytest.mark.parametrize("key", ["", SEAL], ids=["open", "sealed"])
def test_what_was_backed_up_comes_back(
    command: Run, database_url: str, empty_url: str, organisation: Organisation, tmp_path: pathlib.Path, key: str
):
    organisation.session.rollback()
    there = tmp_path / "today.backup"
    made = command(database_url, "backup", there, key=key)
    assert made.exit_code == 0, made.output
    assert "looked into" in made.stdout
    assert there.stat().st_mode & 0o777 == 0o600
    assert ("not sealed" in made.stderr) == (not key)
    assert (b"n-junior" in unpacked(there)) == (not key), "without a key the numbers stand in it"
    back = command(empty_url, "restore", "--without-ledger", there, key=key)
    assert back.exit_code == 0, back.output
    assert numbers(empty_url) == numbers(database_url)
    before, after = rows(database_url), rows(empty_url)
    after["audit"] -= 1  # that it was put back
    noted = {"purge_pass", "purge_run", "heartbeat"}
    differing = {name for name in before if before[name] != after[name]}
    assert differing <= noted, differing
    assert not left_behind(tmp_path)
    engine = make_engine(empty_url)
    assert not migrations.drift(engine)
    with Session(engine) as session:
        assert session.exec(select(AuditRow.verb).order_by(col(AuditRow.id).desc())).first() == "put backup back"
    engine.dispose()


@pytest.fixture
def sealed(command: Run, database_url: str, organisation: Organisation, tmp_path: pathlib.Path) -> pathlib.Path:
    organisation.session.rollback()
    path = tmp_path / "sealed.backup"
    assert command(database_url, "backup", path, key=SEAL).exit_code == 0
    return path


def refused(done: Result, told: str) -> None:
    assert done.exit_code == 1, done.output
    assert told in done.stderr and not done.stdout


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)  # the file is the same for both
def test_a_backup_that_is_not_what_was_written_is_refused(
    command: Run, sealed: pathlib.Path, empty_url: str, tmp_path: pathlib.Path
):
    """Wrong key, no key, cut off, another file, and a byte changed wherever it stands: the target stays as it was."""
    words = ["restore", "--without-ledger"]
    refused(command(empty_url, *words, sealed, key=SEAL[::-1]), "another key")
    refused(command(empty_url, *words, sealed), "is sealed")
    whole, changed = sealed.read_bytes(), tmp_path / "changed.backup"
    for length in (0, 10, 18, 60, 250, len(whole) // 2, len(whole) - 1):
        changed.write_bytes(whole[:length])
        assert command(empty_url, *words, changed, key=SEAL).exit_code == 1, length
    head = len(whole.split(b"\n")[0]) + len(whole.split(b"\n")[1]) + 2
    for place in (0, 25, head - 20, head, head + 11, len(whole) // 2, len(whole) - 17, len(whole) - 1):
        changed.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert command(empty_url, *words, changed, key=SEAL).exit_code == 1, place
    changed.write_bytes(whole + b"\0")
    refused(command(empty_url, *words, changed, key=SEAL), "damaged")
    changed.write_text("number;name\n1;Jan\n")
    refused(command(empty_url, *words, changed, key=SEAL), "is no backup")
    assert not rows(empty_url) and not left_behind(tmp_path)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)  # the file is the same for both
def test_an_open_one_with_a_changed_byte_is_refused(
    command: Run, database_url: str, empty_url: str, tmp_path: pathlib.Path
):
    there = tmp_path / "open.backup"
    command(database_url, "backup", there)
    whole = there.read_bytes()
    there.write_bytes(whole[:-100] + bytes([whole[-100] ^ 1]) + whole[-99:])
    refused(command(empty_url, "restore", "--without-ledger", there), "damaged")
    assert not rows(empty_url)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)  # the file is the same for both
def test_with_a_key_what_is_not_sealed_is_refused_unless_asked_for(
    command: Run, database_url: str, empty_url: str, tmp_path: pathlib.Path
):
    """Who can write to the folder of backups could lay anything there."""
    there = tmp_path / "open.backup"
    command(database_url, "backup", there)
    refused(command(empty_url, "restore", "--without-ledger", there, key=SEAL), "--unsealed")
    assert not rows(empty_url)
    done = command(empty_url, "restore", "--without-ledger", "--unsealed", there, key=SEAL)
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_key_that_is_too_short_seals_nothing(command: Run, database_url: str, tmp_path: pathlib.Path):
    refused(command(database_url, "backup", tmp_path / "x.backup", key=SEAL[:31]), "at least 32")
    assert not (tmp_path / "x.backup").exists()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)  # the file is the same for both
def test_nothing_is_overwritten_unasked(command: Run, database_url: str, tmp_path: pathlib.Path):
    there = tmp_path / "today.backup"
    there.write_text("mine")
    refused(command(database_url, "backup", there), "--overwrite")
    assert there.read_text() == "mine"
    assert command(database_url, "backup", "--overwrite", there).exit_code == 0
    assert there.read_bytes().startswith(b"leermaat backup")
    refused(command(database_url, "restore", "--without-ledger", there), "not empty")
    refused(command(database_url, "backup", tmp_path / "none" / "x.backup"), "cannot be written")


def test_an_empty_database_has_nothing_to_back_up(command: Run, empty_url: str, tmp_path: pathlib.Path):
    refused(command(empty_url, "backup", tmp_path / "x.backup"), "nothing to back up")
    assert not (tmp_path / "x.backup").exists() and not left_behind(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="there a process has no limit of file sizes")
def test_a_full_disk_is_told_and_nothing_is_left(command: Run, database_url: str, tmp_path: pathlib.Path):
    there = tmp_path / "today.backup"
    there.write_text("of yesterday")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, hard))
    try:
        done = command(database_url, "backup", "--overwrite", there)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    refused(done, "no room")
    assert there.read_text() == "of yesterday" and not left_behind(tmp_path)


@pytest.mark.parametrize("kept", ["beside", "in the database that goes"])
def test_who_was_erased_after_the_backup_stays_erased(
    command: Run,
    database_url: str,
    empty_url: str,
    engine: sa.Engine,
    organisation: Organisation,
    tmp_path: pathlib.Path,
    kept: str,
):
    """And who was said to leave after it leaves again."""
    made, target = organisation, database_url if kept.startswith("in") else empty_url
    made.session.commit()
    there = tmp_path / "today.backup"
    assert command(database_url, "backup", there).exit_code == 0
    privacy.erase_person(made.session, made.people["junior"], made.now)
    leaver = made.people["other_junior"]
    set_last_day(made.session, made.actor("hr"), leaver, made.now.date() + timedelta(days=400), made.now)
    made.session.commit()
    made.session.close()
    ledger = tmp_path / kept_ledger.NAME
    if target == empty_url:
        refused(command(target, "restore", there), "--without-ledger")
        ledger.write_text(command(database_url, "privacy", "ledger").stdout)
        assert "n-junior" not in ledger.read_text()
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execute(sa.text(SEND_AWAY))
    engine.dispose()
    words = [] if target == empty_url else ["--overwrite", "--without-ledger"]
    done = command(target, "restore", *words, there)
    assert done.exit_code == 0, done.output
    assert "1 person erased again" in done.stdout and "1 person leaves again" in done.stdout
    engine = make_engine(target)
    with Session(engine) as session:
        assert person_by_number(session, "n-junior") is None
        assert session.get_one(Person, leaver).last_day == made.now.date() + timedelta(days=400)
        assert len(kept_ledger.of(session).erased) == 1
    engine.dispose()


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)  # the embedded one is put in place last of all
def test_a_restore_that_is_killed_leaves_nothing_that_serves(
    command: Run,
    database_url: str,
    engine: sa.Engine,
    organisation: Organisation,
    tmp_path: pathlib.Path,
    monkeypatch: pytest.MonkeyPatch,
):
    """Once it is done again, who was erased since is erased, though the database that knew it was gone."""
    made, there = organisation, tmp_path / "today.backup"
    made.session.commit()
    assert command(database_url, "backup", there).exit_code == 0
    privacy.erase_person(made.session, made.people["junior"], made.now)
    made.session.commit()
    made.session.close()
    with engine.connect() as connection:
        connection.execute(sa.text(SEND_AWAY))
    engine.dispose()
    with monkeypatch.context() as killed:
        killed.setattr(kept_ledger, "note_kept", lambda *_: sys.exit(9))
        assert command(database_url, "restore", "--overwrite", "--without-ledger", there).exit_code == 9
    assert "n-junior" in numbers(database_url), "the backup is in place"
    for words in (["worker", "--once"], ["privacy", "ledger"]):
        refused(command(database_url, *words), "restore --overwrite")
    done = command(database_url, "restore", "--overwrite", there)
    assert "1 person erased again" in done.stdout, done.output
    assert "n-junior" not in numbers(database_url)
    assert command(database_url, "privacy", "ledger").exit_code == 0
    assert not list(tmp_path.glob("*.ndjson"))


def test_sessions_and_codes_of_a_backup_open_nothing(
    command: Run, database_url: str, empty_url: str, organisation: Organisation, tmp_path: pathlib.Path
):
    """They may have been ended, or used, after it was made."""
    made, there = organisation, tmp_path / "today.backup"
    person = made.session.get_one(Person, made.people["junior"])
    account.start_session(made.session, person, "phone", 12, made.now)
    made.session.add(ActivationCode(person_id=person.id, code_hash="x", expires_at=made.now + timedelta(days=9999)))
    made.session.commit()
    assert command(database_url, "backup", there).exit_code == 0
    assert command(empty_url, "restore", "--without-ledger", there).exit_code == 0
    engine = make_engine(empty_url)
    with Session(engine) as session:
        assert not session.exec(select(SignIn).where(col(SignIn.ended_at).is_(None))).all()
        assert not session.exec(select(ActivationCode)).all()
    engine.dispose()


def test_an_older_backup_is_brought_to_this_version(
    command: Run, database_url: str, empty_url: str, engine: sa.Engine, tmp_path: pathlib.Path
):
    there = tmp_path / "older.backup"
    migrations.downgrade(engine, "0070")
    engine.dispose()
    assert command(database_url, "backup", there).exit_code == 0
    done = command(empty_url, "restore", "--without-ledger", there)
    assert done.exit_code == 0, done.output
    brought = make_engine(empty_url)
    found, wanted = migrations.state(brought)
    assert found == wanted and not migrations.drift(brought)
    brought.dispose()
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    assert command(database_url, "backup", "--overwrite", there).exit_code == 0
    refused(command(empty_url, "restore", "--overwrite", "--without-ledger", there), "later version")


def test_a_database_that_somebody_uses_is_not_put_back_into(
    command: Run, database_url: str, empty_url: str, kind: str, tmp_path: pathlib.Path
):
    there = tmp_path / "today.backup"
    command(database_url, "backup", there)
    engine = make_engine(empty_url)
    if kind == "postgresql":
        with engine.connect():
            refused(command(empty_url, "restore", "--without-ledger", there), "Somebody else is connected")
    else:
        leader = restoring.Leader(engine)
        assert leader.leads()
        refused(command(empty_url, "restore", "--without-ledger", there), "at work")
        leader.let_go()
    engine.dispose()
    assert command(empty_url, "restore", "--without-ledger", there).exit_code == 0


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)  # the other one needs no program
def test_a_pg_dump_that_is_newer_than_the_server_is_refused(
    command: Run, database_url: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
):
    program = tmp_path / "pg_dump"
    program.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 99.1'\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    refused(command(database_url, "backup", tmp_path / "x.backup"), "pg_dump is of version 99")
    assert not (tmp_path / "x.backup").exists() and not left_behind(tmp_path)


@pytest.fixture
def role(empty_url: str) -> Iterator[str]:
    """A role that owns nothing and may see nothing of others."""
    engine = make_engine(empty_url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CREATE ROLE leermaat_looks LOGIN PASSWORD 'tijdelijk'")
    engine.dispose()
    yield sa.make_url(empty_url).set(username="leermaat_looks", password="tijdelijk").render_as_string(False)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("DROP ROLE leermaat_looks")
    engine.dispose()


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)  # an embedded database has no roles
def test_a_connection_of_another_role_is_seen(empty_url: str, role: str, monkeypatch: pytest.MonkeyPatch):
    """The server hides from a role what kind of connection another one's is; one that was closed goes in a while."""
    engine, mine = make_engine(empty_url), make_engine(role)
    others = engine.connect()
    others.exec_driver_sql("SELECT 1")
    with monkeypatch.context() as patience, pytest.raises(Refused, match="nog iemand"):
        patience.setattr(restoring, "LINGERS", 0)
        with restoring.standing_still(mine):
            pass
    closing = Timer(0.5, lambda: (others.close(), engine.dispose()))
    closing.start()
    with restoring.standing_still(mine):
        pass
    closing.join()
    mine.dispose()


def test_a_backup_of_the_other_kind_is_refused(command: Run, database_url: str, kind: str, tmp_path: pathlib.Path):
    there = tmp_path / "today.backup"
    command(database_url, "backup", there)
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}
    whole = there.read_bytes().replace(kind.encode(), other[kind].encode(), 1)
    there.write_bytes(whole)
    refused(command(database_url, "restore", "--overwrite", "--without-ledger", there), f"a backup of {other[kind]}")


@pytest.fixture
def buffer(engine: sa.Engine) -> Iterator[sa.Table]:
    """A table that no backup may hold."""
    table = sa.Table("ballot_box", metadata, sa.Column("words", sa.Text), info={NEVER_IN_BACKUPS: True})
    table.create(engine)
    yield table
    metadata.remove(table)


def test_what_may_be_in_no_backup_is_in_none(
    command: Run, database_url: str, empty_url: str, engine: sa.Engine, buffer: sa.Table, tmp_path: pathlib.Path
):
    secret = "zeventien kanaries " * 400
    with engine.begin() as connection:
        connection.execute(buffer.insert(), [{"words": f"{secret} {n}"} for n in range(20)])
    engine.dispose()
    there = tmp_path / "today.backup"
    assert command(database_url, "backup", there).exit_code == 0
    with container.reading(there, "") as (_head, stream):
        assert b"kanaries" not in stream.read(), "nor in what was free in the file"
    assert command(empty_url, "restore", "--without-ledger", there).exit_code == 0
    assert rows(empty_url)["ballot_box"] == 0


def test_a_backup_is_of_one_moment_while_others_write(
    command: Run, database_url: str, engine: sa.Engine, organisation: Organisation, tmp_path: pathlib.Path, monkeypatch
):
    """A row comes after the counting and before the dump: it is in neither."""
    organisation.session.rollback()
    told = making.KINDS[engine.dialect.name].dumped

    @contextmanager
    def dumped(engine: sa.Engine) -> Iterator[object]:
        with told(engine) as found:
            with Session(engine) as session:
                organisation.in_session(session, organisation.now).person("late", "junior")
                session.commit()
            yield found

    monkeypatch.setattr(making.KINDS[engine.dialect.name], "dumped", dumped)
    there = tmp_path / "today.backup"
    done = command(database_url, "backup", there)
    assert done.exit_code == 0, done.output
    with container.reading(there, "") as (_head, stream):
        held = contents.read(stream)
    assert held.tables["person"] + 1 == rows(database_url)["person"]


@pytest.mark.parametrize("key", ["", SEAL], ids=["open", "sealed"])
@pytest.mark.parametrize("size", [0, 1, container.PIECE - 1, container.PIECE, 2 * container.PIECE, 5_000_000])
def test_a_stream_of_any_length_comes_back_and_no_piece_moves(tmp_path: pathlib.Path, key: str, size: int):
    told = random.Random(7).randbytes(size)
    path = tmp_path / "stream"
    with path.open("wb") as file, container.writing(file, container.Head("sqlite", "1", "now"), key) as stream:
        stream.write(told)
    with container.reading(path, key) as (_head, stream):
        assert stream.read() == told
    whole = path.read_bytes()
    head, step = len(whole.splitlines(keepends=True)[0] + whole.splitlines(keepends=True)[1]), container.PIECE + 16
    one, two = whole[head : head + step], whole[head + step : head + 2 * step]
    for changed in (whole[: head + step], whole[:head] + two + one + whole[head + 2 * step :], whole[:-1]):
        if changed == whole:
            continue
        path.write_bytes(changed)
        with pytest.raises(Refused), container.reading(path, key) as (_head, stream):
            stream.read()
