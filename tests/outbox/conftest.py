"""Fixtures: a mail server, and an office that asks for mail and sends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from mentorship.base import delivery, outbox
from mentorship.base.db import open_session
from mentorship.base.mail import Mail, Transport, transport
from mentorship.base.outbox import OutboxRow, Renderer
from tests.outbox.postbox import Postbox, receiving, settings

DAY = date(2026, 11, 23)


@dataclass
class Office:
    """Asks, and delivers what was asked for to one server."""

    engine: sa.Engine
    now: datetime
    way: Transport
    gone: set[int] = field(default_factory=set)
    written: list[int] = field(default_factory=list)
    address: Callable[[str], str] = "{}@example.nl".format

    def ask(self, *people: int, kind: str = "news", due_on: date = DAY, **values: Any) -> None:
        with open_session(self.engine) as session:
            for person in people:
                outbox.ask(session, kind, person, due_on, self.now, **values)
            session.commit()

    def write(self, session: Session, row: OutboxRow, now: datetime) -> Mail | None:
        self.written.append(row.recipient_id)
        if row.recipient_id in self.gone:
            return None
        who = f"p{row.recipient_id}"
        words = f"Vogel {len(self.written)} voor {who}"
        return Mail(self.address(who), words, f"{words}\n", f"<p>{words}</p>", {"Precedence": "bulk"})

    @property
    def renderers(self) -> dict[str, Renderer]:
        return {"news": self.write}

    def deliver(self, now: datetime | None = None, way: Transport | None = None, **values: Any) -> delivery.Pass:
        return delivery.deliver(self.engine, now or self.now, way or self.way, self.renderers, **values)

    def rows(self) -> list[OutboxRow]:
        with open_session(self.engine, read_only=True) as session:
            found = list(session.exec(select(OutboxRow).order_by(col(OutboxRow.id))))
            session.expunge_all()
            return found


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with receiving(Postbox()) as found:
        yield found


@pytest.fixture
def office(engine: sa.Engine, now: datetime, postbox: Postbox) -> Office:
    return Office(engine, now, transport(settings(postbox.port)))
