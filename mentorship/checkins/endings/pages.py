"""Doors: ending a mentorship from either side, and taking back one's last words."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.i18n import gettext
from mentorship.checkins import queries
from mentorship.checkins.endings import actions as ending_actions
from mentorship.checkins.endings import queries as ending_queries
from mentorship.checkins.endings.forms import TakeBackForm
from mentorship.checkins.settings import queries as settings_queries
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.models import ACTIVE, ENDED, PAUSED
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.web.page import Page, done, render, sent
from mentorship.web.request import db, now

blueprint = Blueprint("endings", __name__, url_prefix="/checkins/endings")


@blueprint.get("/<id:mentorship_id>")
@guard.allow(access.OWN, of=mentorships.subject)
def show(mentorship_id: int) -> Page:
    """Say what ending does, before it is done."""
    found, me = mentorships.one(db(), mentorship_id), guard.actor().person_id
    if found.status not in (ACTIVE, PAUSED):
        return redirect(url_for("mentorships.show", mentorship_id=mentorship_id), 303)
    sides = people.persons(db(), [found.mentor_id, found.junior_id])
    mentor, junior = sides[found.mentor_id], sides[found.junior_id]
    return render(
        "checkins/endings/end.html",
        mentorship=found,
        guides=me == found.mentor_id,
        mentor=mentor,
        junior=junior,
        asks=found.started_on is not None and not settings_queries.lacking(db()),
        thanked=ending_queries.will_thank(db(), found, local_date(now())),
    )


@blueprint.post("/<id:mentorship_id>")
@guard.allow(access.OWN, of=mentorships.subject)
def end(mentorship_id: int) -> Response:
    """End the mentorship, and go on to one's own closing check-in; pressed twice it ended already."""
    if mentorships.one(db(), mentorship_id).status == ENDED:
        said = gettext("This mentorship had ended already.")
    else:
        ending_actions.end(db(), guard.actor(), mentorship_id, now())
        said = gettext("The mentorship has ended.")
    asked = ending_queries.closing_of(db(), mentorship_id, guard.actor().person_id)
    if asked is None:
        return done(said, "duo.show", mentorship_id=mentorship_id)
    return done(said, "checkins.show", check_in_id=asked.id)


@blueprint.post("/take-back/<id:check_in_id>")
@guard.allow(access.OWN, of=queries.subject)
def take_back(check_in_id: int) -> Response:
    """Delete what one said was reached, or one's thanks."""
    ending_actions.take_back(db(), check_in_id, TakeBackForm.read(sent()).what, now())
    return done(gettext("Deleted."), "checkins.show", check_in_id=check_in_id)
