"""Doors: the figures of groups in closed quarters, as a page and as a sheet."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from mentorship.base import sheets
from mentorship.base.clock import local_date
from mentorship.base.i18n import gettext
from mentorship.base.lists import Value
from mentorship.checkins.words import never_used
from mentorship.insight.published import queries, rules, words
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.programme.queries import visibility
from mentorship.programme.rules import AGGREGATES
from mentorship.web.lists import XLSX_TYPE
from mentorship.web.page import Page, download, render
from mentorship.web.request import db, now

blueprint = Blueprint("published", __name__, url_prefix="/insight")


def _quarters() -> list[date]:
    """Return the quarters there are to read: none while the programme shows managers something else."""
    if visibility(db()).chosen != AGGREGATES:
        return []
    return queries.quarters(db())


@blueprint.get("/published")
@guard.allow(access.SEE_PUBLISHED)
def index() -> Page:
    """Show the figures of a quarter, the newest unless another is asked for."""
    quarters = _quarters()
    if not quarters:
        return _nothing()
    chosen = _chosen(quarters)
    figures = queries.figures(db(), chosen)
    earlier = queries.figures(db(), rules.quarter_before(chosen))
    over = words.over_quarters(queries.of_the_whole(db()))
    return render(
        "insight/published/index.html",
        heading=words.heading(figures),
        quarter=words.quarter_name(chosen),
        groups=words.rows(figures, words.values(earlier)),
        over=over if len(over) > 1 else [],
        others=_others(quarters, chosen),
        sides=[gettext(name) for name in words.SIDES.values()],
        why_hidden=words.WHY_HIDDEN,
        rounding=words.rounding(),
    )


def _nothing() -> Page:
    today = local_date(now())
    managers = visibility(db())
    first = rules.first_closing(managers, today)
    title, text = words.nothing(first)
    return render(
        "insight/published/index.html",
        heading=title,
        nothing=text,
        groups={},
    )


def _chosen(quarters: list[date]) -> date:
    """Return the quarter that is asked for, else the newest."""
    asked = request.args.get("quarter", "")
    for quarter in quarters:
        if quarter.isoformat() == asked:
            return quarter
    return quarters[0]


def _others(quarters: list[date], chosen: date) -> list[tuple[str, str]]:
    """Return the name and address of every other quarter."""
    found = []
    for quarter in quarters:
        if quarter == chosen:
            continue
        name = words.quarter_name(quarter)
        address = url_for("published.index", quarter=quarter.isoformat())
        found.append((name, address))
    return found


def _rows() -> list[list[Value]]:
    """Return the figures of every quarter that may be read, and what is hidden and why: what every sheet is made of."""
    rows = []
    for quarter in _quarters():
        figures = queries.figures(db(), quarter)
        rows += words.sheet(figures)
    return rows


@blueprint.get("/published.csv")
@guard.allow(access.SEE_PUBLISHED, again=True)
def csv() -> Response:
    """Download the figures of every quarter, and what is hidden and why."""
    heads = map(gettext, words.HEADS)
    content = sheets.to_csv(
        list(heads),
        _rows(),
        never_used(),
    )
    name = gettext("Groups")
    return download(content, f"{name}.csv")


@blueprint.get("/published.xlsx")
@guard.allow(access.SEE_PUBLISHED, again=True)
def xlsx() -> Response:
    """Download the same as a workbook."""
    name = gettext("Groups")
    content = sheets.to_xlsx(
        name,
        [sheets.Head(gettext(head)) for head in words.HEADS],
        _rows(),
        never_used(),
    )
    return download(content, f"{name}.xlsx", XLSX_TYPE)
