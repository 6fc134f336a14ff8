"""Doors: how the programme does, as a page and as sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from mentorship.base import marks, pdf, sheets
from mentorship.base.clock import local_date
from mentorship.base.i18n import LOCALES, day, gettext, locale, use_locale
from mentorship.base.lists import Value
from mentorship.checkins.words import never_used
from mentorship.insight.outcomes import drawings, paper, queries, rules, tables, words, years
from mentorship.insight.outcomes.quarters import Closed
from mentorship.insight.outcomes.years import Year
from mentorship.insight.published.rules import MONTHS, closes_on, quarter_before, quarter_of
from mentorship.insight.published.words import quarter_name
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.programme.queries import visibility
from mentorship.programme.rules import AGGREGATES
from mentorship.web.lists import XLSX_TYPE
from mentorship.web.page import LANGUAGES, Page, download, render
from mentorship.web.request import db, now

blueprint = Blueprint("outcomes", __name__, url_prefix="/insight/outcomes")


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Page:
    """Show how the programme does over the past year, the number behind each figure and what it cannot say."""
    year = _year()
    return render(
        "insight/outcomes/index.html",
        heading=words.heading(year.whole[rules.MATCHED]),
        since=day(year.since),
        tiles=drawings.tiles(year.whole, year.months),
        charts=drawings.charts(
            year.whole,
            year.months,
            year.waits,
        )
        if year.months
        else [],
        lines=tables.lines(year.whole),
        month_heads=[gettext(head) for head in tables.MONTH_HEADS],
        months=tables.month_rows(year.months),
        site_heads=[gettext(head) for head in tables.SITE_HEADS.values()],
        sites=tables.site_lines(year.sites, year.names),
        publishes=visibility(db()).chosen == AGGREGATES,
    )


def _year() -> Year:
    return years.past(db(), now())


def _sheet() -> tuple[list[str], Sequence[Sequence[Value]]]:
    year = _year()
    heads = [gettext(head) for head in tables.HEADS]
    return heads, tables.sheet(
        year.whole,
        year.sites,
        year.names,
    )


@dataclass(frozen=True)
class Asked:
    """Which closed quarter is asked for, the one before it if that was kept, and in which language."""

    closed: Closed
    before: Closed | None
    language: str

    @property
    def name(self) -> str:
        """What a file of it is called."""
        number = (self.closed.quarter.month + 2) // MONTHS
        return f"outcomes-{self.closed.quarter.year}-{number}-{self.language}"


def _asked(quarters: Sequence[date]) -> Asked:
    """Return the quarter that the address names, else the newest; there is one."""
    asked = request.args.get("quarter", "")
    chosen = quarters[0]
    for quarter in quarters:
        if quarter.isoformat() == asked:
            chosen = quarter
    closed = queries.kept(db(), chosen)
    if closed is None:
        abort(404)
    wanted = request.args.get("in", "")
    return Asked(
        closed,
        queries.kept(db(), quarter_before(chosen)),
        wanted if wanted in LOCALES else locale(),
    )


def _file() -> Asked | None:
    """Return what a file is made of; None while there is nothing, which the page explains."""
    quarters = queries.quarters(db())
    return _asked(quarters) if quarters else None


def _to_page() -> Response:
    return redirect(url_for("outcomes.quarter"), 303)


@blueprint.get("/quarter")
@guard.allow(access.COORDINATE)
def quarter() -> Page:
    """Show the paper of a closed quarter for the board and the works council, to read and to print."""
    quarters = queries.quarters(db())
    if not quarters:
        closes = closes_on(quarter_of(local_date(now())))
        return render("insight/outcomes/quarter.html", nothing=words.no_quarter(closes))
    asked = _asked(quarters)
    with use_locale(asked.language):
        written = paper.written(asked.closed, asked.before)
    chosen = asked.closed.quarter
    return render(
        "insight/outcomes/quarter.html",
        heading=words.quarter_heading(asked.closed.whole[rules.MATCHED]),
        blocks=marks.blocks(written),
        title=marks.title(written),
        language=asked.language,
        at={"quarter": chosen.isoformat(), "in": asked.language},
        quarters=[(each.isoformat(), quarter_name(each)) for each in quarters],
        languages=list(LANGUAGES.items()),
        can_be_pdf=pdf.available(),
    )


@blueprint.get("/quarter.pdf")
@guard.allow(access.COORDINATE, again=True)
def quarter_pdf() -> Response:
    """Download the paper of a closed quarter, where PDF can be made."""
    asked = _file()
    if asked is None or not pdf.available():
        return _to_page()
    with use_locale(asked.language):
        written = paper.written(asked.closed, asked.before)
    made = pdf.printed(written, asked.language)
    return download(
        made,
        f"{asked.name}.pdf",
        "application/pdf",
    )


@blueprint.get("/quarter.csv")
@guard.allow(access.COORDINATE, again=True)
def quarter_csv() -> Response:
    """Download the figures of a closed quarter."""
    asked = _file()
    if asked is None:
        return _to_page()
    with use_locale(asked.language):
        rows = tables.quarter_sheet(asked.closed, asked.before)
        heads = [gettext(head) for head in tables.QUARTER_HEADS]
        made = sheets.to_csv(
            heads,
            rows,
            never_used(),
        )
    return download(made, f"{asked.name}.csv")


@blueprint.get("/quarter.xlsx")
@guard.allow(access.COORDINATE, again=True)
def quarter_xlsx() -> Response:
    """Download the same as a workbook."""
    asked = _file()
    if asked is None:
        return _to_page()
    with use_locale(asked.language):
        rows = tables.quarter_sheet(asked.closed, asked.before)
        heads = [sheets.Head(gettext(head)) for head in tables.QUARTER_HEADS]
        made = sheets.to_xlsx(
            quarter_name(asked.closed.quarter),
            heads,
            rows,
            never_used(),
        )
    return download(
        made,
        f"{asked.name}.xlsx",
        XLSX_TYPE,
    )


@blueprint.get("/outcomes.csv")
@guard.allow(access.COORDINATE, again=True)
def csv() -> Response:
    """Download the figures of the page."""
    heads, rows = _sheet()
    made = sheets.to_csv(
        heads,
        rows,
        never_used(),
    )
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
    return download(
        made,
        "outcomes.xlsx",
        XLSX_TYPE,
    )
