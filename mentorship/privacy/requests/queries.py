"""Reads of requests about one's data, and of the ledger of erasures."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.db import Given
from mentorship.base.prepared import prepared
from mentorship.base.secret_codes import seals
from mentorship.people.access import Subject
from mentorship.people.models import Person
from mentorship.people.objections import HOLDS, STANDING
from mentorship.privacy.requests.models import OPEN, Erasure, PrivacyRequest


def of_person(session: Session, person_id: int) -> list[PrivacyRequest]:
    """Return what somebody asked, the newest first."""
    return list(_asked_by(session, person_id))


@prepared
def _asked_by(person_id: Given[int]) -> SelectOfScalar[PrivacyRequest]:
    query = select(PrivacyRequest).where(PrivacyRequest.asker_id == person_id)
    return query.order_by(col(PrivacyRequest.id).desc())


def same_of(session: Session, person_id: int, kind: str, about: str) -> PrivacyRequest | None:
    """Return the same request of somebody that was not settled yet, or is held to."""
    goes_on = HOLDS if about in STANDING else (OPEN,)
    query = select(PrivacyRequest).where(
        PrivacyRequest.asker_id == person_id,
        PrivacyRequest.kind == kind,
        PrivacyRequest.about == about,
        col(PrivacyRequest.state).in_(goes_on),
    )
    return session.exec(query).first()


def listed(session: Session, offset: int, size: int) -> list[PrivacyRequest]:
    """Return a page of all requests: the open ones by their time, then the settled ones, the newest first."""
    settled = col(PrivacyRequest.settled_at)
    query = select(PrivacyRequest).order_by(
        settled.is_not(None),
        settled.desc(),
        col(PrivacyRequest.due_on),
        col(PrivacyRequest.id),
    )
    return list(session.exec(query.offset(offset).limit(size)))


def count(session: Session, *, only_open: bool = False) -> int:
    """Count the requests."""
    query = select(func.count()).select_from(PrivacyRequest)
    if only_open:
        query = query.where(PrivacyRequest.state == OPEN)
    return session.exec(query).one()


def subject(session: Session, privacy_id: int) -> Subject | None:
    """Return whose a request is; None when there is none."""
    found = session.get(
        PrivacyRequest,
        privacy_id,
    )
    if found is None:
        return None
    owners = frozenset() if found.asker_id is None else frozenset({found.asker_id})
    return Subject(owners)


def seals_of(number: str) -> list[str]:
    """Return the digests by which the ledger may know a number, by the keys of now and of before, in any case."""
    return seals(number.casefold())


def ledger(session: Session) -> list[Erasure]:
    """Return the ledger, the oldest first."""
    return list(session.exec(select(Erasure).order_by(col(Erasure.id))))


def erased(session: Session, numbers: Collection[str], known: Collection[str] = ()) -> set[str]:
    """Return which of these numbers are of people who were erased, by the ledger and these digests."""
    return set(entries(session, numbers, known))


def entries(session: Session, numbers: Collection[str], known: Collection[str] = ()) -> dict[str, str]:
    """Return, of those of these numbers that are in the ledger or among these digests, by which digest."""
    noted = set(session.exec(select(Erasure.number_seal)))
    noted |= set(known)
    found: dict[str, str] = {}
    if not noted:
        return found
    for number in numbers:
        for seal in seals_of(number):
            if seal in noted:
                found[number] = seal
    return found


def erased_here(session: Session, known: Collection[str] = ()) -> list[int]:
    """Return who is here and was erased."""
    found = session.execute(
        select(
            Person.number,
            Person.id,
        )
    ).all()
    ids: Mapping[str, int] = dict(found)
    numbers = erased(
        session,
        ids.keys(),
        known,
    )
    return sorted(ids[number] for number in numbers)


def leaving_here(session: Session, known: Mapping[str, date]) -> dict[int, date]:
    """Return who is here and is to leave, by these digests, with the day, where another or none stands here."""
    found: dict[int, date] = {}
    if not known:
        return found
    query = select(
        col(Person.id),
        col(Person.number),
        col(Person.last_day),
    ).where(col(Person.left_on).is_(None))
    for person_id, number, stands in session.exec(query.order_by(col(Person.id))):
        days = {known[seal] for seal in seals_of(number) if seal in known}
        if person_id is not None and days and stands not in days:
            found[person_id] = max(days)
    return found
