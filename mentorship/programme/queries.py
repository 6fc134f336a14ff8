"""Reads of the programme settings."""

from __future__ import annotations

from sqlmodel import Session, col, select

from mentorship.base.settled import settled
from mentorship.programme import rules
from mentorship.programme.models import Programme, VisibilityPeriod
from mentorship.programme.rules import Contact, Period, Visibility


@settled
def programme(session: Session) -> Programme:
    """Return the settings (the row that the schema comes with)."""
    found = session.get(Programme, 1)
    if found is None:
        raise LookupError("the programme settings are missing: run `mentorship migrate`")
    session.info["programme"] = found  # held on to, so that a page reads it once
    return found


def whom_to_ask(session: Session) -> Contact | None:
    """Return whom people ask when something is not clear, None while nobody is named."""
    settings = programme(session)
    if not settings.contact_name:
        return None
    return Contact(
        settings.contact_name,
        settings.contact_reach,
        rules.contact_link(settings.contact_reach),
    )


def visibility(session: Session) -> Visibility:
    """Return what managers may see of check-ins, since when, and when that held before."""
    settings = programme(session)
    periods = earlier_periods(session)
    return Visibility(
        settings.visibility,
        settings.visibility_since,
        tuple(periods.get(settings.visibility or "", ())),
        tuple(periods.get(rules.AGGREGATES, ())),
    )


@settled
def earlier_periods(session: Session) -> dict[str, list[Period]]:
    """Return when each choice of what managers may see held before the present one, the oldest first."""
    query = select(VisibilityPeriod).order_by(col(VisibilityPeriod.id))
    found: dict[str, list[Period]] = {}
    for row in session.exec(query):
        period = Period(row.since, row.until)
        found.setdefault(row.visibility, []).append(period)
    return found


def lacking(session: Session) -> list[str]:
    """Return what the set-up of the programme still needs before anything is published."""
    settings = programme(session)
    return rules.missing(
        settings.works_council_on,
        settings.no_works_council,
        settings.dpia_on,
        settings.visibility,
    )
