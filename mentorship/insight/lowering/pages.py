"""Doors: ask how many places of a mentor stay, and lower them."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for

from mentorship.base.i18n import gettext, ngettext
from mentorship.insight.lowering import actions
from mentorship.insight.lowering.forms import LowerForm
from mentorship.mentorships import queries as mentorships
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.profiles import queries as profiles
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done_at, render_form, safe_next, sent
from mentorship.web.request import db, now

blueprint = Blueprint("lowering", __name__, url_prefix="/insight/lowering")


@blueprint.get("/<id:person_id>")
@guard.allow(access.LOWER_LOAD, of=people.person_subject)
def show(person_id: int) -> Page:
    """Ask how many places stay."""
    return _ask(person_id, request.args.get("back", ""))


def _way_back(person_id: int, back: str) -> str:
    return safe_next(back) or url_for("insight.index", _anchor=f"p{person_id}")


def _ask(person_id: int, back: str, wrong: Mistake = NOTHING_WRONG) -> Page:
    way_back = _way_back(person_id, back)
    offer = profiles.capacity(db(), person_id)
    if not offer.places:
        return redirect(way_back, 303)
    person = people.persons(db(), [person_id])[person_id]
    taken = mentorships.occupied(db()).get(person_id, 0)
    brief = ngettext(
        "%(name)s offers %(num)s place now, and reads that you filled this in.",
        "%(name)s offers %(num)s places now, and reads that you filled this in.",
        offer.places,
        name=person.given_name,
    )
    goes_on = ngettext(
        "%(num)s pair or proposal of theirs goes on as it is; nobody new comes until there is room.",
        "%(num)s pairs and proposals of theirs go on as they are; nobody new comes until there is room.",
        taken,
    )
    return render_form(
        "insight/lowering/show.html",
        wrong,
        person=person,
        heading=gettext("Fewer places for %(name)s", name=person.name),
        brief=brief,
        goes_on=goes_on if taken else "",
        options=[(number, str(number)) for number in reversed(range(offer.places))],
        chosen=[offer.places - 1],
        back=back,
        way_back=way_back,
    )


@blueprint.post("/<id:person_id>")
@guard.allow(access.LOWER_LOAD, of=people.person_subject)
def lower(person_id: int) -> Page:
    """Lower the places."""
    fields = sent()
    try:
        form = LowerForm.read(fields)
        fewer = actions.fewer_places(
            db(),
            guard.actor(),
            person_id,
            form.places,
            now(),
        )
    except MISTAKES as failure:
        if not profiles.capacity(db(), person_id).places:
            raise  # there is no form to show again
        back = str(fields.get("back", ""))
        return _ask(person_id, back, mistake(failure, fields))
    said = ngettext(
        "%(name)s offers %(num)s place fewer.",
        "%(name)s offers %(num)s places fewer.",
        fewer,
        name=people.persons(db(), [person_id])[person_id].name,
    )
    return done_at(
        said,
        form.back,
        "insight.index",
        _anchor=f"p{person_id}",
    )
