"""Door: the programme settings."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from mentorship.base.errors import Conflict
from mentorship.base.i18n import decimal, gettext
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.programme import actions, queries, words
from mentorship.programme.consent import queries as consent
from mentorship.programme.forms import ProgrammeForm
from mentorship.programme.models import Programme
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("programme", __name__, url_prefix="/programme")

TICKED = "true"
"""What a box sends when it is ticked."""


def _page(wrong: Mistake = NOTHING_WRONG) -> Page:
    settings = queries.programme(db())
    lacking = queries.lacking(db())
    return render_form(
        "programme/index.html",
        wrong,
        values=wrong.values if wrong else _known(settings),
        heading=words.heading(lacking),
        lacking=lacking,
        criteria=words.criterion_names(),
        agreed=consent.present(db()) is not None,
        waits=bool(consent.waiting(db())),
        weighing=words.weighing(consent.present(db()) is not None),
    )


def _known(settings: Programme) -> dict[str, Any]:
    """Return the settings as the form shows them."""
    values = settings.snapshot()
    values["hours_per_pair"] = decimal(settings.hours_per_pair)
    values["confirm_hours"] = TICKED if settings.confirm_hours else ""
    values["managers_pair"] = TICKED if settings.managers_pair else ""
    weights = words.weight_values(settings.weights, settings.floor, settings.spread, settings.waiting)
    return {**values, **weights}


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Page:
    """Show the settings."""
    return _page()


@blueprint.post("")
@guard.allow(access.COORDINATE, again=True)
def change() -> Page:
    """Save the settings."""
    fields = sent()
    try:
        form = ProgrammeForm.read(fields)
        waits = actions.change(db(), guard.actor(), form.version, form.settings(), now())
    except Conflict:
        raise  # the fields that were sent belong to settings that are no longer so
    except MISTAKES as failure:
        return _page(mistake(failure, fields))
    if waits:
        return done(words.waits(), "agreements.index")
    return done(gettext("The settings are saved."), "programme.index")
