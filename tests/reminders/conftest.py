"""Fixtures: the small organisation with mailboxes, and a post that catches what goes out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from mentorship.base import delivery, outbox
from mentorship.base.config import Settings
from mentorship.base.mail import Send
from mentorship.base.mail_kinds import UNDO_LASTS
from mentorship.people.models import Person
from mentorship.reminders.actions import due_mail
from mentorship.reminders.mails import renderers
from mentorship.reminders.models import OVERVIEW, MailPreference
from tests.factories import Organisation
from tests.outbox.postbox import settings
from tests.rounds.stage import Stage

LEADERS = {"manager", "other_manager", "director", "coordinator"}


def ask_before(session: Session, now: datetime) -> None:
    """Ask for what is due now, as long ago as can be undone."""
    outbox.ask_all(session, due_mail(session, now), now - UNDO_LASTS)


@dataclass
class Post:
    """Does what the worker does, and keeps each message instead of sending it."""

    stage: Stage
    settings: Settings
    sender: str = "Leermaat <post@leermaat.example.nl>"
    taken: list[EmailMessage] = field(default_factory=list)

    @contextmanager
    def opened(self, seconds: float) -> Iterator[Send]:
        yield self.taken.append

    def go(self, now: datetime | None = None) -> list[EmailMessage]:
        """Deliver what was asked for ten minutes ago, when it could still be undone; return what went out."""
        now, before = now or self.stage.now, len(self.taken)
        self.stage.act(ask_before, now)
        delivery.deliver(self.stage.engine, now, self, renderers(self.settings))
        return self.taken[before:]

    def told(self, now: datetime | None = None) -> set[tuple[str, str]]:
        """Return who gets which mail now, by the first word of the address and the subject."""
        return {(m["To"].addresses[0].username, str(m["Subject"])) for m in self.go(now)}


@pytest.fixture
def stage(engine: sa.Engine, organisation: Organisation, now: datetime) -> Stage:
    """Everybody has a mailbox and reads English; who manages gets no weekly overview, which has its own test."""
    for key, person_id in organisation.people.items():
        person = organisation.session.get_one(Person, person_id)
        person.email, person.locale = f"{key}@example.nl", "en"
        if key in LEADERS:
            organisation.session.add(MailPreference(person_id=person_id, topic=OVERVIEW, wanted=False))
    organisation.session.commit()
    return Stage(engine, organisation, now)


@pytest.fixture
def post(stage: Stage) -> Post:
    return Post(stage, settings(25))


def words(message: EmailMessage, kind: str = "plain") -> str:
    """Return the text of a mail."""
    body = message.get_body((kind,))
    assert body is not None
    found: str = body.get_content()
    return found.replace("\r\n", "\n")
