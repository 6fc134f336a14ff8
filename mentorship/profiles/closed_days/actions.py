"""Verbs on closed days: work on a public holiday, close on another day, open on it again. They never commit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import locked
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import About, keep, state
from mentorship.people.access import Actor
from mentorship.people.models import Site
from mentorship.profiles.closed_days import holidays, rules
from mentorship.profiles.closed_days.models import ClosedDay

SUBJECT = "site"


def close_on(session: Session, actor: Actor, site_id: int, day: date, now: datetime) -> None:
    """Close a site on a day."""
    rules.check_year(day.year, local_date(now))
    _keep_otherwise(session, actor, site_id, {day: True}, "close on a day", now)


def open_on(session: Session, actor: Actor, site_id: int, day: date, now: datetime) -> None:
    """Let a site be open on a day on which it was to be closed, beside the public holidays."""
    _keep_otherwise(session, actor, site_id, {day: None}, "open on a day", now)


def work_on(session: Session, actor: Actor, site_id: int, year: int, works: Collection[date], now: datetime) -> None:
    """Let a site work on exactly these public holidays of a year."""
    rules.check_year(year, local_date(now))
    site = _locked(session, site_id)
    otherwise: dict[date, bool | None] = {}
    for day in holidays.of_region(site.region, year):
        otherwise[day] = False if day in works else None
    _keep_otherwise(session, actor, site_id, otherwise, "work on holidays", now)


def _keep_otherwise(
    session: Session,
    actor: Actor,
    site_id: int,
    otherwise: dict[date, bool | None],
    verb: str,
    now: datetime,
) -> None:
    """Keep days otherwise than the region: closed (True), at work (False), or (None) no longer otherwise."""
    _locked(session, site_id)
    kept = keep(session, ClosedDay, site_id=site_id)
    these = col(ClosedDay.day).in_(otherwise)
    session.exec(delete(ClosedDay).where(col(ClosedDay.site_id) == site_id, these))
    for day, closed in otherwise.items():
        if closed is not None:
            row = ClosedDay(
                site_id=site_id,
                day=day,
                closed=closed,
            )
            session.add(row)
    session.flush()
    said = {day.isoformat(): closed for day, closed in otherwise.items()}
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        SUBJECT,
        site_id,
        days=said,
    )
    state(session, kept, About(verb, SUBJECT, site_id))


def _locked(session: Session, site_id: int) -> Site:
    site = locked(session, Site, site_id)
    if site is None:
        raise Refused(N_("This site is no longer there."))
    return site
