"""Months that pass: the worker does what is due some times a day, and people act through the same verbs as ever."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from mentorship import worker
from mentorship.base.clock import local_date, wall_time
from mentorship.base.config import Settings
from mentorship.base.db import open_session
from mentorship.base.outbox import OutboxRow
from mentorship.demo.announcing import Announcing
from mentorship.demo.diary import Deed, Diary
from mentorship.demo.duos import Duos
from mentorship.demo.guiding import Guiding
from mentorship.demo.learning import Learning
from mentorship.demo.programme import LivedProgramme
from mentorship.demo.temperaments import Temperaments
from mentorship.people.access import Actor
from mentorship.worker import jobs

WAKING = (6, 10, 14, 18, 22)
"""At which hours in Amsterdam the worker and people do something."""
Told = Callable[[float], None]
"""Hears what share of the time has passed."""


@dataclass
class Passed:
    """What came of it: mails sent by kind, and deeds that the service refused by its words."""

    mails: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)


def moments(since: datetime, until: datetime, hours: Sequence[int] = WAKING) -> Iterator[datetime]:
    """Yield the moments between two at which something is done, summer time or not."""
    day = local_date(since)
    while day <= local_date(until):
        for hour in hours:
            moment = wall_time(day, hour * 60)
            if since <= moment < until:
                yield moment
        day += timedelta(days=1)


class Simulation:
    """An organisation of which the people act, each by their own temperament; the same seed, the same story."""

    def __init__(self, engine: Engine, seed: int, coordinator: Actor, settings: Settings) -> None:
        self.coordinator = coordinator
        self._engine = engine
        self._settings = settings
        self._diary = Diary(engine, seed)
        people = Temperaments(self._diary.chance)
        self.programme = LivedProgramme(self._diary, coordinator)
        self.announcing = Announcing(self._diary)
        self.duos = Duos(self._diary, people)
        self._actors = (
            self.duos,
            Guiding(self._diary, people, coordinator),
            Learning(self._diary, people),
            self.programme,
        )
        self._passed = Passed(refused=self._diary.refused)

    def plan(self, moment: datetime, deed: Deed, *about: object) -> None:
        """Mean to do something from a moment on."""
        self._diary.plan(moment, deed, *about)

    def run(self, since: datetime, until: datetime, told: Told, hours: Sequence[int] = WAKING) -> Passed:
        """Let time pass; `told` hears what share of it has."""
        purged = None
        for moment in moments(since, until, hours):
            day = local_date(moment)
            # what was kept long enough goes once a day, which is soon enough and as much of it
            worker.once(self._engine, moment, self._settings, () if day != purged else (jobs.purge_all,))
            purged = day
            with open_session(self._engine, read_only=True) as session:
                self._count_mails(session, moment)
                for one in self._actors:
                    one.notice(session, moment)
            self._diary.do(moment)
            told((moment - since) / (until - since))
        return self._passed

    def _count_mails(self, session: Session, moment: datetime) -> None:
        """Count the mails that were sent at a moment."""
        counted = select(OutboxRow.kind, func.count())
        sent = counted.where(OutboxRow.sent_at == moment)
        rows = session.exec(sent.group_by(col(OutboxRow.kind))).all()
        self._passed.mails.update(dict(rows))
