"""Whom help can be asked of in a check-in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from mentorship.checkins.confidants import queries as confidants
from mentorship.checkins.confidants.queries import Asked
from mentorship.checkins.models import HELPERS, CheckIn
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.rules import JUNIOR
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.models import Person

CONFIDANT = "confidant"


@dataclass(frozen=True)
class Offered:
    """Whom help can be asked of, by what they are; and who the confidant is, where there is one."""

    helpers: list[str]
    confidant: Asked | None


NOBODY = Offered([], None)


def offered(session: Session, found: CheckIn, today: date) -> Offered:
    """Return whom help can be asked of: the mentor by the junior, and others who are there and no side of the pair."""
    pair = session.get_one(Mentorship, found.mentorship_id)
    sides = {pair.mentor_id, pair.junior_id}
    coordinators = set(people.people_with_role(session, access.COORDINATOR))
    author = session.get_one(Person, found.person_id)
    confidant = confidants.board(session, today).whom(author.site_id, sides)
    there = {
        "mentor": found.side == JUNIOR and not found.closing,
        "coordinator": bool(coordinators - sides),
        "manager": _has_manager_outside(session, author, sides),
        CONFIDANT: confidant is not None,
    }
    helpers = [helper for helper in HELPERS if there[helper]]
    return Offered(helpers, confidant)


def helpers(session: Session, found: CheckIn, today: date) -> list[str]:
    """Return whom help can be asked of, by what they are."""
    return offered(session, found, today).helpers


def _has_manager_outside(session: Session, author: Person, sides: Collection[int]) -> bool:
    """Tell whether somebody manages a person who is no side of the pair."""
    above = author.manager_id
    if above is None or above in sides:
        return False
    return access.MANAGER in people.roles_of(session, above)
