"""Fixtures: every database test runs on SQLite and on PostgreSQL, each test on a fresh copy of a migrated template."""

from __future__ import annotations

import glob
import itertools
import os
import pathlib
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlmodel import Session

from mentorship import migrations
from mentorship.app import create_app
from mentorship.base.config import Settings
from mentorship.base.db import make_engine
from tests.client import InspectingClient
from tests.factories import Organisation, small_organisation

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def lacking(what: str) -> None:
    """Skip a test for want of a program; in CI that is a failure."""
    if os.environ.get("CI"):
        pytest.fail(f"CI must have {what}")
    pytest.skip(f"no {what} on this machine")


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    engine = make_engine(f"sqlite:///{path}")
    migrations.upgrade(engine)
    engine.dispose()
    return path


def _postgres_programs() -> pathlib.Path | None:
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/pg_ctl"))
    control = found[-1] if found else shutil.which("pg_ctl")
    return pathlib.Path(control).parent if control else None


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[sa.URL]:
    """A PostgreSQL of our own for this run: as user postgres when root, for it refuses to run as root."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield sa.make_url(given)
        return
    programs = _postgres_programs()
    if programs is None:
        lacking("PostgreSQL")
    assert programs is not None
    folder = pathlib.Path(tempfile.mkdtemp(prefix="leermaat-pg-"))
    prefix: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        prefix = ["runuser", "-u", "postgres", "--"]

    def run(*words: object) -> None:
        subprocess.run([*prefix, *map(str, words)], check=True, stdout=subprocess.DEVNULL, cwd="/")

    run(programs / "initdb", "-D", folder / "data", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
    options = f"-c listen_addresses='' -c fsync=off -c full_page_writes=off -c unix_socket_directories={folder}"
    run(programs / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start")
    try:
        yield sa.make_url(f"postgresql+psycopg://postgres@/postgres?host={folder}")
    finally:
        run(programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_admin(postgres_server: sa.URL) -> Iterator[sa.Engine]:
    engine = sa.create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_template(postgres_admin: sa.Engine, postgres_server: sa.URL) -> str:
    name = f"template_{os.getpid()}"
    with postgres_admin.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    engine = make_engine(postgres_server.set(database=name).render_as_string(hide_password=False))
    migrations.upgrade(engine)
    engine.dispose()
    return name


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, kind: str, tmp_path: pathlib.Path) -> Iterator[str]:
    """The URL of a database without any table, on both kinds."""
    yield from _database(request, kind, tmp_path, migrated=False)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, kind: str, tmp_path: pathlib.Path) -> Iterator[str]:
    """The URL of a fresh migrated database, on both kinds."""
    yield from _database(request, kind, tmp_path, migrated=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    chosen: str = request.param
    return chosen


def _database(request: pytest.FixtureRequest, kind: str, folder: pathlib.Path, *, migrated: bool) -> Iterator[str]:
    if kind == "sqlite":
        path = folder / "leermaat.db"
        if migrated:
            shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    admin: sa.Engine = request.getfixturevalue("postgres_admin")
    server: sa.URL = request.getfixturevalue("postgres_server")
    name = f"test_{os.getpid()}_{next(_numbers)}"
    template = f" TEMPLATE {request.getfixturevalue('postgres_template')} STRATEGY FILE_COPY" if migrated else ""
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}{template}"))
    yield server.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def engine(database_url: str) -> Iterator[sa.Engine]:
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: sa.Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


@pytest.fixture
def organisation(session: Session, now: datetime) -> Organisation:
    made = small_organisation(session, now)
    session.commit()
    return made


@pytest.fixture
def app(engine: sa.Engine, database_url: str, now: datetime) -> Flask:
    return make_app(engine, database_url, now)


def make_app(engine: sa.Engine, database_url: str, now: datetime) -> Flask:
    """An application for tests: a fixed clock, cheap password hashes."""
    settings = Settings(
        mode="test", database_url=database_url, secret_key="t" * 40, secure_cookies=False, argon2_memory_kib=8,
        argon2_time_cost=1, _env_file=None,
    )  # fmt: skip
    app = create_app(settings, engine)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache()  # every test has its own app, and the same templates
    app.config.update(TESTING=True, CLOCK=lambda: now, PROPAGATE_EXCEPTIONS=False)
    return app


@pytest.fixture
def visit(app: Flask, session: Session, organisation: Organisation) -> Callable[[str | None], InspectingClient]:
    """Return a client signed in as somebody of the small organisation, or (None) as nobody."""

    def as_person(key: str | None) -> InspectingClient:
        return InspectingClient(app, session, organisation.people[key] if key else None)

    return as_person


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
