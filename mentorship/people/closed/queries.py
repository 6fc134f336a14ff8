"""Reads of accounts that a code opened."""

from __future__ import annotations

from sqlmodel import Session

from mentorship.people.models import Account, Person


def is_closed(session: Session, person_id: int) -> bool:
    """Tell whether what somebody kept to themselves before is closed until they confirm."""
    account = session.get(Account, person_id)
    return account is not None and account.closed_before is not None


def reads_mailbox(session: Session, person_id: int) -> bool:
    """Tell whether somebody's mail still goes to the mailbox that they are known to read."""
    account = session.get(Account, person_id)
    person = session.get_one(Person, person_id)
    return account is not None and bool(account.mailbox) and account.mailbox == person.email
