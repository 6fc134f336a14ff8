"""A part of what is kept about somebody: which rows of a table are about them, and what of these they read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Column, ColumnElement, Table, and_, or_, select

from mentorship.base.db import metadata

Columns = tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """Rows about somebody.

    `whose`: the ways from a row to its person; "mentorship_id.mentor_id" goes by the pair. `key`: what the download
    calls it. `without`: what is left out, and the (untranslated) reason. `only`: values that the rows have. `closed`:
    they keep it to themselves, so it is closed to who came in by a code that another made. `newest`: by which column.
    `merged`: counts of colleagues; one or two are told as the page of the request tells them.
    """

    key: str
    table: str
    title: str
    whose: Columns
    shown: Columns
    without: Mapping[str, str] = field(default_factory=dict)
    only: Mapping[str, str] = field(default_factory=dict)
    closed: bool = False
    newest: str = ""
    merged: Columns = ()

    @property
    def rows_of(self) -> Table:
        """Return the table that the rows are in."""
        return metadata.tables[self.table]

    def about(self, person_id: int) -> ColumnElement[bool]:
        """Say which rows are about somebody."""
        ways = [_reaches(self.rows_of, way, person_id) for way in self.whose]
        theirs = or_(*ways)
        for name, value in self.only.items():
            held = self.rows_of.c[name] == value
            theirs = and_(
                theirs,
                held,
            )
        return theirs


def _reaches(table: Table, way: str, person_id: int) -> ColumnElement[bool]:
    """Say which rows lead to somebody: by a column that holds them, or by another row."""
    first, _, rest = way.partition(".")
    column: Column[int] = table.c[first]
    if not rest:
        return column == person_id
    (key,) = column.foreign_keys
    there = key.column.table
    assert isinstance(
        there,
        Table,
    )
    theirs = _reaches(
        there,
        rest,
        person_id,
    )
    rows = select(key.column).where(theirs)
    return column.in_(rows)
