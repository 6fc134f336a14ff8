"""Sending log lines on to a collector (a SIEM) by syslog, RFC 5424, without anybody ever waiting for it."""

from __future__ import annotations

import json
import logging
import os
import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from queue import Full, Queue
from threading import Event, Thread
from time import monotonic
from urllib.parse import urlsplit

LIKE = "must look like tls://siem.example.nl:6514, or tcp://... or udp://..."
PORTS = {"udp": 514, "tcp": 601, "tls": 6514}
AUTHPRIV = 10
SEVERITIES = {logging.INFO: 6, logging.WARNING: 4, logging.ERROR: 3}
MOST_WAITING = 1000
"""So many lines are kept while the collector is away; those that come on top are dropped, and counted."""
PATIENCE = 3.0
"""Seconds that the collector gets to answer."""
AGAIN_AFTER = 5.0
"""Seconds before an unreachable collector is tried again."""
LAST_CALL = 2.0
"""Seconds that the lines still waiting get when the process ends."""


@dataclass(frozen=True)
class Collector:
    """Where lines go, and how."""

    way: str
    host: str
    port: int

    @property
    def is_private(self) -> bool:
        """Tell whether nobody on the way can read or change the lines: encrypted, or on this machine."""
        if self.way == "tls" or self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    @classmethod
    def read(cls, address: str) -> Collector:
        """Read `tls://host:port`, `tcp://host:port` or `udp://host:port`; a ValueError says that it is none."""
        found = urlsplit(address)
        usual = PORTS.get(found.scheme)
        if usual is None or not found.hostname:
            raise ValueError(LIKE)
        if found.path or found.username:
            raise ValueError(LIKE)
        return cls(
            found.scheme,
            found.hostname,
            found.port or usual,
        )

    def connect(self) -> socket.socket:
        """Open a connection; a collector that does not answer in time is an OSError."""
        if self.way == "udp":
            return self._datagrams()
        opened = socket.create_connection(
            (self.host, self.port),
            timeout=PATIENCE,
        )
        if self.way == "tcp":
            return opened
        trusted = ssl.create_default_context()
        return trusted.wrap_socket(
            opened,
            server_hostname=self.host,
        )

    def _datagrams(self) -> socket.socket:
        found = socket.getaddrinfo(
            self.host,
            self.port,
            type=socket.SOCK_DGRAM,
        )
        family, kind, protocol, _, place = found[0]
        opened = socket.socket(
            family,
            kind,
            protocol,
        )
        opened.connect(place)
        return opened

    def framed(self, line: bytes) -> bytes:
        """Say where a line ends: by its length before it (RFC 6587, 5425); a datagram needs none."""
        if self.way == "udp":
            return line
        return b"%d %s" % (len(line), line)


class Forwarding(logging.Handler):
    """Puts lines in a queue, which a thread of this process empties; made before a fork, it works after it."""

    def __init__(self, collector: Collector) -> None:
        super().__init__()
        self.collector = collector
        self.dropped = 0
        self._queue: Queue[bytes] = Queue(MOST_WAITING)
        self._process = 0
        self._socket: socket.socket | None = None
        self._closed = Event()

    def emit(self, record: logging.LogRecord) -> None:
        """Let a line wait for its turn; nothing here can wait itself, or fail."""
        if self._process != os.getpid():
            self._process = os.getpid()
            Thread(target=self._work, name="syslog", daemon=True).start()
        line = _said(record.levelno, record.getMessage())
        try:
            self._queue.put_nowait(line)
        except Full:
            self.dropped += 1

    def flush(self) -> None:
        """Give what still waits a moment to go."""
        until = monotonic() + LAST_CALL
        queue = self._queue
        with queue.all_tasks_done:
            while queue.unfinished_tasks:
                left = until - monotonic()
                if left <= 0:
                    return
                queue.all_tasks_done.wait(left)

    def close(self) -> None:
        """Stop sending."""
        self._closed.set()
        super().close()

    def _work(self) -> None:
        ended = self._closed.is_set
        while not ended():
            line = self._queue.get()
            while not ended():
                if self._is_sent(line):
                    break
                self._closed.wait(AGAIN_AFTER)
            self._queue.task_done()

    def _is_sent(self, line: bytes) -> bool:
        """Send a line, and how many are missing before it; False when the collector cannot be reached."""
        try:
            opened = self._opened()
            if self.dropped:
                missing = self._missing()
                opened.sendall(missing)
            framed = self.collector.framed(line)
            opened.sendall(framed)
        except OSError:
            self._socket = None
            return False
        return True

    def _opened(self) -> socket.socket:
        """Return the connection of before, or a new one when the other side hung up."""
        opened = self._socket
        if opened is None or _is_gone(opened):
            opened = self.collector.connect()
            self._socket = opened
        return opened

    def _missing(self) -> bytes:
        number = self.dropped
        self.dropped = 0
        line = {
            "event": "log.dropped",
            "number": number,
        }
        told = json.dumps(line)
        said = _said(logging.WARNING, told)
        return self.collector.framed(said)


def _is_gone(connection: socket.socket) -> bool:
    """Tell whether the other side hung up, which writing alone would notice one line too late."""
    connection.setblocking(False)
    try:
        return connection.recv(1024) == b""
    except (BlockingIOError, ssl.SSLWantReadError):
        return False
    finally:
        connection.settimeout(PATIENCE)


def _said(level: int, told: str) -> bytes:
    """Return a line with its header: how grave, when, which host, program and process."""
    severity = SEVERITIES.get(level, 6)
    grave = AUTHPRIV * 8 + severity
    moment = datetime.now(UTC)
    header = (
        f"<{grave}>1",
        moment.isoformat(timespec="milliseconds"),
        socket.gethostname() or "-",
        "leermaat",
        str(os.getpid()),
        "security",
        "-",
        told,
    )
    return " ".join(header).encode()
