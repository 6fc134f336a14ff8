"""Refusals: what a rule says when something may not be done, as a sentence that can be translated."""

from __future__ import annotations

from mentorship.base.i18n import gettext


class Refused(Exception):
    """A rule said no: `message` is an English sentence marked with `N_`, `params` fill its placeholders.

    `field` is the field of a form that the sentence belongs beside, "" when it is about the whole.
    """

    def __init__(self, message: str, field: str = "", **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.params = params

    def __str__(self) -> str:
        return gettext(self.message, **self.params)


class Conflict(Refused):
    """Somebody else was first; what the user saw is no longer so."""


class Later(Refused):
    """Not now: the same may be tried again after so many `seconds`."""

    def __init__(self, message: str, seconds: int, **params: object) -> None:
        super().__init__(message, "", **params)
        self.seconds = seconds


class TooSoon(Later):
    """There were too many tries; the same may be tried again after a while."""


class TooBusy(Later):
    """So many ask for the same work at once that it would stop everything else."""
