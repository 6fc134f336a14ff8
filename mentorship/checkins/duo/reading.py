"""A pair as one person reads it, and who sees what of that person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.checkins import readers
from mentorship.checkins.duo import words
from mentorship.checkins.visibility import Ties
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.rules import MENTOR
from mentorship.people.models import Person


@dataclass(frozen=True)
class Reading:
    """A pair, its two people, and what the reader is to it."""

    pair: Mentorship
    mentor: Person
    junior: Person
    ties: Ties

    @property
    def own(self) -> Person:
        """The one of the two who reads, for a side."""
        return self.mentor if self.ties.side == MENTOR else self.junior

    @property
    def other(self) -> Person:
        """The other of the two, for a side."""
        return self.junior if self.ties.side == MENTOR else self.mentor


def read_by(session: Session, reading: Reading) -> dict[str, Any]:
    """Return who sees what of the side that reads, and who reads its hours."""
    side = reading.ties.side
    return {
        "readers": readers.of_side(session, id_of(reading.own), side, reading.other.name),
        "hours_read_by": words.who_reads_hours(side, reading.mentor),
    }
