"""Databases for tests: migrated once a run, and as new for every test.

SQLite gets a copy of a file. PostgreSQL would need a quarter of a second for a copy, so each worker has one database
there, and between tests its rows are taken out and those of the start put back.
"""

from __future__ import annotations

import glob
import itertools
import os
import pathlib
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from mentorship import migrations
from mentorship.base.db import make_engine
from tests.factories import Organisation

BARE, ORGANISATION = "bare", "organisation"
"""What a test begins with: what the migrations put there, or the small organisation as well."""
Build = Callable[[Session], Organisation]
_numbers = itertools.count(1)


def relaxed(engine: sa.Engine) -> sa.Engine:
    """Let SQLite not wait for the disk, and turn round what no ORDER BY orders.

    A test ends no power, and each commit would cost it ten times as much. PostgreSQL gives rows in any order, and once
    in a hundred runs in another one than they were written in: what leans on that fails here at once.
    """
    if engine.dialect.name == "sqlite":

        @sa.event.listens_for(engine, "connect")
        def relax(connection: Any, _record: object) -> None:
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute("PRAGMA reverse_unordered_selects=ON")

    return engine


class SqliteShelf:
    """Two files to copy: a migrated database, and one with the small organisation in it."""

    def __init__(self, folder: pathlib.Path, build: Build) -> None:
        self.files = {start: folder / f"{start}.db" for start in (BARE, ORGANISATION)}
        engine = relaxed(make_engine(f"sqlite:///{self.files[BARE]}"))
        migrations.upgrade(engine)
        engine.dispose()
        shutil.copy(self.files[BARE], self.files[ORGANISATION])
        engine = relaxed(make_engine(f"sqlite:///{self.files[ORGANISATION]}"))
        self.organisation = _built(engine, build)
        engine.dispose()
        self._path = folder / "leermaat.db"
        self.engine = relaxed(make_engine(f"sqlite:///{self._path}"))

    @contextmanager
    def database(self, start: str) -> Iterator[str]:
        """Copy a file; hand out its URL."""
        shutil.copy(self.files[start], self._path)
        yield f"sqlite:///{self._path}"
        for path in self._path.parent.glob(f"{self._path.name}*"):  # its journal too
            path.unlink()


def _built(engine: sa.Engine, build: Build) -> Organisation:
    with Session(engine) as session:
        made = build(session)
        session.commit()
    return made


SCHEMA_NOW = """
SELECT md5(string_agg(mark, ' ' ORDER BY mark)) FROM (
  SELECT c.oid || '=' || c.xmin AS mark FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
  UNION ALL
  SELECT a.attrelid || '.' || a.attnum || '=' || a.xmin
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = 'public'::regnamespace
  UNION ALL
  SELECT k.oid || '=' || k.xmin FROM pg_constraint k WHERE k.connamespace = 'public'::regnamespace
  UNION ALL
  SELECT t.oid || '=' || t.xmin FROM pg_trigger t
  UNION ALL
  SELECT p.oid || '=' || p.xmin FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
) marks"""
"""One word for the schema as it stands: any statement that changes it changes the word."""
SEND_AWAY = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""
PLACES = """
SELECT format('public.%I', sequencename) AS name, coalesce(last_value, start_value) AS place,
  last_value IS NOT NULL AS used
FROM pg_sequences WHERE schemaname = 'public'"""


class PostgresShelf:
    """One migrated database of a server, wiped before each test; made anew after a test that changed its schema."""

    def __init__(self, server: sa.URL, build: Build) -> None:
        self._server = server
        self._admin = sa.create_engine(server, isolation_level="AUTOCOMMIT")
        self._template, self._name = f"template_{os.getpid()}", f"shelf_{os.getpid()}"
        self._create(self._template)
        engine = make_engine(self.url(self._template))
        migrations.upgrade(engine)
        self._tables = sa.inspect(engine).get_table_names()
        self._keep(engine, BARE)
        self.organisation = _built(engine, build)
        self._keep(engine, ORGANISATION)
        engine.dispose()
        self.engine = make_engine(self.url(self._name))
        self._wiping = sa.create_engine(self.url(self._name), isolation_level="AUTOCOMMIT", pool_pre_ping=True)
        self._make()

    def close(self) -> None:
        """Leave nothing on the server."""
        self._wiping.dispose()
        for name in (self._name, self._template):
            self._drop(name)
        self._admin.dispose()

    def url(self, name: str) -> str:
        return self._server.set(database=name).render_as_string(hide_password=False)

    @contextmanager
    def empty(self) -> Iterator[str]:
        """Hand out the URL of a database without any table."""
        name = f"empty_{os.getpid()}_{next(_numbers)}"
        self._create(name)
        yield self.url(name)
        self._drop(name)

    @contextmanager
    def database(self, start: str) -> Iterator[str]:
        """Hand out the URL of the database with nothing in it but what a test begins with."""
        with self._wiping.connect() as connection:
            connection.execute(sa.text(SEND_AWAY))
            unchanged = connection.scalar(sa.text(SCHEMA_NOW)) == self._schema
        if not unchanged:
            self._drop(self._name)
            self._make()
        with self._wiping.connect() as connection:
            connection.exec_driver_sql(self._wipe(start))
        yield self.url(self._name)

    def _make(self) -> None:
        self._wiping.dispose()
        self._create(self._name, f" TEMPLATE {self._template}")
        with self._wiping.connect() as connection:
            self._schema = connection.scalar(sa.text(SCHEMA_NOW))

    def _keep(self, engine: sa.Engine, start: str) -> None:
        """Put the rows and the places of the sequences as they are aside, in a schema that no code looks into."""
        with engine.begin() as connection:
            connection.exec_driver_sql(f"CREATE SCHEMA {start}")
            for name in self._tables:
                connection.exec_driver_sql(f'CREATE TABLE {start}."{name}" AS TABLE public."{name}"')
            connection.exec_driver_sql(f"CREATE TABLE {start}._places AS {PLACES.replace('%', '%%')}")

    def _wipe(self, start: str) -> str:
        """Take out all rows and put others back, with triggers and foreign keys at rest."""
        steps = [f'DELETE FROM public."{name}";' for name in self._tables]
        steps += [f'INSERT INTO public."{name}" SELECT * FROM {start}."{name}";' for name in self._tables]
        steps.append(f"PERFORM setval(name::regclass, place, used) FROM {start}._places;")
        return f"DO $$ BEGIN SET LOCAL session_replication_role = replica; {' '.join(steps)} END $$"

    def _create(self, name: str, source: str = "") -> None:
        self._run(f"CREATE DATABASE {name}{source}")

    def _drop(self, name: str) -> None:
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.exec_driver_sql(statement)


Shelf = SqliteShelf | PostgresShelf


def postgres_programs() -> pathlib.Path | None:
    """Return the folder of PostgreSQL's programs on this machine."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/pg_ctl"))
    control = found[-1] if found else shutil.which("pg_ctl")
    return pathlib.Path(control).parent if control else None


@contextmanager
def postgres_server(programs: pathlib.Path, data: pathlib.Path | None = None, **changed: str) -> Iterator[sa.URL]:
    """A PostgreSQL of our own for this run: as user postgres when root, for it refuses to run as root.

    `data`: where it keeps all, synced to the disk; it goes on with what is there.
    """
    folder = pathlib.Path(tempfile.mkdtemp(prefix="leermaat-pg-"))
    prefix: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        prefix = ["runuser", "-u", "postgres", "--"]

    def run(*words: object) -> None:
        subprocess.run([*prefix, *map(str, words)], check=True, stdout=subprocess.DEVNULL, cwd="/")

    kept = data or folder / "data"
    if not (kept / "PG_VERSION").exists():
        synced = [] if data else ["--no-sync"]
        run(programs / "initdb", "-D", kept, "-A", "trust", "-U", "postgres", "-E", "UTF8", *synced)
    settings = {
        "listen_addresses": "''",
        "unix_socket_directories": folder,
        "fsync": "off",
        "full_page_writes": "off",
        "synchronous_commit": "off",
        "autovacuum": "off",  # rows stay in the order in which they came
        **changed,
    }
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    run(programs / "pg_ctl", "-D", kept, "-w", "-l", folder / "log", "-o", options, "start")
    try:
        yield sa.make_url(f"postgresql+psycopg://postgres@/postgres?host={folder}")
    finally:
        run(programs / "pg_ctl", "-D", kept, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
