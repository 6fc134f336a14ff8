"""Reads of the addresses that people have for mail."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session, col, select

from mentorship.base.db import chunked
from mentorship.people.models import Account, Person

Addresses = dict[int, str]
"""By person, where their mail goes; who has no address is not among them."""


def addresses(session: Session, ids: Collection[int] | None = None) -> Addresses:
    """Return the addresses of these people (None: of everybody) as they stand now."""
    session.flush()
    query = select(Person.id, Person.email).where(col(Person.email).is_not(None))
    asked = [query]
    if ids is not None:
        asked = [query.where(col(Person.id).in_(some)) for some in chunked(ids)]
    found: Addresses = {}
    for one in asked:
        for person_id, email in session.exec(one):
            if person_id is not None and email:
                found[person_id] = email
    return found


def is_given_unseen(session: Session, person_id: int) -> bool:
    """Tell whether another person changed somebody's address, who has an account and was not told there yet."""
    account = session.get(Account, person_id)
    return account is not None and account.address_by_id is not None
