"""Those a message is for: left out, written to in their own language, asked a mail for, emptied again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col

from mentorship.base import outbox
from mentorship.base.clock import local_date
from mentorship.base.db import chunked, id_of
from mentorship.base.mail_kinds import MESSAGE
from mentorship.base.outbox import Ask
from mentorship.people.models import Person
from mentorship.programme.queries import programme
from mentorship.reminders.actions import own_shift
from mentorship.reminders.messages.models import Message, MessageRecipient
from mentorship.reminders.messages.queries import Reach
from mentorship.reminders.texts.rules import both_of, filled


def leave_out(session: Session, message_id: int, gone: Iterable[Person]) -> None:
    """Leave out who is not here any more."""
    for some in chunked(person.id for person in gone):
        theirs = delete(MessageRecipient).where(
            col(MessageRecipient.message_id) == message_id,
            col(MessageRecipient.person_id).in_(some),
        )
        session.exec(theirs)


def note(session: Session, message: Message, reached: Reach) -> None:
    """Keep with each reader what they read, in their own language, and whether it goes by mail."""
    both = both_of(message)
    company = programme(session).organisation
    by_mail = {person.id for person in reached.by_mail}
    rows = []
    for person in reached.readers:
        words = filled(
            both.read_in(person.locale),
            person.given_name,
            company,
        )
        row = {
            "message_id": id_of(message),
            "person_id": id_of(person),
            "by_mail": person.id in by_mail,
            "subject": words.subject,
            "body": words.body,
        }
        rows.append(row)
    session.execute(update(MessageRecipient), rows)


def ask(session: Session, message: Message, people: Iterable[Person], now: datetime) -> None:
    """Ask for a mail to each, from the first moment of their own shift that cannot be undone any more."""
    ids = [id_of(person) for person in people]
    when = own_shift(session, now, ids)
    about = str(id_of(message))
    today = local_date(now)
    asks = []
    for person_id in ids:
        ask = Ask(
            MESSAGE,
            person_id,
            today,
            about,
            not_before=when(person_id, MESSAGE),
        )
        asks.append(ask)
    outbox.ask_all(session, asks, now)


def empty(session: Session, message_id: int, person_ids: Iterable[int] | None = None) -> None:
    """Empty what was kept with (some of) the readers."""
    emptied = update(MessageRecipient).where(col(MessageRecipient.message_id) == message_id)
    emptied = emptied.values(subject="", body="")
    if person_ids is None:
        session.exec(emptied.values(by_mail=False))
        return
    for some in chunked(person_ids):
        session.exec(emptied.where(col(MessageRecipient.person_id).in_(some)))
