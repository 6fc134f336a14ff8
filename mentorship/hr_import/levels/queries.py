"""Reads: who and what a sheet of levels can name."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session, col, select

from mentorship.base.db import id_of, locking
from mentorship.hr_import.levels.rules import Known
from mentorship.people.models import Person
from mentorship.profiles.models import Domain, Expertise


def known(session: Session) -> Known:
    """Return everybody who is here by number, and every domain by what it is called in either language."""
    people = {}
    names = {}
    for person in session.exec(select(Person).where(col(Person.left_on).is_(None))):
        names[id_of(person)] = person.name
        if person.number:
            people[person.number] = id_of(person)
    return Known(people, names, _domains(session), levels(session))


def _domains(session: Session) -> dict[str, int]:
    found = {}
    for domain in session.exec(select(Domain)):
        for title in (domain.name_en, domain.name):  # where two are called alike the Dutch name goes before
            if title:
                found[title.casefold()] = id_of(domain)
    return found


def lock(session: Session, person_ids: Collection[int]) -> None:
    """Lock these people, so that of two sheets at once the second sees what the first did."""
    theirs = select(Person).where(col(Person.id).in_(person_ids))
    session.exec(locking(theirs.order_by(col(Person.id)))).all()


def levels(session: Session, person_ids: Collection[int] | None = None) -> dict[tuple[int, int], int]:
    """Return by person and domain which level there is, of everybody or of these."""
    query = select(Expertise.person_id, Expertise.domain_id, Expertise.level)
    if person_ids is not None:
        query = query.where(col(Expertise.person_id).in_(person_ids))
    return {(person_id, domain_id): level for person_id, domain_id, level in session.exec(query)}


def willing(session: Session, person_ids: Collection[int]) -> set[tuple[int, int]]:
    """Return who of these wants to pass on which domain."""
    query = select(Expertise.person_id, Expertise.domain_id)
    theirs = query.where(col(Expertise.person_id).in_(person_ids), col(Expertise.willing))
    return {(person_id, domain_id) for person_id, domain_id in session.exec(theirs)}
