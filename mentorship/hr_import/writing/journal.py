"""What an import changed, row by row, so that it can be taken back: what was before, and a mark of what was left.

Whole tables are compared before and after, so that nothing escapes it, whichever way it was written.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, select
from sqlmodel import Session

from mentorship.base.db import metadata
from mentorship.base.kept_rows import plain_value

TABLES = (
    "site",
    "shift",
    "roster",
    "roster_day",
    "domain",
    "person",
    "person_manager",
    "person_role",
    "work_time",
    "roster_change",
    "day_off",
    "capacity",
    "plan",
    "expertise",
    "form_wish",
    "form_comfort",
    "filled_in",
    "mentor_request",
    "need",
    "mentorship",
    "imported_record",
    "erasure",
)
"""What an import writes, what is pointed at first. Absences are not in it: they are never taken back."""
Key = tuple[Any, ...]
Values = list[Any]
Snapshot = dict[str, dict[Key, Key]]
"""Per table the rows by primary key, in the order of the columns."""


@dataclass
class TableJournal:
    """What happened to one table: keys with a mark of what was left, and the rows of before."""

    inserted: list[tuple[Values, int]] = field(default_factory=list)
    changed: list[tuple[Values, int]] = field(default_factory=list)
    """The row as it was before."""
    deleted: list[Values] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.inserted or self.changed or self.deleted)


Journal = dict[str, TableJournal]


def snapshot(session: Session) -> Snapshot:
    """Return every table that an import writes, as it is now."""
    session.flush()
    found = {}
    for name in TABLES:
        found[name] = rows_of(session, metadata.tables[name])
    return found


def rows_of(session: Session, table: Table) -> dict[Key, Key]:
    """Return the rows of a table by their key."""
    key_of = key_reader(table)
    found = {}
    for row in session.connection().execute(select(table)):
        values = tuple(row)
        found[key_of(values)] = values
    return found


def key_reader(table: Table) -> Any:
    """Return what finds the primary key in the values of a row."""
    names = [column.name for column in table.columns]
    places = [names.index(column.name) for column in table.primary_key]

    def key(values: Key | Values) -> Key:
        return tuple(values[place] for place in places)

    return key


def mark(values: Key) -> int:
    """Return by what a row is known to be as it was left."""
    return zlib.crc32(repr(values).encode())


def differences(before: Snapshot, after: Snapshot) -> Journal:
    """Return what happened between two moments."""
    found = {}
    for name in TABLES:
        journal = _of_table(before[name], after[name])
        if journal:
            found[name] = journal
    return found


def _of_table(before: Mapping[Key, Key], after: Mapping[Key, Key]) -> TableJournal:
    found = TableJournal()
    for key, values in after.items():
        was = before.get(key)
        if was is None:
            found.inserted.append((_plain(key), mark(values)))
        elif was != values:
            found.changed.append((_plain(was), mark(values)))
    for key, was in before.items():
        if key not in after:
            found.deleted.append(_plain(was))
    return found


def _plain(values: Iterable[Any]) -> Values:
    return [plain_value(value) for value in values]


def packed(journal: Journal) -> bytes:
    """Return a journal as bytes, to be kept."""
    plain = {name: vars(table) for name, table in journal.items()}
    return zlib.compress(json.dumps(plain).encode())


def unpacked(kept: bytes) -> Journal:
    """Return a journal that was kept."""
    plain = json.loads(zlib.decompress(kept))
    found = {}
    for name, table in plain.items():
        found[name] = TableJournal(
            [(key, left) for key, left in table["inserted"]],
            [(was, left) for was, left in table["changed"]],
            table["deleted"],
        )
    return found
