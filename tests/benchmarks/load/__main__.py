"""Serve the organisation under load, and print what pages took: python -m tests.benchmarks.load [SECONDS].

Everything runs on this machine, the crowd too: times are those that somebody waits, at the other end of the connection.
"""

from __future__ import annotations

import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from mentorship import migrations
from mentorship.app import create_app
from mentorship.base.clock import utc_now
from mentorship.base.config import Settings
from mentorship.base.db import make_engine, open_session
from mentorship.people.account.actions import start_session
from mentorship.people.models import Person
from tests.benchmarks.figures import table
from tests.benchmarks.load import crowd, morning, world
from tests.benchmarks.search import databases
from tests.serving.stage import family, serving

SECONDS, WARM = 180, 30
GOAL = 100
"""Milliseconds under which 95 of 100 loads of a page are to stay."""
KEY = secrets.token_hex(32)
HEADS = ["role", "page", "loads", "p50", "p95", "p99"]


def built(url: str) -> dict[int, str]:
    """Write the organisation, do the timed work that waits for it, and return the cookie of each of the crowd."""
    now = utc_now()
    os.environ.update(_environment(url))
    settings = Settings(_env_file=None)
    engine = make_engine(url)
    migrations.upgrade(engine)
    with open_session(engine) as session:
        world.write(session, now)
        morning.give_passwords(session)
        session.commit()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("ANALYZE"))
    app = create_app(settings)
    cookies = {}
    for who in crowd.crowd():
        with open_session(engine) as session:
            secret = start_session(session, session.get_one(Person, who.person_id), "load", 12, now)
            session.commit()
        client = app.test_client()
        with client.session_transaction(base_url="https://localhost") as kept:
            kept["_user_id"] = secret
        cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
        assert cookie is not None
        cookies[who.person_id] = f"{cookie.key}={cookie.value}"
    engine.dispose()
    return cookies


def _environment(url: str) -> dict[str, str]:
    """Return the settings, as a server gets them."""
    return {
        "MENTORSHIP_DATABASE_URL": url,
        "MENTORSHIP_SECRET_KEY": KEY,
        "MENTORSHIP_TRUSTED_HOSTS": '["127.0.0.1", "localhost"]',
        "MENTORSHIP_REQUIRE_SECOND_FACTOR": "false",
    }


@contextmanager
def worked(url: str, folder: Path) -> Iterator[None]:
    """Do what is due once; then, where the server has no worker of its own, keep one beside it."""
    command = [sys.executable, "-m", "mentorship.cli", "worker"]
    given = {"cwd": folder, "env": {**os.environ, "PYTHONPATH": str(Path.cwd())}}
    began = time.monotonic()
    subprocess.run([*command, "--once"], check=True, stdout=subprocess.DEVNULL, **given)
    print(f"first pass of the worker: {time.monotonic() - began:.0f} s", flush=True)
    if url.startswith("sqlite"):
        yield
        return
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **given) as process:
        yield
        process.terminate()


class Watch(threading.Thread):
    """Looks every second at the memory of the server's processes, what they share counted once."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.first = self.most = 0.0
        self.over = threading.Event()

    def run(self) -> None:
        """Look until it is over."""
        while not self.over.wait(1):
            size = sum(map(_megabytes, family(self.pid)))
            self.first = self.first or size
            self.most = max(self.most, size)


def _megabytes(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # it ended meanwhile
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def spent(pid: int) -> float:
    """Return the seconds of the processor that a process and all that it started took."""
    ticks = 0
    for one in family(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def share(times: Sequence[float], part: float) -> float:
    """Return the time under which this part of the loads stays."""
    ordered = sorted(times)
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)]


def measure(name: str, url: str, seconds: float) -> bool:
    """Print the table of one database; tell whether every page keeps the goal and nothing went wrong."""
    began = time.monotonic()
    cookies = built(url)
    print(f"\n{name}: organisation written in {time.monotonic() - began:.0f} s", flush=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        worked(url, Path(folder)),
        serving(Path(folder), **_environment(url)) as service,
    ):
        watch = Watch(service.pid)
        watch.start()
        before = spent(service.pid)
        found = crowd.let_in(cookies, service.port, WARM, seconds)
        used = spent(service.pid) - before
        watch.over.set()
        processes = len(family(service.pid))
        at_eight = morning.at_eight(cookies, service.port)
    loads = sum(map(len, found.times.values()))
    title = (
        f"{name}: {world.PEOPLE} people, {world.DUOS} duos, {crowd.USERS} at once who think {crowd.THINKING:.0f} s; "
        f"{loads} loads in {seconds:.0f} s; ms that they waited"
    )
    table(title, HEADS, [_row(*one) for one in sorted(found.times.items(), key=_slowest)])
    print(f"processes {processes}, processor {used / (WARM + seconds):.2f} cores")
    print(f"memory: {watch.first:.0f} MB at first, {watch.most:.0f} MB at most")
    _errors(found)
    _tell_of_eight(found, at_eight)
    return not at_eight.wrong and not found.wrong and all(share(times, 0.95) <= GOAL for times in found.times.values())


def _row(of: tuple[str, str], times: Sequence[float]) -> list[str]:
    cells = [statistics.median(times), share(times, 0.95), share(times, 0.99)]
    return [*of, str(len(times)), *(f"{cell:.0f}" for cell in cells)]


def _slowest(one: tuple[tuple[str, str], Sequence[float]]) -> float:
    return -share(one[1], 0.95)


def _errors(found: crowd.Measured) -> None:
    print(f"errors: {sum(found.wrong.values())}", *(f"  {n} x {what}" for what, n in found.wrong.items()), sep="\n")


def _tell_of_eight(quiet: crowd.Measured, busy: crowd.Measured) -> None:
    """Print what people waited who signed in, and what all others waited before and meanwhile."""
    signing_in = {of: times for of, times in busy.times.items() if of[0] == morning.ROLE}
    rows = [_row(of, times) for of, times in signing_in.items()]
    for name, found in (("before", quiet), ("meanwhile", busy)):
        pages = [one for of, times in found.times.items() if of[0] != morning.ROLE for one in times]
        rows.append(_row(("all others", name), pages))
    title = f"eight o'clock: {morning.PEOPLE} people sign in within {morning.WITHIN:.0f} s, the crowd goes on"
    table(title, HEADS, rows)
    _errors(busy)


def main() -> int:
    """Print a table a database; 1 where a page is over the goal, or something went wrong."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    with databases() as urls:
        kept = [measure(name, url, seconds) for name, url in urls]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
