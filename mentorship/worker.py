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

from mentorship.base import audit, delivery, heartbeat, outbox
from mentorship.base.clock import utc_now
from mentorship.base.config import Settings
from mentorship.base.db import open_session
from mentorship.base.health import CHECK_INS, MAIL, PURGE, UPKEEP, Health, health
from mentorship.base.mail import transport
from mentorship.checkins import actions as check_ins
from mentorship.checkins import retention as check_in_retention
from mentorship.checkins import signals
from mentorship.checkins.code_actions import purge as purge_codes
from mentorship.hr_import import retention as import_retention
from mentorship.mentorships import actions as mentorships
from mentorship.mentorships import retention as mentorship_retention
from mentorship.mentorships.retest_actions import set_failing
from mentorship.people.actions import purge
from mentorship.profiles import actions as profiles
from mentorship.reminders.actions import due_mail, own_shift
from mentorship.reminders.mails import renderers
from mentorship.rounds import retention as round_retention
from mentorship.rounds import retest
from mentorship.rounds.solving import solve_waiting

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows, where one process serves
    fcntl = None

log = logging.getLogger(__name__)
ADVISORY_LOCK = 7_304_113
Job = Callable[[Engine, datetime, Settings], object]


def _solve(engine: Engine, now: datetime, _settings: Settings) -> bool:
    return solve_waiting(engine, now)


def _upkeep(engine: Engine, now: datetime, _settings: Settings) -> None:
    """Let proposals and pauses end that lasted long enough, and test running pairs again."""
    with open_session(engine) as session:
        mentorships.expire_proposals(session, now)
        mentorships.resume_due(session, now)
        profiles.end_pauses(session, now)
        session.commit()
    with open_session(engine, read_only=True) as session:
        broken = retest.broken(session)
    with open_session(engine) as session:
        heartbeat.beat(session, UPKEEP, now)
        set_failing(session, broken, now)
        session.commit()


def _check_ins(engine: Engine, now: datetime, _settings: Settings) -> None:
    """Ask both sides of every pair whose date has come, and raise the signals that follow."""
    with open_session(engine) as session:
        check_ins.open_due(session, now)
        check_ins.close_missed(session, now)
        session.commit()
    with open_session(engine, read_only=True) as session:
        raised = signals.to_raise(session, now)
    with open_session(engine) as session:
        signals.raise_all(session, raised)
        heartbeat.beat(session, CHECK_INS, now)  # last, so that a pass which fails half-way is seen as late
        session.commit()


def _mail(engine: Engine, now: datetime, settings: Settings) -> bool:
    """Ask for the mail that is due, and send what was asked for; True when there is more."""
    with open_session(engine, read_only=True) as session:
        asks = due_mail(session, now, own_shift(session, now)) if settings.mails else []
    with open_session(engine) as session:
        heartbeat.beat(session, MAIL, now)
        outbox.ask_all(session, asks, now)
        session.commit()
    return settings.mails and delivery.deliver(engine, now, transport(settings), renderers(settings)).more


def _purge(engine: Engine, now: datetime, _settings: Settings) -> None:
    with open_session(engine) as session:
        heartbeat.beat(session, PURGE, now)
        purge(session, now)
        audit.purge(session, now)
        outbox.purge(session, now)
        purge_codes(session, now)
        # what points at a pair goes before it, and what it points at after it
        for room in (check_in_retention, mentorship_retention, round_retention, import_retention):
            room.purge(session, now)
        session.commit()


TIMETABLE: tuple[tuple[IntervalTrigger, Job], ...] = (
    (IntervalTrigger(seconds=1), _solve),
    (IntervalTrigger(hours=1), _upkeep),
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


def status(engine: Engine, now: datetime) -> Health:
    """Return how the timed work stands."""
    with open_session(engine, read_only=True) as session:
        found = health(session, now)
        session.expunge_all()
    return found


def retry(engine: Engine, now: datetime) -> int:
    """Let mails that failed be tried again; return how many."""
    with open_session(engine) as session:
        number = outbox.retry(session, now)
        session.commit()
    return number


def _schedule(scheduler: BaseScheduler, engine: Engine, settings: Settings) -> BaseScheduler:
    leader = Leader(engine)

    def ticking(job: Job) -> Callable[[], None]:
        def tick() -> None:
            if leader.leads():
                job(engine, utc_now(), settings)

        return tick

    for trigger, job in TIMETABLE:
        options = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None, "next_run_time": utc_now()}
        scheduler.add_job(ticking(job), trigger, **options)
    return scheduler


def in_background(engine: Engine, settings: Settings | None = None) -> BaseScheduler:
    """Start working in threads of this process."""
    scheduler = _schedule(BackgroundScheduler(timezone="UTC"), engine, settings or Settings())
    scheduler.start()
    return scheduler


def run(engine: Engine, settings: Settings | None = None) -> None:
    """Work until the process is stopped."""
    _schedule(BlockingScheduler(timezone="UTC"), engine, settings or Settings()).start()
