"""Few requests are worked on at once, and who waits for somebody else keeps nobody from reading."""

from __future__ import annotations

import os
import pathlib
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPConnection
from signal import SIGKILL
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from mentorship import serving
from mentorship.base import driver
from mentorship.base.config import Settings
from mentorship.base.db import make_engine, open_session
from mentorship.base.turns import AT_ONCE, PATIENCE, Turns
from mentorship.people.account.passwords import Queue
from mentorship.people.identity_provider.transport import Line, Unreachable
from mentorship.web import sockets
from tests.serving.stage import family
from tests.serving.stage import serving as served

WITHIN = 20
THREE_CORES = "import os; os.cpu_count = lambda: 3; from mentorship.cli import main; main()"


class Pages:
    """Pages that read, write, hash and ask a provider, and how many came so far who wait for somebody else."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.came = threading.Semaphore(0)
        self.hashing = Queue(at_once=1, queue=8, patience=WITHIN)
        self.provider = Line(WITHIN)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        """Answer with how many notes there are."""
        start_response("200 OK", [("Content-Type", "text/plain")])
        if environ["PATH_INFO"] == "/hash":
            self.came.release()
            with self.hashing.turn():
                return [b"hashed"]
        if environ["PATH_INFO"] == "/ask":
            self.came.release()
            with suppress(Unreachable):
                self.provider.get(f"http://127.0.0.1:{environ['QUERY_STRING']}/")
            return [b"asked"]
        writes = environ["PATH_INFO"] == "/write"
        if writes:
            self.came.release()
        with open_session(self.engine, read_only=not writes) as session:
            if writes:
                session.execute(sa.text("INSERT INTO note VALUES (1)"))
                session.commit()
            number = session.scalar(sa.text("SELECT count(*) FROM note"))
        return [f"{number}".encode()]

    def wait_for(self, number: int) -> None:
        """Return when so many came who wait for somebody else."""
        for _ in range(number):
            assert self.came.acquire(timeout=WITHIN), "they stand in each other's way"


@pytest.fixture
def pages(tmp_path: pathlib.Path) -> Iterator[Pages]:
    engine = make_engine(f"sqlite:///{tmp_path / 'notes.db'}")
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE note (id INTEGER)"))
    yield Pages(engine)
    engine.dispose()


@pytest.fixture
def port(pages: Pages) -> Iterator[int]:
    """Where the pages are served, until the test ends."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = sockets.make_server(pages, Settings(_env_file=None), listener)
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            server.step()

    thread = threading.Thread(target=serve)
    thread.start()
    yield listener.getsockname()[1]
    over.set()
    thread.join()
    server.close()


def ask(port: int, path: str) -> bytes:
    connection = HTTPConnection("127.0.0.1", port, timeout=WITHIN)
    connection.request("GET", path)
    answer = connection.getresponse().read()
    connection.close()
    return answer


def timed(port: int, path: str) -> tuple[bytes, float]:
    began = time.monotonic()
    return ask(port, path), time.monotonic() - began


@pytest.mark.usefixtures("new_sqlite")
def test_who_waits_to_write_keeps_nobody_from_reading(pages: Pages, port: int):
    writers = 3 * AT_ONCE
    with ThreadPoolExecutor(writers) as crowd:
        with pages.engine.connect() as slow:
            slow.execute(sa.text("INSERT INTO note VALUES (0)"))
            asked = [crowd.submit(ask, port, "/write") for _ in range(writers)]
            pages.wait_for(writers)
            read, took = timed(port, "/read")
            assert (read, took < PATIENCE / 2) == (b"0", True)
            slow.commit()
        written = sorted(int(one.result(WITHIN)) for one in asked)
    assert written[-1] == writers + 1, "every writer got on once the slow one was done"


def test_who_waits_for_a_password_keeps_nobody_from_reading(pages: Pages, port: int):
    waiting = 3 * AT_ONCE
    with ThreadPoolExecutor(waiting) as crowd:
        with pages.hashing.turn():
            asked = [crowd.submit(ask, port, "/hash") for _ in range(waiting)]
            pages.wait_for(waiting)
            read, took = timed(port, "/read")
            assert (read, took < PATIENCE / 2) == (b"0", True)
        assert [one.result(WITHIN) for one in asked] == [b"hashed"] * waiting


def test_who_waits_for_the_provider_keeps_nobody_from_reading(pages: Pages, port: int):
    waiting = 3 * AT_ONCE
    with ThreadPoolExecutor(waiting) as crowd:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            asked = [crowd.submit(ask, port, f"/ask?{silent.getsockname()[1]}") for _ in range(waiting)]
            pages.wait_for(waiting)
            read, took = timed(port, "/read")
            assert (read, took < PATIENCE / 2) == (b"0", True)
        assert [one.result(WITHIN) for one in asked] == [b"asked"] * waiting


def test_two_are_worked_on_and_the_third_when_one_is_done():
    turns, entered, done = Turns(at_once=2, patience=WITHIN), threading.Semaphore(0), threading.Semaphore(0)

    def work() -> None:
        with turns.turn():
            entered.release()
            assert done.acquire(timeout=WITHIN)

    with ThreadPoolExecutor(3) as crowd:
        asked = [crowd.submit(work) for _ in range(3)]
        assert entered.acquire(timeout=WITHIN) and entered.acquire(timeout=WITHIN)
        assert not entered.acquire(timeout=0.2)
        done.release()
        assert entered.acquire(timeout=WITHIN)
        done.release(2)
        for one in asked:
            one.result(WITHIN)


def test_who_comes_back_from_waiting_goes_on_at_once():
    """It may hold what those want who took its turn: to wait for them would be to wait for oneself."""
    turns = Turns(at_once=1, patience=WITHIN)
    with ThreadPoolExecutor(1) as other, turns.turn():
        with turns.aside():
            came, done = threading.Event(), threading.Event()

            def work() -> None:
                with turns.turn():
                    came.set()
                    assert done.wait(WITHIN)

            asked = other.submit(work)
            assert came.wait(WITHIN), "the turn was free"
        done.set()
        asked.result(WITHIN)
    with turns.turn(), turns.aside(), turns.turn():
        pass  # none was lost, and none given back twice


def test_behind_who_never_ends_it_goes_on_without_a_turn():
    turns = Turns(at_once=1, patience=0.01)
    with ThreadPoolExecutor(1) as other, turns.turn():
        other.submit(lambda: turns.turn().__enter__()).result(WITHIN)
    with turns.turn():
        pass


def test_who_has_no_turn_steps_aside_for_nothing():
    turns = Turns(at_once=1, patience=WITHIN)
    with turns.aside(), turns.turn():
        pass


@pytest.mark.parametrize(
    ("url", "log", "cores", "number"),
    [
        ("sqlite:///leermaat.db", True, 1, 1),
        ("sqlite:///leermaat.db", True, 2, 2),
        ("sqlite:///leermaat.db", True, 16, 4),
        ("sqlite:///leermaat.db", False, 16, 1),
        ("postgresql+psycopg://leermaat@/leermaat", False, 2, 4),
        ("postgresql+psycopg://leermaat@/leermaat", True, 16, 8),
    ],
)
def test_how_many_processes_serve(url: str, log: bool, cores: int, number: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(driver, "has_log", log)
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    assert serving.processes(Settings(_env_file=None, database_url=url)) == number


def leading(pid: int) -> list[int]:
    """Return those of a service that hold the lock of who does the timed work."""
    held = [line.split() for line in pathlib.Path("/proc/locks").read_text().splitlines() if "FLOCK" in line]
    return sorted({int(words[4]) for words in held} & set(family(pid)))


def come_to_lead(pid: int, but: int = 0) -> int:
    until = time.monotonic() + WITHIN
    while time.monotonic() < until:
        match leading(pid):
            case [one] if one != but:
                return one
        time.sleep(0.05)
    raise AssertionError("nobody does the timed work")


@pytest.mark.skipif(sys.platform != "linux", reason="there /proc does not tell who holds a lock")
@pytest.mark.usefixtures("new_sqlite")
def test_of_several_on_a_file_one_does_the_timed_work_and_another_takes_over(tmp_path: pathlib.Path):
    with served(tmp_path, ["-c", THREE_CORES]) as service:
        first = come_to_lead(service.pid)
        assert len(family(service.pid)) == 1 + 3
        os.kill(first, SIGKILL)
        assert come_to_lead(service.pid, but=first) in family(service.pid)
        assert service.ask().startswith(b"HTTP/1.1 200 ")
