"""Fixtures: every database test runs on SQLite and on PostgreSQL, each test on one as new."""

from __future__ import annotations

import logging
import os
import pathlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.orm import Session as BareSession
from sqlmodel import Session
from xdist.scheduler import LoadScopeScheduling

from mentorship.app import create_app
from mentorship.base import driver, keeping, settled
from mentorship.base.config import Settings
from mentorship.base.secret_codes import seal_by
from mentorship.cli import main
from tests import settling
from tests.client import InspectingClient
from tests.databases import (
    BARE,
    ORGANISATION,
    PostgresShelf,
    Shelf,
    SqliteShelf,
    postgres_programs,
    postgres_server,
)
from tests.factories import Organisation, small_organisation

settling.watch()
SHELVES = {"sqlite": "sqlite_shelf", "postgresql": "postgres_shelf"}
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@sa.event.listens_for(BareSession, "before_commit")
def forget_what_is_kept(session: BareSession) -> None:
    """Let go of what is kept when a test plants rows past the verbs: those would have noted it in the audit log."""
    if not session.info.get("audit"):
        keeping._KEPT.clear()


def lacking(what: str) -> None:
    """Skip a test for want of a program; in CI that is a failure."""
    if os.environ.get("CI"):
        pytest.fail(f"CI must have {what}")
    pytest.skip(f"no {what} on this machine")


@pytest.fixture
def new_sqlite() -> None:
    """Need an SQLite that may keep a log: where there is a package that brings one, it is installed."""
    if not driver.has_log:
        lacking("an SQLite that may keep a log")


@contextmanager
def logging_as_before() -> Iterator[None]:
    """Undo at the end what a command does to the log."""
    root = logging.getLogger()
    handlers = root.handlers[:]
    loggers = [logging.getLogger(name) for name in ("mentorship", "apscheduler.scheduler")]
    levels = [logger.level for logger in loggers]
    security = logging.getLogger("mentorship.security")
    sending = security.handlers[:]
    yield
    security.handlers[:] = sending
    security.propagate = True
    root.handlers[:] = handlers
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


KEY = "0e8bd1c27a44f60f9d35b2c81e6a97f3d0545bc6a1e2f78894c3067bd9aa15e2"
"""A secret key as a generator makes one."""


@pytest.fixture
def now() -> datetime:
    return NOW


def _build(session: Session) -> Organisation:
    return small_organisation(session, NOW)


@pytest.fixture(scope="session")
def sqlite_shelf(tmp_path_factory: pytest.TempPathFactory) -> SqliteShelf:
    return SqliteShelf(tmp_path_factory.mktemp("sqlite"), _build)


@pytest.fixture(scope="session")
def postgres_shelf() -> Iterator[PostgresShelf]:
    with ExitStack() as stack:
        if given := os.environ.get("TEST_DATABASE_URL"):
            server = sa.make_url(given)
        else:
            programs = postgres_programs()
            if programs is None:
                lacking("PostgreSQL")
            assert programs is not None
            server = stack.enter_context(postgres_server(programs))
        shelf = PostgresShelf(server, _build)
        yield shelf
        shelf.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    chosen: str = request.param
    return chosen


class ByDemo(LoadScopeScheduling):  # type: ignore[misc]
    """Gives what needs the demo to one worker, which builds it, and each other test to whoever is free."""

    def _split_scope(self, nodeid: str) -> str:
        needs_demo = nodeid.startswith("tests/browser/") or nodeid.endswith("::test_demo")
        return "demo" if needs_demo else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    return ByDemo(config, log)


@pytest.hookimpl(tryfirst=True)  # the marks given here are there when -m looks for them
def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Choose the kinds of database, what is fast, and the order.

    What needs a database is tried on both kinds, but pages on SQLite alone, unless they are a main path. Fast is what
    needs no database and no browser, and is not long. What is long goes first, so that no core idles at the end.
    """
    items[:] = [item for item in items if _on(item) == "sqlite" or not _of_pages(item)]
    for item in items:
        if {"built_demo", "browser"} & set(item.fixturenames):
            item.add_marker("long")
        elif not item.get_closest_marker("long") and "kind" not in item.fixturenames:
            item.add_marker("fast")
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def _on(item: pytest.Function) -> str:
    kind: str = item.callspec.params.get("kind", "sqlite") if hasattr(item, "callspec") else "sqlite"
    return kind


def _of_pages(item: pytest.Function) -> bool:
    return item.module.__name__.endswith("pages") and not item.get_closest_marker("both_databases")


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, kind: str, tmp_path: pathlib.Path) -> Iterator[str]:
    """The URL of a database without any table, on both kinds."""
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'leermaat.db'}"
        return
    shelf: PostgresShelf = request.getfixturevalue("postgres_shelf")
    with shelf.empty() as url:
        yield url


@pytest.fixture
def database_url(request: pytest.FixtureRequest, kind: str) -> Iterator[str]:
    """The URL of a migrated database as new, on both kinds; the organisation is in it if the test asks for that."""
    start = ORGANISATION if "organisation" in request.fixturenames else BARE
    shelf: Shelf = request.getfixturevalue(SHELVES[kind])
    keeping._KEPT.clear()
    settled.forget()
    with shelf.database(start) as url:
        yield url


@pytest.fixture
def engine(request: pytest.FixtureRequest, kind: str, database_url: str) -> Iterator[sa.Engine]:
    """One engine a worker, for it learns the statements; what a test listens to on it ends with the test."""
    shelf: Shelf = request.getfixturevalue(SHELVES[kind])
    yield shelf.engine.execution_options()
    shelf.engine.dispose()


@pytest.fixture
def session(engine: sa.Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


@pytest.fixture
def organisation(request: pytest.FixtureRequest, kind: str, session: Session, now: datetime) -> Organisation:
    """The small organisation, which is in the database from the start."""
    shelf: Shelf = request.getfixturevalue(SHELVES[kind])
    return shelf.organisation.in_session(session, now)


@pytest.fixture(scope="session")
def apps() -> dict[str, tuple[Flask, dict[str, Any], dict[str, Any]]]:
    """An application for each kind of database, with its settings as they were."""
    return {}


@pytest.fixture
def app(
    apps: dict[str, tuple[Flask, dict[str, Any], dict[str, Any]]],
    kind: str,
    engine: sa.Engine,
    database_url: str,
    now: datetime,
) -> Flask:
    """The application of this worker, as new; a test that adds to its routes or hooks overrides this fixture."""
    if kind not in apps:
        made = make_app(engine, database_url, now)
        made.test_client().get("/static/none")  # after a first request Flask refuses routes and hooks
        apps[kind] = made, dict(made.config), dict(made.extensions)
    app, config, extensions = apps[kind]
    app.config.clear()
    app.config.update(config, CLOCK=lambda: now)
    app.extensions.clear()
    app.extensions.update(extensions, mentorship_engine=engine)
    app.extensions["mentorship_settings"] = extensions["mentorship_settings"].model_copy()
    seal_by(app.extensions["mentorship_settings"].secret_keys)
    return app


def make_app(engine: sa.Engine, database_url: str, now: datetime) -> Flask:
    """An application for tests: a fixed clock, cheap password hashes."""
    settings = Settings(
        mode="test",
        database_url=database_url,
        secret_key="t" * 40,
        secure_cookies=False,
        argon2_memory_kib=8,
        argon2_time_cost=1,
        menu_seconds=0,
        _env_file=None,
    )
    app = create_app(settings, engine)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache()  # every test has its own app, and the same templates
    app.config.update(TESTING=True, CLOCK=lambda: now, PROPAGATE_EXCEPTIONS=False)
    return app


@dataclass(frozen=True)
class BuiltDemo:
    """A demo that nobody used yet, and what the command said that built it in a folder."""

    path: pathlib.Path
    folder: pathlib.Path
    said: Result


@pytest.fixture(scope="session")
def built_demo(tmp_path_factory: pytest.TempPathFactory) -> BuiltDemo:
    """The demo, built once: it takes as long as a hundred tests."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch, logging_as_before():
        patch.chdir(folder)
        bare_environment(patch)
        said = CliRunner().invoke(main, ["demo", "--build-only"], env={"LANG": "en_GB.UTF-8"})
    path = folder / "unused.db"
    shutil.copy(folder / "instance" / "demo.db", path)
    return BuiltDemo(path, folder, said)


def bare_environment(patch: pytest.MonkeyPatch) -> None:
    """Take out of the environment what settings and languages are read from."""
    for name in os.environ:
        if name.startswith("MENTORSHIP_") or name in ("LANG", "LC_ALL"):
            patch.delenv(name)


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
        reporter.write_line("in CI nothing may be skipped: this run fails for what was", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
