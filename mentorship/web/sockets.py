"""Connections, by waitress: whole requests reach a thread, whoever sends half of one is sent away in time."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer

from mentorship.base import turns
from mentorship.base.config import Settings

THREADS = 16
"""Requests that a process takes in at the same time; few of them are worked on at once, by `turns`."""
MOST_CONNECTIONS = 800
"""Open at the same time in a process, below the 1,024 files that a system lets a process have."""
CROWDED = 500
"""With more of them, whoever does not get on has to make room sooner."""
PATIENCE_IN_A_CROWD = 0.1
LONGEST_HEAD = 16 * 1024
"""Bytes of a request's first line and fields, together."""
HEAD_WITHIN = 5.0
"""Seconds for the first line and fields, from their first byte."""
IDLE = 15.0
"""Seconds that a connection may stay open between requests."""
UNREAD = 30.0
"""Seconds in which somebody reads nothing of an answer that waits for them."""
BODY_WITHIN = 10.0
"""Seconds for a body, and more by its size."""
SLOWEST_BODY = 2 * 1024
"""Bytes a second with which a long body may come: a phone with the poorest signal sends faster."""


@dataclass(frozen=True)
class Standing:
    """How a connection stands: seconds since it did something, and what of a request has come."""

    idle: float
    """Since anything was sent or received."""
    answering: bool = False
    """A thread is at it, or will be."""
    unread: bool = False
    """An answer waits to be read."""
    since: float | None = None
    """Since the first byte of a request that is not whole; None: there is none."""
    head_done: bool = False
    body: int = 0
    """Bytes of the body that have come."""


def overdue(stands: Standing, patience: float = 1.0) -> bool:
    """Tell whether a connection has to go; with half the patience, after half the time."""
    if stands.answering:
        return False
    if stands.unread:
        return stands.idle > UNREAD * patience
    if stands.since is None:
        return stands.idle > IDLE * patience
    if not stands.head_done:
        return stands.since > HEAD_WITHIN * patience
    return stands.since > BODY_WITHIN * patience + stands.body / SLOWEST_BODY


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that knows since when a request is coming in."""

    since = 0.0

    def received(self, data: bytes) -> bool:
        """Take in what was sent; a request begins with its first byte."""
        before = self.request
        if before is None:
            self.since = time.time()
        taken: bool = super().received(data)
        if self.request is not before:
            self.since = time.time()
        return taken

    def stands(self, now: float) -> Standing:
        """Tell how it stands."""
        coming = self.request
        return Standing(
            idle=now - self.last_activity,
            answering=bool(self.requests),
            unread=bool(self.total_outbufs_len),
            since=None if coming is None else now - self.since,
            head_done=coming is not None and coming.headers_finished,
            body=0 if coming is None else coming.body_bytes_received,
        )


class Server(TcpWSGIServer):  # type: ignore[misc]
    """Waitress, in its own loop or a step at a time."""

    channel_class = Channel

    def maintenance(self, now: float) -> None:
        """Close what is overdue; waitress asks about once a second."""
        crowded = len(self.active_channels) > CROWDED
        patience = PATIENCE_IN_A_CROWD if crowded else 1.0
        for channel in list(self.active_channels.values()):
            if overdue(channel.stands(now), patience):
                channel.will_close = True

    def step(self) -> None:
        """Take in and send what can be taken in and sent, and wait for it no longer than a second."""
        wasyncore.loop(
            timeout=1,
            use_poll=True,
            map=self._map,
            count=1,
        )

    def answering(self) -> bool:
        """Tell whether somebody waits for an answer, or for the rest of it."""
        return any(channel.requests or channel.total_outbufs_len for channel in self.active_channels.values())

    def refuse_more(self) -> None:
        """Let nobody else in; connections without a request are closed."""
        self.accepting = False
        self.del_channel()
        self.socket.close()
        for channel in list(self.active_channels.values()):
            if not channel.requests:
                channel.close_when_flushed = True


def make_server(application: Any, settings: Settings, listener: socket.socket) -> Server:
    """Return a server of an application on a socket that listens.

    No header is believed here: the application counts the proxies that its settings name, and no others.
    """
    chosen = Adjustments(
        sockets=[listener],
        threads=THREADS,
        ident=None,
        connection_limit=MOST_CONNECTIONS,
        cleanup_interval=1,
        asyncore_use_poll=True,
        log_socket_errors=False,
        max_request_header_size=LONGEST_HEAD,
        # what is a little too large gets a page of ours, which needs the whole of it
        max_request_body_size=2 * settings.max_upload_mb * 2**20,
        clear_untrusted_proxy_headers=False,
    )

    def in_turn(environ: Any, start_response: Any) -> Any:
        with turns.turn():
            return application(environ, start_response)

    return Server(
        in_turn,
        _sock=listener,
        adj=chosen,
        bind_socket=False,
        sockinfo=(listener.family, listener.type, listener.proto, listener.getsockname()),
    )
