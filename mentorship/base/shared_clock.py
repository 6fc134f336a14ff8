"""One clock for all hosts: that of the database server. On the embedded database there is but one host.

By clocks of their own, two hosts ten minutes apart take what the other still holds, send its mail once more, and end
sessions and codes that the other has just begun.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from time import monotonic

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from mentorship.base import outage
from mentorship.base.clock import utc_now

log = logging.getLogger(__name__)
MEASURED_EVERY = 60.0
"""Seconds after which the clocks are compared again."""
NEAR = timedelta(seconds=2)
"""Clocks that differ by no more are taken for equal, so that the time of a host does not flicker."""
TOLD_FROM = timedelta(seconds=30)
NO_TIME = timedelta(0)


class SharedClock:
    """Tells the time by which all hosts go: that of this one, less what it is ahead of the database server."""

    def __init__(self, engine: Engine, of_host: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._of_host = of_host
        self._ahead = NO_TIME
        self._compared: tuple[datetime, float] | None = None
        self._told = False
        self._one = Lock()

    def now(self) -> datetime:
        """Return the present moment in UTC, the same on every host."""
        if self._engine.dialect.name == "sqlite":
            return self._of_host()
        if self._is_due() and self._one.acquire(blocking=False):  # the others go by what is known
            try:
                self._compare()
            finally:
                self._one.release()
        return self._of_host() - self._ahead

    def _is_due(self) -> bool:
        """Tell whether the clocks were compared too long ago, or the one of this host was set since."""
        if self._compared is None:
            return True
        moment, steady = self._compared
        passed = monotonic() - steady
        by_host = self._of_host() - moment
        difference = by_host - timedelta(seconds=passed)
        if abs(difference) > NEAR:
            return True
        return passed > MEASURED_EVERY

    def _compare(self) -> None:
        """Ask the database server for its time; while it is away, what was known holds on."""
        asked, steady = self._of_host(), monotonic()
        self._compared = asked, steady
        try:
            with self._engine.connect() as connection:
                there = connection.scalar(text("SELECT clock_timestamp()"))
        except SQLAlchemyError as failure:
            log.warning("the clocks could not be compared: %s", outage.in_a_line(failure))
            return
        took = timedelta(seconds=monotonic() - steady)
        here = asked + took / 2
        ahead = here - there
        self._ahead = ahead
        if abs(ahead) <= NEAR:
            self._ahead = NO_TIME
        self._tell()

    def _tell(self) -> None:
        """Say once that the clocks differ, and again when they do so anew."""
        differs = abs(self._ahead) > TOLD_FROM
        if differs and not self._told:
            log.warning(
                "the clock of this machine is %+.0f s off the one of the database server, by which all goes: "
                "set both by NTP",
                self._ahead.total_seconds(),
            )
        self._told = differs
