"""The schema's history. `upgrade` runs on request, never silently; `state` tells whether it is needed."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from mentorship.migrations.retired import compared
from mentorship.tables import metadata

ADVISORY_LOCK = 7_304_114


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    folder = str(Path(__file__).parent)
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema up to `revision`, in one transaction; of two at once, the second finds it done."""
    with engine.begin() as connection:
        _wait_for_others(connection)
        command.upgrade(_config(connection), revision)


def _wait_for_others(connection: Connection) -> None:
    """Wait until nobody else migrates; on SQLite the transaction has waited for that by now."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})


def downgrade(engine: Engine, revision: str) -> None:
    """Take the schema back to `revision`, in one transaction."""
    with engine.begin() as connection:
        _wait_for_others(connection)
        command.downgrade(_config(connection), revision)


def state(engine: Engine) -> tuple[str | None, str | None]:
    """Return the revision of the database and the one the code expects."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        found = context.get_current_revision()
    scripts = ScriptDirectory.from_config(_config())
    return found, scripts.get_current_head()


def knows(revision: str) -> bool:
    """Tell whether a database of this revision can be brought to the one that the code expects."""
    config = _config()
    scripts = ScriptDirectory.from_config(config)
    known = {script.revision for script in scripts.walk_revisions()}
    return revision in known


def drift(engine: Engine) -> list[object]:
    """List the differences between the migrated schema and the models; empty when they agree but for what retired."""
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"compare_type": True, "include_object": compared},
        )
        return list(compare_metadata(context, metadata))


def draft(engine: Engine, message: str) -> None:
    """Write a migration with the difference between models and database, to be finished by hand."""
    with engine.begin() as connection:
        command.revision(_config(connection), message=message, autogenerate=True)
