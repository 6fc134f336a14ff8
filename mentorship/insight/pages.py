"""Doors: who carries what, and confirming hours."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from mentorship.base import sheets
from mentorship.base.clock import local_date
from mentorship.base.errors import Refused
from mentorship.base.forms import Form, Hours, Invalid
from mentorship.base.i18n import decimal, gettext
from mentorship.insight import queries
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.profiles import actions as profiles
from mentorship.web.page import Page, done, download, paging, render, sent
from mentorship.web.request import db, now

blueprint = Blueprint("insight", __name__, url_prefix="/insight")


class ConfirmForm(Form):
    """The hours kept free in the planning; the view of the list to go back to is in the address."""

    hours: Hours


def _scope() -> int | None:
    """Return whose line is shown: a manager their own, a coordinator (None) all."""
    me = guard.actor()
    everyone = me.has(access.COORDINATOR) and request.args.get("line") != "own"
    return None if everyone else me.person_id


def _sort() -> tuple[str, bool]:
    wanted = request.args.get("sort", "name")
    return (wanted if wanted in queries.SORTS else "name"), request.args.get("order") == "down"


VIEW = ("sort", "order", "page", "line")


@blueprint.get("/workload")
@guard.allow(access.SEE_WORKLOAD)
def index() -> Page:
    """Show who carries what."""
    return _list()


def _list(status: int = 200, wrong: int | None = None, typed: str = "", sentence: str = "") -> Page:
    """Show one page of the list, perhaps with what was typed wrongly beside one mentor."""
    scope, (sort, descending) = _scope(), _sort()
    pages = paging(queries.count(db(), scope))
    today = local_date(now())
    found = queries.workload(
        db(), scope, today, sort=sort, descending=descending, offset=pages.offset, limit=pages.size
    )
    me = guard.actor()
    below = set(db().scalars(people.line_below(me.person_id))) if me.has(access.MANAGER) else set()
    return render(
        "insight/workload.html",
        status,
        wrong=wrong,
        typed=typed,
        sentence=sentence,
        view={name: request.args[name][:20] for name in VIEW if name in request.args},
        found=found,
        paging=pages,
        totals=queries.totals(db(), scope),
        below=below,
        everyone=scope is None,
        line="own" if request.args.get("line") == "own" else None,
        sort=sort,
        descending=descending,
    )


@blueprint.get("/workload.csv")
@guard.allow(access.SEE_WORKLOAD)
def csv() -> Response:
    """Download who carries what."""
    sort, descending = _sort()
    found = queries.workload(db(), _scope(), local_date(now()), sort=sort, descending=descending)
    header = [
        gettext("Number"),
        gettext("Name"),
        gettext("Site"),
        gettext("Places"),
        gettext("Count now"),
        gettext("Taken"),
        gettext("Of which proposed"),
        gettext("Free"),
        gettext("Hours promised"),
        gettext("Hours confirmed"),
        gettext("Paused"),
        gettext("Hours spent, last four noted weeks"),
        gettext("Hours confirmed, those weeks"),
        gettext("A quarter or more over"),
    ]

    def line(load: queries.Load) -> list[Any]:
        return [
            load.person.number,
            load.person.name,
            load.site,
            load.places,
            load.usable,
            load.taken,
            load.proposed,
            load.free,
            decimal(load.hours),
            decimal(load.confirmed),
            gettext("yes") if load.paused else gettext("no"),
            decimal(load.balance.spent if load.balance else None),
            decimal(load.balance.confirmed if load.balance else None),
            (gettext("yes") if load.balance.over else gettext("no")) if load.balance else "",
        ]

    return download(sheets.to_csv(header, map(line, found)), "workload.csv")


@blueprint.post("/workload/<id:person_id>/confirm")
@guard.allow(access.CONFIRM_HOURS, of=people.person_subject)
def confirm(person_id: int) -> Page:
    """Confirm a mentor's hours in the planning, as their manager."""
    fields = sent()
    try:
        profiles.confirm_hours(db(), guard.actor(), person_id, ConfirmForm.read(fields).hours, now())
    except Invalid as failure:
        return _list(422, person_id, str(fields.get("hours", ""))[:20], " ".join(failure.errors.values()))
    except Refused as refusal:
        return _list(422, person_id, str(fields.get("hours", ""))[:20], str(refusal))
    view = {name: request.args[name][:20] for name in VIEW if name in request.args}
    return done(gettext("The hours are confirmed."), "insight.index", **view, _anchor=f"p{person_id}")
