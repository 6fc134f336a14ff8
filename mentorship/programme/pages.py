"""Door: the programme settings."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from mentorship.base.errors import Conflict, Refused
from mentorship.base.forms import Invalid
from mentorship.base.i18n import gettext
from mentorship.matching import CRITERIA
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.programme import actions, queries, rules
from mentorship.programme.forms import ProgrammeForm
from mentorship.programme.words import CRITERION_NAMES
from mentorship.web.page import Page, done, invalid, render, sent
from mentorship.web.request import db, now

blueprint = Blueprint("programme", __name__, url_prefix="/programme")


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Page:
    """Show the settings."""
    settings = queries.programme(db())
    values = {**settings.snapshot(), **{f"weight_{k}": v for k, v in settings.weights.items()}}
    values["hours_per_pair"] = float(settings.hours_per_pair)
    return render("programme/index.html", values=values, errors={}, **_context())


def _context() -> dict[str, Any]:
    settings = queries.programme(db())
    lacking = rules.missing(settings.works_council_on, settings.no_works_council, settings.dpia_on, settings.visibility)
    return {"lacking": lacking, "criteria": CRITERIA, "criterion_names": CRITERION_NAMES}


@blueprint.post("")
@guard.allow(access.COORDINATE)
def change() -> Page:
    """Save the settings."""
    fields = sent()
    try:
        form = ProgrammeForm.read(fields)
        actions.change(db(), guard.actor(), form.version, form.settings(), now())
    except Invalid as failure:
        return invalid("programme/index.html", failure.errors, failure.values, **_context())
    except Conflict:
        raise
    except Refused as refusal:
        return invalid("programme/index.html", {refusal.field: str(refusal)}, fields, **_context())
    return done(gettext("The settings are saved."), "programme.index")
