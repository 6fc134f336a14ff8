"""Who shows their path, as a list for the coordinator and, of their own people, for a manager."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from mentorship.base.i18n import N_, gettext
from mentorship.base.lists import Column, Filter, Listing, View
from mentorship.growth.models import JobProfile
from mentorship.growth.path.models import PathChosen
from mentorship.people import managers, queries
from mentorship.people.models import Person


@dataclass(frozen=True)
class Shown:
    """A path that somebody shows: whose, where they work, and to which job."""

    person: Person
    site: str
    job: JobProfile


def listing(session: Session) -> Listing:
    """Return the paths that are shown as a list."""
    sites = [(str(site.id), site.name) for site in queries.sites(session)]
    return Listing(
        key="paths",
        title=N_("Shown paths"),
        columns=(
            Column("name", N_("Name"), lambda row: row.person.name, fixed=True),
            Column("site", N_("Site"), lambda row: row.site),
            Column("job", N_("Grows towards"), lambda row: row.job.title),
        ),
        filters=(Filter("site", gettext("Site"), sites),),
        search=gettext("Name or personnel number"),
    )


def _fitting(manager_id: int | None, view: View) -> Any:
    query = (
        select(Person, JobProfile)
        .join(PathChosen, col(PathChosen.person_id) == Person.id)
        .join(JobProfile, col(JobProfile.id) == PathChosen.profile_id)
        .where(col(PathChosen.shown), col(Person.left_on).is_(None), *queries.named(view.text))
    )
    if manager_id is not None:
        query = query.where(col(Person.id).in_(managers.below(manager_id)))
    if sites := view.ids("site"):
        query = query.where(col(Person.site_id).in_(sites))
    return query


def count(session: Session, manager_id: int | None, view: View) -> int:
    """Count the paths that fit."""
    fitting = _fitting(manager_id, view).with_only_columns(PathChosen.person_id).subquery()
    return session.exec(select(func.count()).select_from(fitting)).one()


def rows(session: Session, manager_id: int | None, view: View) -> list[Shown]:
    """Return the paths of a view, by name."""
    name = func.lower(JobProfile.name)
    query = _fitting(manager_id, view).order_by(*queries.BY_NAME, name)
    sites = queries.site_names(session)
    found = session.exec(query.offset(view.offset).limit(view.limit))
    return [Shown(person, sites[person.site_id], job) for person, job in found]
