"""Doors: ending a mentorship from either side, and taking back one's last words."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.errors import Conflict
from mentorship.base.forms import Invalid
from mentorship.base.i18n import gettext
from mentorship.checkins import queries as check_ins
from mentorship.checkins.endings import actions, queries, words
from mentorship.checkins.endings.forms import EndForm, TakeBackForm
from mentorship.checkins.endings.rules import Parting
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.acting.rules import REASONS
from mentorship.mentorships.models import ACTIVE, ENDED, PAUSED
from mentorship.mentorships.words import ENDINGS
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.web.confirm import Confirmation, confirm
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, choices, done, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("endings", __name__, url_prefix="/checkins/endings")


@blueprint.get("/<id:mentorship_id>")
@guard.allow(access.OWN, of=mentorships.subject)
def show(mentorship_id: int) -> Page:
    """Say what ending does, before it is done."""
    return _show(mentorship_id)


def _show(mentorship_id: int, wrong: Mistake = NOTHING_WRONG) -> Page:
    found = mentorships.one(db(), mentorship_id)
    if found.status not in (ACTIVE, PAUSED):
        return redirect(url_for("duo.show", mentorship_id=mentorship_id), 303)
    sides = people.persons(db(), [found.mentor_id, found.junior_id])
    me = guard.actor().person_id
    other = sides[found.other_of(me)]
    today = local_date(now())
    consequences = words.consequences(
        guides=me == found.mentor_id,
        mentor=sides[found.mentor_id].name,
        junior=sides[found.junior_id].name,
        asks=queries.asks_once_more(db(), found),
        thanked=queries.will_thank(db(), found, today),
    )
    return render_form(
        "checkins/endings/end.html",
        wrong,
        mentorship_id=mentorship_id,
        name=other.name,
        given_name=other.given_name,
        consequences=consequences,
        could_pause=found.status == ACTIVE,
        reasons=choices(REASONS, ENDINGS),
        values={"ends_on": (found.ends_on or today).isoformat(), **wrong.values},
    )


@blueprint.post("/<id:mentorship_id>")
@guard.allow(access.OWN, of=mentorships.subject)
def end(mentorship_id: int) -> Page:
    """End the mentorship, and go on to one's own closing check-in; pressed twice it ended already."""
    found = mentorships.one(db(), mentorship_id)
    if found.status == ENDED:
        said = gettext("This pair had ended already.")
    else:
        fields = sent()
        try:
            form = EndForm.read(fields)
            ended = actions.end_on(
                db(),
                guard.actor(),
                mentorship_id,
                form.ends_on,
                now(),
                Parting(form.ended_as),
            )
        except MISTAKES as failure:
            if isinstance(failure, Conflict) or not found.runs:
                raise
            return _show(mentorship_id, mistake(failure, fields))
        said = words.said(ended)
    me = guard.actor()
    asked = queries.closing_of(db(), mentorship_id, me.person_id)
    if asked is None:
        return done(said, "duo.show", mentorship_id=mentorship_id)
    return done(said, "checkins.show", check_in_id=asked.id)


@blueprint.get("/take-back/<id:check_in_id>")
@guard.allow(access.OWN, of=check_ins.subject)
def ask_to_take_back(check_in_id: int) -> Page:
    """Say what deleting does, before it is done."""
    back = url_for("checkins.show", check_in_id=check_in_id)
    try:
        form = TakeBackForm.read({"what": request.args.get("what", "")})
    except Invalid:
        return redirect(back, 303)
    asked = Confirmation(
        gettext("Delete what you said?"),
        [gettext("Nobody can read it any more, you neither. This cannot be undone.")],
        gettext("Delete"),
        action=url_for("endings.take_back", check_in_id=check_in_id),
        back=back,
        fields={"what": form.what},
        danger=True,
    )
    return confirm(asked)


@blueprint.post("/take-back/<id:check_in_id>")
@guard.allow(access.OWN, of=check_ins.subject)
def take_back(check_in_id: int) -> Response:
    """Delete what one said was reached, or one's thanks."""
    form = TakeBackForm.read(sent())
    actions.take_back(
        db(),
        check_in_id,
        form.what,
        now(),
    )
    return done(gettext("Deleted."), "checkins.show", check_in_id=check_in_id)
