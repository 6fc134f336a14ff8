"""Reads of a year ahead: places, running pairs, who waits and who is expected; a fixed number of queries."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from mentorship.insight.year.models import ExpectedNewcomers
from mentorship.insight.year.rules import Month, Offer, ahead
from mentorship.matching import LEAST_LEVEL
from mentorship.mentor_requests.models import OPEN, MentorRequest, Need
from mentorship.mentorships.models import OCCUPYING, Mentorship
from mentorship.people.models import Person
from mentorship.profiles.models import Capacity, Expertise
from mentorship.profiles.rules import is_paused, usable_places
from mentorship.programme.queries import programme

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Year:
    """The coming year, and how many of the pairs and proposals have no known end."""

    months: list[Month]
    endless: int


def year(session: Session, today: date, site_id: int | None = None, domain_id: int | None = None) -> Year:
    """Return the coming year of everybody, of the mentors of a site, or of those who can pass a domain on."""
    offers = _offers(session, today, site_id, domain_id)
    ends = _ends(session, set(offers), today)
    months = ahead(
        today,
        list(offers.values()),
        ends,
        _waiting(session, site_id, domain_id),
        _expected(session, site_id, domain_id),
    )
    return Year(months, ends.count(None))


def _offers(session: Session, today: date, site_id: int | None, domain_id: int | None) -> dict[int, Offer]:
    """Return the places of each mentor that count, from when until when."""
    settings = programme(session)
    found = {}
    for person_id, places, hours, confirmed, paused, until, last_day in session.execute(_offering(site_id, domain_id)):
        usable = usable_places(
            places, hours, confirmed, confirm=settings.confirm_hours, hours_per_pair=settings.hours_per_pair
        )
        back = None
        if is_paused(paused, until, today):
            back = until + DAY if until else None
            usable = usable if back else 0
        found[person_id] = Offer(usable, back, last_day)
    return found


def _offering(site_id: int | None, domain_id: int | None) -> Any:
    # columns, not rows: of 10,000 mentors these take most of the page
    query = columns(
        col(Capacity.person_id),
        col(Capacity.places),
        col(Capacity.hours),
        col(Capacity.confirmed_hours),
        col(Capacity.paused),
        col(Capacity.paused_until),
        col(Person.last_day),
    )
    query = query.join(Person, col(Person.id) == Capacity.person_id)
    query = query.where(col(Person.left_on).is_(None))
    if site_id is not None:
        query = query.where(col(Person.site_id) == site_id)
    if domain_id is not None:
        able = columns(col(Expertise.person_id)).where(
            col(Expertise.domain_id) == domain_id,
            col(Expertise.level) >= LEAST_LEVEL,
        )
        query = query.where(col(Person.id).in_(able))
    return query


def _ends(session: Session, mentors: set[int], today: date) -> list[date | None]:
    """Return the last day that is known of each pair that takes a place with one of these mentors."""
    leaving = dict(session.execute(_last_days()).all())
    query = columns(
        col(Mentorship.mentor_id),
        col(Mentorship.junior_id),
        col(Mentorship.expected_end),
        col(Mentorship.ends_on),
    ).where(col(Mentorship.status).in_(OCCUPYING))
    found: list[date | None] = []
    for mentor_id, junior_id, expected, planned in session.execute(query):
        if mentor_id not in mentors:
            continue
        days = (expected, planned, leaving.get(mentor_id), leaving.get(junior_id))
        # an expected end that has passed says nothing of when it ends: nothing ends by itself then
        known = [day for day in days if day is not None and day >= today]
        found.append(min(known) if known else None)
    return found


def _last_days() -> Any:
    return columns(col(Person.id), col(Person.last_day)).where(
        col(Person.last_day).is_not(None),
        col(Person.left_on).is_(None),
    )


def _waiting(session: Session, site_id: int | None, domain_id: int | None) -> int:
    """Count the open requests of people of a site, for a domain first."""
    query = (
        columns(col(Need.domain_id), col(Person.site_id))
        .join(MentorRequest, col(MentorRequest.id) == Need.request_id)
        .join(Person, col(Person.id) == MentorRequest.person_id)
        .where(col(MentorRequest.status) == OPEN, col(Need.position) == 1)
    )
    number = 0
    for domain, site in session.execute(query):
        number += site_id in (None, site) and domain_id in (None, domain)
    return number


def _expected(session: Session, site_id: int | None, domain_id: int | None) -> Counter[date]:
    found: Counter[date] = Counter()
    for one in expected(session):
        if site_id in (None, one.site_id) and domain_id in (None, one.domain_id):
            found[one.month] += one.number
    return found


def expected(session: Session) -> list[ExpectedNewcomers]:
    """Return whom one expects, the first month first."""
    query = select(ExpectedNewcomers).order_by(
        col(ExpectedNewcomers.month),
        col(ExpectedNewcomers.site_id),
        col(ExpectedNewcomers.domain_id),
    )
    return list(session.exec(query))
