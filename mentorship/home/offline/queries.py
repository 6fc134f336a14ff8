"""Reads for what one may keep on one's own phone. The number of queries never grows."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.home.calendar import queries as calendar
from mentorship.home.calendar.queries import Shift
from mentorship.mentorships import queries as mentorships
from mentorship.people import queries as people

SHOWN = 12


def shifts(session: Session, person_id: int, now: datetime) -> list[Shift]:
    """Return when a person is at work together next, within four weeks."""
    pairs = mentorships.of_person(session, person_id)
    others = [pair.other_of(person_id) for pair in pairs]
    known = people.persons(session, others)
    return calendar.shifts(
        session,
        pairs,
        known,
        now,
        SHOWN,
    )
