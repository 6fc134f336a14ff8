"""Fixture: the organisation at work, with somebody who is mentor, junior, manager and admin at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, SQLModel, col, select

from mentorship.base.outbox import OutboxRow
from mentorship.leaving import actions
from mentorship.mentorships.models import Mentorship
from mentorship.people.models import Person
from mentorship.worker import jobs
from tests.checkins.stage import Asking
from tests.factories import Organisation
from tests.outbox.postbox import settings
from tests.rounds.stage import Stage


@dataclass
class Goodbye(Asking):
    """The stage of who leaves: Lena, who does everything, and everybody around her."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.lena = self.person("lena")

    def says(self, key: str = "lena", days: int = 10, by: str = "coordinator") -> date:
        """Say that somebody's last day is so many days from now."""
        day = self.today + timedelta(days=days)
        self.act(actions.set_last_day, self.actor_of(by), self.person(key), day, self.now)
        return day

    def actor_of(self, key: str) -> Any:
        return self.read(lambda s: self.organisation.in_session(s, self.now).actor(key))

    def night(self) -> None:
        """Let the worker pass by."""
        jobs.let_leave(self.engine, self.now, settings(25))

    def goes(self, days: int = 10) -> date:
        """Let Lena leave: said today, and done the night after her last day."""
        day = self.says(days=days)
        self.later(days=days + 1)
        self.night()
        return day

    def who(self, key: str = "lena") -> Person:
        found: Person = self.read(lambda s: s.get_one(Person, self.person(key)))
        return found

    def open_round(self, name: str = "Najaarsronde") -> int:
        return Stage.open(self, name)

    def solved(self) -> int:
        round_id = self.open_round()
        assert self.solve(round_id).status == "solved"
        return round_id

    def pair(self, pair_id: int) -> Mentorship:
        found: Mentorship = self.read(lambda s: s.get_one(Mentorship, pair_id))
        return found

    def rows(self, table: type[SQLModel], *which: Any) -> list[Any]:
        def read(session: Session) -> list[Any]:
            return list(session.exec(select(table).where(*which)))

        found: list[Any] = self.read(read)
        return found

    def mail(self, *kinds: str) -> set[tuple[str, str]]:
        """Return which mails of these kinds wait to be sent, and to whom."""
        names = {person_id: key for key, person_id in self.organisation.people.items()}
        waiting = self.rows(OutboxRow, col(OutboxRow.kind).in_(kinds), col(OutboxRow.dropped_at).is_(None))
        return {(row.kind, names[row.recipient_id]) for row in waiting}


@pytest.fixture
def stage(engine: sa.Engine, organisation: Organisation, now: datetime, app: Flask) -> Goodbye:
    """Lena mentors the junior, and learns from the other senior; Kees is of her team."""
    made = organisation
    made.mentor("lena", manager="manager", places=3)
    lena = made.people["lena"]
    for role in ("junior", "manager", "admin"):
        made.session.execute(sa.text("INSERT INTO person_role VALUES (:p, :r)"), {"p": lena, "r": role})
    made.person("kees", "junior", manager="lena")
    for key, person_id in made.people.items():
        made.session.get_one(Person, person_id).email = f"{key}@example.nl"
    made.session.commit()
    found = Goodbye(engine, made, now, app)
    found.later()
    return found
