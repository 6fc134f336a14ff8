"""A mail server for tests: a real one on a port of this machine, that refuses, dies or dawdles when it is told to."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from mentorship.base.config import Settings


@dataclass
class Postbox:
    """What a mail server took, and what it says to whom instead of yes, each once."""

    taken: list[EmailMessage] = field(default_factory=list)
    refusals: dict[str, list[str]] = field(default_factory=dict)
    port: int = 0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if said := self._refusal(address):
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if said := self._refusal("MAIL"):
            return said
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if said := self._refusal("DATA"):
            return said
        found = message_from_bytes(envelope.content, policy=default)
        assert isinstance(found, EmailMessage)
        self.taken.append(found)
        return "250 OK"

    def _refusal(self, step: str) -> str | None:
        left = self.refusals.get(step)
        return left.pop(0) if left else None

    def ids(self) -> list[str]:
        return [str(m["Message-ID"]) for m in self.taken]

    def to(self) -> list[str]:
        return [m["To"].addresses[0].addr_spec for m in self.taken]


@contextmanager
def receiving(postbox: Postbox, port: int = 0) -> Iterator[Postbox]:
    """Take mail on a port of this machine until the block ends."""
    controller = Controller(postbox, hostname="127.0.0.1", port=port or free_port())
    controller.start()
    postbox.port = controller.port
    try:
        yield postbox
    finally:
        controller.stop()


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def settings(port: int, **changed: Any) -> Settings:
    """Settings that lead to a mail server on this machine."""
    values: dict[str, Any] = {
        "mode": "test",
        "secret_key": "t" * 40,
        "smtp_host": "127.0.0.1",
        "smtp_port": port,
        "smtp_security": "none",
        "public_url": "https://leermaat.example.nl",
        "mail_from": "Leermaat <post@leermaat.example.nl>",
    }
    return Settings(**{**values, **changed}, _env_file=None)


@contextmanager
def dawdling(talk: Callable[[socket.socket, threading.Event], None]) -> Iterator[int]:
    """Run a server that holds whoever connects in talk, until the block ends."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while not over.is_set():
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    try:
                        talk(connection, over)
                    except OSError:
                        continue

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            over.set()
            listening.shutdown(socket.SHUT_RDWR)
            thread.join(30)
