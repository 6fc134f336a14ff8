"""Counts the rows that statements take away or change, whatever verb sends them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlmodel import Session


class Tally:
    """How many rows were deleted or changed so far."""

    def __init__(self) -> None:
        self.rows = 0

    def count(self, _connection: Any, cursor: Any, _said: str, _values: Any, context: Any, _many: bool) -> None:
        """Count what a statement did, if it takes rows away or changes them."""
        if context is not None and (context.isdelete or context.isupdate):
            self.rows += max(cursor.rowcount, 0)


@contextmanager
def tallied(session: Session) -> Iterator[Tally]:
    """Count what happens in the transaction of a session within the block."""
    tally = Tally()
    connection = session.connection()
    event.listen(connection, "after_cursor_execute", tally.count)
    try:
        yield tally
    finally:
        event.remove(connection, "after_cursor_execute", tally.count)
