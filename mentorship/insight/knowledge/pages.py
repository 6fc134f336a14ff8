"""Doors: the knowledge map, its five years, and the sheets of it, for the coordinator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, url_for
from werkzeug.wrappers import Response

from mentorship.base.i18n import gettext
from mentorship.base.lists import Listing, View
from mentorship.insight.knowledge import drawings, listed, one_words, places, queries, rules, whole, words
from mentorship.insight.knowledge.facts import Facts
from mentorship.insight.knowledge.listed import Line
from mentorship.insight.knowledge.one import ASKED_AT_ONCE, one
from mentorship.insight.knowledge.places import SiteRow
from mentorship.insight.knowledge.pressing import firsts
from mentorship.insight.knowledge.rules import Row
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.looks.guard import look_at, shows
from mentorship.people.looks.models import KNOWLEDGE
from mentorship.people.views.queries import saved
from mentorship.web import lists
from mentorship.web.page import Page, paging, render
from mentorship.web.request import db, now

blueprint = Blueprint("knowledge", __name__, url_prefix="/insight/knowledge")
DOORS = lists.Doors("knowledge.index", "knowledge.csv", "knowledge.xlsx")


@dataclass(frozen=True)
class Read:
    """The map as the address asks for it: of everybody or of a site, all of it and what is shown."""

    facts: Facts
    listing: Listing
    view: View
    rows: list[Row]
    shown: list[Row]

    @property
    def site(self) -> str:
        """Return the site that is chosen; "" for all."""
        chosen = self.view.ids("site")
        return self.facts.sites[chosen[0]] if chosen else ""

    def lines(self) -> list[Line]:
        """Return what is shown as it stands on the page."""
        return listed.lines(self.shown, self.facts.today)


def _read() -> Read:
    facts = queries.gathered(db(), now())
    listing = listed.listing(people.sites(db()))
    view = lists.read(listing)
    for site_id in view.ids("site"):
        facts = facts.of_site(site_id)
    rows = rules.rows(facts)
    return Read(facts, listing, view, rows, listed.chosen(rows, view))


@blueprint.get("")
@guard.allow(access.SEE_KNOWLEDGE)
def index() -> Page:
    """Show the coordinator which domains run dry first and what to do; managers how few hold each, of nobody."""
    return _map() if guard.actor().has(access.COORDINATOR) else _positions()


def _positions() -> Page:
    found = whole.positions(db(), now())
    return render(
        "insight/knowledge/line.html",
        heading=whole.heading(found),
        told=whole.told(db()),
        lines=found,
    )


def _map() -> Page:
    made = _read()
    pages = paging(len(made.shown), max(len(made.shown), 1))
    first = rules.first_of_all(made.rows)
    high, low = listed.folded(made.lines())
    critical = rules.critical(made.rows)
    return render(
        "insight/knowledge/index.html",
        list=lists.page(
            made.listing,
            made.view,
            pages,
            DOORS,
            _presets(made),
            saved(db(), guard.actor().person_id, made.listing.key),
        ),
        found=high,
        folded=low,
        heading=words.heading(made.rows),
        brief=words.brief(made.rows, first, made.facts.today, made.site),
        first=first,
        years=_years(critical, made),
        leaning=words.leaning(made.rows),
        firsts=firsts(db(), made.rows),
        key=_key(),
        counted=words.how_it_is_counted(made.facts.bands),
        low=words.low_ones(len(low)),
    )


@dataclass(frozen=True)
class YearsBox:
    """The five years as a box: its finding, of what it is, what it leaves out, and the picture."""

    title: str
    note: str
    careful: str
    picture: drawings.Years


def _years(critical: Sequence[Row], made: Read) -> YearsBox | None:
    outlook = rules.together(critical)
    if not outlook.now:
        return None
    return YearsBox(
        words.chart_title(outlook),
        words.chart_note(critical),
        words.careful(critical),
        drawings.years(outlook, made.facts.today.year),
    )


def _presets(made: Read) -> list[lists.Preset]:
    site = {"site": made.view.chosen("site")} if made.site else {}
    return [
        lists.Preset(gettext("All domains"), site, len(made.rows)),
        lists.Preset(
            gettext("Critical domains"),
            site | {"critical": (listed.CRITICAL,)},
            len(rules.critical(made.rows)),
        ),
    ]


def _key() -> list[tuple[str, str, str]]:
    return [(*words.GLYPHS[key], gettext(said)) for key, said in reversed(words.STAYS.items())]


@blueprint.get("/sites")
@guard.allow(access.COORDINATE)
def sites() -> Page:
    """Show how many hold each domain at each site."""
    facts = queries.gathered(db(), now())
    found = places.table(facts)
    return render(
        "insight/knowledge/sites.html",
        heading=places.heading(found),
        sites=[name for _key, name in places.in_order(facts)],
        rows=found,
        sheets={"csv": url_for("knowledge.sites_csv"), "xlsx": url_for("knowledge.sites_xlsx")},
    )


@blueprint.get("/sites.csv")
@guard.allow(access.COORDINATE, again=True)
def sites_csv() -> Response:
    """Download how many hold each domain at each site."""
    return lists.csv(*_sites_sheet())


@blueprint.get("/sites.xlsx")
@guard.allow(access.COORDINATE, again=True)
def sites_xlsx() -> Response:
    """Download the same as a workbook."""
    return lists.xlsx(*_sites_sheet())


def _sites_sheet() -> tuple[Listing, View, list[SiteRow], str]:
    facts = queries.gathered(db(), now())
    listing = places.listing(facts)
    view = View(columns=listing.shown_at_first())
    return listing, view, places.table(facts), "knowledge-sites"


@blueprint.get("/map.csv")
@guard.allow(access.COORDINATE, again=True)
def csv() -> Response:
    """Download what the map shows."""
    made = _read()
    return lists.csv(made.listing, made.view, made.lines(), "knowledge")


@blueprint.get("/map.xlsx")
@guard.allow(access.COORDINATE, again=True)
def xlsx() -> Response:
    """Download the same as a workbook."""
    made = _read()
    return lists.xlsx(made.listing, made.view, made.lines(), "knowledge")


@blueprint.get("/<id:domain_id>")
@guard.allow(access.COORDINATE)
@shows(KNOWLEDGE)
def domain(domain_id: int) -> Page:
    """Show who holds a domain, who grows in it, and whom one could ask to; who looked is kept."""
    facts = queries.gathered(db(), now())
    rows = [row for row in rules.rows(facts) if row.field.domain_id == domain_id]
    if not rows:
        abort(404)
    found = one(db(), facts, rows[0])
    look_at(guard.actor(), found.people(), KNOWLEDGE)
    (line,) = listed.lines(rows, facts.today)
    return render(
        "insight/knowledge/domain.html",
        line=line,
        found=found,
        heading=one_words.heading(rows[0]),
        brief=one_words.brief(rows[0], facts.today),
        growing_title=one_words.growing_title(rows[0]),
        could_title=one_words.could_title(len(found.could), len(found.could) == ASKED_AT_ONCE),
        pair_url=url_for("direct.index"),
    )
