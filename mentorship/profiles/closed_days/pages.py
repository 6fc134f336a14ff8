"""Doors: the closed days of each site, for the coordinator and hr."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, locale, long_day, ngettext
from mentorship.people import access
from mentorship.people.access import Actor
from mentorship.people.account import guard
from mentorship.people.models import Site
from mentorship.people.sites.queries import open_sites, site_subject
from mentorship.profiles.closed_days import actions, holidays, queries, rules
from mentorship.profiles.closed_days.forms import DayForm, YearForm
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("closed_days", __name__, url_prefix="/closed-days")


@dataclass(frozen=True)
class Holiday:
    """A public holiday of a site, and whether it works on it."""

    day: str
    title: str
    works: bool


@dataclass(frozen=True)
class OwnDay:
    """A day of its own on which a site is closed."""

    day: str
    title: str
    url: str


@dataclass(frozen=True)
class SiteCard:
    """A site with the closed days of a year, and what was wrong with a day that was typed."""

    id: int
    name: str
    told: str
    holidays: list[Holiday]
    own: list[OwnDay]
    wrong: Mistake
    open: bool


@blueprint.get("")
@guard.allow(access.KEEP_ROSTERS)
def index() -> Page:
    """List the closed days of a year, site by site."""
    return _index()


def _index(wrong: Mistake = NOTHING_WRONG) -> Page:
    year = _year()
    sites = open_sites(db())
    own = queries.exceptions(db(), date(year, 1, 1), date(year, 12, 31))
    cards = []
    for site in sites:
        card = _card(site, year, own.get(id_of(site), {}), wrong.of(str(site.id)))
        cards.append(card)
    return render_form(
        "profiles/closed_days/index.html",
        wrong,
        heading=_heading(cards, year),
        cards=cards,
        year=year,
        years=rules.years(local_date(now())),
    )


def _year() -> int:
    years = rules.years(local_date(now()))
    asked = request.args.get("year", "")
    for year in years:
        if str(year) == asked:
            return year
    return years[0]


def _heading(cards: list[SiteCard], year: int) -> str:
    if not cards:
        return gettext("No sites yet")
    if len(cards) == 1:
        return gettext("%(site)s in %(year)s: %(told)s", site=cards[0].name, year=year, told=cards[0].told)
    return ngettext(
        "The closed days of %(num)s site in %(year)s",
        "The closed days of %(num)s sites in %(year)s",
        len(cards),
        year=year,
    )


def _card(site: Site, year: int, own: dict[date, bool], wrong: Mistake) -> SiteCard:
    public = holidays.of_region(site.region, year, locale())
    shown = []
    for day, name in public.items():
        title = gettext("%(day)s: %(name)s", day=long_day(day), name=name)
        holiday = Holiday(
            day=day.isoformat(),
            title=title,
            works=own.get(day) is False,
        )
        shown.append(holiday)
    beside = {day: closed for day, closed in own.items() if day not in public}
    closed = _own_days(id_of(site), beside)
    number = len(closed) + sum(not one.works for one in shown)
    return SiteCard(
        id=id_of(site),
        name=site.name,
        told=ngettext("%(num)s closed day", "%(num)s closed days", number),
        holidays=shown,
        own=closed,
        wrong=wrong,
        open=bool(wrong) or request.args.get("open") == str(site.id),
    )


def _own_days(site_id: int, own: dict[date, bool]) -> list[OwnDay]:
    """Return the days on which a site is closed beside the public holidays."""
    found = []
    for day, closed in sorted(own.items()):
        if closed:
            url = url_for("closed_days.reopen", site_id=site_id, year=day.year)
            found.append(OwnDay(day.isoformat(), long_day(day), url))
    return found


def _back(site_id: int, year: int) -> Response:
    return done(gettext("Saved."), "closed_days.index", year=year, open=site_id, _anchor=f"s{site_id}")


@blueprint.post("/<id:site_id>/holidays")
@guard.allow(access.KEEP_ROSTERS, of=site_subject)
def works(site_id: int) -> Page:
    """Save on which public holidays a site works."""
    fields = sent("works")
    try:
        form = YearForm.read(fields)
        actions.work_on(
            db(),
            guard.actor(),
            site_id,
            form.year,
            form.works,
            now(),
        )
    except MISTAKES as failure:
        return _index(mistake(failure, fields, str(site_id)))
    return _back(site_id, form.year)


@blueprint.post("/<id:site_id>/close")
@guard.allow(access.KEEP_ROSTERS, of=site_subject)
def close(site_id: int) -> Page:
    """Close a site on a day."""
    return _on_a_day(site_id, actions.close_on)


@blueprint.post("/<id:site_id>/open")
@guard.allow(access.KEEP_ROSTERS, of=site_subject)
def reopen(site_id: int) -> Page:
    """Open a site again on a day."""
    return _on_a_day(site_id, actions.open_on)


def _on_a_day(site_id: int, verb: Callable[[Session, Actor, int, date, datetime], None]) -> Page:
    fields = sent()
    try:
        form = DayForm.read(fields)
        verb(
            db(),
            guard.actor(),
            site_id,
            form.day,
            now(),
        )
    except MISTAKES as failure:
        return _index(mistake(failure, fields, str(site_id)))
    return _back(site_id, form.day.year)
