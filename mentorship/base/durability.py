"""Whether the database keeps, when the power goes, what it said yes to."""

from __future__ import annotations

from sqlalchemy import Connection, text

OFF = """
SELECT name FROM pg_settings
WHERE setting = 'off' AND name IN ('fsync', 'full_page_writes', 'synchronous_commit')
ORDER BY name"""


def careless(connection: Connection) -> list[str]:
    """Return the settings of PostgreSQL that should be on and are off; those of SQLite are set by us."""
    if connection.dialect.name != "postgresql":
        return []
    return list(connection.scalars(text(OFF)))
