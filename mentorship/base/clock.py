"""The time: stored in UTC, shown in Europe/Amsterdam. Rules never read it; they get `now` as an argument."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def utc_now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def local_date(moment: datetime) -> date:
    """Return the calendar day in Amsterdam on which `moment` falls."""
    return moment.astimezone(AMSTERDAM).date()
