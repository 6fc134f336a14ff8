"""Reads for somebody new: a free personnel number, and who might be the same person."""

from __future__ import annotations

from sqlalchemy import func
from sqlmodel import Session, col, select

from mentorship.people.joining import rules
from mentorship.people.joining.rules import FullName
from mentorship.people.models import NAMELESS, Person


def proposed_number(session: Session) -> str:
    """Return a personnel number that nobody has: the one after the highest."""
    number = col(Person.number)
    theirs = select(number).where(~number.startswith(NAMELESS))
    highest_first = theirs.order_by(func.length(number).desc(), number.desc())
    return rules.number_after(session.exec(highest_first.limit(1)).first())


def with_number(session: Session, number: str) -> Person | None:
    """Return who has a personnel number, however its letters are written, also when they left."""
    same = func.lower(col(Person.number)) == number.lower()
    return session.exec(select(Person).where(same)).first()


def with_address(session: Session, email: str | None) -> Person | None:
    """Return who has an address, also when they left."""
    if email is None:
        return None
    return session.exec(select(Person).where(Person.email == email)).first()


def namesake(session: Session, name: FullName, site_id: int) -> Person | None:
    """Return somebody of this name at this site."""
    same = select(Person).where(
        func.lower(col(Person.given_name)) == name.given.lower(),
        func.lower(col(Person.infix)) == name.infix.lower(),
        func.lower(col(Person.family_name)) == name.family.lower(),
        Person.site_id == site_id,
        col(Person.left_on).is_(None),
    )
    return session.exec(same.order_by(col(Person.id))).first()
