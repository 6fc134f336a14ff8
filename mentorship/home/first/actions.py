"""Verbs on an empty database: tell an address, and let the first person in by it. They never commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, delete

from mentorship.base import audit
from mentorship.base.db import id_of
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_, locale
from mentorship.home.first import queries
from mentorship.home.first.models import FirstAddress
from mentorship.people.access import ADMIN, COORDINATOR
from mentorship.people.account import actions as accounts
from mentorship.people.account.passwords import Passwords
from mentorship.people.account.rules import code_digest, new_code
from mentorship.people.joining.rules import FullName
from mentorship.people.models import Person, PersonRole, Site
from mentorship.programme.models import Programme

HOURS = 24
"""So long an address that was told lets somebody in."""
CODE = "code"
WRONG = N_("This code does not let you in: it was used, or is too old. Start Leermaat again, and it tells a new one.")
NOT_EMPTY = N_("Somebody is here already, so nobody comes in this way any more.")


@dataclass(frozen=True)
class First:
    """Who comes in first, of which organisation, and where they work."""

    name: FullName
    number: str
    organisation: str
    site: str


def make_code(session: Session, now: datetime) -> str | None:
    """Return a code that lets the first person in, instead of any before; None when somebody is here."""
    if not queries.is_empty(session):
        return None
    session.exec(delete(FirstAddress))
    code = new_code()
    address = FirstAddress(
        code_hash=code_digest(code),
        expires_at=now + timedelta(hours=HOURS),
    )
    session.add(address)
    return code


def come_in(
    session: Session,
    code: str,
    first: First,
    password: str,
    passwords: Passwords,
    now: datetime,
) -> Person:
    """Let the first person in, as coordinator and admin; the code lets nobody in after them."""
    address = queries.open_address(
        session,
        code,
        now,
    )
    if address is None:
        raise Refused(WRONG, field=CODE)
    if not queries.is_empty(session):
        raise Refused(NOT_EMPTY)
    person = _person(session, first)
    accounts.set_password(
        session,
        person,
        password,
        passwords,
        now,
        company=[first.organisation],
    )
    session.get_one(Programme, 1).organisation = first.organisation
    session.delete(address)
    audit.record(
        session,
        now,
        person.id,
        "come in first",
        "person",
        person.id,
    )
    return person


def _person(session: Session, first: First) -> Person:
    site = Site(name=first.site)
    session.add(site)
    session.flush()
    person = Person(
        number=first.number,
        given_name=first.name.given,
        infix=first.name.infix,
        family_name=first.name.family,
        site_id=id_of(site),
        locale=locale(),
    )
    session.add(person)
    session.flush()
    for role in (COORDINATOR, ADMIN):
        session.add(PersonRole(person_id=id_of(person), role=role))
    session.flush()
    return person
