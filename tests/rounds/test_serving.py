"""The server stops when it is told to, also while it solves a round."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import Any

import pytest

from tests.outbox.postbox import free_port
from tests.rounds.stage import Stage

SERVER = """
import sys
from mentorship import serving
from mentorship.base.config import Settings
from mentorship.rounds import solving

def forever(*_):
    print("solving", flush=True)
    while True:
        pass

solving.solve = forever
settings = Settings(mode="test", database_url=sys.argv[1], secret_key="t" * 40, secure_cookies=False, _env_file=None)
serving.serve(settings, "127.0.0.1", int(sys.argv[2]))
"""


@pytest.fixture
def kind() -> str:
    return "sqlite"


@pytest.mark.skipif(sys.platform == "win32", reason="there a signal ends a process at once")
def test_a_round_that_is_being_solved_does_not_keep_the_server(stage: Stage, database_url: str):
    stage.cast()
    round_id = stage.open()
    stage.ask(round_id)
    words = [sys.executable, "-c", SERVER, database_url, str(free_port())]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(words, **pipes, env={**os.environ, "PYTHONPATH": "."}) as server:
        try:
            assert server.stdout is not None and server.stdout.readline() == "solving\n"
            server.send_signal(signal.SIGTERM)
            server.wait(15)
        finally:
            server.kill()
    assert stage.round(round_id).status == "solving", "whoever works next takes it up"
