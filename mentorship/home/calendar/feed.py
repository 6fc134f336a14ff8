"""One's calendar as iCalendar (RFC 5545). Pure: entries in, bytes out.

Never holds a goal, domain, answer, class or whole name: calendars are shown on locked phones and shared with families.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event, vDuration

from mentorship.base.clock import wall_time
from mentorship.base.i18n import gettext
from mentorship.checkins.together_shifts import AN_HOUR
from mentorship.matching import DAY, TOGETHER, Timetable

BACK, AHEAD = timedelta(weeks=2), timedelta(weeks=12)
READ_AGAIN = timedelta(hours=12)
"""After which a calendar programme should look again."""


@dataclass(frozen=True)
class Together:
    """A stretch of time, in UTC, in which a pair is at work together: the `part`-th of the junior's shift of `day`."""

    mentorship_id: int
    day: date
    part: int
    begin: datetime
    end: datetime
    name: str | None = None


@dataclass(frozen=True)
class CheckInDay:
    """A day on which the person is asked how it goes."""

    mentorship_id: int
    day: date
    name: str | None = None


Entry = Together | CheckInDay


def times_together(
    junior: Timetable | None, mentor: Timetable | None, day: date, remote: bool
) -> list[tuple[datetime, datetime]]:
    """Return the unbroken stretches (UTC) of the junior's shift of `day`, long enough, in which the mentor works too.

    Long enough is 4 hours by the clock, at a distance 1. Shifts of the mentor that abut make one stretch.
    """
    if junior is None or mentor is None:
        return []
    (own,) = _shifts(junior, day, 1)
    least = AN_HOUR if remote else TOGETHER
    found = []
    for left, right in _stretches(own, mentor, day):
        if right - left >= least:
            found.append((wall_time(day, left), wall_time(day, right)))
    return found


def _stretches(own: tuple[int, int], mentor: Timetable, day: date) -> list[tuple[int, int]]:
    """Return when the mentor works within a shift of `day`, in minutes of that day."""
    stretches: list[tuple[int, int]] = []
    around = _shifts(mentor, day - timedelta(days=1), 3)
    for number, (begin, end) in enumerate(around):
        shift = (number - 1) * DAY
        left = max(own[0], begin + shift)
        right = min(own[1], end + shift)
        if begin == end or left >= right:
            continue
        if stretches and left <= stretches[-1][1]:
            left, before = stretches.pop()
            right = max(right, before)
        stretches.append((left, right))
    return stretches


def _shifts(timetable: Timetable, first: date, days: int) -> list[tuple[int, int]]:
    begins, ends = timetable.minutes(days, first.toordinal())
    return [(int(begin), int(end)) for begin, end in zip(begins, ends, strict=True)]


def ics(entries: Iterable[Entry], person_id: int, key: bytes, now: datetime) -> bytes:
    """Return a calendar in the language in force; `key` hides in the identifiers of entries what they are made of."""
    calendar = Calendar()
    calendar.add("prodid", "-//Leermaat//Leermaat//NL")
    calendar.add("version", "2.0")
    calendar.add("name", "Leermaat")
    calendar.add("x-wr-calname", "Leermaat")
    calendar.add("refresh-interval", READ_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(READ_AGAIN))
    for entry in entries:
        calendar.add_component(
            _event(
                entry,
                person_id,
                key,
                now,
            )
        )
    return bytes(calendar.to_ical())


def _event(entry: Entry, person_id: int, key: bytes, now: datetime) -> Event:
    event = Event()
    event.add("uid", _uid(entry, person_id, key))
    event.add("dtstamp", now)
    event.add("summary", _summary(entry))
    if isinstance(entry, Together):
        event.add("dtstart", entry.begin)
        event.add("dtend", entry.end)
    else:
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")  # it tells whom one is with, not that one is busy
    return event


def _summary(entry: Entry) -> str:
    together = isinstance(entry, Together)
    if entry.name is None:
        return gettext("Working together") if together else gettext("Check-in")
    if together:
        return gettext("Working together with %(name)s", name=entry.name)
    return gettext("Check-in: you and %(name)s", name=entry.name)


def _uid(entry: Entry, person_id: int, key: bytes) -> str:
    """Return the same for the same entry whatever its times or words become, and nothing to anybody who lacks `key`."""
    about = f"calendar {type(entry).__name__} {person_id} {entry.mentorship_id} {entry.day}"
    if isinstance(entry, Together):
        about += f" {entry.part}"
    sealed = hmac.new(key, about.encode(), hashlib.sha256)
    return f"{sealed.hexdigest()[:40]}@leermaat"
