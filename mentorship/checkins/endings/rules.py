"""Pure decisions about endings: when a manager is asked to thank."""

from __future__ import annotations

from datetime import date, timedelta

THANKED_AFTER = timedelta(weeks=4)
"""How long a pair ran, at least, before its mentor is thanked to their manager."""
THANKED_WITHIN = timedelta(days=30)
"""How long after the end their manager sees it on their desk."""


def worth_thanks(started_on: date | None, ended_on: date | None) -> bool:
    """Tell whether a pair ran long enough for its mentor to be thanked to their manager."""
    if started_on is None or ended_on is None:
        return False
    return ended_on - started_on >= THANKED_AFTER
