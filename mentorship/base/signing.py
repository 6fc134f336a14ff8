"""Signing with the moment of it: what was signed by a host whose clock is ahead of ours is not too old for us."""

from __future__ import annotations

from typing import Any

from itsdangerous import SignatureExpired, TimestampSigner

EXPIRED = "signed %s seconds ago, which is longer than %s"


class HostSigner(TimestampSigner):
    """Takes what was signed lately by any host: also "in the future", for ours may be behind by a second or more."""

    def unsign(self, signed_value: str | bytes, max_age: int | None = None, return_timestamp: bool = False) -> Any:
        """Return what was signed, refusing what was changed or is older than `max_age` seconds."""
        value, signed_at = super().unsign(
            signed_value,
            return_timestamp=True,
        )
        then = int(signed_at.timestamp())
        age = self.get_timestamp() - then
        if max_age is not None and age > max_age:
            raise SignatureExpired(
                EXPIRED % (age, max_age),
                payload=value,
                date_signed=signed_at,
            )
        if return_timestamp:
            return value, signed_at
        return value
