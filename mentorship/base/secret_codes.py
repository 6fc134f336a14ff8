"""Secrets that people or their devices hold: what is kept of one, and how one is written to be typed."""

from __future__ import annotations

import hashlib


def digest(secret: str) -> str:
    """Return what is kept of a code or token."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def in_groups(letters: str, between: str) -> str:
    """Write letters in groups of four, as people read and type them."""
    groups = [letters[start : start + 4] for start in range(0, len(letters), 4)]
    return between.join(groups)
