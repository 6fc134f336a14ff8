"""Many rows of a table in one statement."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, insert, update
from sqlmodel import Session, SQLModel, col

from mentorship.base.db import chunked


def defaults(table: type[SQLModel]) -> dict[str, Any]:
    """Return what a new row has when nothing is said: inserting many at a time does not fill that in."""
    said: dict[str, Any] = {}
    for name, info in table.model_fields.items():
        if name != "id" and not info.is_required():
            said[name] = info.get_default(call_default_factory=True)
    return said


def insert_rows(session: Session, table: type[SQLModel], rows: list[dict[str, Any]]) -> None:
    """Insert rows, many at a time."""
    if rows:
        # into the table itself: the mapped class would make a statement for each pattern of missing values
        statement = insert(table.__table__)  # type: ignore[attr-defined]
        session.exec(statement, params=rows)


def update_rows(session: Session, table: type[SQLModel], rows: list[dict[str, Any]]) -> None:
    """Change rows that are named by their primary key, many at a time."""
    if rows:
        # the like-shaped together, for those go to the database in one statement
        alike = sorted(rows, key=sorted)
        session.exec(update(table), params=alike)


def delete_rows(session: Session, table: type[SQLModel], column: Any, ids: Collection[Any], *conditions: Any) -> None:
    """Delete the rows whose column has one of the ids, many at a time."""
    for some in chunked(sorted(ids)):
        these = col(column).in_(some)
        session.exec(delete(table).where(these, *conditions))
