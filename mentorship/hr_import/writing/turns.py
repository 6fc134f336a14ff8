"""One import at a time: who comes second waits, and then sees what the first one wrote."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlmodel import Session

IMPORT_LOCK = 7_304_114


def wait_for_turn(session: Session) -> None:
    """Wait until nobody else imports, until this transaction ends; SQLite has one writer anyway."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        taken = func.pg_advisory_xact_lock(IMPORT_LOCK)
        connection.execute(select(taken))
