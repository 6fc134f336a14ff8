"""Verbs on an account that a code opened: ask for a link, and open what was kept before. They never commit."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base import audit, outbox
from mentorship.base.clock import local_date
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.mail_kinds import CONFIRM
from mentorship.people.access import Actor
from mentorship.people.closed import queries
from mentorship.people.models import Account, ActivationCode


def reopen(session: Session, person_id: int, now: datetime, by: str) -> None:
    """Open what a person kept before a code opened their account: they confirmed, `by` a device or their mailbox."""
    account = session.get(Account, person_id)
    if account is None or account.closed_before is None:
        return
    account.closed_before = None
    audit.record(
        session,
        now,
        person_id,
        "confirm account",
        "person",
        person_id,
        by=by,
    )


def ask_to_confirm(session: Session, actor: Actor, link: str, now: datetime) -> None:
    """Mail a link by which somebody confirms whose account it is, to the mailbox that they are known to read."""
    if not queries.reads_mailbox(session, actor.person_id):
        raise Refused(N_("We know no mailbox of yours from before."))
    outbox.ask(
        session,
        CONFIRM,
        actor.person_id,
        local_date(now),
        now,
        about=now.isoformat(),
        text=link,
    )
    audit.record(
        session,
        now,
        actor.person_id,
        "ask to confirm account",
        "person",
        actor.person_id,
    )


def note_told(code: ActivationCode, now: datetime) -> None:
    """Remember that a person was told at signing in of a code made for them."""
    code.told_at = now


def use_up(code: ActivationCode, now: datetime) -> None:
    """Use a code up where its person reads each time who made it, so that nothing is left to tell."""
    code.used_at = now
    note_told(code, now)


def note_end_told(account: Account) -> None:
    """Remember that a person was told at signing in that an administrator ended all their sessions."""
    account.signed_out_at = None
    account.signed_out_by_id = None
