"""Reads of sites: with how many people work there, and whose they are to change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.people import queries
from mentorship.people.access import Subject
from mentorship.people.models import Person, Site


@dataclass(frozen=True)
class ListedSite:
    """A site with how many people work there."""

    site: Site
    people: int


def listed(session: Session) -> list[ListedSite]:
    """Return all sites by name, those that are open first."""
    here = select(Person.site_id, func.count()).where(col(Person.left_on).is_(None))
    counted = session.exec(here.group_by(col(Person.site_id)))
    people = dict(counted.all())
    found = [ListedSite(site, people.get(id_of(site), 0)) for site in queries.sites(session)]
    found.sort(key=lambda line: line.site.closed_on is not None)
    return found


def site_subject(session: Session, site_id: int) -> Subject | None:
    """Return a subject that nobody owns; None when there is no such site."""
    return Subject() if session.get(Site, site_id) else None


def open_sites(session: Session, also: int | None = None) -> Sequence[Site]:
    """Return the sites to which somebody can come, by name, and the one where they are."""
    found = []
    for site in queries.sites(session):
        if site.closed_on is None or site.id == also:
            found.append(site)
    return found
