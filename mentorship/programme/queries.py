"""Reads of the programme settings."""

from __future__ import annotations

from sqlmodel import Session

from mentorship.programme.models import Programme
from mentorship.programme.rules import Visibility


def programme(session: Session) -> Programme:
    """Return the settings (the row that the schema comes with)."""
    found = session.get(Programme, 1)
    if found is None:
        raise LookupError("the programme settings are missing: run `mentorship migrate`")
    return found


def visibility(session: Session) -> Visibility:
    """Return what managers may see of check-ins, and since when."""
    settings = programme(session)
    return Visibility(settings.visibility, settings.visibility_since)
