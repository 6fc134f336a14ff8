"""Twelve hours of light load, compressed: memory, descriptors, threads and the database do not grow beyond a bound.

The clock runs ten minutes a second, and so does the timetable; people look at pages and write now and then. Among the
tests it is some three hundred requests.
"""

from __future__ import annotations

import itertools
import os
import pathlib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from mentorship.base.db import make_engine
from tests.faults.conftest import Tell
from tests.faults.stage import LONGEST, Writer, acknowledged, built, known, lost, writing
from tests.serving.stage import family, serving

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="there the figures are not in /proc")
FAST = """
import os
os.cpu_count = lambda: 1
from datetime import timedelta
from time import monotonic
from apscheduler.triggers.interval import IntervalTrigger
from mentorship import worker
from mentorship.base import shared_clock
from mentorship.base.clock import utc_now
from mentorship.cli import main
begun, steady = utc_now(), monotonic()
shared_clock.SharedClock.now = lambda self: begun + timedelta(seconds=600 * (monotonic() - steady))
worker.TIMETABLE = tuple(
    (IntervalTrigger(seconds=max(trigger.interval.total_seconds() / 600, 0.05)), job)
    for trigger, job in worker.TIMETABLE
)
main()
"""
HALF_A_DAY = 72
"""Seconds for twelve hours."""
A_FORM_IN = 200 if os.environ.get("FAULTS") else 40
"""Pages to a form, for each who looks: what is written makes a list longer, and each thread keeps room for its page."""
WARM = 120
"""Requests after which every page was shown once, and what is kept in memory is there; whole, also to each thread."""
PAGES = ("/", "/rounds", "/people", "/domains", "/requests", "/mentorships", "/signals", "/insight", "/account")
MORE_MEMORY = 24 << 20
"""Bytes of all processes together that twelve hours may add: what Python keeps for later is some megabytes each."""
MORE_OF_EACH = 12
"""Descriptors, and threads, that may be open more at the end: connections of the pool, of requests that wait."""
A_WRITE = 6 << 10
"""Bytes that a write may add to the database: its row, its line in the audit log, their indexes."""
AT_ONCE_MORE = 1 << 20
"""Bytes that a database may grow by itself."""


@dataclass(frozen=True)
class Figures:
    """What the service holds at a moment, all processes together."""

    memory: int
    descriptors: int
    threads: int
    database: int


class Visitor(Writer):
    """Looks at pages, and now and then writes a form: a list that grows makes its page grow, and that takes memory."""

    pause = 0.0
    requests = itertools.count()
    asked = 0

    def run(self) -> None:
        """Look and write until told to stop."""
        for number, page in enumerate(itertools.cycle(PAGES), start=1):
            if self.over.is_set():
                return
            status, _ = self._ask("GET", page)
            if status >= 500:
                self.refused.append(f"{page}: {status}")
            if number % A_FORM_IN == 0:
                self._write(f"Vak {next(self._numbers)}")
            Visitor.asked = next(self.requests)


@contextmanager
def working(url: str, settings: dict[str, str]) -> Iterator[list[int]]:
    """A worker beside the service, on a server; on a file the service works itself."""
    if url.startswith("sqlite"):
        yield []
        return
    bare = {name: value for name, value in os.environ.items() if not name.startswith("MENTORSHIP_")}
    words = [sys.executable, "-c", FAST, "worker"]
    with subprocess.Popen(words, env={**bare, **settings}, stderr=subprocess.DEVNULL) as process:
        try:
            yield [process.pid]
        finally:
            process.kill()


def figures(pids: list[int], url: str) -> Figures:
    """Measure processes, those that they started, and their database."""
    memory = descriptors = threads = 0
    for pid in itertools.chain.from_iterable(map(family, pids)):
        status = dict(
            line.split(":", 1) for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line
        )
        memory += int(status["VmRSS"].split()[0]) << 10
        threads += int(status["Threads"])
        descriptors += len(list(pathlib.Path(f"/proc/{pid}/fd").iterdir()))
    return Figures(memory, descriptors, threads, _size(url))


def _size(url: str) -> int:
    engine = make_engine(url)
    asked = "SELECT pg_database_size(current_database())"
    if engine.dialect.name == "sqlite":
        asked = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    with engine.connect() as connection:
        found = int(connection.scalar(sa.text(asked)) or 0)
    engine.dispose()
    return found


def _until_asked(number: int, seconds: float = 4 * LONGEST) -> None:
    ends = time.monotonic() + seconds
    while Visitor.asked < number and time.monotonic() < ends:
        time.sleep(0.05)


def test_half_a_day_of_light_load_leaves_nothing_behind(empty_url: str, tmp_path: pathlib.Path, told: Tell):
    Visitor.requests, Visitor.asked = itertools.count(), 0  # none of the other database is counted
    cookies = built(empty_url, hours=96)
    settings = {**known(empty_url), "MENTORSHIP_POWERFUL_IDLE_MINUTES": "1440"}
    whole = bool(os.environ.get("FAULTS"))
    with (
        serving(tmp_path, ["-c", FAST], **settings) as service,
        working(empty_url, settings) as beside,
        writing(cookies, service.port, Visitor) as people,
    ):
        _until_asked(10 * WARM if whole else WARM)
        before, begun, written = figures([service.pid, *beside], empty_url), Visitor.asked, len(acknowledged(people))
        if whole:
            time.sleep(HALF_A_DAY)
        else:
            _until_asked(begun + 300)
        after, ended = figures([service.pid, *beside], empty_url), Visitor.asked
        written = len(acknowledged(people)) - written
    refused = [said for writer in people for said in writer.refused]
    print(before, after, written, refused[:5])  # shown when it fails
    over = [
        after.memory - before.memory > MORE_MEMORY,
        after.descriptors - before.descriptors > MORE_OF_EACH,
        after.threads - before.threads > MORE_OF_EACH,
        after.database - before.database > AT_ONCE_MORE + written * A_WRITE,
    ]
    told(ended - begun, sum(over) + len(refused) + len(lost(empty_url, people)))
