"""Whom help can be asked of in a check-in."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session

from mentorship.checkins.models import HELPERS, CheckIn
from mentorship.checkins.settings.queries import settings
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.rules import JUNIOR
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.models import Person


def helpers(session: Session, found: CheckIn) -> list[str]:
    """Return whom help can be asked of: the mentor by the junior, and others who are there and no side of the pair."""
    pair = session.get_one(Mentorship, found.mentorship_id)
    sides = {pair.mentor_id, pair.junior_id}
    coordinators = set(people.people_with_role(session, access.COORDINATOR))
    asked_of = confidant(session)
    there = {
        "mentor": found.side == JUNIOR and not found.closing,
        "coordinator": bool(coordinators - sides),
        "manager": _has_manager_outside(session, found.person_id, sides),
        "confidant": asked_of is not None and asked_of.id not in sides,
    }
    return [helper for helper in HELPERS if there[helper]]


def _has_manager_outside(session: Session, person_id: int, sides: Collection[int]) -> bool:
    """Tell whether somebody manages a person who is no side of the pair."""
    above = session.get_one(Person, person_id).manager_id
    if above is None or above in sides:
        return False
    return access.MANAGER in people.roles_of(session, above)


def confidant(session: Session) -> Person | None:
    """Return whom a confidant's help is asked of, if somebody who is here."""
    number = settings(session).confidant
    if not number:
        return None
    found = people.person_by_number(session, number)
    if found is None or found.left_on is not None:
        return None
    return found
