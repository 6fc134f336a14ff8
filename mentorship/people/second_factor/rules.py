"""Pure decisions about the second factor: which code fits, who must have one, how its secret is kept."""

from __future__ import annotations

import base64
import hmac
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from pyotp import HOTP, TOTP

from mentorship.base import vault
from mentorship.base.secret_codes import digest, in_groups
from mentorship.people.access import ADMIN, COORDINATOR

ISSUER = "Leermaat"
STEP = timedelta(seconds=30)
CLOCK_OFF = (-1, 0, 1)
"""A code of the half minute before or after fits too: clocks differ, and typing takes time."""
DIGITS = 6
SEALED = "second factor"
RECOVERY_CODES = 10
STEP_LASTS = timedelta(minutes=10)
"""So long after the password the code may come."""
MUST_HAVE = frozenset({COORDINATOR, ADMIN})
LEAST_WITH = 8
"""The characters of a password, where a second factor is asked as well."""


def must_have(roles: Collection[str], *, required: bool, by_provider: bool = False) -> bool:
    """Tell whether who holds these roles may do nothing without a second factor, where the settings require one.

    Who was signed in by the organisation's own provider is let off: what it asks is up to the organisation, which can
    have us insist on it (MENTORSHIP_OIDC_ACR).
    """
    return required and not by_provider and bool(MUST_HAVE.intersection(roles))


def new_secret() -> str:
    """Make the secret of an app: 160 random bits."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def address(secret: str, name: str) -> str:
    """Return what the QR code holds: the address by which an app takes up a secret."""
    return TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def fitting_step(secret: str, typed: str, now: datetime) -> int | None:
    """Return the half minute whose code was typed, None when that is none of those around now."""
    bare = "".join(typed.split())
    if len(bare) != DIGITS or not bare.isascii():
        return None
    here = int(now.timestamp()) // int(STEP.total_seconds())
    codes = HOTP(secret)
    found = None
    for off in CLOCK_OFF:
        step = here + off
        if hmac.compare_digest(codes.at(step), bare):
            found = step
    return found


def new_recovery_codes() -> list[str]:
    """Make the codes for when the app is gone, of 120 random bits each: too many to seal by a key that changes."""
    found = []
    for _ in range(RECOVERY_CODES):
        letters = base64.b32encode(secrets.token_bytes(15)).decode()
        found.append(in_groups(letters, " "))
    return found


def recovery_digest(typed: str) -> str:
    """Return what is kept of a code on paper; spaces, dashes and case do not matter."""
    bare = "".join(filter(str.isalnum, typed.upper()))
    return digest(bare)


def sealed(secret: str, keys: Sequence[str]) -> str:
    """Encrypt a secret by the first of the keys of the service, so that the database alone does not tell it."""
    return vault.sealed(secret, keys, SEALED)


def opened(kept: str, keys: Sequence[str]) -> str | None:
    """Return a secret that was encrypted by any of these keys, None when by none of them."""
    return vault.opened(kept, keys, SEALED) or _opened_as_before(kept, keys)


def _opened_as_before(kept: str, keys: Sequence[str]) -> str | None:
    """Return a secret that an earlier version encrypted, by Fernet: AES-128 in CBC under a MAC."""
    vaults = []
    for key in keys:
        own = hmac.digest(key.encode(), b"leermaat second factor", "sha256")
        vaults.append(Fernet(base64.urlsafe_b64encode(own)))
    try:
        return MultiFernet(vaults).decrypt(kept.encode()).decode()
    except InvalidToken:
        return None
