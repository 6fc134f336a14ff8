"""Told to stop, the service answers what it was asked before, and goes; on PostgreSQL it serves in processes."""

from __future__ import annotations

import os
import pathlib
import secrets
import signal
import subprocess
import sys
import time
from typing import Any

import pytest

from mentorship import migrations
from mentorship.base.db import make_engine
from tests.outbox.postbox import free_port
from tests.serving.stage import Service, everything, serving

SLOW = """
import sys, time
from mentorship import serving
from mentorship.base.config import Settings

def slow(environ, start):
    print("asked", flush=True)
    time.sleep(1.5)
    start("200 OK", [("Content-Length", "4")])
    return [b"done"]

serving._with_worker = lambda settings: slow
settings = Settings(mode="test", database_url="sqlite://", _env_file=None)
getattr(serving, sys.argv[2])(settings, "127.0.0.1", int(sys.argv[1]))
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there a signal ends a process at once")


def test_who_asked_before_gets_the_answer(tmp_path: pathlib.Path):
    port = free_port()
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "text": True, "env": {**os.environ, "PYTHONPATH": "."}}
    with subprocess.Popen([sys.executable, "-c", SLOW, str(port), "serve"], **pipes) as server:
        try:
            asked = _connect(Service(port, tmp_path), server)
            assert server.stdout is not None and server.stdout.readline() == "asked\n"
            server.send_signal(signal.SIGTERM)
            assert everything(asked, within=10).endswith(b"done")
            asked.close()
            assert server.wait(10) == 0
        finally:
            server.kill()


def _connect(service: Service, server: subprocess.Popen[Any]) -> Any:
    until = time.monotonic() + 30
    while True:
        try:
            return service.connect(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        except OSError:
            assert server.poll() is None and time.monotonic() < until
            time.sleep(0.05)


def test_without_processes_as_on_windows_it_serves_too(tmp_path: pathlib.Path):
    port = free_port()
    with subprocess.Popen([sys.executable, "-c", SLOW, str(port), "_alone"], stdout=subprocess.PIPE) as server:
        try:
            asked = _connect(Service(port, tmp_path), server)
            assert everything(asked, within=10).endswith(b"done")
            asked.close()
        finally:
            server.kill()


@pytest.mark.both_databases
def test_every_process_takes_whole_requests_alone(empty_url: str, tmp_path: pathlib.Path):
    engine = make_engine(empty_url)
    migrations.upgrade(engine)
    engine.dispose()
    known = {"MENTORSHIP_DATABASE_URL": empty_url, "MENTORSHIP_SECRET_KEY": secrets.token_hex(32)}
    with serving(tmp_path, **known, MENTORSHIP_TRUSTED_HOSTS='["127.0.0.1"]') as service:
        slow = [service.connect(b"GET / HTTP/1.1\r\nHost: ") for _ in range(100)]
        for _ in range(5):
            began = time.monotonic()
            assert service.ask(within=10).startswith(b"HTTP/1.1 200 ")
            assert time.monotonic() - began < 5
        for opened in slow:
            opened.close()
