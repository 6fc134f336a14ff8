"""What stands in the lists on the page of a duo. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mentorship.people.models import Person


@dataclass(frozen=True)
class ShiftRow:
    """A stretch of time together, as it stands on the page."""

    day: date
    today: bool
    title: str


@dataclass(frozen=True)
class SignalRow:
    """A signal of this pair as its viewer may see it."""

    title: str
    note: str
    signal_id: int


@dataclass(frozen=True)
class Note:
    """What one of the two shared in a check-in."""

    author: Person
    face: str
    whose: str
    text: str


@dataclass(frozen=True)
class TalkRow:
    """A talk that is planned, as one of those it concerns reads it."""

    signal_id: int
    day: date
    today: bool
    title: str
