"""Secrets that people or their devices hold: what is kept of one, and how one is written to be typed."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from urllib.parse import urlencode

ABOUT = b"leermaat code"
_keys: list[str] = []
"""The keys of the service that this process belongs to."""


def seal_by(keys: Sequence[str]) -> None:
    """Seal codes by the first of these keys from now on, and know those sealed by any of them."""
    given = [key for key in keys if key]
    if given:
        _keys[:] = given


def digest(secret: str) -> str:
    """Return what is kept of a secret that is too long to be guessed."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def sealed(code: str) -> str:
    """Return what is kept of a code that people type: who has the database alone cannot find it by trying all."""
    if not _keys:
        return digest(code)  # a command in a shell that knows no key
    return _sealed(code, _keys[0])


def seals(code: str) -> list[str]:
    """Return all that may be kept of a code: by the key of now, by those of before, and of when there was none."""
    found = [_sealed(code, key) for key in _keys]
    found.append(digest(code))
    return found


def _sealed(code: str, key: str) -> str:
    own = hmac.digest(
        key.encode(),
        ABOUT,
        "sha256",
    )
    told = code.encode("utf-8", "replace")
    return hmac.digest(own, told, "sha256").hex()


def in_groups(letters: str, between: str) -> str:
    """Write letters in groups of four, as people read and type them."""
    groups = [letters[start : start + 4] for start in range(0, len(letters), 4)]
    return between.join(groups)


def filled_in(page: str, **values: str) -> str:
    """Return the address of a page that fills in these values.

    They stand behind the `#`, where a browser keeps them to itself: no log holds them.
    """
    return f"{page}#{urlencode(values)}"
