"""Doors: the coordinator's match rounds, from opening to closing."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response, redirect, url_for
from werkzeug.wrappers import Response

from mentorship.base import audit
from mentorship.base.forms import Invalid
from mentorship.base.i18n import gettext
from mentorship.matching import CRITERIA
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.programme import queries as programme
from mentorship.programme import rules as programme_rules
from mentorship.programme.words import CRITERION_NAMES
from mentorship.rounds import actions, queries, views, words
from mentorship.rounds.forms import OpenForm, TermsForm, VersionForm
from mentorship.rounds.models import Round
from mentorship.web.page import Page, done, download, is_part, paging, render, sent
from mentorship.web.request import db, now

blueprint = Blueprint("rounds", __name__, url_prefix="/rounds")


def lacking() -> list[str]:
    """Return what the set-up of the programme still needs."""
    s = programme.programme(db())
    return programme_rules.missing(s.works_council_on, s.no_works_council, s.dpia_on, s.visibility)


def _index(status: int = 200, errors: object = None, values: object = None) -> Page:
    return render(
        "rounds/index.html",
        status,
        rounds=queries.rounds(db()),
        sites=people.sites(db()),
        words=words,
        errors=errors or {},
        values=values or {},
        lacking=lacking(),
    )


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Page:
    """List the rounds."""
    return _index()


@blueprint.post("")
@guard.allow(access.COORDINATE)
def open_round() -> Page:
    """Open a round."""
    fields = sent("site")
    try:
        form = OpenForm.read(fields)
    except Invalid as failure:
        return _index(422, failure.errors, fields)
    opened = actions.open_round(db(), guard.actor(), name=form.name, site_ids=form.site, now=now())
    return redirect(url_for("rounds.show", round_id=opened.id), 303)


def frame(round_id: int) -> dict[str, Any]:
    """Return what every page of a round shows around its own."""
    found = db().get_one(Round, round_id)
    return {
        "round": found,
        "words": words,
        "sites": people.sites(db()),
        "lacking": lacking(),
        "criteria": CRITERIA,
        "criterion_names": CRITERION_NAMES,
        "count": queries.pair_count(db(), round_id),
        "errors": {},
        "unmatched_count": queries.unmatched_count(db(), round_id),
    }


@blueprint.get("/<id:round_id>")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def show(round_id: int) -> Page:
    """Show a round: how far it is, how good it is, and its pairs."""
    around = frame(round_id)
    pages = paging(around["count"])
    rows = views.pair_rows(db(), queries.pairs(db(), round_id, pages.offset, pages.size), round_id)
    answers = queries.answers(db(), round_id) if around["round"].published_at else {}
    return render("rounds/show.html", rows=rows, paging=pages, answers=answers, tab="pairs", **around)


@blueprint.get("/<id:round_id>/progress")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def progress(round_id: int) -> Page:
    """Tell how far solving is; when it is done the page is loaded anew."""
    found = db().get_one(Round, round_id)
    if found.status != "solving":
        if not is_part():
            return redirect(url_for("rounds.show", round_id=round_id), 303)
        answer = make_response("")
        answer.headers["HX-Refresh"] = "true"
        return answer
    return render("rounds/_progress.html", round=found, words=words)


@blueprint.get("/<id:round_id>/settings")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def settings(round_id: int) -> Page:
    """Show by what the round is solved."""
    around = frame(round_id)
    return render("rounds/settings.html", tab="settings", values=views.terms_values(around["round"]), **around)


@blueprint.get("/<id:round_id>/decisions")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def decisions(round_id: int) -> Page:
    """Show who decided what, and the certificate of the outcome."""
    history = audit.history(db(), actions.SUBJECT, round_id)
    actors = people.persons(db(), [row.actor_id for row in history])
    overrides = views.override_rows(db(), queries.overrides(db(), round_id))
    return render(
        "rounds/decisions.html",
        tab="decisions",
        history=history,
        actors=actors,
        overrides=overrides,
        **frame(round_id),
    )


@blueprint.post("/<id:round_id>/settings")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def change(round_id: int) -> Page:
    """Change by what the round is solved."""
    fields = sent("site")
    try:
        form = TermsForm.read(fields)
    except Invalid as failure:
        around = {**frame(round_id), "errors": failure.errors}
        return render("rounds/settings.html", 422, tab="settings", values=fields, **around)
    actions.change(
        db(),
        guard.actor(),
        round_id,
        form.version,
        site_ids=form.site,
        weights=form.weights,
        floor=form.floor,
        spread=form.spread,
        unmatched_cost=form.unmatched_cost,
        now=now(),
    )
    return done(gettext("Saved. Solve the round to see what it changes."), "rounds.show", round_id=round_id)


@blueprint.post("/<id:round_id>/solve")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def solve(round_id: int) -> Response:
    """Put the round in line; the worker solves it."""
    actions.ask_to_solve(db(), guard.actor(), round_id, VersionForm.read(sent()).version, now())
    return redirect(url_for("rounds.show", round_id=round_id), 303)


@blueprint.post("/<id:round_id>/stop")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def stop(round_id: int) -> Response:
    """Stop solving; what was found is not written."""
    actions.stop_solving(db(), guard.actor(), round_id, VersionForm.read(sent()).version, now())
    return done(gettext("Solving is stopped."), "rounds.show", round_id=round_id)


@blueprint.post("/<id:round_id>/publish")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def publish(round_id: int) -> Response:
    """Publish once: every pair becomes a proposal."""
    actions.publish(db(), guard.actor(), round_id, VersionForm.read(sent()).version, now())
    return done(gettext("Published. Both sides of every pair now see the proposal."), "rounds.show", round_id=round_id)


@blueprint.post("/<id:round_id>/close")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def close(round_id: int) -> Response:
    """Close a published round."""
    actions.close(db(), guard.actor(), round_id, VersionForm.read(sent()).version, now())
    return done(gettext("The round is closed."), "rounds.show", round_id=round_id)


@blueprint.post("/<id:round_id>/discard")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def discard(round_id: int) -> Response:
    """Throw away a round that was not published."""
    actions.discard(db(), guard.actor(), round_id, VersionForm.read(sent()).version, now())
    return done(gettext("The round is thrown away."), "rounds.index")


@blueprint.get("/<id:round_id>/pairs.csv")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def pairs_csv(round_id: int) -> Response:
    """Download the pairs with score and parts."""
    return download(views.pairs_csv(db(), round_id), f"round-{round_id}.csv")
