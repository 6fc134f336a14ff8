"""The service in a process that has all loaded already: a fault is tried ten times, and a start takes seconds else."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from mentorship.cli import main
from tests.faults.stage import child
from tests.outbox.postbox import free_port
from tests.serving.stage import STARTS_WITHIN, Service, kill_hard, listens


def _serve(folder: pathlib.Path, port: int, settings: dict[str, str]) -> None:
    """Serve as `mentorship serve` on a machine with one core, in a folder."""
    said = os.open(folder / "said", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(said, 1)
    os.dup2(said, 2)
    os.chdir(folder)
    for name in [name for name in os.environ if name.startswith("MENTORSHIP_")]:
        del os.environ[name]
    os.environ.update(settings, LANG="en")
    os.cpu_count = lambda: 1  # two processes on PostgreSQL, which start in half the time of four
    main(["serve", "--port", str(port)])


@contextmanager
def serving(folder: pathlib.Path, **settings: str) -> Iterator[Service]:
    """Serve in a folder until the block ends."""
    port = free_port()
    started = child(partial(_serve, folder, port, settings))
    said, process = folder / "said", started.process
    try:
        assert listens(port, STARTS_WITHIN, process.is_alive), said.read_text()
        yield Service(port, said, process.pid or 0)
    finally:
        process.terminate()
        process.join(20)
        if process.is_alive():
            kill_hard(process.pid or 0)
            process.join()
