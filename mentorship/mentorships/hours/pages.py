"""Doors: "Did you work together?", for whoever mentors: a week with each junior, as planned, and other guiding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask import Blueprint, request

from mentorship.base.clock import local_date
from mentorship.base.errors import Refused
from mentorship.base.forms import Invalid
from mentorship.base.i18n import gettext
from mentorship.mentorships.hours import actions as hours_actions
from mentorship.mentorships.hours import queries as hours_queries
from mentorship.mentorships.hours import rules as hours
from mentorship.mentorships.hours.forms import OtherForm, PlannedForm, read_week
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.web.page import Page, done, render, sent
from mentorship.web.request import db, now

blueprint = Blueprint("hours", __name__, url_prefix="/mentorships/hours")


def _date(text: object) -> date | None:
    """Read a day as the page itself wrote it; None for anything else."""
    try:
        return date.fromisoformat(str(text)[:20])
    except ValueError:
        return None


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """Show the weeks to note, and what was noted."""
    return _page(_date(request.args.get("week")))


def _page(
    change: date | None = None,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    values: Mapping[str, Any] | None = None,
    about: str = "",
) -> Page:
    """Show the page; after a mistake with what was typed, in the part that it is `about` (week, other or planned)."""
    me, today = guard.actor().person_id, local_date(now())
    cards = hours_queries.cards(db(), me, today, change)
    noted = hours_queries.noted(db(), me, today)
    pairs = hours_queries.led(db(), me)
    return render(
        "mentorships/hours/index.html",
        status,
        cards=cards,
        change=change,
        noted=noted,
        pairs={pair.id: pair for pair in pairs},
        people=people.persons(db(), [pair.junior_id for pair in pairs]),
        planned=[c.monday for c in cards if c.is_over and any(line.hours is not None for line in c.lines)],
        weeks=hours.weeks_open(today),
        errors=errors or {},
        values=values or {},
        about=about,
    )


def _noting(about: str, fields: dict[str, Any], note: Callable[[], object]) -> Page:
    """Do `note`, and go back to the page; a mistake shows the page again with everything that was typed."""
    change = _date(fields.get("week")) if about == "week" else None
    try:
        note()
    except Invalid as failure:
        told = dict(failure.errors)
        if "" in told or ("week" in told and about != "other"):  # there is no field to say it beside
            told[""] = gettext("This form no longer fits the page, so nothing was noted. Look again below.")
        return _page(change, 422, told, fields, about)
    except Refused as refusal:
        db().rollback()  # of a week with two juniors both are noted or neither
        return _page(change, 422, {"": str(refusal)}, fields, about)
    return done(gettext("Noted."), "hours.index")


@blueprint.post("")
@guard.allow(access.SIGNED_IN)
def note() -> Page:
    """Note one week with each junior."""
    fields = sent()

    def write() -> None:
        week, pairs = read_week(fields)
        for pair_id, given in sorted(pairs.items()):
            hours_actions.note_week(db(), guard.actor(), pair_id, week, given.worked == "yes", given.hours, now())

    return _noting("week", fields, write)


@blueprint.post("/planned")
@guard.allow(access.SIGNED_IN)
def planned() -> Page:
    """Note the weeks that are over as the rosters foresaw them."""
    fields = sent("week")
    return _noting(
        "planned",
        fields,
        lambda: hours_actions.note_planned(db(), guard.actor(), PlannedForm.read(fields).week, now()),
    )


@blueprint.post("/other")
@guard.allow(access.SIGNED_IN)
def other() -> Page:
    """Note other guiding in one week."""
    fields = sent()

    def write() -> None:
        form = OtherForm.read(fields)
        hours_actions.note_other(db(), guard.actor(), form.week, form.hours, form.words, now())

    return _noting("other", fields, write)
