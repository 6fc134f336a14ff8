"""Doors: the coordinator's match rounds, from opening to closing."""

from __future__ import annotations

from typing import Any

import flask
from flask import Blueprint, make_response, redirect, url_for
from werkzeug.wrappers import Response

from mentorship.base import audit
from mentorship.base.forms import Invalid
from mentorship.base.i18n import gettext, percent
from mentorship.base.lists import Listing, View
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.views.queries import saved
from mentorship.programme import queries as programme
from mentorship.programme.words import criterion_names
from mentorship.rounds import actions, asking, frame, pair_list, proof, queries, round_list, rows, summary, words
from mentorship.rounds.announcing import actions as announcing
from mentorship.rounds.continuity import told as by_continuity
from mentorship.rounds.fairness import words as fairness_words
from mentorship.rounds.fairness.queries import of_round
from mentorship.rounds.forms import OpenForm, VersionForm
from mentorship.rounds.models import Round
from mentorship.rounds.pair_rows import PairRow, pair_rows
from mentorship.rounds.review import told
from mentorship.rounds.unseen import Unseen
from mentorship.web import lists
from mentorship.web.confirm import Other, confirm, confirmation
from mentorship.web.mistakes import NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, is_part, paging, render, render_form, sent
from mentorship.web.request import db, now, settings

blueprint = Blueprint("rounds", __name__, url_prefix="/rounds")


INDEX = lists.Doors("rounds.index", "rounds.index_csv", "rounds.index_xlsx")


def _index(wrong: Mistake = NOTHING_WRONG) -> Page:
    listing = round_list.listing()
    view = lists.read(listing)
    rounds = queries.rounds(db())
    found = round_list.fitting(rounds, view)
    pages = paging(len(found))
    everything = [lists.Preset(gettext("All rounds"), {}, len(rounds))]
    kept = saved(db(), guard.actor().person_id, listing.key)
    return render_form(
        "rounds/index.html",
        wrong,
        heading=round_list.heading(rounds),
        list=lists.page(listing, view, pages, INDEX, everything, kept),
        rows=found[pages.offset : pages.offset + pages.size],
        sites=rows.site_choices(db(), wrong.values.get("site", [])),
        words=words,
        lacking=programme.lacking(db()),
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
        return _index(mistake(failure, fields))
    opened = actions.open_round(
        db(),
        guard.actor(),
        name=form.name,
        site_ids=form.site,
        now=now(),
    )
    return redirect(url_for("rounds.show", round_id=opened.id), 303)


@blueprint.get("/<id:round_id>")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def show(round_id: int) -> Page:
    """Show a round: who has a mentor and why the rest have none, how well, and its pairs."""
    found = db().get_one(Round, round_id)
    around = frame.of(db(), found, now())
    listing = pair_list.of(db())
    view = lists.read(listing)
    pages = paging(queries.count_fitting(db(), round_id, view))
    pairs = queries.fitting_pairs(db(), round_id, view.rows(pages.offset, pages.size))
    me = guard.actor().person_id
    doors = lists.Doors("rounds.show", "rounds.pairs_csv", "rounds.pairs_xlsx", {"round_id": round_id})
    presets = [lists.Preset(*view_of) for view_of in pair_list.presets(around.pairs)]
    kept = saved(db(), me, listing.key)
    last = told.last(db(), me, round_id, now()) if around.decidable else None
    return render(
        "rounds/show.html",
        tab="pairs",
        frame=around,
        criteria=dict(criterion_names()),
        floor=percent(found.floor),
        list=lists.page(listing, view, pages, doors, presets, kept),
        rows=pair_rows(db(), pairs, found),
        last=last,
        **_summary(found, around),
    )


def _summary(found: Round, around: frame.Frame) -> dict[str, Any]:
    """Return what a round came to; nothing before its pairs are found, and while they first are looked for."""
    if not around.outcome.asked or around.progress:
        return {}

    def pairs(tenth: str) -> str:
        return url_for("rounds.show", round_id=around.id, fit=tenth, _anchor="pairs")

    def left(reason: str) -> str:
        return url_for("review.unmatched", round_id=around.id, why=reason or None)

    return summary.of(db(), found, around.outcome, pairs, left)


@blueprint.get("/<id:round_id>/progress")
@guard.allow(access.COORDINATE, of=queries.round_subject, polled=True)
def progress(round_id: int) -> Page:
    """Tell how far solving is, once for each step; when it is done say so, and then the page is loaded anew."""
    found = db().get_one(Round, round_id)
    solving = frame.progress(db(), found, now())
    if "quiet" in flask.request.args:  # asked from behind an outcome that is worked out again
        return "", 200 if solving is None else 204
    if solving is not None:
        if is_part() and flask.request.args.get("shown") == solving.shown:
            return "", 204
        return render("rounds/_progress.html", progress=solving)
    if not is_part():
        return redirect(url_for("rounds.show", round_id=round_id), 303)
    if "told" not in flask.request.args:
        return render("rounds/_found.html", frame=frame.of(db(), found, now()))
    answer = make_response("")
    answer.headers["HX-Refresh"] = "true"
    return answer


@blueprint.get("/<id:round_id>/decisions")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def decisions(round_id: int) -> Page:
    """Show who decided what, and the certificate of the outcome."""
    found = db().get_one(Round, round_id)
    history = audit.history(db(), actions.SUBJECT, round_id)
    return render(
        "rounds/decisions.html",
        tab="decisions",
        frame=frame.of(db(), found, now()),
        decisions=rows.decision_rows(db(), round_id),
        proof=proof.proof(found),
        continuity=by_continuity(db(), found),
        fairness=fairness_words.tables(of_round(db(), found), people.site_names(db())),
        fairness_why=fairness_words.WHY,
        history=rows.history_rows(db(), history),
    )


def _version() -> int:
    """Return the version that the page of the button showed."""
    return VersionForm.read(sent()).version


@blueprint.post("/<id:round_id>/solve")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def solve(round_id: int) -> Response:
    """Put the round in line; the worker solves it."""
    actions.ask_to_solve(db(), guard.actor(), round_id, _version(), now())
    return redirect(url_for("rounds.show", round_id=round_id), 303)


@blueprint.post("/<id:round_id>/stop")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def stop(round_id: int) -> Response:
    """Stop solving; what was found is not written."""
    actions.stop_solving(db(), guard.actor(), round_id, _version(), now())
    return done(gettext("The search for pairs is stopped."), "rounds.show", round_id=round_id)


@blueprint.get("/<id:round_id>/publish")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def ask_to_publish(round_id: int) -> Page:
    """Say what publishing does, before it is done."""
    around = frame.of(db(), db().get_one(Round, round_id), now())
    asked = asking.publish(db(), around, now(), mails=settings().mails)
    return _ask(around, around.publishable, asked, "rounds.publish")


@blueprint.get("/<id:round_id>/close")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def ask_to_close(round_id: int) -> Page:
    """Say what closing does, before it is done."""
    around = frame.of(db(), db().get_one(Round, round_id), now())
    return _ask(around, around.published, asking.close(around), "rounds.close")


@blueprint.get("/<id:round_id>/discard")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def ask_to_discard(round_id: int) -> Page:
    """Say what throwing a round away does, before it is done."""
    around = frame.of(db(), db().get_one(Round, round_id), now())
    return _ask(around, around.editable, asking.discard(around), "rounds.discard")


def _ask(around: frame.Frame, possible: bool, asked: asking.Asking, endpoint: str) -> Page:
    """Ask on a page of its own; what the round does not allow now leads back to it."""
    back = url_for("rounds.show", round_id=around.id)
    if not possible:
        return redirect(back, 303)
    action = url_for(endpoint, round_id=around.id)
    other = _cards_of(asked.unseen) if asked.unseen else None
    return confirm(confirmation(asked, action, back, {"version": around.version}, other))


def _cards_of(found: Unseen) -> Other:
    """Offer the cards of exactly those who cannot see the proposals of a round."""
    return Other(found.told, found.button, url_for("people.codes"), {"person": found.to_print})


@blueprint.post("/<id:round_id>/publish")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def publish(round_id: int) -> Response:
    """Publish once: every pair becomes a proposal."""
    announcing.publish(db(), guard.actor(), round_id, _version(), now())
    told = gettext("Published. Both sides of every pair now see the proposal.")
    return done(told, "rounds.show", round_id=round_id)


@blueprint.post("/<id:round_id>/close")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def close(round_id: int) -> Response:
    """Close a published round."""
    actions.close(db(), guard.actor(), round_id, _version(), now())
    return done(gettext("The round is closed."), "rounds.show", round_id=round_id)


@blueprint.post("/<id:round_id>/discard")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def discard(round_id: int) -> Response:
    """Throw away a round that was not published."""
    actions.discard(db(), guard.actor(), round_id, _version(), now())
    return done(gettext("The round is deleted."), "rounds.index")


@blueprint.get("/rounds.csv")
@guard.allow(access.COORDINATE)
def index_csv() -> Response:
    """Download the rounds that the list shows, all pages of it."""
    return lists.csv(*_listed_rounds(), "rounds")


@blueprint.get("/rounds.xlsx")
@guard.allow(access.COORDINATE)
def index_xlsx() -> Response:
    """Download the same as a workbook."""
    return lists.xlsx(*_listed_rounds(), "rounds")


def _listed_rounds() -> tuple[Listing, View, list[round_list.RoundRow]]:
    listing = round_list.listing()
    view = lists.read(listing)
    return listing, view, round_list.fitting(queries.rounds(db()), view)


def _listed(round_id: int) -> tuple[Listing, View, list[PairRow]]:
    listing = pair_list.of(db())
    view = lists.read(listing)
    pairs = queries.fitting_pairs(db(), round_id, view)
    return listing, view, pair_rows(db(), pairs, db().get_one(Round, round_id))


@blueprint.get("/<id:round_id>/pairs.csv")
@guard.allow(access.COORDINATE, of=queries.round_subject, again=True)
def pairs_csv(round_id: int) -> Response:
    """Download the pairs that the list shows, all pages of it, with score and parts."""
    return lists.csv(*_listed(round_id), f"round-{round_id}")


@blueprint.get("/<id:round_id>/pairs.xlsx")
@guard.allow(access.COORDINATE, of=queries.round_subject, again=True)
def pairs_xlsx(round_id: int) -> Response:
    """Download the same as a workbook."""
    return lists.xlsx(*_listed(round_id), f"round-{round_id}")
