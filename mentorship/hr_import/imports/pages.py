"""Doors: the imports there were, and taking back the last one."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from mentorship.base.errors import Conflict
from mentorship.base.i18n import gettext, moment
from mentorship.hr_import.imports import actions, caused, queries, words
from mentorship.hr_import.imports.caused import Caused
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
    broken = caused.counts(db(), found) if access.COORDINATE.allows(guard.actor()) else {}
    return render(
        "hr_import/imports/index.html",
        rows=words.rows(db(), found, now()),
        caused={import_id: words.caused(number) for import_id, number in broken.items()},
        heading=words.heading(found),
    )


@blueprint.get("/<id:import_id>/caused")
@guard.allow(access.COORDINATE, of=queries.import_subject)
def show_caused(import_id: int) -> Page:
    """List the pairs that no longer fit a rule since an import."""
    one = db().get_one(TakenImport, import_id)
    found = caused.of_import(db(), one)
    return render(
        "hr_import/imports/caused.html",
        when=moment(one.at),
        heading=words.caused(len(found)) if found else gettext("No pair stopped fitting by this import"),
        found=[(pair.names, " · ".join(pair.rules), _place(pair)) for pair in found],
    )


def _place(pair: Caused) -> str:
    """Return where one acts on it: its signal, else the pair."""
    if pair.signal_id is None:
        return url_for("duo.show", mentorship_id=pair.pair_id)
    return url_for("signals.index", open=pair.signal_id, _anchor=f"signal-{pair.signal_id}")


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
