"""Erases and lets leave again, after a backup was put back. It never commits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from types import MappingProxyType

from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.leaving import actions as leaves
from mentorship.leaving.rules import LONGEST_AGO
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.privacy.requests import queries
from mentorship.privacy.requests.actions import erase_person
from mentorship.privacy.requests.models import Erasure

NOBODY = Actor(0, frozenset())
"""Who does it: nobody signed in."""
NOBODY_LEAVES: Mapping[str, date] = MappingProxyType({})


@dataclass(frozen=True)
class Again:
    """What came of it: how many are gone, and for whom it could not be done (by number), and why; who leaves again."""

    erased: int
    failed: Mapping[str, Exception]
    leaving: int = 0


def reapply(
    session: Session,
    known: Mapping[str, datetime],
    now: datetime,
    leaving: Mapping[str, date] = NOBODY_LEAVES,
) -> Again:
    """Erase again who is in the ledger, or among these digests, and is here all the same.

    `known`: a ledger that was kept apart, with when each was erased; what is missing here is noted as it stands there.
    `leaving`: by digest the last day of who leaves or left, said again of who has none here, or another one.
    One for whom it cannot be done does not keep another from it.
    """
    _note(session, known)
    here = queries.erased_here(session)
    kept: dict[str, Exception] = {}
    for person_id in here:
        _try(session, person_id, partial(_erase, session, person_id, now), kept)
    days = queries.leaving_here(session, leaving)
    staying: dict[str, Exception] = {}
    for person_id, day in days.items():
        _try(session, person_id, partial(_let_leave, session, person_id, day, now), staying)
    return Again(
        len(here) - len(kept),
        {**kept, **staying},
        leaving=len(days) - len(staying),
    )


def _try(session: Session, person_id: int, verb: Callable[[], None], failed: dict[str, Exception]) -> None:
    """Do it for one; whatever fails is kept with the number of whom it is about, and the others go on."""
    number = _number(session, person_id)
    attempt = session.begin_nested()
    try:
        verb()
        attempt.commit()
    except Exception as failure:
        attempt.rollback()
        failed[number] = failure


def _let_leave(session: Session, person_id: int, day: date, now: datetime) -> None:
    earliest = local_date(now) - LONGEST_AGO
    leaves.set_last_day(
        session,
        NOBODY,
        person_id,
        max(day, earliest),
        now,
    )
    session.flush()


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
