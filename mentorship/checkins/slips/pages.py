"""Doors: that one answered by a slip oneself, or taking back what came in by it."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from mentorship.base.i18n import gettext
from mentorship.checkins import queries as check_ins
from mentorship.checkins.models import OPEN
from mentorship.checkins.slips import actions, queries, words
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.web.confirm import Confirmation, confirm
from mentorship.web.page import Page, done
from mentorship.web.request import db, now

blueprint = Blueprint("slips", __name__, url_prefix="/checkins/slips")


@blueprint.post("/<id:check_in_id>/was-me")
@guard.allow(access.OWN, of=check_ins.subject)
def was_me(check_in_id: int) -> Response:
    """Say that it was oneself who answered by the slip."""
    actions.was_me(db(), check_in_id, now())
    return done(gettext("Thank you. It stays as it is."), "home.index")


@blueprint.get("/<id:check_in_id>/take-back")
@guard.allow(access.OWN, of=check_ins.subject)
def ask_to_take_back(check_in_id: int) -> Page:
    """Say what goes, before it is taken back."""
    found = check_ins.one(db(), check_in_id)
    back = url_for("checkins.show", check_in_id=check_in_id)
    if not queries.is_to_take_back(db(), found, now()):
        return redirect(back, 303)
    told = words.taking_back(
        found,
        queries.count_answers(db(), check_in_id),
        opens_again=queries.opens_again(db(), found, now()),
    )
    asked = Confirmation(
        told.title,
        told.consequences,
        told.button,
        action=url_for("slips.take_back", check_in_id=check_in_id),
        back=back,
        danger=True,
    )
    return confirm(asked)


@blueprint.post("/<id:check_in_id>/take-back")
@guard.allow(access.OWN, of=check_ins.subject)
def take_back(check_in_id: int) -> Response:
    """Take back what came in by a slip."""
    found = actions.take_back(db(), check_in_id, now())
    said = gettext("Withdrawn. It counts as skipped.")
    if found.status == OPEN:
        said = gettext("Withdrawn. You can answer it yourself now.")
    return done(said, "checkins.show", check_in_id=check_in_id)
