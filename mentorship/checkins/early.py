"""Which check-ins came early: what somebody answered low, or their own wish, brought them forward."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from mentorship.base.clock import wall_time
from mentorship.checkins.due import FIRST
from mentorship.checkins.models import CheckIn
from mentorship.checkins.settings.models import CheckInSettings


def is_early(kept: CheckInSettings, today: date) -> ColumnElement[bool]:
    """Return the condition that a side would not be asked yet today by the rhythm of all.

    Whoever hands out slips would read from such a one that something was low; a closing one tells that a pair ended.
    """
    before = aliased(CheckIn)
    earlier = and_(
        col(before.mentorship_id) == CheckIn.mentorship_id,
        col(before.side) == CheckIn.side,
        col(before.id) < CheckIn.id,
    )
    times = select(func.count()).select_from(before).where(earlier).correlate(CheckIn).scalar_subquery()
    asked_since = case(
        (times < FIRST, _first_moment(today, kept.days)),
        else_=_first_moment(today, kept.later_days),
    )
    lately = exists().where(earlier, col(before.opened_at) >= asked_since).correlate(CheckIn)
    return and_(~col(CheckIn.closing), lately)


def _first_moment(today: date, days: int) -> Any:
    """Return since when who was asked is not asked again today."""
    return wall_time(today - timedelta(days=days - 1), 0)
