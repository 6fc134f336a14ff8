"""Puts a backup back: into an empty database, or in the place of what is there; what is there goes last of all."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from mentorship.base import files
from mentorship.base.config import BESIDE_DATABASE
from mentorship.base.db import empty_log, make_engine
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.leader import Leader
from mentorship.operations.backup import container, contents, embedded, kept_ledger, server
from mentorship.operations.backup.container import Head
from mentorship.operations.backup.kept_ledger import Ledger

NOT_EMPTY = N_("The database is not empty; --overwrite puts the backup in the place of all that is in it.")
AT_WORK = N_("The service is at work on this database: stop serve and worker first.")
CONNECTED = N_("Somebody else is connected to the database: stop serve and worker, and whoever else looks in.")
OTHER_KIND = N_("%(file)s is a backup of %(kind)s, and the database of the settings is %(wanted)s.")
NO_FILE = N_("MENTORSHIP_DATABASE_URL names no file to put a backup into.")
OTHERS = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND usesysid IS NOT NULL AND (backend_type IS NULL OR backend_type = 'client backend')"""
"""Of another role the server tells no kind, but who it is: what it runs by itself is nobody's."""
LINGERS = 5.0
"""Seconds that a connection may be seen after it was closed."""


def check_target(path: Path, head: Head, engine: Engine, *, overwrite: bool) -> None:
    """Refuse another kind of database, and one that is not empty unless that was asked for."""
    kind = engine.dialect.name
    if head.kind != kind:
        raise Refused(
            OTHER_KIND,
            file=path.name,
            kind=head.kind,
            wanted=kind,
        )
    if not overwrite and not _is_empty(engine):
        raise Refused(NOT_EMPTY)


def _is_empty(engine: Engine) -> bool:
    try:
        with engine.connect() as connection:
            return not inspect(connection).get_table_names()
    except SQLAlchemyError:
        if engine.dialect.name != "sqlite":
            raise
        return False  # a file that is no database


def ledger_there(engine: Engine) -> Ledger:
    """Return the ledger of the database that goes, where it can still be read."""
    try:
        with Session(engine) as session:
            return kept_ledger.of(session, kept_ledger.known_at(session))
    except SQLAlchemyError:
        return Ledger()


def _refuse_others(engine: Engine) -> None:
    """Refuse while somebody else is connected; what was just closed gets the time to go."""
    until = time.monotonic() + LINGERS
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while connection.scalar(text(OTHERS)):
            if time.monotonic() > until:
                raise Refused(CONNECTED)
            time.sleep(0.1)


@contextmanager
def standing_still(engine: Engine) -> Iterator[None]:
    """Hold the lead over a database, so that no worker begins; refuse while the service is at work on it."""
    if engine.dialect.name == "postgresql":
        _refuse_others(engine)
    leader = Leader(engine)
    try:
        if not leader.leads():
            raise Refused(AT_WORK)
        yield
    finally:
        leader.let_go()


@contextmanager
def put_back(path: Path, secret: str, engine: Engine) -> Iterator[Engine]:
    """Put a backup into a database, and hand out that database to be worked on before anybody sees it.

    SQLite's file goes in place when the block has ended well. PostgreSQL's tables are in place before the block.
    """
    if engine.dialect.name == "sqlite":
        with _new_file(path, secret, engine) as restored:
            yield restored
    else:
        with container.reading(path, secret) as (_head, stream):
            contents.read(stream)
            server.put_back(stream, engine)
        yield engine


@contextmanager
def _new_file(path: Path, secret: str, engine: Engine) -> Iterator[Engine]:
    named = engine.url.database
    if not named or named == ":memory:":
        raise Refused(NO_FILE)
    place = Path(named)
    beside = place.with_name(f"{embedded.COPY}{secrets.token_hex(8)}")
    try:
        files.make_empty(beside)
        with container.reading(path, secret) as (_head, stream):
            held = contents.read(stream)
            embedded.unpack(stream, beside)
        embedded.look_into(beside, held)
        restored = make_engine(f"sqlite:///{beside}")
        yield restored
        empty_log(restored)
        restored.dispose()
        _take_place(engine, beside, place)
    finally:
        for behind in BESIDE_DATABASE:
            Path(f"{beside}{behind}").unlink(missing_ok=True)


def _take_place(engine: Engine, beside: Path, place: Path) -> None:
    """Put a file in the place of the database, with nothing beside it that belongs to the one of before."""
    with suppress(SQLAlchemyError):
        empty_log(engine)
    engine.dispose()
    files.settle(beside)
    for behind in ("-wal", "-shm", "-journal"):
        Path(f"{place}{behind}").unlink(missing_ok=True)
    beside.replace(place)
    files.settle(place.absolute().parent)
