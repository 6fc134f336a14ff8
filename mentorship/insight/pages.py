"""Doors: who carries what, and confirming hours."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from flask import Blueprint
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.i18n import decimal, gettext
from mentorship.base.lists import Listing, View
from mentorship.insight import queries, words
from mentorship.insight.forms import ConfirmHoursForm
from mentorship.insight.queries import Load, Totals
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.views.queries import saved
from mentorship.profiles import actions as profiles
from mentorship.web import lists
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, paging, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("insight", __name__, url_prefix="/insight")

DOORS = lists.Doors("insight.index", "insight.csv", "insight.xlsx")


@dataclass(frozen=True)
class LoadLine:
    """What a mentor carries, and for their manager the form to confirm hours: filled in, with what was wrong."""

    load: Load
    confirms: bool
    can_change: bool
    hours: str
    error: str


def _listing() -> Listing:
    """Return the list for this reader: who sees everybody and has a line of their own can choose that."""
    both = guard.actor().has(access.COORDINATOR) and guard.actor().has(access.MANAGER)
    return words.listing(people.sites(db()), both)


def _manager(view: View) -> int | None:
    """Return whose line is shown: a manager their own, a coordinator (None) all, or their own if they choose so."""
    me = guard.actor()
    if me.has(access.COORDINATOR) and not view.chosen("line"):
        return None
    return me.person_id


@blueprint.get("/workload")
@guard.allow(access.SEE_WORKLOAD)
def index() -> Page:
    """Show who carries what."""
    return _show()


def _show(wrong: Mistake = NOTHING_WRONG) -> Page:
    """Show one page of the list, perhaps with what was typed wrongly beside one mentor."""
    listing = _listing()
    view = lists.read(listing)
    manager_id = _manager(view)
    pages = paging(queries.count(db(), manager_id, view))
    found = queries.workload(
        db(),
        manager_id,
        local_date(now()),
        view.rows(pages.offset, pages.size),
    )
    below = _below()
    totals = queries.totals(db(), manager_id)
    return render_form(
        "insight/workload.html",
        wrong,
        sentence=" ".join(wrong.errors.values()),
        list=lists.page(
            listing,
            view,
            pages,
            DOORS,
            _presets(totals),
            saved(db(), guard.actor().person_id, listing.key),
        ),
        view=lists.view_values(listing),
        found=[_line(load, below, wrong) for load in found],
        totals=totals,
        heading=words.heading(totals),
        everyone=manager_id is None,
    )


def _presets(totals: Totals) -> list[lists.Preset]:
    waits = {"state": (queries.WAITS,)}
    return [
        lists.Preset(gettext("All mentors"), {}, totals.mentors),
        lists.Preset(gettext("Hours to confirm"), waits, totals.waiting),
    ]


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


def _listed() -> tuple[Listing, View, list[Load]]:
    listing = _listing()
    view = lists.read(listing)
    found = queries.workload(
        db(),
        _manager(view),
        local_date(now()),
        view,
    )
    return listing, view, found


@blueprint.get("/workload.csv")
@guard.allow(access.SEE_WORKLOAD)
def csv() -> Response:
    """Download what the list shows of who carries what, all pages of it."""
    return lists.csv(*_listed(), "workload")


@blueprint.get("/workload.xlsx")
@guard.allow(access.SEE_WORKLOAD)
def xlsx() -> Response:
    """Download the same as a workbook."""
    return lists.xlsx(*_listed(), "workload")


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
    return done(
        said,
        "insight.index",
        **lists.view_values(_listing()),
        _anchor=f"p{person_id}",
    )
