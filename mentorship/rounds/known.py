"""Who asks and who can guide today, read once for all pages that tell something by it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.keeping import QUIET, kept
from mentorship.rounds import guiding, reading
from mentorship.rounds.facts import MentorFacts, Records

UNRELATED = QUIET | {"note week", "note other guiding", "set goal", "drop goal", "take signal"}
"""Verbs that change nothing a match is made of."""


@dataclass(frozen=True)
class Known:
    """What a round of today would be gathered from, and who could guide besides: they offer no place."""

    records: Records
    could: tuple[MentorFacts, ...]

    @property
    def with_others(self) -> Records:
        """Return the records as if who could guide were a mentor without a place."""
        return replace(self.records, mentors=(*self.records.mentors, *self.could))


def today(session: Session, now: datetime) -> Known:
    """Return what is known today; in a transaction that writes it is read there."""
    return kept(
        session,
        "rounds.known",
        now,
        lambda: _read(session, now),
        but=UNRELATED,
    )


def _read(session: Session, now: datetime) -> Known:
    day = local_date(now)
    guide, could = guiding.mentors_and_others(session, day)
    records = reading.records(
        session,
        (),
        day,
        mentors=guide,
    )
    return Known(records, tuple(could))
