"""A second mentor beside the first: how its form is filled in, and what goes along until one is proposed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from mentorship.mentorships.models import Mentorship

A_WHILE = timedelta(weeks=12)
"""So long a second mentor is proposed to stay; it can be emptied."""
ALONG = ("signal", "until")
LONGEST = 10


def along(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what goes along from page to page: the signal it is done about, and until when."""
    found: dict[str, Any] = {}
    for name in ALONG:
        value = str(typed.get(name) or "")
        if value and len(value) <= LONGEST:
            found[name] = value
    return found


def first_values(pair: Mentorship, today: date) -> dict[str, str]:
    """Return a need like that of the first pair, for a while."""
    levels = {"current": 0, "target": 3}
    for need in pair.explanation.get("needs", ())[:1]:
        levels = {"current": int(need["current"]), "target": int(need["target"])}
    return {
        "domain_1": str(pair.domain_id),
        "current_1": str(levels["current"]),
        "target_1": str(levels["target"]),
        "until": (today + A_WHILE).isoformat(),
    }
