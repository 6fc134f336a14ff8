"""What is said at signing in of an address for mail that another changed."""

from __future__ import annotations

from flask import flash
from sqlmodel import Session

from mentorship.people.addresses import actions, words
from mentorship.people.models import Account, Person


def tell_of_address(opened: Session, person_id: int) -> None:
    """Say once, at signing in, that another changed the address for one's mail."""
    account = opened.get(Account, person_id)
    if account is None or account.address_at is None:
        return
    person = opened.get_one(Person, person_id)
    by = None
    if account.address_by_id is not None:
        by = opened.get(Person, account.address_by_id)
    told = words.changed(
        person,
        by,
        account.address_at,
    )
    flash(told, "warning")
    actions.note_told(account)
