"""The ways to the provider that a browser is on: where each began, and what must come back by it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from mentorship.people.identity_provider.rules import Asked

SIGN_IN, AGAIN, STILL = "in", "again", "still"
"""What somebody goes there for: to sign in, to confirm that it is them, to be vouched for still."""
LASTS = timedelta(minutes=10)
AT_ONCE = 3
"""So many tabs of one browser may be on their way."""
LONGEST_PAGE = 300


@dataclass(frozen=True)
class Way:
    """A way to the provider and back to a page of ours."""

    asked: Asked
    purpose: str
    page: str
    begun_at: datetime

    def kept(self) -> dict[str, Any]:
        """Return what the browser keeps of it, in a cookie that we signed and no script reads."""
        page = self.page
        if len(page) > LONGEST_PAGE:
            page = ""
        return {
            **asdict(self.asked),
            "purpose": self.purpose,
            "page": page,
            "begun_at": self.begun_at.isoformat(),
        }


def read(kept: Any, now: datetime) -> list[Way]:
    """Return the ways that a browser is on and that did not take too long, the newest last."""
    found = []
    for one in kept or []:
        asked = Asked(
            one["state"],
            one["nonce"],
            one["verifier"],
        )
        way = Way(
            asked,
            one["purpose"],
            one["page"],
            datetime.fromisoformat(one["begun_at"]),
        )
        if now - way.begun_at < LASTS:
            found.append(way)
    return found[-AT_ONCE:]
