"""Takes back what a journal holds, when every row is as it was left and nothing new leans on one that would go."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Column, Table, and_, bindparam, delete, insert, select, update
from sqlmodel import Session

from mentorship.base.db import chunked, metadata
from mentorship.base.errors import Conflict
from mentorship.base.i18n import N_
from mentorship.base.kept_rows import typed_row
from mentorship.hr_import.writing.journal import TABLES, Journal, Key, TableJournal, Values, key_reader, mark, rows_of

BY_ITSELF = ("failing_rule", "signal", "check_in", "away", "filled_in")
"""What the service itself adds to what is new, and absences, which are no part of an undo; it goes with them."""
REPLACED = ("form_wish",)
"""Tables of which a row can only be written back when the others of that person are gone."""
BUILT_ON = N_("Somebody went on with what this import brought, so it cannot be undone any more. Nothing was changed.")


def check(session: Session, journal: Journal) -> None:
    """Refuse when a row is not as the import left it."""
    for name, table_journal in journal.items():
        _check_untouched(
            session,
            metadata.tables[name],
            table_journal,
        )


def restore(session: Session, journal: Journal) -> None:
    """Put every row back as it was before; refuse when something new leans on one that would go."""
    _let_go(session, journal)
    named = [name for name in TABLES if name in journal]
    for name in named:
        _write_back(
            session,
            metadata.tables[name],
            journal[name],
        )
    for name in reversed(named):
        _delete_inserted(
            session,
            metadata.tables[name],
            journal[name],
        )
    for name in named:
        _bring_back(
            session,
            metadata.tables[name],
            journal[name].deleted,
        )
    session.expire_all()


def _check_untouched(session: Session, table: Table, journal: TableJournal) -> None:
    """Refuse when a row is not as the import left it."""
    key_of = key_reader(table)
    width = len(table.columns)
    here = rows_of(session, table)
    left = [(_typed_key(table, key), left_as) for key, left_as in journal.inserted]
    for was, left_as in journal.changed:
        if len(was) != width:
            raise Conflict(BUILT_ON)
        left.append((_key(table, was), left_as))
    for key, left_as in left:
        values = here.get(key)
        if values is None or mark(values) != left_as:
            raise Conflict(BUILT_ON)
    for was in journal.deleted:
        if len(was) != width or key_of(_values(table, was)) in here:
            raise Conflict(BUILT_ON)


def _key(table: Table, was: Values) -> Key:
    found: Key = key_reader(table)(_values(table, was))
    return found


def _values(table: Table, was: Values) -> Values:
    """Return kept values as the columns hold them."""
    return list(_row(table, was).values())


def _row(table: Table, was: Values) -> dict[str, Any]:
    names = [column.name for column in table.columns]
    plain = dict(zip(names, was, strict=True))
    return typed_row(table, plain)


def _let_go(session: Session, journal: Journal) -> None:
    """Refuse when something new points at a row that would go; take along what the service added by itself."""
    going: dict[str, set[Key]] = {}
    for name, of_table in journal.items():
        table = metadata.tables[name]
        going[name] = {_typed_key(table, key) for key, _ in of_table.inserted}
    for name in BY_ITSELF:
        _take_along(
            session,
            metadata.tables[name],
            going,
        )
    for table in metadata.sorted_tables:
        key_of = key_reader(table)
        ours = going.get(table.name, set())
        for row in _pointing(session, table, going):
            if key_of(tuple(row)) not in ours:
                raise Conflict(BUILT_ON)


def _take_along(session: Session, table: Table, going: Mapping[str, Collection[Key]]) -> None:
    first = next(iter(table.primary_key))
    ids = [row._mapping[first] for row in _pointing(session, table, going)]
    for some in chunked(ids):
        these = first.in_(some)
        if table.name == "check_in":
            _check_unanswered(session, some)
        session.connection().execute(delete(table).where(these))


def _check_unanswered(session: Session, check_in_ids: Collection[int]) -> None:
    answers = metadata.tables["check_in_answer"]
    given = select(answers.c.check_in_id).where(answers.c.check_in_id.in_(check_in_ids))
    if session.connection().execute(given.limit(1)).first():
        raise Conflict(BUILT_ON)


def _pointing(session: Session, table: Table, going: Mapping[str, Collection[Key]]) -> Iterable[Any]:
    """Yield the rows of a table that point at a row that would go."""
    for foreign in table.foreign_keys:
        target = foreign.column.table.name
        ids = {key[0] for key in going.get(target, ()) if len(key) == 1}
        for some in chunked(ids):
            there = select(table).where(foreign.parent.in_(some))
            yield from session.connection().execute(there)


def _write_back(session: Session, table: Table, journal: TableJournal) -> None:
    """Give changed rows the values of before."""
    rows = [_row(table, was) for was, _ in journal.changed]
    if not rows:
        return
    if table.name in REPLACED:
        keys = [tuple(row[column.name] for column in table.primary_key) for row in rows]
        _delete(session, table, keys)
        session.connection().execute(insert(table), rows)
        return
    if table.name == "person":
        _set_free(session, table, rows)
    _update(session, table, rows)


def _set_free(session: Session, people: Table, rows: list[dict[str, Any]]) -> None:
    """Free the numbers and addresses that two people may not share, so that they can be given back in any order."""
    parked = [{"b_id": row["id"], "b_number": f"\x01{row['id']}"} for row in rows]
    this = update(people).where(people.c.id == bindparam("b_id"))
    freeing = this.values(number=bindparam("b_number"), email=None)
    session.connection().execute(freeing, parked)


def _update(session: Session, table: Table, rows: list[dict[str, Any]]) -> None:
    same = [column == bindparam(f"b_{column.name}") for column in table.primary_key]
    values = {column: _bound(column) for column in table.columns if not column.primary_key}
    bound = []
    for row in rows:
        named = {f"b_{name}": value for name, value in row.items()}
        bound.append(named)
    changing = update(table).where(and_(*same)).values(values)
    session.connection().execute(changing, bound)


def _bound(column: Column[Any]) -> Any:
    return bindparam(f"b_{column.name}", type_=column.type)


def _delete_inserted(session: Session, table: Table, journal: TableJournal) -> None:
    keys = [_typed_key(table, key) for key, _ in journal.inserted]
    if table.name == "person":
        for some in chunked(key[0] for key in keys):
            alone = update(table).where(table.c.id.in_(some))
            session.connection().execute(alone.values(manager_id=None))
    _delete(session, table, keys)


def _delete(session: Session, table: Table, keys: Collection[Key]) -> None:
    columns = list(table.primary_key)
    if not keys:
        return
    if len(columns) == 1:
        for some in chunked(key[0] for key in keys):
            session.connection().execute(delete(table).where(columns[0].in_(some)))
        return
    same = [column == bindparam(f"b_{column.name}") for column in columns]
    names = [f"b_{column.name}" for column in columns]
    rows = [dict(zip(names, key, strict=True)) for key in keys]
    session.connection().execute(delete(table).where(and_(*same)), rows)


def _typed_key(table: Table, key: Values) -> Key:
    names = [column.name for column in table.primary_key]
    plain = dict(zip(names, key, strict=True))
    return tuple(typed_row(table, plain).values())


def _bring_back(session: Session, table: Table, deleted: list[Values]) -> None:
    rows = [_row(table, was) for was in deleted]
    if rows:
        session.connection().execute(insert(table), rows)
