"""PostgreSQL between a backup that is in place and who was erased since: a mark, and until then nothing may serve it.

The table is made in the transaction that puts the backup back, and dropped in the one that erases again.
"""

from __future__ import annotations

from sqlalchemy import Engine, inspect, text
from sqlmodel import Session

TABLE = "restoring"
MARKED = f"\nCREATE TABLE IF NOT EXISTS public.{TABLE} ();\n"


def is_unfinished(engine: Engine) -> bool:
    """Tell whether a backup was put into a database, and who was erased since is in it again."""
    return inspect(engine).has_table(TABLE)


def end(session: Session) -> None:
    """Let a database be served from the end of this transaction on."""
    session.execute(text(f"DROP TABLE IF EXISTS {TABLE}"))
