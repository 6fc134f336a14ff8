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

from mentorship.base.i18n import gettext

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
    place: str = ""


@dataclass(frozen=True)
class CheckInDay:
    """A day on which the person is asked how it goes."""

    mentorship_id: int
    day: date
    name: str | None = None


@dataclass(frozen=True)
class TalkDay:
    """A day on which somebody of the programme talks with the person; never what about."""

    mentorship_id: int
    day: date
    name: str | None = None


Entry = Together | CheckInDay | TalkDay


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
        event = _event(
            entry,
            person_id,
            key,
            now,
        )
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(entry: Entry, person_id: int, key: bytes, now: datetime) -> Event:
    event = Event()
    event.add("uid", _uid(entry, person_id, key))
    event.add("dtstamp", now)
    event.add("summary", _summary(entry))
    if isinstance(entry, Together):
        event.add("dtstart", entry.begin)
        event.add("dtend", entry.end)
        if entry.place:
            event.add("location", entry.place)
    else:
        day_after = entry.day + timedelta(days=1)
        event.add("dtstart", entry.day)
        event.add("dtend", day_after)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")  # it tells whom one is with, not that one is busy
    return event


def _summary(entry: Entry) -> str:
    name = entry.name
    if isinstance(entry, Together):
        if name is None:
            return gettext("Working together")
        return gettext("Working together with %(name)s", name=name)
    if isinstance(entry, TalkDay):
        return gettext("A talk about how it goes")
    if name is None:
        return gettext("Check-in")
    return gettext("Check-in: you and %(name)s", name=name)


def _uid(entry: Entry, person_id: int, key: bytes) -> str:
    """Return the same for the same entry whatever its times or words become, and nothing to anybody who lacks `key`."""
    kind = type(entry).__name__
    about = f"calendar {kind} {person_id} {entry.mentorship_id} {entry.day}"
    if isinstance(entry, Together):
        about += f" {entry.part}"
    sealed = hmac.new(key, about.encode(), hashlib.sha256)
    digits = sealed.hexdigest()
    return f"{digits[:40]}@leermaat"
