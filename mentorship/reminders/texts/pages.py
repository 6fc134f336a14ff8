"""Doors: the texts that are kept to write messages with, changing one, removing one."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from mentorship.base.i18n import gettext, ngettext
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.reminders.texts import actions, queries
from mentorship.reminders.texts.forms import TextForm
from mentorship.reminders.texts.rules import both_of
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("texts", __name__, url_prefix="/texts")


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Page:
    """List the texts that are kept."""
    found = queries.texts(db())
    heading = gettext("No texts are kept yet")
    if found:
        heading = ngettext(
            "%(num)s text to write with",
            "%(num)s texts to write with",
            len(found),
        )
    return render(
        "reminders/texts/index.html",
        found=found,
        heading=heading,
    )


@blueprint.get("/<id:text_id>")
@guard.allow(access.COORDINATE, of=queries.text_subject)
def show(text_id: int) -> Page:
    """Show a text to change."""
    return _page(text_id)


def _page(text_id: int, wrong: Mistake = NOTHING_WRONG) -> Page:
    text = queries.one(db(), text_id)
    known = {"name": text.name, **both_of(text).columns}
    return render_form(
        "reminders/texts/show.html",
        wrong,
        text=text,
        values={**known, **wrong.values},
    )


@blueprint.post("/<id:text_id>")
@guard.allow(access.COORDINATE, of=queries.text_subject)
def change(text_id: int) -> Page:
    """Change a text, or its name."""
    fields = sent()
    try:
        form = TextForm.read(fields)
        actions.change(
            db(),
            guard.actor(),
            text_id,
            form.name,
            form.both,
            now(),
        )
    except MISTAKES as failure:
        return _page(text_id, mistake(failure, fields))
    return done(gettext("Saved."), "texts.index")


@blueprint.post("/<id:text_id>/remove")
@guard.allow(access.COORDINATE, of=queries.text_subject)
def remove(text_id: int) -> Response:
    """Remove a text; what was written with it stays."""
    name = actions.remove(
        db(),
        guard.actor(),
        text_id,
        now(),
    )
    return done(gettext("“%(name)s” is removed.", name=name), "texts.index")
