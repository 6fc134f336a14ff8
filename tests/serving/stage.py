"""The real service in a process of its own, and sockets that send it whatever they like."""

from __future__ import annotations

import atexit
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache

from tests.outbox.postbox import free_port

STARTS_WITHIN = 60


@dataclass(frozen=True)
class Service:
    """`mentorship serve`, on a port of this machine."""

    port: int
    log: pathlib.Path
    pid: int = 0

    def said(self) -> str:
        """Return all that it wrote."""
        return self.log.read_text()

    def connect(self, sent: bytes = b"") -> socket.socket:
        """Open a socket and send something."""
        opened = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        opened.sendall(sent)
        return opened

    def ask(self, path: str = "/account/sign-in", *headers: str, within: float = 20) -> bytes:
        """Get a page as a proxy or browser would; returns the whole answer."""
        lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *headers]
        return self.send("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n", within)

    def send(self, request: bytes, within: float = 20) -> bytes:
        """Send these bytes, and return all that comes back until the other side closes."""
        with self.connect(request) as opened:
            return everything(opened, within)


def everything(opened: socket.socket, within: float) -> bytes:
    """Read until the other side closes; fails when that takes longer."""
    until = time.monotonic() + within
    read = b""
    while True:
        opened.settimeout(max(until - time.monotonic(), 0.01))
        try:
            part = opened.recv(65536)
        except ConnectionResetError:
            return read
        if not part:
            return read
        read += part


def family(pid: int) -> list[int]:
    """Return a process and all that it started."""
    found = [pid]
    for one in found:
        for tasks in pathlib.Path(f"/proc/{one}/task").glob("*/children"):
            with suppress(FileNotFoundError, ProcessLookupError):  # it ended meanwhile
                found += map(int, tasks.read_text().split())
    return found


def kill_hard(pid: int) -> None:
    """Kill a process and all that it started, so that none can do a thing more."""
    for one in family(pid):
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)


@cache
def compiled() -> dict[str, str]:
    """Where processes of this run keep what Python compiled, if not in the tree: each start is faster."""
    if not sys.dont_write_bytecode:
        return {}
    folder = tempfile.mkdtemp(prefix="leermaat-compiled-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": folder}


ONE_CORE = "import os; os.cpu_count = lambda: 1; from mentorship.cli import main; main()"
"""The service as on a machine with one core: two processes on PostgreSQL, which start in half the time of four."""


@contextmanager
def serving(
    folder: pathlib.Path, program: Sequence[str] = ("-m", "mentorship.cli"), **environment: str
) -> Iterator[Service]:
    """Serve in a folder until the block ends; in a new one `serve` makes settings and tables by itself."""
    port = free_port()
    bare = {name: value for name, value in os.environ.items() if not name.startswith("MENTORSHIP_")}
    said = folder / "said"
    with (
        said.open("wb") as out,
        subprocess.Popen(
            [sys.executable, *program, "serve", "--port", str(port)],
            cwd=folder,
            env={**bare, "PYTHONPATH": str(pathlib.Path.cwd()), "LANG": "en", **compiled(), **environment},
            stdout=out,
            stderr=out,
        ) as process,
    ):
        try:
            _wait(process, port, said)
            yield Service(port, said, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(60)
            finally:
                process.kill()


def _wait(process: subprocess.Popen[bytes], port: int, said: pathlib.Path) -> None:
    serves = listens(port, STARTS_WITHIN, lambda: process.poll() is None)
    assert serves, f"it does not serve: {said.read_text()}"


def listens(port: int, seconds: float, lives: Callable[[], bool]) -> bool:
    """Wait until somebody listens on a port; False when they died, or took too long."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and lives():
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return True
    return False
