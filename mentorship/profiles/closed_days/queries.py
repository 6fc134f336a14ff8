"""On which days the sites are closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta

from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.base.settled import settled
from mentorship.people.models import Site
from mentorship.profiles.closed_days import holidays, rules
from mentorship.profiles.closed_days.models import ClosedDay

FURTHEST = timedelta(days=120)
"""Further ahead no day is looked up as closed: some working days from now are long over by then."""


def exceptions(session: Session, first: date, last: date) -> dict[int, dict[date, bool]]:
    """Return by site the days that it keeps otherwise than its region: closed (True), or at work on a holiday."""
    query = select(ClosedDay).where(
        col(ClosedDay.day) >= first,
        col(ClosedDay.day) <= last,
    )
    found: dict[int, dict[date, bool]] = defaultdict(dict)
    for row in session.exec(query):
        found[row.site_id][row.day] = row.closed
    return found


@settled
def closed_on(session: Session, first: date, last: date) -> dict[int, frozenset[int]]:
    """Return by site the ordinals between two days on which it is closed; equal ones are one object."""
    own = exceptions(session, first, last)
    alike: dict[frozenset[int], frozenset[int]] = {}
    found = {}
    for site in session.exec(select(Site)):
        public = holidays.days(site.region, first, last)
        closed = _kept(public, own.get(id_of(site), {}))
        found[id_of(site)] = alike.setdefault(closed, closed)
    return found


def after_working_days(session: Session, site_ids: Collection[int], today: date, number: int) -> date:
    """Return the last of so many working days after today, on which none of these sites is closed."""
    by_site = closed_on(session, today, today + FURTHEST)
    closed = frozenset[int]().union(*(by_site.get(site_id, frozenset()) for site_id in site_ids))
    return rules.after_working_days(today, number, closed)


def _kept(public: Collection[date], own: dict[date, bool]) -> frozenset[int]:
    """Return the ordinals of the public holidays, less those worked on, with a site's own days."""
    days = set(public)
    for day, closed in own.items():
        if closed:
            days.add(day)
        else:
            days.discard(day)
    return frozenset(day.toordinal() for day in days)
