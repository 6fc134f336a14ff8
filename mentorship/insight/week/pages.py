"""Doors: a team's week on a page, on paper and as sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.i18n import gettext
from mentorship.base.lists import Listing, View
from mentorship.insight.week import queries, rows, rules, words
from mentorship.insight.week.queries import GUIDES, LEARNS, Scope
from mentorship.insight.week.rows import PersonWeek, SheetRow
from mentorship.insight.week.words import Counts
from mentorship.mentorships.hours.rules import week_of
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.models import Person, Site
from mentorship.people.views.queries import saved
from mentorship.web import lists
from mentorship.web.list_links import Links
from mentorship.web.page import Page, paging, render
from mentorship.web.request import db, now

blueprint = Blueprint("week", __name__, url_prefix="/week")

DOORS = lists.Doors("week.index", "week.csv", "week.xlsx")
MOST_ON_PAPER = 1000


@dataclass(frozen=True)
class Asked:
    """What the reader asks for, within what they may see: `listing` as it is before anything was read."""

    listing: Listing
    view: View
    scope: Scope
    monday: date
    today: date
    sites: Sequence[Site]
    managers: Sequence[Person]

    def headed(self, heads: Mapping[date, str]) -> Listing:
        """Return the list with the days of its week at the head of its columns."""
        return words.listing(
            self.today,
            self.sites,
            self.managers,
            self.monday,
            heads,
        )


def _asked() -> Asked:
    """Read what is asked for; who does not coordinate sees their own line, whatever they ask."""
    today = local_date(now())
    managers = _managers()
    sites = people.sites(db())
    listing = words.listing(
        today,
        sites,
        managers,
        week_of(today),
        {},
    )
    view = lists.read(listing)
    offset = view.one("week") or words.THIS_WEEK
    return Asked(
        listing=listing,
        view=view,
        scope=Scope(_manager(view), view.ids("site")),
        monday=rules.monday_at(today, int(offset)),
        today=today,
        sites=sites,
        managers=managers,
    )


def _managers() -> list[Person]:
    """Return whose teams the reader can choose: of all managers for a coordinator, none for others."""
    if not guard.actor().has(access.COORDINATOR):
        return []
    found = people.persons(db(), people.people_with_role(db(), access.MANAGER))
    return sorted(found.values(), key=lambda person: person.sort_key)


def _manager(view: View) -> int | None:
    """Return whose line is looked at, None for everybody: a coordinator chooses, a manager sees their own."""
    me = guard.actor()
    if not me.has(access.COORDINATOR):
        return me.person_id
    chosen = view.ids("team")
    return chosen[0] if chosen else None


def _weeks(asked: Asked, view: View) -> list[PersonWeek]:
    """Return the weeks of the people that a view shows."""
    found = queries.people(
        db(),
        asked.scope,
        asked.monday,
        asked.today,
        view,
    )
    ids = [id_of(person) for person in found]
    before = rules.logged_weeks(asked.monday, asked.today)
    plan = queries.plan(
        db(),
        ids,
        [asked.monday, *before],
        asked.today,
    )
    logged = queries.logged(
        db(),
        plan,
        ids,
        before,
    )
    sites = people.site_names(db())
    shown = []
    for person in found:
        week = rows.week(
            person,
            plan,
            asked.monday,
            sites,
            logged,
        )
        shown.append(week)
    return shown


def _counts(asked: Asked) -> Counts:
    everybody, guiding, learning = (
        queries.count(
            db(),
            asked.scope,
            asked.monday,
            asked.today,
            side,
        )
        for side in ("", GUIDES, LEARNS)
    )
    return Counts(everybody, guiding, learning)


@blueprint.get("")
@guard.allow(access.SEE_WORKLOAD)
def index() -> Page:
    """Show who guides whom in a week, a page of people at a time."""
    asked = _asked()
    counts = _counts(asked)
    fitting = queries.count(
        db(),
        asked.scope,
        asked.monday,
        asked.today,
        asked.view.one("side"),
        asked.view.text,
    )
    pages = paging(fitting)
    found = _weeks(asked, asked.view.rows(pages.offset, pages.size))
    heads = words.heads(found, asked.monday) if pages.pages == 1 else {}
    listing = asked.headed(heads)
    links = Links(listing, DOORS, asked.view)
    return render(
        "insight/week/index.html",
        list=lists.page(
            listing,
            asked.view,
            pages,
            DOORS,
            _presets(asked.view, counts),
            saved(db(), guard.actor().person_id, listing.key),
        ),
        found=found,
        counts=counts,
        heading=words.heading(counts, asked.monday),
        week=words.week_name(asked.monday),
        turns=_turns(asked, links),
        on_paper=links.sheet("week.paper"),
        as_planned=gettext(words.AS_PLANNED),
    )


def _presets(view: View, counts: Counts) -> list[lists.Preset]:
    """Return the tabs, each of the same week, team and sites."""
    here = {key: values for key, values in view.filters.items() if values and key != "side"}
    return [
        lists.Preset(gettext("Everybody"), here, counts.people),
        lists.Preset(gettext("Who mentors"), here | {"side": (GUIDES,)}, counts.guides),
        lists.Preset(gettext("Who learns"), here | {"side": (LEARNS,)}, counts.learns),
    ]


def _turns(asked: Asked, links: Links) -> list[tuple[str, str, str]]:
    """Return the ways to the weeks around this one: their icon, name and address."""
    offset = (asked.monday - week_of(asked.today)).days // rules.DAYS
    found = []
    if offset > -rules.BACK:
        found.append(("chevron-left", gettext("Week before"), _turned(links, offset - 1)))
    if offset:
        found.append(("calendar-week", gettext("This week"), _turned(links, 0)))
    if offset < rules.AHEAD:
        found.append(("chevron-right", gettext("Next week"), _turned(links, offset + 1)))
    return found


def _turned(links: Links, offset: int) -> str:
    return links.choosing("week", (str(offset),) if offset else ())


@blueprint.get("/paper")
@guard.allow(access.SEE_WORKLOAD)
def paper() -> Page:
    """Show all that the list shows on one page, to print it on sheets that lie down."""
    asked = _asked()
    found = _weeks(asked, asked.view.rows(0, MOST_ON_PAPER))
    links = Links(asked.listing, DOORS, asked.view)
    return render(
        "insight/week/paper.html",
        found=found,
        heads=words.heads(found, asked.monday),
        heading=words.heading(_counts(asked), asked.monday),
        week=words.week_name(asked.monday),
        back=links.to(asked.view),
        as_planned=gettext(words.AS_PLANNED),
    )


def _sheet() -> tuple[Listing, View, Iterable[SheetRow]]:
    asked = _asked()
    found = _weeks(asked, asked.view.rows(0, None))
    return words.sheet(asked.listing), asked.view, rows.sheet_rows(found)


@blueprint.get("/week.csv")
@guard.allow(access.SEE_WORKLOAD, again=True)
def csv() -> Response:
    """Download who guides whom in a week, all pages of it."""
    return lists.csv(*_sheet(), "week")


@blueprint.get("/week.xlsx")
@guard.allow(access.SEE_WORKLOAD, again=True)
def xlsx() -> Response:
    """Download the same as a workbook."""
    return lists.xlsx(*_sheet(), "week")
