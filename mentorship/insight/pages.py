"""Doors: who carries what, and confirming hours."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from flask import Blueprint, request
from werkzeug.wrappers import Response

from mentorship.base import sheets
from mentorship.base.clock import local_date
from mentorship.base.i18n import decimal, gettext
from mentorship.insight import queries, words
from mentorship.insight.forms import ConfirmHoursForm
from mentorship.insight.queries import Load
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.profiles import actions as profiles
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, download, paging, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("insight", __name__, url_prefix="/insight")

VIEW = ("sort", "order", "page", "line")
"""What of the list stands in the address."""


@dataclass(frozen=True)
class Head:
    """The head of a column: what sorting by it would do, and whether the list is sorted by it now."""

    key: str
    title: str
    is_number: bool
    sorted: str
    turns: str
    icon: str


@dataclass(frozen=True)
class LoadLine:
    """What a mentor carries, and for their manager the form to confirm hours: filled in, with what was wrong."""

    load: Load
    confirms: bool
    can_change: bool
    hours: str
    error: str


def _manager() -> int | None:
    """Return whose line is shown: a manager their own, a coordinator (None) all."""
    me = guard.actor()
    own = request.args.get("line") == "own"
    if me.has(access.COORDINATOR) and not own:
        return None
    return me.person_id


def _sort() -> tuple[str, bool]:
    wanted = request.args.get("sort", "name")
    if wanted not in queries.SORTS:
        wanted = "name"
    return wanted, request.args.get("order") == "down"


def _view() -> dict[str, str]:
    found = {}
    for name in VIEW:
        if name in request.args:
            found[name] = request.args[name][:20]
    return found


@blueprint.get("/workload")
@guard.allow(access.SEE_WORKLOAD)
def index() -> Page:
    """Show who carries what."""
    return _show()


def _show(wrong: Mistake = NOTHING_WRONG) -> Page:
    """Show one page of the list, perhaps with what was typed wrongly beside one mentor."""
    manager_id = _manager()
    sort, descending = _sort()
    pages = paging(queries.count(db(), manager_id))
    found = queries.workload(
        db(),
        manager_id,
        local_date(now()),
        sort=sort,
        descending=descending,
        offset=pages.offset,
        limit=pages.size,
    )
    below = _below()
    return render_form(
        "insight/workload.html",
        wrong,
        sentence=" ".join(wrong.errors.values()),
        view=_view(),
        found=[_line(load, below, wrong) for load in found],
        heads=_heads(sort, descending),
        paging=pages,
        totals=queries.totals(db(), manager_id),
        everyone=manager_id is None,
        line="own" if request.args.get("line") == "own" else None,
        sort=sort,
        order="down" if descending else "up",
    )


def _below() -> Collection[int]:
    """Return for whom the reader confirms hours."""
    me = guard.actor()
    if not me.has(access.MANAGER):
        return ()
    line = people.line_below(me.person_id)
    return set(db().scalars(line))


def _line(load: Load, below: Collection[int], wrong: Mistake) -> LoadLine:
    here = wrong.of(str(load.person.id))
    filled_in = load.hours if load.waits else load.confirmed
    hours = here.values.get("hours", decimal(filled_in))
    own = load.person.id in below
    return LoadLine(
        load=load,
        confirms=own and load.waits,
        can_change=own and load.partly_confirmed and not load.waits,
        hours=str(hours)[:20],
        error=" ".join(here.errors.values()),
    )


def _heads(sort: str, descending: bool) -> list[Head]:
    found = []
    for key, title in words.COLUMNS:
        up = Head(
            key=key,
            title=gettext(title),
            is_number=key in words.NUMBERS,
            sorted="none",
            turns="up",
            icon="",
        )
        if key != sort:
            found.append(up)
        elif descending:
            found.append(replace(up, sorted="descending", icon="arrow-down"))
        else:
            found.append(replace(up, sorted="ascending", turns="down", icon="arrow-up"))
    return found


@blueprint.get("/workload.csv")
@guard.allow(access.SEE_WORKLOAD)
def csv() -> Response:
    """Download who carries what."""
    sort, descending = _sort()
    found = queries.workload(
        db(),
        _manager(),
        local_date(now()),
        sort=sort,
        descending=descending,
    )
    rows = map(words.sheet_row, found)
    return download(sheets.to_csv(words.sheet_head(), rows), "workload.csv")


@blueprint.post("/workload/<id:person_id>/confirm")
@guard.allow(access.CONFIRM_HOURS, of=people.person_subject)
def confirm(person_id: int) -> Page:
    """Confirm a mentor's hours in the planning, as their manager."""
    fields = sent()
    try:
        form = ConfirmHoursForm.read(fields)
        profiles.confirm_hours(
            db(),
            guard.actor(),
            person_id,
            form.hours,
            now(),
            promised=form.promised,
        )
    except MISTAKES as failure:
        return _show(mistake(failure, fields, str(person_id)))
    said = gettext("The hours are confirmed.")
    return done(said, "insight.index", **_view(), _anchor=f"p{person_id}")
