"""Which questions the next check-in of each side asks, fixed when it opens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col

from mentorship.base.db import chunked
from mentorship.checkins import asking
from mentorship.checkins.models import CheckIn
from mentorship.checkins.settings.models import QuestionSet
from mentorship.checkins.settings.queries import form_is_asked, newest_set
from mentorship.mentorships.meeting import queries as meetings
from mentorship.mentorships.meeting.points import INSTRUCTOR

Times = Counter[tuple[int, str]]
"""How often each side of a pair was asked so far."""


@dataclass(frozen=True)
class Asking:
    """The questions in force, how often each side was asked, and the pairs that work as with a driving instructor."""

    newest: QuestionSet
    times: Times
    steered: Collection[int] = frozenset()

    @classmethod
    def of(cls, session: Session, mentorship_ids: Collection[int]) -> Asking:
        """Read what is asked of these pairs, in a number of queries that hardly grows with them."""
        times = _times(session, mentorship_ids)
        newest = newest_set(session)
        steered: Collection[int] = frozenset()
        if form_is_asked(session, newest):
            steered = meetings.working_as(session, mentorship_ids, INSTRUCTOR)
        return cls(newest, times, steered)

    def to(self, mentorship_id: int, side: str) -> dict[str, Any]:
        """Return by which set and what a side is asked, as values of a row."""
        keys = asking.keys_asked(
            self.newest.questions[side],
            self.times[mentorship_id, side],
            [INSTRUCTOR] if mentorship_id in self.steered else [],
        )
        return {"set_id": self.newest.id, "asked": keys}


def _times(session: Session, mentorship_ids: Collection[int]) -> Times:
    """Count how often each side of these pairs was asked so far."""
    found: Times = Counter()
    sides = (
        col(CheckIn.mentorship_id),
        col(CheckIn.side),
    )
    for ids in chunked(mentorship_ids):
        query = columns(*sides, func.count()).group_by(*sides)
        query = query.where(
            col(CheckIn.mentorship_id).in_(ids),
        )
        for pair_id, side, number in session.execute(query):
            key = (pair_id, side)
            found[key] = number
    return found
