"""The service works by a role that can neither make nor change a table, as OPERATIONS.md sets it up."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from mentorship.base.config import ROOT
from mentorship.base.db import make_engine
from mentorship.cli import main
from tests.client import InspectingClient
from tests.conftest import NOW, bare_environment, logging_as_before, make_app

ROLE = "leermaat_works"


@pytest.fixture
def works(engine, database_url):
    """The address of the same database for a role with fewer rights; gone at the end."""
    told = re.search(r"```sql\n(.*?)```", (ROOT / "OPERATIONS.md").read_text("utf-8"), re.DOTALL)
    assert told
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in told[1].strip().split(";"):
            if statement.strip():
                connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"ALTER ROLE {ROLE} PASSWORD 'tijdelijk'")
    yield sa.make_url(database_url).set(username=ROLE, password="tijdelijk").render_as_string(hide_password=False)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"DROP OWNED BY {ROLE}")
        connection.exec_driver_sql(f"DROP ROLE {ROLE}")


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)  # an embedded database has no roles
def test_the_service_works_by_a_role_that_builds_nothing(works, session, organisation, monkeypatch, tmp_path):
    engine = make_engine(works)
    try:
        client = InspectingClient(make_app(engine, works, NOW), session, organisation.people["junior"])
        assert client.get("/").status_code == 200
        assert client.post("/account/language", {"locale": "en", "next": "/account"}).status_code == 303
        assert client.post("/mentor-requests/add", {"domain_id": "1"}).status_code < 500
        monkeypatch.chdir(tmp_path)
        bare_environment(monkeypatch)
        with logging_as_before():
            done = CliRunner().invoke(main, ["worker", "--once"], env={"MENTORSHIP_DATABASE_URL": works, "LANG": "en"})
            assert done.exit_code == 0, done.output
            words = ["backup", str(tmp_path / "today.backup")]
            done = CliRunner().invoke(main, words, env={"MENTORSHIP_DATABASE_URL": works, "LANG": "en"})
        assert done.exit_code == 0, done.output
        for forbidden in (
            "CREATE TABLE mine (x int)",
            "DROP TABLE audit",
            "UPDATE alembic_version SET version_num = '1'",
        ):
            with engine.connect() as connection, pytest.raises(sa.exc.ProgrammingError):
                connection.exec_driver_sql(forbidden)
    finally:
        engine.dispose()
