"""Rows of a table in the plain values that JSON holds: read as they are, and written back as they were."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Table, and_, delete, insert, select, update
from sqlmodel import Session

from mentorship.base.db import metadata

Row = dict[str, Any]
BESIDE = {"beside": True}
"""The `info` of a column that is noted beside what people do: it is no change, and stays as it is by an undo."""
_FROM_TEXT: dict[type, Callable[[str], Any]] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    Decimal: Decimal,
}


def restore(session: Session, table: Table, left: list[Row], before: list[Row], *, anew: bool) -> None:
    """Write the rows of before in place of those that were left."""
    connection = session.connection()
    was = _by_key(table, before)
    stands = _by_key(table, left)
    for key, row in stands.items():
        this_row = _same(table, row)
        if key not in was or (anew and row != was[key]):
            if key in was:
                was[key] = {**was[key], **_beside(session, table, this_row)}
            gone = delete(table).where(this_row)
            connection.execute(gone)
            continue
        back = typed_row(table, was.pop(key))
        changed = update(table).where(this_row)
        connection.execute(changed.values(back))
    missing = [typed_row(table, row) for row in was.values()]
    if missing:
        connection.execute(insert(table), missing)


def _beside(session: Session, table: Table, this_row: Any) -> Row:
    """Return what is noted beside a row."""
    columns = [column for column in table.columns if column.info.get("beside")]
    if not columns:
        return {}
    found = session.connection().execute(select(*columns).where(this_row))
    return {key: plain_value(value) for key, value in found.mappings().one().items()}


def read(session: Session, name: str, where: Mapping[str, Any], *, lock: bool = False) -> list[Row]:
    """Read the rows of a table with these values, in plain values and the order of their keys."""
    table = metadata.tables[name]
    conditions = _conditions(table, where)
    columns = [column for column in table.columns if not column.info.get("beside")]
    query = select(*columns).where(*conditions).order_by(*table.primary_key)
    if lock:
        query = query.with_for_update()
    session.flush()
    connection = session.connection()
    found = []
    for row in connection.execute(query).mappings():
        plain = {key: plain_value(value) for key, value in row.items()}
        found.append(plain)
    return found


def _conditions(table: Table, where: Mapping[str, Any]) -> Iterable[Any]:
    for key, value in typed_row(table, where).items():
        column = table.c[key]
        if isinstance(value, list):
            yield column.in_(value)
        else:
            yield column.is_not_distinct_from(value)


def _same(table: Table, row: Row) -> Any:
    typed = typed_row(table, row)
    parts = []
    for column in table.primary_key:
        part = column == typed[column.name]
        parts.append(part)
    return and_(*parts)


def _by_key(table: Table, rows: Iterable[Row]) -> dict[tuple[Any, ...], Row]:
    names = [column.name for column in table.primary_key]
    found = {}
    for row in rows:
        key = tuple(row[name] for name in names)
        found[key] = row
    return found


def plain_value(value: Any) -> Any:
    """Return a value as JSON holds it."""
    if isinstance(value, date):  # a moment is one too
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def typed_row(table: Table, row: Mapping[str, Any]) -> Row:
    """Return plain values as the columns of a table want them."""
    typed = {}
    for key, value in row.items():
        kind = table.c[key].type.python_type
        if isinstance(value, str) and kind in _FROM_TEXT:
            value = _FROM_TEXT[kind](value)
        typed[key] = value
    return typed
