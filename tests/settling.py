"""Watches over every test that `base.settled` holds: its reads read its tables alone, and its verbs are all that write.

A test plants rows past the verbs; then what is kept is let go of.
"""

from __future__ import annotations

import re
import sys
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as BareSession
from sqlalchemy.orm.exc import ObjectDeletedError

from mentorship.base import settled
from mentorship.base.audit import AuditRow

READ = re.compile(r"\b(?:FROM|JOIN) \"?(\w+)\"?")
WRITTEN = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM) \"?(\w+)\"?")
LOGGED = frozenset(settled._WHICH)
PAST_THE_VERBS = re.compile(r"/mentorship/(migrations|demo)/|/retention\.py$|/confidants/leaving\.py$")
"""What fills a database before anybody reads it, what deletes when its time is over, and what becomes of the posts of
who is erased: the log forgets that with them, and nobody asks any more whether they have one."""


def watch() -> None:
    """Look on at all that is read and written."""
    for of, event, listener in _watching():
        sa.event.listen(of, event, listener)


def look_away() -> None:
    """Watch no longer, in a process that is to be as the service is."""
    for of, event, listener in _watching():
        sa.event.remove(of, event, listener)


def _watching() -> list[tuple[Any, str, Any]]:
    return [
        (sa.Engine, "before_cursor_execute", _look),
        (sa.Engine, "commit", _committed),
        (sa.Engine, "rollback", _rolled_back),
        (sa.Engine, "rollback_savepoint", _taken_back),
        (BareSession, "before_commit", _hold),
    ]


def _look(connection: sa.Connection, _cursor: object, statement: str, *_rest: object) -> None:
    written = WRITTEN.match(statement)
    if written and written[1] in settled.TABLES:
        found = connection.info.setdefault("settling", {})
        found[written[1]] = found.get(written[1]) or _ours()
    elif settled.reading.get():
        read = set(READ.findall(statement))
        assert read <= settled.TABLES, f"a settled read reads {read - settled.TABLES}"


def _ours() -> str:
    """Return where code of ours, and no test, writes just now; "" when a test does."""
    frame: Any = sys._getframe(2)
    found = ""
    while frame:
        name = frame.f_code.co_filename
        if "/tests/" in name:
            return found
        if PAST_THE_VERBS.search(name) or "purge" in frame.f_code.co_name:
            return ""
        if "/mentorship/" in name and "/site-packages/" not in name:
            if not found and name.endswith(("/queries.py", "/base/prepared.py")):
                return ""  # a read, which writes what a test planted before it
            found = found or f"{name}:{frame.f_lineno}"
        frame = frame.f_back
    return found


def _hold(session: BareSession) -> None:
    if not session.in_transaction() or session.in_nested_transaction():
        return
    session.flush()
    written = session.connection().info.get("settling")
    if not written:
        return
    noted = [row for row in session.info.get("audit", ()) if row in session]  # not of what was rolled back
    verbs = set(map(_verb, noted))
    if verbs & LOGGED:
        written.clear()
    else:
        ours = [place for place in written.values() if place]
        assert not ours, f"{ours} write what is settled, and note none of its verbs: {verbs}"


def _verb(row: AuditRow) -> str:
    try:
        return row.verb
    except ObjectDeletedError:  # whom it was about was erased
        return ""


def _committed(connection: sa.Connection) -> None:
    if connection.info.pop("settling", None):
        settled.forget()


def _rolled_back(connection: sa.Connection) -> None:
    connection.info.pop("settling", None)


def _taken_back(connection: sa.Connection, *_savepoint: object) -> None:
    """Which of it was taken back is not known, so it counts as planted."""
    written = connection.info.get("settling", {})
    written.update(dict.fromkeys(written, ""))
