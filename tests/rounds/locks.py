"""In which order a verb takes rows that nobody else may have meanwhile, on both kinds of database."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlmodel import Session

from mentorship.base.db import locked, open_session
from mentorship.mentor_requests.models import MentorRequest
from mentorship.mentorships.models import Mentorship
from mentorship.profiles.models import Capacity
from mentorship.rounds.models import Round

Taken = tuple[str, int]
"""A table, and the id of a row in it."""
ORDER = ("round", "mentor_request", "capacity")
"""Rounds before requests before places; in a table by id."""


def in_one_order(taken: list[Taken]) -> bool:
    """Tell whether rows were taken first, when they were first taken, in the order that all verbs keep."""
    first = list(dict.fromkeys(taken))
    return first == sorted(first, key=lambda row: (ORDER.index(row[0]), row[1]))


@contextmanager
def rows_taken(engine: sa.Engine) -> Iterator[list[Taken]]:
    """Collect the rows that are locked within the block, one after the other.

    SQLite has no locks on rows, but the same reads that would take them; there a proposal takes its mentor's places,
    as the trigger does on PostgreSQL.
    """
    found: list[Taken] = []

    def read(row: Any, context: Any, *_attributes: Any) -> None:
        if _takes(context.query):
            found.append((row.__tablename__, sa.inspect(row).identity[0]))

    def proposed(_mapper: Any, _connection: Any, row: Mentorship) -> None:
        found.append(("capacity", row.mentor_id))

    def written(_connection: Any, clause: Any, _many: Any, values: Any, _options: Any) -> None:
        if isinstance(clause, sa.Update) and clause.table.name == "round" and (key := _which(clause)) is not None:
            found.append(("round", key))

    listening: list[tuple[Any, str, Any]] = [
        (Mentorship, "before_insert", proposed),
        (engine, "before_execute", written),
    ]
    listening += [(table, name, read) for table in (Round, MentorRequest, Capacity) for name in ("load", "refresh")]
    for what in listening:
        sa.event.listen(*what)
    try:
        yield found
    finally:
        for what in listening:
            sa.event.remove(*what)


def _takes(query: Any) -> bool:
    return " UPDATE" in str(query.compile(dialect=postgresql.dialect())).rsplit("\n", 1)[-1]


def _which(clause: sa.Update) -> int | None:
    """Return which row a statement of a verb changes; what a flush writes was taken before."""
    return next((value for name, value in clause.compile().params.items() if name.startswith("id")), None)


def is_free(engine: sa.Engine, table: Any, key: int) -> bool:
    """Tell whether nobody holds a row at this moment."""
    with open_session(engine) as session:
        (primary,) = sa.inspect(table).primary_key
        query = sa.select(primary).where(primary == key).with_for_update(skip_locked=True)
        return session.scalar(query) is not None


@contextmanager
def waits_for(engine: sa.Engine, table: Any, key: int, verb: Callable[[], Any]) -> Iterator[tuple[Session, list[Any]]]:
    """Hold a row, as a verb at work on it does, while another `verb` comes to wait for it or to be done without it.

    The block has who holds it; at its end that commits, and what `verb` returned or raised stands in the list.
    """
    outcome: list[Any] = []

    def run() -> None:
        try:
            outcome.append(verb())
        except Exception as error:
            outcome.append(error)

    thread = threading.Thread(target=run)
    with open_session(engine) as session:
        locked(session, table, key)
        thread.start()
        if engine.dialect.name == "postgresql":
            _until_held_up(engine, thread)
        yield session, outcome
        session.commit()
    thread.join(60)


def _until_held_up(engine: sa.Engine, thread: threading.Thread) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as watching:
        held_up = sa.text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        while thread.is_alive() and not watching.scalar(held_up):
            pass
