"""What is in a backup: rows by table, in the first line of its stream, and which tables are never in one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO

from sqlalchemy import Connection, inspect, text

from mentorship.base.db import metadata
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.personal import NEVER_IN_BACKUPS

NOT_SO = N_("What was written does not hold what the database holds (%(what)s): no backup was made.")
LONGEST = 1 << 20
VERSION_TABLE = "alembic_version"


@dataclass(frozen=True)
class Contents:
    """The rows of each table, and the tables of which no row is in it."""

    tables: Mapping[str, int]
    left_out: frozenset[str] = field(default_factory=frozenset)

    @property
    def rows(self) -> int:
        """Return how many rows there are in all."""
        return sum(self.tables.values())

    def line(self) -> bytes:
        """Return the line."""
        told = {
            "tables": dict(self.tables),
            "left_out": sorted(self.left_out),
        }
        return json.dumps(told).encode() + b"\n"

    def check(self, found: Mapping[str, int]) -> None:
        """Refuse what does not hold these rows."""
        differing = []
        for name in sorted(self.tables.keys() | found.keys()):
            if self.tables.get(name) != found.get(name):
                differing.append(name)
        if differing:
            raise Refused(NOT_SO, what=", ".join(differing))


def read(stream: IO[bytes]) -> Contents:
    """Read the first line of a stream; ValueError where it is none."""
    told = json.loads(stream.readline(LONGEST))
    return Contents(told["tables"], frozenset(told["left_out"]))


def never() -> frozenset[str]:
    """Return the tables that may be in no backup: those whose model says `NEVER_IN_BACKUPS`."""
    return frozenset(name for name, table in metadata.tables.items() if table.info.get(NEVER_IN_BACKUPS))


def counted(connection: Connection, but: frozenset[str] | None = None) -> Contents:
    """Count what a backup holds or will hold, within the transaction of a connection; `but`: these tables count 0."""
    names = inspect(connection).get_table_names()
    left_out = (never() if but is None else but).intersection(names)
    rows = {}
    for name in names:
        counting = text(f'SELECT count(*) FROM "{name}"')  # noqa: S608 - a name that the database told
        rows[name] = 0 if name in left_out else int(connection.scalar(counting) or 0)
    return Contents(rows, left_out)


def revision(connection: Connection) -> str:
    """Return the revision of the schema; a database without one is none of ours."""
    if not inspect(connection).has_table(VERSION_TABLE):
        raise Refused(N_("There is nothing to back up: the database has no tables of Leermaat."))
    found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return str(found)
