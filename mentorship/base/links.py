"""Signed links: a value that only we can have written, good for one purpose and for a limited time."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer

from mentorship.base.config import Settings
from mentorship.base.signing import HostSigner


class _Signer(HostSigner):
    """Signs at a moment that it is told, for rules never read the clock."""

    def __init__(self, *args: Any, moment: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self._moment = int(moment.timestamp())

    def get_timestamp(self) -> int:
        """Return the moment of signing or reading."""
        return self._moment


def _serializer(settings: Settings, purpose: str, now: datetime) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        settings.secret_keys[::-1],  # the last one signs
        salt=f"leermaat {purpose}",
        signer=_Signer,
        signer_kwargs={"moment": now, "digest_method": hashlib.sha256},
    )


def sign(settings: Settings, purpose: str, value: object, now: datetime) -> str:
    """Return a token that holds `value`, readable by anybody, which `read` accepts for this purpose only."""
    token = _serializer(settings, purpose, now).dumps(value)
    return str(token)


def read(settings: Settings, purpose: str, token: str, now: datetime, lasts: timedelta) -> Any:
    """Return the value of a token; None when we did not sign it, not for this purpose, or too long ago."""
    seconds = int(lasts.total_seconds())
    try:
        return _serializer(settings, purpose, now).loads(token, max_age=seconds)
    except (BadData, ValueError):
        return None
