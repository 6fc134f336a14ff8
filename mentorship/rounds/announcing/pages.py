"""Doors: a round is announced, managers answer about its pairs, and the coordinator sees who did."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.i18n import gettext
from mentorship.mentorships import queries as mentorships
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.programme import queries as programme
from mentorship.rounds import frame
from mentorship.rounds import queries as rounds
from mentorship.rounds.announcing import actions, answering, asking, cards, objecting, pending, queries, rules, terms
from mentorship.rounds.announcing.forms import AnswerForm, SaidForm
from mentorship.rounds.asking import Asking
from mentorship.rounds.forms import VersionForm
from mentorship.rounds.models import Round
from mentorship.web.confirm import confirm, confirmation
from mentorship.web.page import Page, done, done_at, render, safe_next, sent
from mentorship.web.request import db, now

blueprint = Blueprint("announcing", __name__)


@blueprint.get("/announcing")
@guard.allow(access.ANSWER_PAIRS)
def index() -> Page:
    """Show the announced pairs of one's own team, and of whom one stands in for."""
    me = guard.actor().person_id
    back = safe_next(request.args.get("back"))
    found = cards.cards(db(), pending.pending(db(), now()), me)
    return render(
        "rounds/announcing/index.html",
        heading=cards.heading(found),
        cards=found,
        doors={card.key: _door(card, back) for card in found},
        way_back=back,
    )


def _door(card: cards.Card, back: str | None) -> tuple[str, dict[str, int]]:
    """Return where an answer about a pair is sent, with the page to go back to, and what goes with it."""
    told = card.told
    if told.mentorship_id is not None:
        at_once = url_for(
            "announcing.answer_at_once",
            mentorship_id=told.mentorship_id,
            back=back,
        )
        return at_once, {}
    named = {
        "request_id": told.request_id,
        "mentor_id": told.mentor_id,
    }
    of_round = url_for(
        "announcing.answer",
        round_id=told.round_id,
        back=back,
    )
    return of_round, named


def _back() -> str:
    return request.args.get("back", "")


@blueprint.post("/announcing/<id:round_id>")
@guard.allow(access.ANSWER_PAIRS, of=rounds.round_subject)
def answer(round_id: int) -> Response:
    """Say that a pair is fine, or why not now."""
    form = AnswerForm.read(sent())
    answering.answer(
        db(),
        guard.actor(),
        round_id,
        request_id=form.request_id,
        mentor_id=form.mentor_id,
        reason=form.reason,
        now=now(),
    )
    told = gettext("Noted: this pair is fine.")
    if form.reason:
        told = gettext("Noted. This pair is not proposed, and pairs are found again.")
    anchor = f"p{round_id}-{form.request_id}"
    return done_at(told, _back(), "announcing.index", _anchor=anchor)


@blueprint.post("/announcing/pairs/<id:mentorship_id>")
@guard.allow(access.ANSWER_PAIRS, of=mentorships.subject)
def answer_at_once(mentorship_id: int) -> Response:
    """Say that a pair made at once is fine, or why not now."""
    form = SaidForm.read(sent())
    objecting.answer(
        db(),
        guard.actor(),
        mentorship_id,
        form.reason,
        now(),
    )
    told = gettext("Noted: this pair is fine.")
    if form.reason:
        told = gettext("Noted. The proposal is withdrawn, and the request is open again.")
    return done_at(told, _back(), "announcing.index")


@blueprint.get("/announcing/<id:round_id>/answers")
@guard.allow(access.COORDINATE, of=rounds.round_subject)
def answers(round_id: int) -> Page:
    """Show which managers answered about which pair, and what is waited for."""
    around = frame.of(db(), db().get_one(Round, round_id), now())
    pairs = queries.announced(db(), now(), round_id)
    asked = actions.asked_of(pairs)
    early = bool(pairs) and not around.renewing and rules.all_said(asked)
    return render(
        "rounds/announcing/answers.html",
        tab="answers",
        frame=around,
        rows=cards.rows(db(), pairs, now()),
        finding=cards.finding(pairs, now()) if pairs else "",
        early=early,
    )


@blueprint.get("/announcing/<id:round_id>/announce")
@guard.allow(access.COORDINATE, of=rounds.round_subject)
def ask_to_announce(round_id: int) -> Page:
    """Say what announcing does, before it is done."""
    around = frame.of(db(), db().get_one(Round, round_id), now())
    today = local_date(now())
    days = programme.programme(db()).objection_days
    closed = terms.closed(db(), today)
    last = rules.last_day(today, days, closed)
    managers, without = queries.to_ask(db(), round_id, now())
    asked = asking.announce(around, last, managers, without)
    return _ask(around, around.announceable, asked, "announcing.announce")


@blueprint.get("/announcing/<id:round_id>/withdraw")
@guard.allow(access.COORDINATE, of=rounds.round_subject)
def ask_to_withdraw(round_id: int) -> Page:
    """Say what withdrawing an announcement does, before it is done."""
    around = frame.of(db(), db().get_one(Round, round_id), now())
    pairs = queries.announced(db(), now(), round_id)
    given = actions.asked_of(pairs)
    asked = asking.withdraw(around, given)
    return _ask(around, around.announced, asked, "announcing.withdraw")


def _ask(around: frame.Frame, possible: bool, asked: Asking, endpoint: str) -> Page:
    back = url_for("rounds.show", round_id=around.id)
    if not possible:
        return redirect(back, 303)
    to = url_for(endpoint, round_id=around.id)
    held = {"version": around.version}
    return confirm(confirmation(asked, to, back, held))


def _version() -> int:
    """Return the version that the page of the button showed."""
    return VersionForm.read(sent()).version


@blueprint.post("/announcing/<id:round_id>/announce")
@guard.allow(access.COORDINATE, of=rounds.round_subject)
def announce(round_id: int) -> Response:
    """Tell the managers of both sides of every pair."""
    actions.announce(db(), guard.actor(), round_id, _version(), now())
    return done(gettext("Announced. The managers see their pairs now."), "announcing.answers", round_id=round_id)


@blueprint.post("/announcing/<id:round_id>/withdraw")
@guard.allow(access.COORDINATE, of=rounds.round_subject)
def withdraw(round_id: int) -> Response:
    """Take an announcement back."""
    actions.withdraw(db(), guard.actor(), round_id, _version(), now())
    return done(gettext("The announcement is withdrawn."), "rounds.show", round_id=round_id)
