"""The timetable: WHEN -> which plain function. One leader at a time; it knows no Flask."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy import Engine

from mentorship.base import heartbeat, outage, outbox
from mentorship.base.clock import utc_now
from mentorship.base.config import Settings
from mentorship.base.db import open_session
from mentorship.base.leader import Leader
from mentorship.base.shared_clock import SharedClock
from mentorship.operations.queries import Health, health
from mentorship.worker import jobs
from mentorship.worker.jobs import Job

log = logging.getLogger(__name__)
TIMETABLE: tuple[tuple[IntervalTrigger, Job], ...] = (
    (IntervalTrigger(seconds=1), jobs.solve_rounds),
    (IntervalTrigger(seconds=2), jobs.read_exports),
    (IntervalTrigger(minutes=1), jobs.take_dropped_files),
    (IntervalTrigger(minutes=10), jobs.let_leave),
    (IntervalTrigger(hours=1), jobs.upkeep),
    (IntervalTrigger(hours=1), jobs.end_pairs),
    (IntervalTrigger(hours=1), jobs.hand_signals_on),
    (IntervalTrigger(minutes=1), jobs.look_for_free_places),
    (IntervalTrigger(minutes=5), jobs.end_announcements),
    (IntervalTrigger(minutes=15), jobs.hold_check_ins),
    (IntervalTrigger(hours=1), jobs.publish_figures),
    (IntervalTrigger(hours=1), jobs.keep_outcomes),
    (IntervalTrigger(hours=1), jobs.hold_pulse),
    (IntervalTrigger(seconds=20), jobs.send_mail),
    (IntervalTrigger(hours=6), jobs.purge_all),
    (IntervalTrigger(minutes=1), jobs.keep_ledger),
    (IntervalTrigger(hours=1), jobs.back_up),
)


def once(
    engine: Engine,
    now: datetime | None = None,
    settings: Settings | None = None,
    but: Collection[Job] = (),
) -> None:
    """Do everything that is due, until nothing is; `but` for these jobs."""
    known = settings or Settings()
    clock = SharedClock(engine).now
    for _trigger, job in TIMETABLE:
        if job in but:
            continue
        more = True
        while more:
            more = bool(job(engine, now or clock(), known))


def status(engine: Engine, now: datetime, settings: Settings | None = None) -> Health:
    """Return how the timed work stands."""
    known = settings or Settings()
    with open_session(engine, read_only=True) as session:
        found = health(session, now, backs_up=known.backs_up)
        session.expunge_all()
    return found


def retry(engine: Engine, now: datetime) -> int:
    """Let mails that failed be tried again; return how many."""
    with open_session(engine) as session:
        number = outbox.retry(session, now)
        session.commit()
    return number


def in_background(engine: Engine, settings: Settings | None = None) -> BaseScheduler:
    """Start working in threads of this process."""
    scheduler = BackgroundScheduler(timezone="UTC")
    _schedule(scheduler, engine, settings or Settings())
    scheduler.start()
    return scheduler


def run(engine: Engine, settings: Settings | None = None) -> None:
    """Work until the process is stopped."""
    scheduler = BlockingScheduler(timezone="UTC")
    _schedule(scheduler, engine, settings or Settings())
    scheduler.start()


def _schedule(scheduler: BaseScheduler, engine: Engine, settings: Settings) -> None:
    leader = Leader(engine)
    clock = SharedClock(engine).now
    for trigger, job in TIMETABLE:
        scheduler.add_job(
            _ticking(job, leader, engine, settings, clock),
            trigger,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
            next_run_time=utc_now(),
        )


def _ticking(
    job: Job,
    leader: Leader,
    engine: Engine,
    settings: Settings,
    clock: Callable[[], datetime],
) -> Callable[[], None]:
    def tick() -> None:
        if not leader.leads():
            return
        try:
            job(engine, clock(), settings)
        except outage.AWAY as failure:  # the next tick tries again; a traceback a second would fill the disk
            log.error("%s: %s", job.__name__, outage.in_a_line(failure))
        except Exception as fault:
            _note(engine, job, fault, clock())
            raise

    return tick


def _note(engine: Engine, job: Job, fault: Exception, now: datetime) -> None:
    """Keep for the console that a job failed; where even that cannot be written, the log says it alone."""
    with suppress(*outage.AWAY), open_session(engine) as session:
        heartbeat.fail(session, job.__name__, type(fault).__name__, now)
        session.commit()
