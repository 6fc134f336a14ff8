"""A database server that may forget what it said yes to is named: on the console, and when the service starts."""

from __future__ import annotations

import html

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from mentorship.base.durability import careless
from mentorship.cli import main
from tests.conftest import logging_as_before
from tests.faults.stage import known

OFF = "fsync, full_page_writes, synchronous_commit"


def test_the_console_names_what_is_off(engine: sa.Engine, visit):
    """The server of the tests runs so, to be fast; SQLite is told by us at each opening."""
    on_server = engine.dialect.name == "postgresql"
    page = html.unescape(visit("admin").get("/console").text)
    assert (f"De databaseserver draait met {OFF} uit" in page) == on_server


def test_a_server_that_keeps_all_is_not_named(engine: sa.Engine):
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text("SET synchronous_commit = local"))
            assert careless(connection) == ["fsync", "full_page_writes"]
        else:
            assert careless(connection) == []


def test_starting_names_it_too(database_url: str, kind: str, monkeypatch: pytest.MonkeyPatch):
    for name, value in known(database_url).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("LANG", "en")
    monkeypatch.setenv("MENTORSHIP_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("MENTORSHIP_PUBLIC_URL", "https://leermaat.example.nl")
    with logging_as_before():
        said = CliRunner().invoke(main, ["worker", "--status"]).stderr
    assert (f"runs with {OFF} off" in said) == (kind == "postgresql"), said
