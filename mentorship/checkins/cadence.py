"""How far each side of a pair is: how often it was asked, when last, and whether what it said then was low.

The rhythm of a side follows from its own check-ins alone, so that a date tells the other nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func
from sqlalchemy import select as columns
from sqlmodel import Session, col

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.prepared import prepared
from mentorship.checkins import balance, due
from mentorship.checkins.models import ANSWERED, Answer, CheckIn
from mentorship.checkins.settings.models import CheckInSettings
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.rules import JUNIOR, MENTOR

LOWEST_SUM = balance.LOWEST_ANSWER + balance.LOW_UNDER * (balance.HIGHEST_ANSWER - balance.LOWEST_ANSWER)
"""Answers whose mean as a step is under this are low."""
SIDE = (col(CheckIn.mentorship_id), col(CheckIn.side))


@dataclass(frozen=True)
class Rhythm:
    """How often a side was asked, on which day last (or since when the pair runs), and whether its last answer was low.

    Who passed the last one over, or did not answer it, said nothing low.
    """

    last: date
    times: int = 0
    low: bool = False

    def days(self, settings: CheckInSettings) -> int:
        """Return after how many days at least this side is asked again."""
        return due.interval(
            self.times,
            self.low,
            settings.days,
            settings.later_days,
        )

    def not_before(self, day: date | None) -> Rhythm:
        """Return the same, counted from a day at least: asked before a pause, one is asked again some time after it."""
        if day is None or day <= self.last:
            return self
        return replace(self, last=day)


Rhythms = dict[tuple[int, str], Rhythm]


def rhythms(session: Session, ids: Collection[int] | None) -> Rhythms:
    """Return the rhythm of each side that was ever asked, of these pairs or (None) of all, in two queries.

    Asked late, a side is asked again some time after that day.
    """
    low = set(_low(session, ids))
    found = {}
    for pair_id, side, times, due_on, opened_at in _asked(session, ids):
        key = (pair_id, side)
        opened_on = local_date(opened_at)
        found[key] = Rhythm(
            last=max(due_on, opened_on),
            times=times,
            low=key in low,
        )
    return found


def of_pair(pair: Mentorship, asked: Rhythms) -> dict[str, Rhythm]:
    """Return the rhythm of both sides of a pair, from its start or its last resumption on; none before that."""
    since = pair.running_since
    found = {}
    for side in (JUNIOR, MENTOR):
        rhythm = asked.get((id_of(pair), side))
        if rhythm is not None:
            found[side] = rhythm.not_before(since)
        elif since is not None:
            found[side] = Rhythm(since)
    return found


@prepared
def _asked(ids: Collection[int] | None) -> Select[int, str, int, date, datetime]:
    """Return a query of how often each side was asked, and when last."""
    asked = columns(
        *SIDE,
        func.count(),
        func.max(CheckIn.due_on),
        func.max(CheckIn.opened_at),
    ).group_by(*SIDE)
    among: Select[int, str, int, date, datetime] = _among(asked, ids)
    return among


@prepared
def _low(ids: Collection[int] | None) -> Select[int, str]:
    """Return a query of the sides whose newest check-in was answered low."""
    value = col(Answer.value)
    newest = _among(columns(func.max(CheckIn.id)).group_by(*SIDE), ids)
    query = columns(*SIDE).join(Answer, col(Answer.check_in_id) == CheckIn.id)
    query = query.where(
        col(CheckIn.id).in_(newest),
        col(CheckIn.status) == ANSWERED,
        col(Answer.key).not_in(balance.OUTSIDE),
    )
    return query.group_by(*SIDE).having(func.sum(value) < LOWEST_SUM * func.count(value))


def _among(query: Any, ids: Collection[int] | None) -> Any:
    if ids is None:
        return query
    return query.where(col(CheckIn.mentorship_id).in_(ids))
