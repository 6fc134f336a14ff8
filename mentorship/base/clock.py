"""The time: stored in UTC, shown in Europe/Amsterdam. Rules never read it; they get `now` as an argument."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def utc_now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def local_date(moment: datetime) -> date:
    """Return the calendar day in Amsterdam on which `moment` falls."""
    return moment.astimezone(AMSTERDAM).date()


def wall_time(day: date, minutes: int) -> datetime:
    """Return the moment (UTC) at which the clock in Amsterdam stands `minutes` after the midnight that begins `day`."""
    midnight = datetime.combine(day, time(), AMSTERDAM)
    moment = midnight + timedelta(minutes=minutes)
    return moment.astimezone(UTC)
