"""One worker leads, others stand by: a file lock beside SQLite, an advisory lock in PostgreSQL."""

from __future__ import annotations

import contextlib
import logging
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import IO

from sqlalchemy import Connection, Engine, text

from mentorship.base.files import open_lock

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows, where one process serves
    fcntl = None

log = logging.getLogger(__name__)
ADVISORY_LOCK = 7_304_113
HUNG_AFTER = 60
"""Seconds without a word after which PostgreSQL takes the lead from a worker: it lives, and hangs or was stopped."""
NOT_FOR_LONG = """
SELECT set_config('idle_session_timeout', :milliseconds, false)
WHERE current_setting('server_version_num')::int >= 140000"""


class Leader:
    """Holds the right to work: a file lock beside SQLite, an advisory lock in PostgreSQL.

    A holder that is killed loses it at once; one that hangs after a minute on PostgreSQL, and on SQLite when gunicorn,
    which minds it, kills it.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._file: IO[str] | None = None
        self._connection: Connection | None = None
        self._one = Lock()

    def leads(self) -> bool:
        """Tell whether this process may work, and take the lead when nobody has it."""
        with self._one:  # the jobs of one process tick in threads of their own
            if self._engine.dialect.name == "sqlite":
                return self._leads_by_file()
            return self._leads_by_advisory_lock()

    def let_go(self) -> None:
        """Let another one lead."""
        with self._one:
            if self._file is not None:
                self._file.close()
                self._file = None
            self._let_go()

    def _leads_by_file(self) -> bool:
        database = self._engine.url.database
        if fcntl is None or not database or database == ":memory:":
            return True
        if self._file is None:
            opened = open_lock(Path(f"{database}.worker"))  # held as long as this process leads
            try:
                fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                opened.close()
                return False
            self._file = opened
            log.info("this worker leads")
        return True

    def _leads_by_advisory_lock(self) -> bool:
        try:
            if self._connection is None:
                self._connection = self._lock()
            if self._connection is None:
                return False
            self._connection.execute(text("SELECT 1"))
        except Exception:
            if self._connection is not None:  # said once: we ask every second
                log.warning("the worker lost its database and with it the lead")
            self._let_go()
            return False
        return True

    def _lock(self) -> Connection | None:
        """Return a connection that holds the lock, for as long as it lives; None while another one does."""
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        taken = connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": ADVISORY_LOCK})
        if taken:
            connection.execute(text(NOT_FOR_LONG), {"milliseconds": str(HUNG_AFTER * 1000)})
            log.info("this worker leads")
            return connection
        connection.close()
        return None

    def _let_go(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(Exception):
                self._connection.invalidate()
        self._connection = None
