"""Password hashes by argon2id, with a dummy so that an unknown name takes as long as a wrong password."""

from __future__ import annotations

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from mentorship.base.config import Settings


class Passwords:
    """Hashes and verifies with the parameters of the settings."""

    def __init__(self, memory_kib: int, time_cost: int) -> None:
        self._hasher = PasswordHasher(
            time_cost=time_cost,
            memory_cost=memory_kib,
            parallelism=1,
        )
        self._dummy = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """Return the argon2id hash of a password."""
        return self._hasher.hash(password)

    def verify(self, stored: str | None, password: str) -> bool:
        """Tell whether a password fits; without a stored hash it is verified against a dummy and never fits."""
        try:
            self._hasher.verify(stored or self._dummy, password)
        except (VerificationError, InvalidHashError):
            return False
        return stored is not None


@lru_cache
def passwords(memory_kib: int, time_cost: int) -> Passwords:
    """Return the one hasher for these parameters."""
    return Passwords(memory_kib, time_cost)


def from_settings(settings: Settings) -> Passwords:
    """Return the hasher that the settings ask for."""
    return passwords(
        settings.argon2_memory_kib,
        settings.argon2_time_cost,
    )
