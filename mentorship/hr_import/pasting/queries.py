"""Reads for a pasted list: who is here by name, and which sites there are."""

from __future__ import annotations

from sqlmodel import Session, col, select

from mentorship.hr_import.reading import names
from mentorship.people.models import Person, Site


def numbers_by_name(session: Session) -> dict[str, list[str]]:
    """Return the numbers of everybody here by the key of their name, in the order of those."""
    here = select(Person).where(col(Person.left_on).is_(None)).order_by(col(Person.id))
    found: dict[str, list[str]] = {}
    for person in session.exec(here):
        key = names.key(
            person.given_name,
            person.infix,
            person.family_name,
        )
        found.setdefault(key, []).append(person.number)
    return found


def sites(session: Session) -> set[str]:
    """Return the names of the sites, casefolded."""
    return {name.casefold() for name in session.exec(select(Site.name))}
