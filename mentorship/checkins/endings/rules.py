"""Pure decisions about endings: when a side is asked once more, and a manager to thank."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from mentorship.checkins import due
from mentorship.mentorships.models import UNSAID

THANKED_AFTER = timedelta(weeks=4)
"""How long a pair ran, at least, before its mentor is thanked to their manager."""
THANKED_WITHIN = timedelta(days=30)
"""How long after the end their manager sees it on their desk."""


@dataclass(frozen=True)
class Parting:
    """What is said when a pair ends: how it ended, a word of thanks to both, and whether the request opens again."""

    ended_as: str = UNSAID
    thanks: str = ""
    again: bool = False


NOTHING_SAID = Parting()


def worth_thanks(started_on: date | None, ended_on: date | None) -> bool:
    """Tell whether a pair ran long enough for its mentor to be thanked to their manager."""
    if started_on is None or ended_on is None:
        return False
    return ended_on - started_on >= THANKED_AFTER


def is_asked(ended_on: date | None, today: date, out: Collection[int]) -> bool:
    """Tell whether a side can be asked for the closing check-in today: within its term, and never while `out`."""
    if ended_on is None or due.is_out(today, out):
        return False
    return due.days_since(ended_on, today, out) <= due.MISSED_AFTER_DAYS
