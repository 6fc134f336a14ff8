"""What is kept of a device, and for how long."""

from __future__ import annotations

import hashlib
from datetime import timedelta

KEPT = timedelta(days=365)
"""A device is known for so long after it was last used to sign in."""
LONGEST = 100


def token_hash(token: str) -> str:
    """Return what is kept of the secret of a device."""
    return hashlib.sha256(token[:LONGEST].encode("utf-8", "replace")).hexdigest()
