"""Doors: who stands in for oneself, or for somebody who can name nobody now."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, redirect, url_for

from mentorship.base.clock import local_date
from mentorship.base.i18n import N_, gettext, long_day
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.models import Person
from mentorship.people.stand_ins import actions, queries
from mentorship.people.stand_ins.forms import StandInForm
from mentorship.people.stand_ins.models import StandIn
from mentorship.people.stand_ins.rules import PROPOSED
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("stand_ins", __name__, url_prefix="/stand-ins")


@blueprint.get("")
@guard.allow(access.ANSWER_PAIRS)
def index() -> Page:
    """Lead to one's own page."""
    return redirect(url_for("stand_ins.of_person", person_id=guard.actor().person_id), 303)


@blueprint.get("/<id:person_id>")
@guard.allow(access.NAME_STAND_IN, of=queries.person_subject)
def of_person(person_id: int) -> Page:
    """Show who stands in for somebody, and whom they stand in for."""
    return _page(person_id)


def _page(person_id: int, wrong: Mistake = NOTHING_WRONG) -> Page:
    today = local_date(now())
    rows = queries.about(db(), person_id, today)
    ids = {person_id}
    for row in rows:
        ids |= {row.person_id, row.stand_in_id}
    known = people.persons(db(), ids)
    last = today + PROPOSED
    proposed = {
        "first_day": today.isoformat(),
        "last_day": last.isoformat(),
    }
    shown = [_shown(row, person_id, known) for row in rows]
    me = guard.actor().person_id == person_id
    name = known[person_id].name
    return render_form(
        "people/stand_ins/index.html",
        wrong,
        heading=gettext("Your stand-in") if me else gettext("The stand-in of %(name)s", name=name),
        person_id=person_id,
        rows=shown,
        proposed=proposed,
    )


def _shown(row: StandIn, person_id: int, known: Mapping[int, Person]) -> dict[str, object]:
    """Return one row in words: who stands in for the person of the page, or for whom they do."""
    own = row.person_id == person_id
    other = row.person_id
    told = N_("you stand in from %(first)s until and including %(last)s")
    if own:
        other = row.stand_in_id
        told = N_("stands in from %(first)s until and including %(last)s")
    days = gettext(
        told,
        first=long_day(row.first_day),
        last=long_day(row.last_day),
    )
    return {
        "id": row.id,
        "name": known[other].name,
        "told": days,
        "own": own,
    }


@blueprint.post("/<id:person_id>")
@guard.allow(access.NAME_STAND_IN, of=queries.person_subject)
def save(person_id: int) -> Page:
    """Have another asked in somebody's place, from a day until a day."""
    fields = sent()
    try:
        form = StandInForm.read(fields)
        actions.name(db(), guard.actor(), person_id, form.stand_in, form.first_day, form.last_day, now())
    except MISTAKES as failure:
        return _page(person_id, mistake(failure, fields))
    return done(gettext("The stand-in is named."), "stand_ins.of_person", person_id=person_id)


@blueprint.post("/ended/<id:stand_in_id>")
@guard.allow(access.NAME_STAND_IN, of=queries.subject)
def let_go(stand_in_id: int) -> Page:
    """Have somebody asked themselves again."""
    person_id = actions.let_go(db(), guard.actor(), stand_in_id, now())
    return done(gettext("Nobody stands in any more."), "stand_ins.of_person", person_id=person_id)
