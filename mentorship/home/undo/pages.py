"""Doors: what one did in the last ten minutes, and undoing one of it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from mentorship.base import undo
from mentorship.base.db import locked
from mentorship.base.errors import Refused
from mentorship.base.i18n import gettext
from mentorship.base.undo import UndoRow
from mentorship.home.undo import queries
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.web.page import Page, form_page, render
from mentorship.web.request import db, now
from mentorship.web.undo import inverses, say

blueprint = Blueprint("undo", __name__, url_prefix="/undo")


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """List what one did just now and can undo."""
    me = guard.actor().person_id
    return render("home/undo/index.html", found=undo.open_of(db(), me, now()))


@blueprint.post("/<id:undo_id>")
@guard.allow(access.OWN, of=queries.subject)
def carry_out(undo_id: int) -> Response:
    """Undo it, and stay where one was; what cannot be undone any more is said there."""
    try:
        said = _carry_out(undo_id)
    except Refused as refused:
        db().rollback()
        flash(str(refused), "warning")
    else:
        say(gettext("Undone: %(what)s", what=said))
    return redirect(form_page() or url_for("undo.index"), 303)


def _carry_out(undo_id: int) -> str:
    row = locked(db(), UndoRow, undo_id)
    if row is None:  # deleted at this moment, a day after
        raise Refused(undo.LATE)
    if not guard.still_allows(row.door, row.named):
        raise Refused(undo.NOT_YOURS)
    undo.carry_out(
        db(),
        guard.actor(),
        row,
        inverses(),
        now(),
    )
    return row.said
