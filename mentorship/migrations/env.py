"""Alembic's entry: runs on the connection it is handed."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from sqlmodel.sql.sqltypes import AutoString

from mentorship.base.db import UtcDateTime
from mentorship.migrations.retired import compared
from mentorship.tables import metadata


def _render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    if kind != "type":
        return False
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


connection: sa.Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    render_item=_render,
    compare_type=True,
    include_object=compared,
)
context.run_migrations()
