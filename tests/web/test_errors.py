"""Error pages need nothing: the database may be away, full or gone half-way, and people still read what happened."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable
from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from psycopg import errors as psycopg_errors
from sqlmodel import Session
from werkzeug.test import TestResponse

from mentorship.base.db import make_engine
from mentorship.base.errors import Conflict
from mentorship.base.i18n import N_
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.web.request import db
from tests.client import InspectingClient
from tests.conftest import make_app
from tests.factories import Organisation

NOBODY_THERE = "postgresql+psycopg://postgres@127.0.0.1:1/leermaat?connect_timeout=2"
BUSY = {"nl": "Even druk", "en": "Busy for a moment"}
FULL = {"nl": "De schijf is vol", "en": "The disk is full"}


@pytest.fixture
def kind() -> str:
    return "sqlite"


def door(app: Flask, view: Callable[[], str], *methods: str) -> None:
    """Give the application one more page, for everybody."""
    view.__name__ = "extra"
    app.add_url_rule("/extra", "extra", guard.allow(access.PUBLIC)(view), methods=methods or ("GET",))
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def away(now: datetime) -> InspectingClient:
    """Somebody who was signed in when the database went away."""
    engine = make_engine(NOBODY_THERE)
    client = InspectingClient(make_app(engine, NOBODY_THERE, now))
    with client.flask.session_transaction() as cookie:
        cookie["_user_id"] = "a token"
    return client


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", ["/", "/profiles", "/mentorships/7", "/account/sign-in"])
def test_without_a_database_people_read_so_in_their_language(away: InspectingClient, path: str, language: str):
    answer = away.get(path, headers={"Accept-Language": language})
    assert answer.status_code == 503
    assert f'<h1 class="page-title">{BUSY[language]}</h1>' in answer.text
    assert answer.headers["Retry-After"] == "60"
    assert f'<html lang="{language}"' in answer.text
    assert away.get("/nowhere", headers={"Accept-Language": language}).status_code == 404


def test_the_language_chosen_counts_before_that_of_the_browser(away: InspectingClient):
    with away.flask.session_transaction() as cookie:
        cookie["locale"] = "en"
    assert BUSY["en"] in away.get("/", headers={"Accept-Language": "nl"}).text


def test_a_form_sent_meanwhile_is_answered_too(away: InspectingClient):
    away.app.config["WTF_CSRF_ENABLED"] = False
    answer = away.post("/account/sign-out", csrf=False)
    assert answer.status_code == 503 and BUSY["nl"] in answer.text


def test_the_log_tells_it_once_and_in_a_line(away: InspectingClient, caplog: pytest.LogCaptureFixture):
    for _ in range(40):
        away.get("/")
    [told] = caplog.records
    assert told.levelno == logging.ERROR and told.exc_info is None
    assert "the database does not answer: OperationalError: connection" in caplog.text
    assert "at home.index" in caplog.text and len(caplog.text) < 1000


def _cut(session: Session) -> None:
    """End this session's connection from the other side, as a restart does."""
    number = session.connection().scalar(sa.text("SELECT pg_backend_pid()"))
    url = session.get_bind().engine.url
    other = sa.create_engine(url)
    with other.connect() as connection:
        connection.execute(sa.text("SELECT pg_terminate_backend(:number)"), {"number": number})
    other.dispose()


@pytest.mark.parametrize("kind", ["postgresql"])
@pytest.mark.parametrize("then", ["asks", "ends"])
def test_a_connection_that_breaks_half_way(app: Flask, then: str):
    def view() -> str:
        db().connection().execute(sa.text("SELECT 1"))
        _cut(db())
        if then == "asks":
            db().connection().execute(sa.text("SELECT 1"))
        return "the end"

    door(app, view, "GET", "POST")
    client = InspectingClient(app)
    answer = client.post("/extra", csrf=False)
    assert answer.status_code == 503 and BUSY["nl"] in answer.text
    if then == "ends":
        assert client.get("/extra").text == "the end", "nothing was lost by who only read"
    assert client.get("/account/sign-in").status_code == 200, "and it goes on"


@pytest.mark.parametrize("kind", ["postgresql"])
def test_a_restart_under_somebody_who_is_signed_in(
    visit: Callable[[str | None], InspectingClient], session: Session, engine: sa.Engine
):
    client = visit("junior")
    assert client.get("/").status_code == 200
    session.close()
    url = engine.url
    with sa.create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT").connect() as admin:
        name = url.database
        admin.execute(sa.text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
        admin.execute(sa.text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"))
        answers = [client.get(path) for path in ("/", "/profiles", "/account")]
        assert [answer.status_code for answer in answers] == [503] * 3
        admin.execute(sa.text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true"))
    assert client.get("/").status_code == 200


def _read_full(app: Flask) -> TestResponse:
    app.config["WTF_CSRF_ENABLED"] = False
    return InspectingClient(app).post("/extra", csrf=False)


def _raises(failure: Exception) -> Callable[[], str]:
    def view() -> str:
        raise failure

    return view


def test_a_full_disk_beneath_the_embedded_database(app: Flask, organisation: Organisation):
    def view() -> str:
        pages = db().connection().scalar(sa.text("PRAGMA page_count"))
        db().connection().execute(sa.text(f"PRAGMA max_page_count = {pages}"))
        db().connection().execute(sa.text("CREATE TABLE large AS SELECT zeroblob(1000000)"))
        return "written"

    door(app, view, "POST")
    answer = _read_full(app)
    assert answer.status_code == 507 and FULL["nl"] in answer.text


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_disk_that_takes_nothing_is_not_called_busy(app: Flask, organisation: Organisation):
    def view() -> str:
        connection = db().connection()
        connection.execute(sa.text("PRAGMA query_only = ON"))
        try:
            connection.execute(sa.text("CREATE TABLE small (id INTEGER)"))
        finally:
            connection.execute(sa.text("PRAGMA query_only = OFF"))
        return "written"

    door(app, view, "POST")
    answer = _read_full(app)
    assert answer.status_code == 500 and BUSY["nl"] not in answer.text
    assert "tegen de coördinator" in answer.text, "waiting would not help"


def test_a_full_disk_beneath_postgresql(app: Flask, caplog: pytest.LogCaptureFixture):
    failure = sa.exc.OperationalError("INSERT", {}, psycopg_errors.DiskFull("could not extend file"))
    door(app, _raises(failure), "POST")
    answer = _read_full(app)
    assert answer.status_code == 507 and FULL["nl"] in answer.text
    assert "the disk is full: DiskFull: could not extend file (at extra" in caplog.text


def test_a_full_disk_beneath_an_upload(app: Flask):
    door(app, _raises(OSError(errno.ENOSPC, "No space left on device")), "POST")
    assert _read_full(app).status_code == 507


@pytest.mark.parametrize(
    "failure",
    [
        OSError(errno.EACCES, "Permission denied"),
        sa.exc.ProgrammingError("SELECT", {}, Exception("no such function")),
        RuntimeError("a fault"),
    ],
    ids=lambda failure: type(failure).__name__,
)
def test_a_fault_of_ours_is_called_one_and_logged_whole(
    app: Flask, caplog: pytest.LogCaptureFixture, failure: Exception
):
    door(app, _raises(failure), "POST")
    answer = _read_full(app)
    assert answer.status_code == 500 and "Er ging bij ons iets mis" in answer.text
    assert caplog.records[-1].exc_info


def test_a_fault_behind_a_secret_address_does_not_give_it_away(app: Flask, caplog: pytest.LogCaptureFixture):
    app.view_functions["links.show"] = guard.allow(access.PUBLIC)(lambda token: _raises(RuntimeError("a fault"))())
    answer = InspectingClient(app).get("/links/Geheimvogel")
    assert answer.status_code == 500
    assert "a fault at links.show [GET]" in caplog.text and "RuntimeError: a fault" in caplog.text
    assert "Geheimvogel" not in caplog.text


def test_a_conflict_has_a_heading_of_its_own(app: Flask):
    door(app, _raises(Conflict(N_("This round was published already."))), "POST")
    answer = _read_full(app)
    assert answer.status_code == 409
    assert '<h1 class="page-title">Iemand was je voor</h1>' in answer.text
    assert "Deze ronde is al gepubliceerd." in answer.text
