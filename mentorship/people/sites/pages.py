"""Doors: the sites, to add, to change, to close and to open again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, request
from werkzeug.wrappers import Response

from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, ngettext
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.people.models import HOME_REGION
from mentorship.people.rules import mark
from mentorship.people.sites import actions, queries
from mentorship.people.sites.forms import SiteForm
from mentorship.people.sites.queries import ListedSite
from mentorship.people.sites.rules import REGIONS
from mentorship.people.sites.words import REGION_NAMES
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, choices, done, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("sites", __name__, url_prefix="/sites")

ADDED = "added"
"""What a mistake is about that was made in adding a site; else it is the id of a site."""


@dataclass(frozen=True)
class SiteCard:
    """A site as it stands on the page, with its form: what it held when shown, and what was typed."""

    id: int
    name: str
    told: str
    people: int
    closed_on: date | None
    seen: str
    wrong: Mistake
    values: dict[str, str]


@blueprint.get("")
@guard.allow(access.MANAGE_PEOPLE)
def index() -> Page:
    """List the sites."""
    return _index()


def _index(wrong: Mistake = NOTHING_WRONG) -> Page:
    found = queries.listed(db())
    adding = wrong.of(ADDED)
    return render_form(
        "people/sites/index.html",
        wrong,
        heading=_heading(found),
        opened=bool(adding) or not found or request.args.get("open") == "add",
        added=adding,
        added_values={"region": HOME_REGION, **adding.values},
        cards=[_card(line, wrong.of(str(line.site.id))) for line in found],
        regions=choices(REGIONS, REGION_NAMES),
    )


def _heading(found: list[ListedSite]) -> str:
    open_ones = [line for line in found if line.site.closed_on is None]
    if not open_ones:
        return gettext("No sites yet")
    people = sum(line.people for line in open_ones)
    return gettext(
        "%(people)s at %(sites)s",
        people=ngettext("%(num)s person", "%(num)s people", people),
        sites=ngettext("%(num)s site", "%(num)s sites", len(open_ones)),
    )


def _card(line: ListedSite, wrong: Mistake) -> SiteCard:
    site = line.site
    people = ngettext("%(num)s person", "%(num)s people", line.people)
    region = gettext(REGION_NAMES.get(site.region, site.region))
    return SiteCard(
        id=id_of(site),
        name=site.name,
        told=f"{people} · {region}",
        people=line.people,
        closed_on=site.closed_on,
        seen=mark(site.name, site.region),
        wrong=wrong,
        values={"name": site.name, "region": site.region, **wrong.values},
    )


@blueprint.post("")
@guard.allow(access.MANAGE_PEOPLE)
def add() -> Page:
    """Add a site."""
    fields = sent()
    try:
        form = SiteForm.read(fields)
        actions.add_site(
            db(),
            guard.actor(),
            name=form.name,
            region=form.region,
            now=now(),
        )
    except MISTAKES as failure:
        return _index(mistake(failure, fields, ADDED))
    return done(gettext("%(site)s is added.", site=form.name), "sites.index")


@blueprint.post("/<id:site_id>")
@guard.allow(access.MANAGE_PEOPLE, of=queries.site_subject)
def change(site_id: int) -> Page:
    """Give a site another name or region."""
    fields = sent()
    seen = fields.pop("seen", "")
    try:
        form = SiteForm.read(fields)
        actions.change_site(
            db(),
            guard.actor(),
            site_id,
            name=form.name,
            region=form.region,
            seen=seen,
            now=now(),
        )
    except MISTAKES as failure:
        return _index(mistake(failure, fields, str(site_id)))
    return done(gettext("Saved."), "sites.index", _anchor=f"s{site_id}")


@blueprint.post("/<id:site_id>/close")
@guard.allow(access.MANAGE_PEOPLE, of=queries.site_subject)
def close(site_id: int) -> Response:
    """Let nobody come to a site any more."""
    actions.close_site(db(), guard.actor(), site_id, now())
    return done(gettext("Closed: nobody can be put there any more."), "sites.index", _anchor=f"s{site_id}")


@blueprint.post("/<id:site_id>/open")
@guard.allow(access.MANAGE_PEOPLE, of=queries.site_subject)
def open_again(site_id: int) -> Response:
    """Open a site again."""
    actions.open_site(db(), guard.actor(), site_id, now())
    return done(gettext("Open again."), "sites.index", _anchor=f"s{site_id}")
