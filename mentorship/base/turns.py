"""Few requests are worked on at once in a process; who waits for somebody else lets another one go on meanwhile.

Python works in one thread at a time. Many that hand it on at every statement answer fewer pages than two do, and all of
them late; but a request that waits to write, or for the provider of identities, must keep nobody from reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, local

AT_ONCE = 2
PATIENCE = 2.0
"""Seconds after which a request goes on without a turn: a turn is a courtesy, and no lock that could end in a ring."""


class Turns:
    """The turns of a process."""

    def __init__(self, at_once: int = AT_ONCE, patience: float = PATIENCE) -> None:
        self._free = BoundedSemaphore(at_once)
        self._patience = patience
        self._of_thread = local()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Work in turn."""
        self._of_thread.held = self._free.acquire(timeout=self._patience)
        try:
            yield
        finally:
            self._give()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Wait for somebody else, and let another request go on; what it then holds keeps others waiting no longer."""
        in_turn = self._give()
        try:
            yield
        finally:
            if in_turn:
                self._of_thread.held = self._free.acquire(blocking=False)

    def _give(self) -> bool:
        """Give the turn of this thread back; tell whether it had one."""
        held: bool = getattr(self._of_thread, "held", False)
        if held:
            self._of_thread.held = False
            self._free.release()
        return held


_of_process = Turns()
turn, aside = _of_process.turn, _of_process.aside
