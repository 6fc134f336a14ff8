"""Verbs on addresses for mail: one that is free; telling the old one that its person has another. They never commit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from secrets import token_hex

from sqlalchemy import update
from sqlmodel import Session, col, select

from mentorship.base import outbox
from mentorship.base.clock import local_date
from mentorship.base.db import chunked
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.mail_kinds import ADDRESS
from mentorship.people.addresses.queries import Addresses, addresses
from mentorship.people.models import Account, Person

NOBODY = 0
"""Who changed it when that was no person: files that came in by themselves."""


def tell_old(
    session: Session,
    before: Addresses,
    by_id: int | None,
    now: datetime,
    of: Collection[int] | None = None,
) -> None:
    """Tell each address of before that is not its person's any more, also where that is taken back: at once, each time.

    The new one is not named: nobody knows who reads the old one. `of`: whose addresses these were (None: everybody's).
    Who has an account is told at the next sign-in too, for who had no address has none to be told at.
    """
    after = addresses(session, of)
    asks = []
    for person_id, email in before.items():
        if after.get(person_id) == email:
            continue
        told = outbox.Ask(
            ADDRESS,
            person_id,
            local_date(now),
            about=f"{by_id or NOBODY} {token_hex(8)}",
            address=email,
        )
        asks.append(told)
    outbox.ask_all(session, asks, now)
    moved = {person_id for person_id, _ in before.items() ^ after.items()}
    moved.discard(by_id or NOBODY)
    _tell_at_sign_in(
        session,
        moved,
        by_id,
        now,
    )


def _tell_at_sign_in(session: Session, moved: Collection[int], by_id: int | None, now: datetime) -> None:
    """Keep of who has an account that another changed their address, until they are told."""
    for some in chunked(moved):
        theirs = update(Account).where(
            col(Account.person_id).in_(some),
        )
        told = theirs.values(
            address_at=now,
            address_by_id=by_id,
        )
        session.exec(told)


def note_told(account: Account) -> None:
    """Remember that a person was told at signing in that another changed their address."""
    account.address_at = None
    account.address_by_id = None


def changed_by(about: str) -> int:
    """Return who changed an address, as the mail about it says."""
    by, _, _ = about.partition(" ")
    return int(by)


def free_address(session: Session, person_id: int, email: str | None) -> str | None:
    """Return an address that nobody else has; refuse one that is taken."""
    if email is None:
        return None
    somebody_else = select(Person.id).where(
        Person.email == email,
        Person.id != person_id,
    )
    if session.exec(somebody_else).first() is not None:
        raise Refused(N_("Somebody else has this e-mail address."), field="email")
    return email
