"""What is kept where others may look, and is read by the service alone: encrypted by its keys."""

from __future__ import annotations

import base64
import hmac
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12
"""Random bytes before each thing that is encrypted, so that no two are encrypted alike."""


def sealed(told: str, keys: Sequence[str], about: str) -> str:
    """Encrypt by the first of the keys of the service; what is sealed `about` one thing opens for no other.

    By AES-256 in GCM, under a key for this alone.
    """
    nonce = secrets.token_bytes(NONCE)
    kept = nonce + _vault(keys[0], about).encrypt(nonce, told.encode(), None)
    return base64.urlsafe_b64encode(kept).decode()


def opened(kept: str, keys: Sequence[str], about: str) -> str | None:
    """Return what was encrypted by any of these keys, None when by none of them."""
    try:
        whole = base64.urlsafe_b64decode(kept)
    except ValueError:
        return None
    nonce, closed = whole[:NONCE], whole[NONCE:]
    if len(nonce) < NONCE:
        return None
    for key in keys:
        try:
            return _vault(key, about).decrypt(nonce, closed, None).decode()
        except InvalidTag:
            continue
    return None


def _vault(key: str, about: str) -> AESGCM:
    return AESGCM(hmac.digest(key.encode(), f"leermaat {about}, AES-256-GCM".encode(), "sha256"))
