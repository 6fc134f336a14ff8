"""Reads of the programme settings."""

from __future__ import annotations

from sqlmodel import Session

from mentorship.programme import rules
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


def lacking(session: Session) -> list[str]:
    """Return what the set-up of the programme still needs before anything is published."""
    settings = programme(session)
    return rules.missing(
        settings.works_council_on,
        settings.no_works_council,
        settings.dpia_on,
        settings.visibility,
    )
