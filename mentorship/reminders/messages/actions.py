"""Verbs on messages: begin one, write it, send it, take it back, withdraw what waits. They never commit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from mentorship.base import audit, outbox, undo
from mentorship.base.db import id_of, insert_new
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.base.mail_kinds import MESSAGE
from mentorship.base.outbox import OutboxRow
from mentorship.base.undo import About, state_verb
from mentorship.people.access import Actor
from mentorship.people.queries import persons
from mentorship.reminders.messages import queries, readers, rules
from mentorship.reminders.messages.models import ITSELF, OF_PEOPLE, OWN_PAIRS, Message, MessageRecipient
from mentorship.reminders.messages.queries import Reach
from mentorship.reminders.texts.rules import Both

SUBJECT = "message"
SEND = "send message"
SENT_ALREADY = N_("This message was sent already, so it is not changed any more.")
CHANGED = N_("Somebody changed this message since you looked. Look again, then send it.")
EMPTY = N_("Write a subject and a message first.")
NOBODY_LEFT = N_("None of them is here any more. Nothing was sent.")
NONE_WAIT = N_("None of these mails waits any more: they all went out. Nothing was withdrawn.")


def begin(
    session: Session,
    actor: Actor,
    selection: str,
    person_ids: Collection[int],
    now: datetime,
    *,
    fewest: int = 1,
) -> Message:
    """Begin a message to these people: a draft, which nobody gets, and which keeps so many readers."""
    people = persons(session, person_ids)
    rules.check_number(len(people))
    rules.check_left(len(people), fewest)
    made = Message(
        selection=selection,
        leads=_leads(selection),
        fewest=fewest,
        by_id=actor.person_id,
        made_at=now,
    )
    session.add(made)
    session.flush()
    rows = []
    for person_id in sorted(people):
        row = MessageRecipient(
            message_id=id_of(made),
            person_id=person_id,
        )
        rows.append(row.model_dump())
    insert_new(session, MessageRecipient, rows)
    return made


def _leads(selection: str) -> str:
    """Return where the button of such a message leads, until another place is chosen."""
    if selection == OF_PEOPLE:
        return ITSELF
    return OWN_PAIRS


def write(
    session: Session,
    actor: Actor,
    message_id: int,
    both: Both,
    leads: str,
    now: datetime,
) -> Message:
    """Write what a draft says; it is of who wrote in it last, whose name stands under it."""
    found = _draft(session, message_id)
    found.sqlmodel_update(both.columns)
    found.leads = leads
    found.by_id = actor.person_id
    found.version += 1
    return found


def _draft(session: Session, message_id: int) -> Message:
    found = queries.held(session, message_id)
    if found.sent_at is not None:
        raise Conflict(SENT_ALREADY)
    return found


def take_off(session: Session, _actor: Actor, message_id: int, person_id: int, now: datetime) -> None:
    """Leave one out of those a draft is for; the last one stays, and so do the fewest it keeps."""
    found = _draft(session, message_id)
    people = queries.people_of(session, message_id)
    rules.check_left(len(people) - 1, found.fewest)
    found.version += 1
    theirs = delete(MessageRecipient).where(
        col(MessageRecipient.message_id) == message_id,
        col(MessageRecipient.person_id) == person_id,
    )
    session.exec(theirs)


def send(
    session: Session,
    actor: Actor,
    message_id: int,
    version: int,
    now: datetime,
    *,
    mails: bool,
) -> Reach | None:
    """Send a message as it was looked at, to each in their own shift; None when it was sent so already.

    Who left since is taken off it; who has no address, or switched these mails off, gets it on paper.
    """
    found = queries.held(session, message_id)
    if found.sent_at is not None and found.version == version:
        return None
    _check_looked_at(found, version)
    people = queries.people_of(session, message_id)
    reached = queries.reach(session, people, now, mails=mails)
    _check_reached(found, reached)
    readers.leave_out(session, message_id, reached.gone)
    readers.note(session, found, reached)
    found.sent_at = now
    found.by_id = actor.person_id
    readers.ask(session, found, reached.by_mail, now)
    audit.record(
        session,
        now,
        actor.person_id,
        SEND,
        SUBJECT,
        message_id,
        mails=len(reached.by_mail),
        slips=len(reached.on_paper),
    )
    about = About(
        SEND,
        SUBJECT,
        message_id,
        [(MESSAGE, str(message_id))],
    )
    state_verb(
        session,
        unsend,
        about,
        message_id=message_id,
    )
    return reached


def _check_looked_at(found: Message, version: int) -> None:
    if found.sent_at is not None:
        raise Conflict(SENT_ALREADY)
    if found.version != version:
        raise Conflict(CHANGED)
    if not found.subject_nl or not found.body_nl:
        raise Refused(EMPTY)


def _check_reached(found: Message, reached: Reach) -> None:
    number = len(reached.readers)
    if not number:
        raise Refused(NOBODY_LEFT)
    rules.check_left(number, found.fewest)


def unsend(session: Session, _actor: Actor, *, message_id: int, now: datetime) -> None:
    """Undo sending: it is a draft again; the mails that waited are forgotten by the undo."""
    found = queries.held(session, message_id)
    if found.sent_at is None or found.withdrawn_at is not None:
        raise Conflict(N_("This message was withdrawn in the meantime. Nothing was changed."))
    found.sent_at = None
    found.version += 1
    readers.empty(session, message_id)


def withdraw(session: Session, actor: Actor, message_id: int, now: datetime) -> int:
    """Withdraw the mails of a message that did not go out yet; return how many. Who got it keeps it."""
    found = queries.held(session, message_id)
    waiting = queries.in_state(session, message_id, queries.WAITS)
    if found.sent_at is None or found.withdrawn_at is not None or not waiting:
        raise Conflict(NONE_WAIT)
    found.withdrawn_at = now
    outbox.drop(
        session,
        now,
        outbox.unfinished(),
        col(OutboxRow.kind) == MESSAGE,
        col(OutboxRow.about) == str(message_id),
    )
    kept_back = waiting & queries.in_state(session, message_id, queries.NOT_SENT)  # one may have gone out just now
    readers.empty(session, message_id, kept_back)
    audit.record(
        session,
        now,
        actor.person_id,
        "withdraw message",
        SUBJECT,
        message_id,
        mails=len(kept_back),
    )
    return len(kept_back)


def use(
    session: Session,
    actor: Actor,
    message_id: int,
    both: Both,
    now: datetime,
) -> None:
    """Put a text that was kept in the place of what a draft says."""
    _draft(session, message_id)
    kept = undo.keep(session, Message, id=message_id)
    found = queries.one(session, message_id)
    write(
        session,
        actor,
        message_id,
        both,
        found.leads,
        now,
    )
    session.flush()
    undo.state(session, kept, About("write message", SUBJECT, message_id))


def throw_away(session: Session, _actor: Actor, message_id: int, now: datetime) -> None:
    """Throw a draft away: nobody got anything of it."""
    found = _draft(session, message_id)
    session.exec(delete(MessageRecipient).where(col(MessageRecipient.message_id) == message_id))
    session.delete(found)
