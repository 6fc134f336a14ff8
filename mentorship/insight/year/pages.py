"""Doors: a year ahead, and how many newcomers are expected, for the coordinator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, request

from mentorship.base.clock import local_date
from mentorship.base.i18n import gettext, month
from mentorship.insight.year import actions, queries, rules, words
from mentorship.insight.year.forms import ExpectForm
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.sites.queries import open_sites
from mentorship.profiles import queries as profiles
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("year", __name__, url_prefix="/insight/year")


@dataclass(frozen=True)
class ExpectedLine:
    """Newcomers who are expected, as they stand on the page."""

    month: str
    name: str
    site_id: int
    site: str
    domain_id: int
    domain: str
    number: int


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Page:
    """Show the coming year month by month, of everybody, of a site or of a domain."""
    return _index()


def _index(wrong: Mistake = NOTHING_WRONG) -> Page:
    today = local_date(now())
    sites = people.site_names(db())
    domains = profiles.domain_names(db())
    site_id = _chosen("of-site", sites)
    domain_id = _chosen("of-domain", domains)
    found = queries.year(db(), today, site_id, domain_id)
    return render_form(
        "insight/year/index.html",
        wrong,
        heading=words.heading(found.months),
        lines=words.lines(found.months),
        endless=words.endless(found.endless) if found.endless else "",
        sites=list(sites.items()),
        open_sites=[(site.id, site.name) for site in open_sites(db())],
        domains=list(domains.items()),
        everywhere=("", gettext("All")),
        site_id=site_id or "",
        domain_id=domain_id or "",
        months=list(_months(today).items()),
        expected=_expected(today, sites, domains),
    )


def _chosen(name: str, known: dict[int, str]) -> int | None:
    """Return what the address chooses of these; None for all."""
    asked = request.args.get(name, "")
    for key in known:
        if str(key) == asked:
            return key
    return None


def _months(today: date) -> dict[str, str]:
    return {day.isoformat(): month(day) for day in rules.months(today)[1:]}


def _expected(today: date, sites: dict[int, str], domains: dict[int, str]) -> list[ExpectedLine]:
    coming = _months(today)
    found = []
    for one in queries.expected(db()):
        key = one.month.isoformat()
        if key in coming:
            line = ExpectedLine(
                key,
                coming[key],
                one.site_id,
                sites[one.site_id],
                one.domain_id,
                domains[one.domain_id],
                one.number,
            )
            found.append(line)
    return found


@blueprint.post("")
@guard.allow(access.COORDINATE)
def expect() -> Page:
    """Keep how many newcomers are expected."""
    fields = sent()
    try:
        form = ExpectForm.read(fields)
        actions.expect(
            db(),
            guard.actor(),
            form.site,
            domain_id=form.domain,
            month=form.month,
            number=form.number,
            now=now(),
        )
    except MISTAKES as failure:
        return _index(mistake(failure, fields))
    return done(gettext("Saved."), "year.index", _anchor="expected")
