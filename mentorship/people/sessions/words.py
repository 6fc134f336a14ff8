"""Sentences about the end of a session."""

from __future__ import annotations

from datetime import timedelta

from mentorship.base.i18n import gettext, ngettext
from mentorship.people.sessions.rules import ENDED, IDLE

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def why(reason: str, limit: timedelta, longest: int) -> str:
    """Say why somebody was signed out; `limit`: how long a session lasts unused, `longest`: the hours it lasts."""
    if reason == ENDED:
        return gettext(
            "You were signed out here from somewhere else: on another device, by a new password, or by an admin."
        )
    if reason == IDLE:
        return _unused(limit)
    return ngettext(
        "You were signed out because you had been signed in for %(num)s hour.",
        "You were signed out because you had been signed in for %(num)s hours.",
        longest,
    )


def _unused(limit: timedelta) -> str:
    if limit % HOUR:
        return ngettext(
            "You were signed out because you did nothing here for %(num)s minute.",
            "You were signed out because you did nothing here for %(num)s minutes.",
            limit // MINUTE,
        )
    return ngettext(
        "You were signed out because you did nothing here for %(num)s hour.",
        "You were signed out because you did nothing here for %(num)s hours.",
        limit // HOUR,
    )
