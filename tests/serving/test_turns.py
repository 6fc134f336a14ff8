"""Few requests are worked on at once, and who waits for somebody else keeps nobody from reading."""

from __future__ import annotations

import os
import pathlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from mentorship import serving
from mentorship.base import driver
from mentorship.base.config import Settings
from mentorship.base.db import make_engine, open_session
from mentorship.base.turns import AT_ONCE, PATIENCE, Turns
from mentorship.people.account.passwords import Turns as PasswordTurns
from mentorship.web import sockets

WITHIN = 20


class Pages:
    """A page that reads, one that writes and one that hashes, and how many writers came so far."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.came = threading.Semaphore(0)
        self.hashing = PasswordTurns(at_once=1, queue=8, patience=WITHIN)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        """Answer with how many notes there are."""
        start_response("200 OK", [("Content-Type", "text/plain")])
        if environ["PATH_INFO"] == "/hash":
            self.came.release()
            with self.hashing.turn():
                return [b"hashed"]
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


@pytest.mark.skipif(not driver.has_log, reason="without a log who reads waits for who writes")
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
