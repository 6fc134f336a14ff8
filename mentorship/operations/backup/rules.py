"""Pure decisions about backups: when one is due, and when one is over its time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from mentorship.base.clock import AMSTERDAM

A_DAY = timedelta(days=1)


def is_due(newest: datetime | None, now: datetime, hour: int) -> bool:
    """Tell whether the hour of the night has come since the newest backup; once a night, also when the hour is skipped.

    One that lies more than a day ahead was made by a clock that was wrong, and counts for nothing.
    """
    if newest is None or newest - now > A_DAY:
        return True
    local = now.astimezone(AMSTERDAM)
    night = local.replace(hour=hour, minute=0, second=0, microsecond=0, fold=0)
    if night > local:
        night -= A_DAY
    return newest < night


def is_over(made_on: date, today: date, keep_days: int) -> bool:
    """Tell whether a backup was kept for more than so many days."""
    return today - made_on > timedelta(days=keep_days)
