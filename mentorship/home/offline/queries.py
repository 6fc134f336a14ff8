"""Reads for what one may keep on one's own phone. The number of queries never grows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.home.calendar import queries as calendar
from mentorship.home.calendar.feed import Together
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.models import ACTIVE
from mentorship.people import queries as people

SHOWN = 12


@dataclass(frozen=True)
class Shift:
    """A stretch of time in which one is at work together with somebody, and where they work."""

    together: Together
    with_whom: str
    site: str


def shifts(session: Session, person_id: int, now: datetime) -> list[Shift]:
    """Return when a person is at work together next, within four weeks."""
    running = []
    others = {}
    for pair in mentorships.of_person(session, person_id):
        if pair.status == ACTIVE:
            running.append(pair)
            others[id_of(pair)] = pair.other_of(person_id)
    known = people.persons(session, others.values())
    sites = people.site_names(session)
    found = []
    for together in calendar.coming(session, running, now, SHOWN):
        other = known[others[together.mentorship_id]]
        site = sites.get(other.site_id, "")
        found.append(Shift(together, other.given_name, site))
    return found
