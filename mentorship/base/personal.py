"""What each table with personal data states of itself: purpose, who sees it, how long it is kept."""

from __future__ import annotations

from typing import Any

PERSONAL = "personal"


def personal(purpose: str, viewers: str, retention: str) -> dict[str, Any]:
    """Return the `info` of a table or column that holds personal data."""
    stated = {
        "purpose": purpose,
        "viewers": viewers,
        "retention": retention,
    }
    return {PERSONAL: stated}


EMPLOYMENT = "24 months after the person left"
PAIR = "24 months after the pair ended"
