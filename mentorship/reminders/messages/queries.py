"""Reads of messages: whom one reaches and how, what became of it, and what somebody was sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import String, and_, case, cast, func
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import id_of, locked
from mentorship.base.errors import Conflict
from mentorship.base.i18n import N_
from mentorship.base.mail_kinds import MESSAGE, UNDO_LASTS
from mentorship.base.outbox import OutboxRow
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.queries import by_id
from mentorship.people.access import Subject
from mentorship.people.models import Person
from mentorship.reminders.messages.models import Message, MessageRecipient
from mentorship.reminders.models import MESSAGES, MailPreference
from mentorship.reminders.texts.rules import Words

WAITS, SENT, FAILED, NOT_SENT, ON_PAPER = "waits", "sent", "failed", "dropped", "slip"
STATES = (FAILED, ON_PAPER, WAITS, SENT, NOT_SENT)
"""What first asks something of who wrote it."""
GONE = N_("This message was deleted in the meantime.")


@dataclass(frozen=True)
class Reach:
    """Whom a message reaches by mail, whom on paper alone, and who is not here any more."""

    by_mail: list[Person] = field(default_factory=list)
    on_paper: list[Person] = field(default_factory=list)
    gone: list[Person] = field(default_factory=list)

    @property
    def readers(self) -> list[Person]:
        """Those who get it, by name."""
        found = [*self.by_mail, *self.on_paper]
        return sorted(found, key=lambda person: (person.sort_key, person.id))


@dataclass(frozen=True)
class Told:
    """One of those a message went to, and what became of it."""

    person: Person
    state: str
    words: Words


def message_subject(session: Session, message_id: int) -> Subject | None:
    """Return that a message is there, which is of no one coordinator."""
    found = session.get(Message, message_id)
    if found is None:
        return None
    return Subject()


def one(session: Session, message_id: int) -> Message:
    """Return a message that exists."""
    return session.get_one(Message, message_id)


def held(session: Session, message_id: int) -> Message:
    """Return a message as it is now, nobody else's to change until we commit."""
    found = locked(session, Message, message_id)
    if found is None:
        raise Conflict(GONE)
    return found


def people_of(session: Session, message_id: int) -> list[Person]:
    """Return those whom a message is for, by name."""
    query = (
        select(Person)
        .join(MessageRecipient, col(MessageRecipient.person_id) == Person.id)
        .where(MessageRecipient.message_id == message_id)
        .order_by(col(Person.sort_key), col(Person.id))
    )
    return list(session.exec(query))


def reach(session: Session, people: Iterable[Person], now: datetime, *, mails: bool) -> Reach:
    """Tell whom a message reaches by mail and whom not: without an address, or who switched these mails off."""
    unwanted = _unwanted(session)
    today = local_date(now)
    found = Reach()
    for person in people:
        if person.is_gone(today):
            found.gone.append(person)
        elif mails and person.email and person.id not in unwanted:
            found.by_mail.append(person)
        else:
            found.on_paper.append(person)
    return found


def _unwanted(session: Session) -> set[int]:
    query = select(MailPreference.person_id).where(
        MailPreference.topic == MESSAGES,
        ~col(MailPreference.wanted),
    )
    return set(session.exec(query))


def pairs_of(session: Session, pair_ids: Iterable[int]) -> list[Mentorship]:
    """Return these pairs, of those there are."""
    return list(by_id(session, pair_ids).values())


def told(session: Session, message: Message) -> list[Told]:
    """Return those a message went to, and what became of it: first who needs it on paper, and by name."""
    query = (
        select(MessageRecipient, Person)
        .join(Person, col(Person.id) == MessageRecipient.person_id)
        .where(MessageRecipient.message_id == id_of(message))
        .order_by(col(Person.sort_key), col(Person.id))
    )
    states = _states(session, id_of(message))
    found = []
    for row, person in session.exec(query):
        state = ON_PAPER
        if row.by_mail:
            state = states.get(row.person_id, SENT)  # the outbox forgets after 90 days what it has sent
        found.append(
            Told(
                person,
                state,
                Words(row.subject, row.body),
            )
        )
    found.sort(key=lambda one: STATES.index(one.state))
    return found


def _state() -> Any:
    """Return how a mail stands, as a column."""
    return case(
        (col(OutboxRow.sent_at).is_not(None), SENT),
        (col(OutboxRow.dropped_at).is_not(None), NOT_SENT),
        (col(OutboxRow.failed_at).is_not(None), FAILED),
        else_=WAITS,
    )


def _states(session: Session, message_id: int) -> dict[int, str]:
    query = sa_select(col(OutboxRow.recipient_id), _state()).where(
        col(OutboxRow.kind) == MESSAGE,
        col(OutboxRow.about) == str(message_id),
    )
    return dict(session.execute(query).all())


def in_state(session: Session, message_id: int, state: str) -> set[int]:
    """Return whose mail of a message stands so."""
    states = _states(session, message_id)
    return {person_id for person_id, found in states.items() if found == state}


def count(session: Session) -> int:
    """Count the messages, drafts among them."""
    return session.exec(select(func.count()).select_from(Message)).one()


def newest(session: Session, offset: int, limit: int) -> list[Message]:
    """Return messages, drafts first, then the one sent last."""
    query = select(Message).order_by(
        col(Message.sent_at).is_not(None),
        col(Message.sent_at).desc(),
        col(Message.id).desc(),
    )
    return list(session.exec(query.offset(offset).limit(limit)))


def numbers(session: Session, ids: Iterable[int]) -> dict[int, Counter[str]]:
    """Count, of each of these messages, what became of it with those it is for."""
    same = and_(
        col(OutboxRow.kind) == MESSAGE,
        col(OutboxRow.recipient_id) == col(MessageRecipient.person_id),
        col(OutboxRow.about) == cast(col(MessageRecipient.message_id), String),
    )
    state = case(
        (~col(MessageRecipient.by_mail), ON_PAPER),
        (col(OutboxRow.id).is_(None), SENT),
        else_=_state(),
    )
    query = (
        sa_select(col(MessageRecipient.message_id), state, func.count())
        .outerjoin(OutboxRow, same)
        .where(col(MessageRecipient.message_id).in_(list(ids)))
        .group_by(col(MessageRecipient.message_id), state)
    )
    found: dict[int, Counter[str]] = {}
    for message_id, name, number in session.execute(query):
        found.setdefault(message_id, Counter())[name] += number
    return found


@dataclass(frozen=True)
class Got:
    """A message as one of its readers finds it again."""

    message: Message
    words: Words


def got(session: Session, person_id: int, now: datetime) -> list[Got]:
    """Return what somebody was written, newest first; not what can be undone, or was withdrawn before they had it."""
    query = (
        select(Message, MessageRecipient)
        .join(MessageRecipient, col(MessageRecipient.message_id) == Message.id)
        .where(
            MessageRecipient.person_id == person_id,
            MessageRecipient.body != "",
            col(Message.sent_at) <= now - UNDO_LASTS,
        )
        .order_by(col(Message.sent_at).desc(), col(Message.id).desc())
    )
    return [Got(message, Words(row.subject, row.body)) for message, row in session.exec(query)]
