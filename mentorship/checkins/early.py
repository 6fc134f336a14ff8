"""Which check-ins came early: what somebody answered low, or their own wish, brought them forward."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from mentorship.base.clock import wall_time
from mentorship.checkins.due import FIRST
from mentorship.checkins.models import CheckIn
from mentorship.checkins.settings.models import CheckInSettings

LATE = timedelta(days=60)
"""No check-in is opened so long after its day; it bounds what of an index is read."""


def is_early(kept: CheckInSettings, today: date) -> ColumnElement[bool]:
    """Return the condition that a side would not be asked yet today by the rhythm of all.

    Whoever hands out slips would read from such a one that something was low; a closing one tells that a pair ended.
    """
    short, long = sorted((kept.days, kept.later_days))
    # counting comes last: of most that are open neither was asked lately
    return and_(
        ~col(CheckIn.closing),
        _asked_in(today, long),
        or_(_asked_in(today, short), _has(long == kept.days)),
    )


def _asked_in(today: date, days: int) -> ColumnElement[bool]:
    """Return the condition that this side was asked before, in less than so many days."""
    before = aliased(CheckIn)
    since = today - timedelta(days=days - 1)
    return exists().where(
        *_earlier(before),
        col(before.due_on) >= since - LATE,
        col(before.opened_at) >= wall_time(since, 0),
    )


def _has(begins: bool) -> ColumnElement[bool]:
    """Return the condition that this side is in the rhythm of the beginning, or past it."""
    before = aliased(CheckIn)
    times = select(func.count()).select_from(before).where(*_earlier(before)).scalar_subquery()
    return times < FIRST if begins else times >= FIRST


def _earlier(before: type[CheckIn]) -> list[ColumnElement[bool]]:
    return [
        col(before.mentorship_id) == CheckIn.mentorship_id,
        col(before.side) == CheckIn.side,
        col(before.id) < CheckIn.id,
    ]
