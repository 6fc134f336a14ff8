"""What stands on somebody's desk: the things that wait, and when short lessons are offered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

CHECK_IN = "check-in"
SLIP = "slip"
PROPOSAL = "proposal"
ENDS_SOON = "ends soon"
LEVEL = "level"
SECOND = "second"
WEEKS = "weeks"
ASKED = "asked"
CONFIDED = "confided"
LATE = "late"
OTHER = "other"
HOURS = "hours"
FEWER_HOURS = "fewer hours"
PAPER = "paper"
ROUND = "round"
PAIRS = "pairs"
OBJECTED = "objected"
NOT_NOW = "not now"
SILENT = "silent"
SET_UP = "set up"
GUIDE = "guide"
TEAM = "team"
COVER = "cover"
ASKED_PLACE = "asked for a place"
FREED = "place free"
QUESTION = "question"
QUESTION_SAID = "question said"
CERTIFICATE = "certificate ends"
PULSE = "pulse"


@dataclass(frozen=True)
class Thing:
    """What waits: of which kind, about which row and which person, how many (or more), since and until when.

    `steps`: those of the guide that are open.
    """

    kind: str
    about: int = 0
    person_id: int | None = None
    number: int = 1
    more: bool = False
    since: date | None = None
    until: date | None = None
    steps: tuple[str, ...] = ()


FIRST_WEEKS = timedelta(weeks=8)
"""So long after the first pair of a mentor began, the short lessons are offered on their desk."""


def begins_mentoring(began: Collection[date], today: date) -> bool:
    """Tell whether the first of the pairs that somebody is or was the mentor of began lately; `began`: of each."""
    if not began:
        return False
    first = min(began)
    return first <= today < first + FIRST_WEEKS
