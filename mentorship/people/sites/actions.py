"""Verbs on sites: add, change, close and open again. They never commit."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, select

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import id_of, locked
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import About, Kept, keep, state
from mentorship.people import rules
from mentorship.people.access import Actor
from mentorship.people.models import Site


def add_site(session: Session, actor: Actor, *, name: str, region: str, now: datetime) -> Site:
    """Add a site."""
    _check_name(session, None, name)
    site = Site(name=name, region=region)
    session.add(site)
    session.flush()
    site_id = id_of(site)
    audit.record(
        session,
        now,
        actor.person_id,
        "add site",
        "site",
        site_id,
        name=name,
        region=region,
    )
    state(session, Kept("site", {"id": site_id}), About("add site", "site", site_id))
    return site


def change_site(
    session: Session,
    actor: Actor,
    site_id: int,
    *,
    name: str,
    region: str,
    seen: str,
    now: datetime,
) -> None:
    """Give a site another name or region; `seen` is how it was shown, as `rules.mark` has it."""
    site = _locked(session, site_id)
    before = site.name, site.region
    rules.check_seen(seen, *before)
    _check_name(session, site_id, name)
    after = name, region
    if before == after:
        return
    kept = keep(session, Site, id=site_id)
    site.name = name
    site.region = region
    audit.record(
        session,
        now,
        actor.person_id,
        "change site",
        "site",
        site_id,
        before=before,
        after=after,
    )
    state(session, kept, About("change site", "site", site_id))


def close_site(session: Session, actor: Actor, site_id: int, now: datetime) -> None:
    """Let nobody come to a site any more; who works there stays until somebody gives them another."""
    _set_closed(
        session,
        actor,
        site_id,
        local_date(now),
        now,
    )


def open_site(session: Session, actor: Actor, site_id: int, now: datetime) -> None:
    """Open a site again."""
    _set_closed(
        session,
        actor,
        site_id,
        None,
        now,
    )


def _set_closed(session: Session, actor: Actor, site_id: int, closed_on: date | None, now: datetime) -> None:
    site = _locked(session, site_id)
    if (site.closed_on is None) is (closed_on is None):
        return
    kept = keep(session, Site, id=site_id)
    site.closed_on = closed_on
    verb = "close site" if closed_on else "open site"
    audit.record(
        session,
        now,
        actor.person_id,
        verb,
        "site",
        site_id,
    )
    state(session, kept, About(verb, "site", site_id))


def _locked(session: Session, site_id: int) -> Site:
    site = locked(session, Site, site_id)
    if site is None:
        raise Refused(N_("This site is no longer there."))
    return site


def _check_name(session: Session, site_id: int | None, name: str) -> None:
    same_name = select(Site.id).where(func.lower(Site.name) == name.lower(), Site.id != site_id)
    if session.exec(same_name).first() is not None:
        raise Refused(N_("There is a site with this name already."), field="name")
