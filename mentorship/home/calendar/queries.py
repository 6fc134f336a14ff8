"""Reads for one's calendar: whose address it is, and what stands in it. The number of queries never grows."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.checkins import queries as check_ins
from mentorship.checkins.queries import Duo
from mentorship.checkins.together_shifts import days_together
from mentorship.home.calendar import feed
from mentorship.home.calendar.feed import CheckInDay, Entry, Together
from mentorship.home.calendar.models import CalendarFeed
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.models import ACTIVE
from mentorship.people.account.rules import digest
from mentorship.people.models import Person
from mentorship.people.queries import persons


def address_of(session: Session, person_id: int) -> CalendarFeed | None:
    """Return what is known of a person's address, if they have one."""
    return session.get(CalendarFeed, person_id)


def owner(session: Session, token: str) -> tuple[CalendarFeed, Person] | None:
    """Return whose address holds this token; None for a token never given, revoked, or of somebody who left."""
    found = select(CalendarFeed, Person).join(Person, col(Person.id) == CalendarFeed.person_id)
    return session.exec(found.where(CalendarFeed.token_hash == digest(token), col(Person.left_on).is_(None))).first()


def entries(session: Session, person_id: int, *, names: bool, now: datetime) -> list[Entry]:
    """Return what stands in a person's calendar, from `feed.BACK` before today to `feed.AHEAD` after."""
    first, last = local_date(now) - feed.BACK, local_date(now) + feed.AHEAD
    pairs = {m.id or 0: m for m in mentorships.of_person(session, person_id)}
    running = [i for i, pair in pairs.items() if pair.status == ACTIVE]
    others = {i: pair.mentor_id if pair.junior_id == person_id else pair.junior_id for i, pair in pairs.items()}
    people = persons(session, others.values()) if names else {}
    called = {i: people[other].given_name for i, other in others.items() if other in people}
    duos = check_ins.duos(session, running)
    found: list[Entry] = []
    for duo in duos:
        began = max(first, pairs[duo.mentorship_id].started_on or first)
        for day in _days(duo, began, (last - began).days + 1):
            stretches = feed.times_together(duo.junior, duo.mentor, day, duo.remote)
            for part, (begin, end) in enumerate(stretches):
                found.append(Together(duo.mentorship_id, day, part, begin, end, called.get(duo.mentorship_id)))
    asked = {(c.mentorship_id, c.due_on) for c in check_ins.waiting(session, person_id)}
    asked |= set(check_ins.next_days(session, duos, local_date(now)).items())
    found += [CheckInDay(i, day, called.get(i)) for i, day in sorted(asked) if first <= day <= last]
    return found


def _days(duo: Duo, first: date, days: int) -> tuple[date, ...]:
    return days_together(duo.junior, duo.mentor, first, max(days, 0), duo.remote)
