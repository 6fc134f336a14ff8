"""The timetable: WHEN -> which plain function. One leader at a time; it knows no Flask."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import IO

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy import Connection, Engine, text

from mentorship.base.clock import utc_now
from mentorship.base.db import open_session
from mentorship.people.actions import purge
from mentorship.rounds.solving import solve_waiting

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows, where one process serves
    fcntl = None

log = logging.getLogger(__name__)
ADVISORY_LOCK = 7_304_113


def _purge(engine: Engine, now: datetime) -> None:
    with open_session(engine) as session:
        purge(session, now)
        session.commit()


TIMETABLE: tuple[tuple[IntervalTrigger, Callable[[Engine, datetime], object]], ...] = (
    (IntervalTrigger(seconds=1), solve_waiting),
    (IntervalTrigger(hours=6), _purge),
)


class Leader:
    """Holds the right to work: a file lock beside SQLite, an advisory lock in PostgreSQL; a killed holder loses it."""

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

    def _leads_by_file(self) -> bool:
        database = self._engine.url.database
        if fcntl is None or not database or database == ":memory:":
            return True
        if self._file is None:
            opened = Path(f"{database}.worker").open("w")  # noqa: SIM115 (held as long as this process leads)
            try:
                fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                opened.close()
                return False
            self._file = opened
        return True

    def _leads_by_advisory_lock(self) -> bool:
        try:
            if self._connection is None:
                connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
                if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": ADVISORY_LOCK}):
                    connection.close()
                    return False
                self._connection = connection
            self._connection.execute(text("SELECT 1"))
        except Exception:
            log.warning("the worker lost its database and with it the lead")
            if self._connection is not None:
                with contextlib.suppress(Exception):
                    self._connection.invalidate()
            self._connection = None
            return False
        return True


def once(engine: Engine, now: datetime | None = None) -> None:
    """Do everything that is due, until nothing is."""
    for _, job in TIMETABLE:
        while job(engine, now or utc_now()):
            pass


def _schedule(scheduler: BaseScheduler, engine: Engine) -> BaseScheduler:
    leader = Leader(engine)

    def ticking(job: Callable[[Engine, datetime], object]) -> Callable[[], None]:
        def tick() -> None:
            if leader.leads():
                job(engine, utc_now())

        return tick

    for trigger, job in TIMETABLE:
        scheduler.add_job(ticking(job), trigger, coalesce=True, max_instances=1, misfire_grace_time=None)
    return scheduler


def in_background(engine: Engine) -> BaseScheduler:
    """Start working in threads of this process."""
    scheduler = _schedule(BackgroundScheduler(timezone="UTC"), engine)
    scheduler.start()
    return scheduler


def run(engine: Engine) -> None:
    """Work until the process is stopped."""
    _schedule(BlockingScheduler(timezone="UTC"), engine).start()
