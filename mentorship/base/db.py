"""The database: SQLite or PostgreSQL, one UTC type, transactions that lose nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, TypeAlias, TypeVar

from sqlalchemy import URL, BindParameter, Connection, DateTime, Engine, MetaData, TypeDecorator, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect, make_url
from sqlmodel import Session, SQLModel
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base import driver, files, turns

READ_ONLY = "mentorship_read_only"
MAX_ID = 2**31 - 1  # what an INTEGER column of PostgreSQL holds
LONGEST_LOG = 64 * 1024 * 1024
"""So many bytes of SQLite's log stay on the disk once what it holds is in the file."""
MANY = 5000
"""So many ids go into one statement; a database takes only so many values at once."""

SQLModel.metadata.naming_convention = {  # constraints have names, so that a migration can change them
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata: MetaData = SQLModel.metadata


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime: stored in UTC, handed back in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """What it hands back."""
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware datetime into UTC for storage."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no place in the database")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Hand back an aware datetime in UTC, also from SQLite, which forgets the zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            return value.replace(tzinfo=UTC)
        return value.astimezone(UTC)


def make_engine(url: str) -> Engine:
    """Return an engine whose SQLite transactions are real: writers queue up, nothing is lost between threads.

    Errors name the statement and not its values, so that no goal or note gets into a log.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed)
    return create_engine(
        parsed,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=8,
        max_overflow=2,  # eight processes of ten stay under the hundred that PostgreSQL lets in
    )


def _sqlite(url: URL) -> Engine:
    pool: dict[str, int] = {}
    if url.database and url.database != ":memory:":
        folder = Path(url.database).parent
        files.make_folder(folder)
        pool = {"pool_size": 20, "max_overflow": 20}
    engine = create_engine(
        url,
        module=driver.sqlite,
        hide_parameters=True,
        connect_args={"timeout": 30, "check_same_thread": False},
        **pool,
    )
    event.listen(engine, "do_connect", _for_us_alone)
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _for_us_alone(_dialect: object, _record: object, words: Sequence[Any], _options: object) -> None:
    """Make the file before SQLite does, which lets everybody read it; its journals are as the file is."""
    place = str(words[0]) if words else ":memory:"
    if place and not place.startswith((":", "file:")):
        files.make_empty(Path(place))


def _configure(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # `_begin` starts transactions, not the driver
    connection.create_function(
        "lower",
        1,
        _lower,
        deterministic=True,
    )  # SQLite's own knows only ASCII
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")  # what is deleted is gone from the file too, not only from the tables
    if _logs(cursor):
        cursor.execute("PRAGMA synchronous=FULL")
    else:
        # deleting the journal is the commit: FULL does not sync its folder, and a power cut brings the journal back
        cursor.execute("PRAGMA synchronous=EXTRA")
    cursor.close()


def _logs(cursor: Any) -> bool:
    """Write ahead into a log where that is safe, so that who reads keeps nobody from writing; tell whether we do."""
    wanted = "WAL" if driver.has_log else "DELETE"
    with suppress(driver.sqlite.OperationalError):  # somebody is at it in the other way: the next one tries again
        cursor.execute(f"PRAGMA journal_mode={wanted}")
    cursor.execute(f"PRAGMA journal_size_limit={LONGEST_LOG}")
    found = cursor.execute("PRAGMA journal_mode").fetchone()
    return bool(found == ("wal",))


def empty_log(engine: Engine) -> bool:
    """Bring what SQLite wrote beside its file into it, so that nothing that was deleted stays there.

    False when somebody read or wrote for so long that it could not be done.
    """
    if engine.dialect.name != "sqlite":
        return True
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchall()[0][0]
        return not busy
    finally:
        connection.close()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    reads_only = options.get(READ_ONLY)
    if reads_only:
        connection.exec_driver_sql("BEGIN")
        return
    with turns.aside():
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _lower(value: Any) -> Any:
    if isinstance(value, str):
        return value.lower()
    return value


def open_session(engine: Engine, *, read_only: bool = False) -> Session:
    """Open a session; a reading one takes no write lock on SQLite."""
    if read_only:
        engine = engine.execution_options(**{READ_ONLY: True})
    return Session(engine)


def only_reads(session: Session) -> bool:
    """Tell whether a session was opened for reading."""
    return bool(session.get_bind().get_execution_options().get(READ_ONLY))


T = TypeVar("T")
Given: TypeAlias = T | BindParameter[T]
"""What a query is about: a value, or one that is told when it is asked."""


class Identified(Protocol):
    """A row with an id of its own, which the database gives it."""

    @property
    def id(self) -> int | None:
        """None until it is stored."""


def id_of(row: Identified) -> int:
    """Return the id of a stored row; one that was never stored has none, and asking for it is a fault."""
    if row.id is None:
        raise ValueError(f"this {type(row).__name__} was never stored, so it has no id")
    return row.id


def locked(session: Session, table: type[T], key: Any) -> T | None:
    """Return the row with this primary key as it is now, nobody else's to change until we commit; None if none has.

    Who only writes a row that points at it does not wait: a proposal names its mentor, whoever works on that person.
    """
    return session.get(
        table,
        key,
        with_for_update={"key_share": True},
        populate_existing=True,
    )


def locking(query: SelectOfScalar[T]) -> SelectOfScalar[T]:
    """Turn a query for rows into one that locks them as `locked` does; order it, so that two never wait in a ring."""
    return query.with_for_update(key_share=True).execution_options(populate_existing=True)


def chunked(ids: Iterable[int | None]) -> Iterator[list[int]]:
    """Hand out ids in lists that fit into one statement: each once, in order, without None."""
    known = {row_id for row_id in ids if row_id is not None}
    rest = sorted(known)
    while rest:
        yield rest[:MANY]
        rest = rest[MANY:]


def insert_new(session: Session, table: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, except those whose unique key is there already, also when somebody else adds it now."""
    if not rows:
        return
    statement = upsert(session, table)
    session.connection().execute(statement.on_conflict_do_nothing(), list(rows))


def upsert(session: Session, table: Any) -> Any:
    """Return an insert that can say what happens when a key is there already."""
    if session.connection().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
