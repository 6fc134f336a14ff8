"""The timetable: WHEN -> which plain function. One leader at a time; it knows no Flask."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import IO

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy import Connection, Engine, text

from mentorship.base import heartbeat, outbox
from mentorship.base.clock import AMSTERDAM, local_date, utc_now
from mentorship.base.config import Settings
from mentorship.base.db import open_session
from mentorship.base.mail import transport
from mentorship.checkins import actions as check_ins
from mentorship.checkins import signals
from mentorship.people.actions import purge
from mentorship.reminders.actions import collect, own_shift
from mentorship.reminders.mails import renderers
from mentorship.rounds.solving import solve_waiting

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows, where one process serves
    fcntl = None

log = logging.getLogger(__name__)
ADVISORY_LOCK = 7_304_113
MAIL = "mail"
LATE = timedelta(minutes=15)
Job = Callable[[Engine, datetime, Settings], object]


def _solve(engine: Engine, now: datetime, _settings: Settings) -> bool:
    return solve_waiting(engine, now)


def _check_ins(engine: Engine, now: datetime, _settings: Settings) -> None:
    """Ask both sides of every pair whose date has come, and raise the signals that follow."""
    with open_session(engine) as session:
        check_ins.open_due(session, now)
        check_ins.close_missed(session, now)
        session.flush()
        signals.evaluate(session, now)
        session.commit()


def _mail(engine: Engine, now: datetime, settings: Settings) -> bool:
    """Ask for the mail that is due, and send what was asked for; True when there is more."""
    with open_session(engine) as session:
        heartbeat.beat(session, MAIL, now)
        if settings.mails:
            collect(session, now, own_shift(session, now))
        session.commit()
    return settings.mails and outbox.deliver(engine, now, transport(settings), renderers(settings)).more


def _purge(engine: Engine, now: datetime, _settings: Settings) -> None:
    with open_session(engine) as session:
        purge(session, now)
        outbox.purge(session, now)
        session.commit()


TIMETABLE: tuple[tuple[IntervalTrigger, Job], ...] = (
    (IntervalTrigger(seconds=1), _solve),
    (IntervalTrigger(minutes=15), _check_ins),
    (IntervalTrigger(seconds=20), _mail),
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


def once(engine: Engine, now: datetime | None = None, settings: Settings | None = None) -> None:
    """Do everything that is due, until nothing is."""
    known = settings or Settings()
    for _, job in TIMETABLE:
        while job(engine, now or utc_now(), known):
            pass


def status(engine: Engine, now: datetime) -> tuple[str, bool]:
    """Tell how the mail stands, and whether it lags: a mail waits too long, or no worker looked for too long."""
    with open_session(engine, read_only=True) as session:
        stands = outbox.standing(session, now, datetime.combine(local_date(now), time(), AMSTERDAM))
        seen = heartbeat.last(session, MAIL)
        failed = outbox.failures(session)
    told = {
        "lag": f"{stands.lag.total_seconds() / 60:.0f} min",
        "waiting": f"{stands.waiting} now, {stands.later} later",
        "sent": f"{stands.sent} today",
        "failed": f"{stands.failed}",
        "last pass": f"{seen:%Y-%m-%d %H:%M:%S} UTC" if seen else "never",
    }
    lines = [f"{name + ':':<11}{value}" for name, value in told.items()]
    lines += [f"  mail {row.id} ({row.kind}) to person {row.recipient_id}: {row.last_error}" for row in failed]
    return "\n".join(lines), stands.lag > LATE or seen is None or now - seen > LATE


def _schedule(scheduler: BaseScheduler, engine: Engine, settings: Settings) -> BaseScheduler:
    leader = Leader(engine)

    def ticking(job: Job) -> Callable[[], None]:
        def tick() -> None:
            if leader.leads():
                job(engine, utc_now(), settings)

        return tick

    for trigger, job in TIMETABLE:
        scheduler.add_job(ticking(job), trigger, coalesce=True, max_instances=1, misfire_grace_time=None)
    return scheduler


def in_background(engine: Engine, settings: Settings | None = None) -> BaseScheduler:
    """Start working in threads of this process."""
    scheduler = _schedule(BackgroundScheduler(timezone="UTC"), engine, settings or Settings())
    scheduler.start()
    return scheduler


def run(engine: Engine, settings: Settings | None = None) -> None:
    """Work until the process is stopped."""
    _schedule(BlockingScheduler(timezone="UTC"), engine, settings or Settings()).start()
