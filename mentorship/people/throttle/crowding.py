"""How often somebody who is signed in may ask: counted in the memory of each process, for no secret hangs on it."""

from __future__ import annotations

from threading import Lock

from mentorship.people.throttle.rules import FORMS, PAGES, SHEETS, Pace

FILES = (".csv", ".xlsx", ".json", ".ndjson")
"""What the address of a sheet ends in."""
MOST = 10_000
"""So many keys are held before those that are spent no longer are let go."""


def pace_of(method: str, path: str) -> Pace:
    """Return the pace of a request."""
    if method not in ("GET", "HEAD"):
        return FORMS
    return SHEETS if path.endswith(FILES) else PAGES


class Crowd:
    """Counts who asks, a pace of each kind apart."""

    def __init__(self) -> None:
        self._spent: dict[tuple[int, Pace], int] = {}
        self._lock = Lock()

    def wait(self, person_id: int, pace: Pace, now: int) -> int:
        """Count a request at a moment in milliseconds; return 0, or after how many more it may be sent again."""
        key = person_id, pace
        with self._lock:
            spent = self._spent.get(key, 0)
            if not now < spent <= now + pace.farthest:  # long ago, or by a clock that was wrong
                spent = now
            if spent - now > pace.ahead:
                return spent - now - pace.ahead
            if len(self._spent) >= MOST:
                self._forget(now)
            self._spent[key] = spent + pace.step
            return 0

    def _forget(self, now: int) -> None:
        for key, spent in list(self._spent.items()):
            if spent <= now:
                del self._spent[key]
