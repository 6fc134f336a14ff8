"""What the provider says of itself, kept for a while."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from mentorship.people.identity_provider.transport import Unreachable

KEPT = timedelta(hours=1)
"""It is fetched anew after so long."""
AGAIN = timedelta(minutes=1)
"""A key that we do not know makes us fetch them anew, at most so often."""
PAUSE = timedelta(seconds=10)
"""After it could not be fetched nobody tries again for so long."""
PATIENCE = 0.5
"""Seconds that others wait while one fetches; then what was kept has to do."""


@dataclass(frozen=True)
class _Fetched:
    value: Any
    at: datetime


class Shelf:
    """Keeps what is fetched; one thread fetches anew, and while that fails nobody waits for it again at once."""

    def __init__(self, fetch: Callable[[datetime], Any]) -> None:
        self._fetch = fetch
        self._lock = Lock()
        self._kept: _Fetched | None = None
        self._failed_at: datetime | None = None

    def get(self, now: datetime, fresh: timedelta = KEPT) -> Any:
        """Return what was fetched within `fresh`, else fetch it."""
        if not self._lock.acquire(timeout=PATIENCE):
            return self._kept_meanwhile()
        try:
            kept = self._kept
            if kept is not None and now - kept.at < fresh:
                return kept.value
            return self._fetched(now)
        finally:
            self._lock.release()

    def _kept_meanwhile(self) -> Any:
        """Return what was fetched before, while another thread fetches it anew."""
        kept = self._kept
        if kept is None:
            raise Unreachable("the provider is being asked")
        return kept.value

    def _fetched(self, now: datetime) -> Any:
        if self._failed_at is not None and now - self._failed_at < PAUSE:
            raise Unreachable("the provider could not be reached just now")
        try:
            found = self._fetch(now)
        except Unreachable:
            self._failed_at = now
            raise
        self._kept = _Fetched(found, now)
        self._failed_at = None
        return found
