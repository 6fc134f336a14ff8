"""Doors: by what a round is solved, and changing it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from mentorship.base.forms import Invalid
from mentorship.base.i18n import gettext, typed
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.programme.consent import queries as consent
from mentorship.programme.consent.words import terms_told
from mentorship.programme.words import criterion_names, weight_values
from mentorship.rounds import actions, frame, queries, rows
from mentorship.rounds.models import Round
from mentorship.rounds.terms.forms import TermsForm
from mentorship.web.mistakes import NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("terms", __name__, url_prefix="/rounds/<id:round_id>/terms")


def _page(found: Round, wrong: Mistake = NOTHING_WRONG) -> Page:
    values = wrong.values if wrong else _known(found)
    return render_form(
        "rounds/terms/index.html",
        wrong,
        tab="terms",
        frame=frame.of(db(), found, now()),
        values=values,
        criteria=criterion_names(),
        sites=rows.site_choices(db(), values["site"]),
        agreed=_agreed(found),
    )


def _agreed(found: Round) -> str:
    """Say what was agreed about the weights, and whether this round differs from it."""
    agreed = consent.agreed(db())
    if agreed is None:
        return ""
    return terms_told(agreed, actions.goes_by(found))


def _known(found: Round) -> dict[str, Any]:
    """Return by what the round is solved as the form shows it."""
    return {
        **weight_values(found.weights, found.floor, found.spread, found.waiting),
        "unmatched_cost": typed(found.unmatched_cost, 6),
        "site": [str(site_id) for site_id in found.site_ids],
    }


@blueprint.get("")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def index(round_id: int) -> Page:
    """Show by what the round is solved."""
    found = db().get_one(Round, round_id)
    return _page(found)


@blueprint.post("")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def change(round_id: int) -> Page:
    """Change by what the round is solved."""
    fields = sent("site")
    try:
        form = TermsForm.read(fields)
    except Invalid as failure:
        wrong = mistake(failure, fields)
        return _page(db().get_one(Round, round_id), wrong)
    actions.change(
        db(),
        guard.actor(),
        round_id,
        form.version,
        site_ids=form.site,
        weights=form.weights,
        floor=form.floor,
        spread=form.spread,
        waiting=form.waiting,
        unmatched_cost=form.unmatched_cost,
        now=now(),
    )
    told = gettext("Saved. Find pairs again to see what it changes.")
    return done(told, "terms.index", round_id=round_id)
