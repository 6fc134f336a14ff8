"""Erases again, after a backup was put back. It never commits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.people.models import Person
from mentorship.privacy.requests import queries
from mentorship.privacy.requests.actions import erase_person
from mentorship.privacy.requests.models import Erasure


@dataclass(frozen=True)
class Again:
    """What came of it: how many are gone, and who could not be erased (by number), and why."""

    erased: int
    failed: Mapping[str, Exception]


def reapply(session: Session, known: Mapping[str, datetime], now: datetime) -> Again:
    """Erase again who is in the ledger, or among these digests, and is here all the same.

    `known`: a ledger that was kept apart, with when each was erased; what is missing here is noted as it stands there.
    One who cannot be erased does not keep another from it.
    """
    _note(session, known)
    here = queries.erased_here(session)
    failed = {}
    for person_id in here:
        attempt = session.begin_nested()
        try:
            _erase(session, person_id, now)
            attempt.commit()
        except Exception as failure:  # whatever it is: the others are erased, and who is not is told
            attempt.rollback()
            failed[_number(session, person_id)] = failure
    return Again(len(here) - len(failed), failed)


def _note(session: Session, known: Mapping[str, datetime]) -> None:
    noted = {entry.number_seal for entry in queries.ledger(session)}
    for seal, at in known.items():
        if seal not in noted:
            session.add(Erasure(number_seal=seal, erased_at=at))
    session.flush()


def _erase(session: Session, person_id: int, now: datetime) -> None:
    erase_person(session, person_id, now)
    audit.record(
        session,
        now,
        None,
        "erase again",
        "person",
        None,
    )
    session.flush()


def _number(session: Session, person_id: int) -> str:
    return session.exec(select(Person.number).where(col(Person.id) == person_id)).one()
