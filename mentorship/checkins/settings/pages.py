"""Doors: whether, how often and what both sides are asked."""

from __future__ import annotations

from flask import Blueprint

from mentorship.base.errors import Conflict, Refused
from mentorship.base.forms import Invalid
from mentorship.base.i18n import gettext
from mentorship.checkins import balance
from mentorship.checkins.settings import actions as settings_actions
from mentorship.checkins.settings import queries as settings_queries
from mentorship.checkins.settings.forms import QuestionsForm, SettingsForm
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.web.page import Page, done, render, sent
from mentorship.web.request import db, now

blueprint = Blueprint("settings", __name__, url_prefix="/checkins/settings")


def _page(status: int = 200, errors: object = None, values: object = None) -> Page:
    newest = settings_queries.newest_set(db())
    asked = {(side, q["key"]): q for side, questions in newest.questions.items() for q in questions}
    return render(
        "checkins/settings/index.html",
        status,
        settings=settings_queries.settings(db()).model_dump(),
        lacking=settings_queries.lacking(db()),
        newest=newest,
        sides=balance.QUESTIONS,
        asked=asked,
        errors=errors or {},
        values=values or {},
    )


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Page:
    """Show the settings and the questions."""
    return _page()


@blueprint.post("")
@guard.allow(access.COORDINATE)
def change() -> Page:
    """Save the settings."""
    fields = sent()
    try:
        form = SettingsForm.read(fields)
        settings_actions.change_settings(
            db(), guard.actor(), form.version,
            running=form.running, days=form.days, confidant=form.confidant, now=now(),
        )  # fmt: skip
    except Invalid as failure:
        return _page(422, failure.errors, fields)
    except Conflict:
        raise
    except Refused as refusal:
        return _page(422, {refusal.field: str(refusal)}, fields)
    return done(gettext("The settings are saved."), "settings.index")


@blueprint.post("/questions")
@guard.allow(access.COORDINATE)
def questions() -> Page:
    """Ask other questions from now on."""
    fields = sent()
    try:
        form = QuestionsForm.read(QuestionsForm.nested(fields))
        settings_actions.change_questions(db(), guard.actor(), form.set_id, form.questions(balance.QUESTIONS), now())
    except Invalid as failure:
        said = gettext(
            "Something is not right yet, and nothing was saved. What you filled in still stands here; see the fields"
            " below."
        )
        return _page(422, {"": " ".join([said, *failure.errors.values()])}, fields)
    except Conflict:
        raise
    except Refused as refusal:
        return _page(422, {"": str(refusal)}, fields)
    return done(gettext("From now on these questions are asked; what was asked before keeps its own."),
                "settings.index")  # fmt: skip
