"""Doors: how the programme does, as a page and as sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint
from werkzeug.wrappers import Response

from mentorship.base import sheets
from mentorship.base.clock import local_date
from mentorship.base.i18n import day, gettext
from mentorship.base.lists import Value
from mentorship.checkins.words import never_used
from mentorship.insight.outcomes import drawings, queries, rules, tables, words
from mentorship.insight.outcomes.facts import Facts
from mentorship.insight.outcomes.months import months
from mentorship.insight.outcomes.rules import Outcomes
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.programme.queries import visibility
from mentorship.programme.rules import AGGREGATES
from mentorship.web.lists import XLSX_TYPE
from mentorship.web.page import Page, download, render
from mentorship.web.request import db, now

blueprint = Blueprint("outcomes", __name__, url_prefix="/insight/outcomes")


@dataclass(frozen=True)
class Year:
    """The past year: what it is counted from, from when until when (no part of it), the whole and each site."""

    facts: Facts
    since: date
    until: date
    whole: Outcomes
    sites: dict[int, Outcomes]


def _year() -> Year:
    until = local_date(now()) + timedelta(days=1)
    since = rules.months_before(until, rules.YEAR)
    facts = queries.gathered(db(), until)
    return Year(
        facts=facts,
        since=since,
        until=until,
        whole=rules.outcomes(facts, since, until),
        sites=tables.of_sites(facts, since, until),
    )


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Page:
    """Show how the programme does over the past year, the number behind each figure and what it cannot say."""
    year = _year()
    by_month = months(year.facts, year.until)
    waits, _people = rules.waited(year.facts, year.until)
    return render(
        "insight/outcomes/index.html",
        heading=words.heading(year.whole[rules.MATCHED]),
        since=day(year.since),
        tiles=drawings.tiles(year.whole, by_month),
        charts=drawings.charts(year.whole, by_month, waits) if by_month else [],
        lines=tables.lines(year.whole),
        month_heads=[gettext(head) for head in tables.MONTH_HEADS],
        months=tables.month_rows(by_month),
        site_heads=[gettext(head) for head in tables.OF_A_SITE.values()],
        sites=tables.site_lines(year.sites, year.facts.sites),
        publishes=visibility(db()).chosen == AGGREGATES,
    )


def _sheet() -> tuple[list[str], Sequence[Sequence[Value]]]:
    year = _year()
    heads = [gettext(head) for head in tables.HEADS]
    return heads, tables.sheet(year.whole, year.sites, year.facts.sites)


@blueprint.get("/outcomes.csv")
@guard.allow(access.COORDINATE, again=True)
def csv() -> Response:
    """Download the figures of the page."""
    heads, rows = _sheet()
    made = sheets.to_csv(heads, rows, never_used())
    return download(made, "outcomes.csv")


@blueprint.get("/outcomes.xlsx")
@guard.allow(access.COORDINATE, again=True)
def xlsx() -> Response:
    """Download the same as a workbook."""
    heads, rows = _sheet()
    made = sheets.to_xlsx(
        gettext("How the programme does"),
        [sheets.Head(head) for head in heads],
        rows,
        never_used(),
    )
    return download(made, "outcomes.xlsx", XLSX_TYPE)
