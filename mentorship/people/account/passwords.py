"""Password hashes by argon2id, with a dummy so that an unknown name takes as long as a wrong password."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from threading import BoundedSemaphore, get_native_id

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from mentorship.base import turns
from mentorship.base.config import Settings
from mentorship.base.errors import TooBusy
from mentorship.base.i18n import N_

AT_ONCE = os.cpu_count() or 1
"""So many hashes are worked out at the same time: more would only be slower, and take 64 MB each."""
QUEUE = 8
"""So many more wait for their turn; pages go on in the other threads."""
ASIDE = 10
"""How far a thread that hashes steps aside (its nice value): when all sign in at once, pages go first."""
PATIENCE = 5
"""Seconds that somebody waits for a turn, and after which who was refused one may try again."""
BUSY = N_("Many people are signing in right now. Wait a few seconds and try again.")


class Queue:
    """Lets few work at once and few wait, so that the rest of the service goes on."""

    def __init__(self, at_once: int, queue: int, patience: float) -> None:
        self._places = BoundedSemaphore(at_once + queue)
        self._working = BoundedSemaphore(at_once)
        self._patience = patience

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn and hold it; refuse who would have to wait long."""
        if not self._places.acquire(blocking=False):
            raise TooBusy(BUSY, PATIENCE)
        try:
            with turns.aside():
                yield from self._in_order()
        finally:
            self._places.release()

    def _in_order(self) -> Iterator[None]:
        if not self._working.acquire(timeout=self._patience):
            raise TooBusy(BUSY, PATIENCE)
        try:
            yield
        finally:
            self._working.release()


def _step_aside() -> None:
    """Let others go first: on Linux a thread has a priority of its own."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, get_native_id(), ASIDE)


class Passwords:
    """Hashes and verifies with the parameters of the settings, a few at a time."""

    def __init__(self, memory_kib: int, time_cost: int) -> None:
        self._hasher = PasswordHasher(
            time_cost=time_cost,
            memory_cost=memory_kib,
            parallelism=1,
        )
        self._queue = Queue(AT_ONCE, QUEUE, PATIENCE)
        self._aside = ThreadPoolExecutor(AT_ONCE, "passwords", initializer=_step_aside)
        self._dummy = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """Return the argon2id hash of a password."""
        with self._queue.turn():
            return self._aside.submit(self._hasher.hash, password).result()

    def verify(self, stored: str | None, password: str) -> bool:
        """Tell whether a password fits; without a stored hash it is verified against a dummy and never fits.

        Who only ever signed in by the provider has an account without one ("").
        """
        try:
            with self._queue.turn():
                self._aside.submit(self._hasher.verify, stored or self._dummy, password).result()
        except (VerificationError, InvalidHashError):
            return False
        return bool(stored)

    def is_outdated(self, stored: str) -> bool:
        """Tell whether a hash was made with other parameters than those of today."""
        return self._hasher.check_needs_rehash(stored)


def passwords(memory_kib: int, time_cost: int) -> Passwords:
    """Return the one hasher of this process for these parameters."""
    return _of_process(os.getpid(), memory_kib, time_cost)


@lru_cache
def _of_process(_process: int, memory_kib: int, time_cost: int) -> Passwords:
    """Return one by the process too: a fork takes what waits along, and not the threads that it waits for."""
    return Passwords(memory_kib, time_cost)


def from_settings(settings: Settings) -> Passwords:
    """Return the hasher that the settings ask for."""
    return passwords(
        settings.argon2_memory_kib,
        settings.argon2_time_cost,
    )
