"""Doors: the imports there were, and taking back the last one."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from mentorship.base.errors import Conflict
from mentorship.base.i18n import gettext, moment
from mentorship.hr_import.imports import actions, queries, words
from mentorship.hr_import.imports.models import TakenImport
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.web.confirm import Confirmation, confirm
from mentorship.web.page import Page, render
from mentorship.web.request import db, now
from mentorship.web.undo import SUCCESS

blueprint = Blueprint("imports", __name__, url_prefix="/imports")


@blueprint.get("")
@guard.allow(access.IMPORT)
def index() -> Page:
    """Show the imports there were."""
    found = queries.last(db())
    return render(
        "hr_import/imports/index.html",
        rows=words.rows(db(), found, now()),
        heading=words.heading(found),
    )


@blueprint.get("/<id:import_id>/undo")
@guard.allow(access.IMPORT, of=queries.import_subject)
def ask_to_undo(import_id: int) -> Page:
    """Say what taking an import back does."""
    one = db().get_one(TakenImport, import_id)
    if queries.undoable(db(), now()) != import_id:
        raise Conflict(actions.TOO_LATE)
    asked = Confirmation(
        title=gettext("Undo the import of %(when)s?", when=moment(one.at)),
        consequences=words.consequences(one),
        button=gettext("Yes, undo it"),
        action=url_for("imports.undo", import_id=import_id),
        back=url_for("imports.index"),
        danger=True,
    )
    return confirm(asked)


@blueprint.post("/<id:import_id>/undo")
@guard.allow(access.IMPORT, of=queries.import_subject, again=True)
def undo(import_id: int) -> Response:
    """Take the last import back."""
    actions.undo(
        db(),
        guard.actor(),
        import_id,
        now(),
    )
    one = db().get_one(TakenImport, import_id)
    flash(words.undone(one), SUCCESS)
    return redirect(url_for("imports.index"), 303)
