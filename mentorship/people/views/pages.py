"""Doors: keep a view of a list under a name, and remove it."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from mentorship.base.i18n import gettext
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.people.views import actions, queries
from mentorship.people.views.forms import RemoveForm, SaveForm
from mentorship.web import lists
from mentorship.web.mistakes import MISTAKES, mistake
from mentorship.web.page import Page, render_form, safe_next, sent
from mentorship.web.request import db
from mentorship.web.undo import say

blueprint = Blueprint("views", __name__, url_prefix="/views")


@blueprint.post("")
@guard.allow(access.SIGNED_IN)
def save() -> Page:
    """Keep a view under a name; what is wrong with the name is said on a page of its own."""
    fields = sent()
    try:
        form = SaveForm.read(fields)
        actions.save(
            db(),
            guard.actor(),
            form.list,
            form.name,
            lists.tidy(form.query),
        )
    except MISTAKES as failure:
        return render_form("people/views/save.html", mistake(failure, fields))
    said = gettext("Saved as “%(name)s”. It stands in the tabs above the list.", name=form.name)
    return _back(said, form.next)


@blueprint.post("/<id:view_id>/remove")
@guard.allow(access.OWN, of=queries.view_subject)
def remove(view_id: int) -> Response:
    """Remove a view of one's own."""
    form = RemoveForm.read(sent())
    removed = actions.remove(db(), view_id)
    said = gettext("View “%(name)s” is removed. The list itself is as it was.", name=removed.name)
    return _back(said, form.next)


def _back(said: str, back: str) -> Response:
    """Go back to the list, and say what happened."""
    say(said)
    return redirect(safe_next(back) or url_for("home.index"), 303)
