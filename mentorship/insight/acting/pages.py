"""Doors: pause, go on, end, and say until when, of one pair or of several that were ticked; and the same two again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.forms import Invalid
from mentorship.base.i18n import gettext
from mentorship.checkins.endings import actions as endings
from mentorship.checkins.endings import queries as ending_queries
from mentorship.insight.acting import queries, words
from mentorship.insight.acting.forms import EndForm, PairsForm, PausePairsForm, UntilForm
from mentorship.insight.acting.queries import Chosen
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships import words as pair_words
from mentorship.mentorships.acting import actions, planning
from mentorship.mentorships.acting.actions import END, PAUSE, RESUME, UNTIL, Done
from mentorship.mentorships.acting.planning import ENDS, STAYS
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.rules import PAUSE as LENGTH
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.programme.queries import programme
from mentorship.web import undo
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, safe_next, sent
from mentorship.web.request import db, now

blueprint = Blueprint("acting", __name__, url_prefix="/acting")


def _asked() -> tuple[Sequence[Chosen], str]:
    """Return the pairs that the address names and that the reader may act on, and where they came from."""
    typed = {"duo": request.args.getlist("duo"), "back": request.args.get("back", "")}
    return _read(typed)


def _read(fields: Mapping[str, Any]) -> tuple[Sequence[Chosen], str]:
    """Return the pairs that are named and that the reader may act on: without any there is no such page."""
    try:
        form = PairsForm.read({"duo": fields.get("duo", []), "back": fields.get("back", "")})
    except Invalid:
        abort(404)
    found = queries.chosen(db(), guard.actor(), form.duo)
    if not found:
        abort(404)
    return found, safe_next(form.back) or ""


def _shown(pairs: Sequence[Chosen], back: str) -> dict[str, Any]:
    """Return what every page of these shows: of whom it is, and the way back."""
    return {
        "pairs": pairs,
        "names": words.names(pairs),
        "back": back,
        "way_back": back or url_for("duo.show", mentorship_id=pairs[0].id),
    }


@blueprint.get("/pause")
@guard.allow(access.SIGNED_IN)
def ask_pause() -> Page:
    """Ask until when these pause."""
    return _ask_pause(*_asked())


def _ask_pause(pairs: Sequence[Chosen], back: str, wrong: Mistake = NOTHING_WRONG) -> Page:
    today = local_date(now())
    later = today + LENGTH
    return render_form(
        "insight/acting/pause.html",
        wrong,
        heading=words.pausing(pairs),
        ways=pair_words.pauses(today),
        **_shown(pairs, back),
        values={"until": later.isoformat(), **wrong.values},
    )


@blueprint.post("/pause")
@guard.allow(access.SIGNED_IN)
def pause() -> Page:
    """Pause them until a day."""

    def act(fields: Mapping[str, Any], pair_id: int) -> Mentorship:
        until = PausePairsForm.read(fields).until
        return actions.pause(
            db(),
            guard.actor(),
            pair_id,
            until,
            now(),
        )

    return _with(PAUSE, act, _ask_pause)


@blueprint.post("/resume")
@guard.allow(access.SIGNED_IN)
def resume() -> Page:
    """Let them go on."""

    def act(_fields: Mapping[str, Any], pair_id: int) -> Mentorship:
        return actions.resume(
            db(),
            guard.actor(),
            pair_id,
            now(),
        )

    return _with(RESUME, act, None)


@blueprint.get("/until")
@guard.allow(access.SIGNED_IN)
def ask_until() -> Page:
    """Ask until when these are meant to run, or whether they end now."""
    return _ask_until(*_asked())


def _ask_until(pairs: Sequence[Chosen], back: str, wrong: Mistake = NOTHING_WRONG) -> Page:
    today = local_date(now())
    since = pairs[0].pair.expected_end if len(pairs) == 1 else None
    return render_form(
        "insight/acting/until.html",
        wrong,
        heading=words.running(pairs),
        ways=words.extensions(today, since),
        **_shown(pairs, back),
        values={"until": since.isoformat() if since else "", **wrong.values},
    )


@blueprint.post("/until")
@guard.allow(access.SIGNED_IN)
def until() -> Page:
    """Keep until when they are meant to run."""

    def act(fields: Mapping[str, Any], pair_id: int) -> Mentorship:
        day = UntilForm.read(fields).until
        return actions.expect(
            db(),
            guard.actor(),
            pair_id,
            day,
            now(),
        )

    return _with(UNTIL, act, _ask_until)


@blueprint.get("/end")
@guard.allow(access.SIGNED_IN)
def ask_end() -> Page:
    """Say with names and numbers what ending does, before it is done, and ask how it ended."""
    return _ask_end(*_asked())


def _ask_end(pairs: Sequence[Chosen], back: str, wrong: Mistake = NOTHING_WRONG) -> Page:
    asked = sum(ending_queries.asks_once_more(db(), one.pair) for one in pairs)
    hours = float(programme(db()).hours_per_pair)
    return render_form(
        "insight/acting/end.html",
        wrong,
        heading=words.ending(pairs),
        consequences=words.follows(
            pairs,
            hours,
            asked=asked,
        ),
        reasons=words.reasons(pairs),
        again=request.args.get("again") == "true",
        several=len(pairs) > 1,
        **_shown(pairs, back),
        values={"ends_on": _first_day(pairs).isoformat(), **wrong.values},
    )


def _first_day(pairs: Sequence[Chosen]) -> date:
    """Return the day on which these end, if that was said of one alone; else today."""
    said = pairs[0].pair.ends_on if len(pairs) == 1 else None
    return said or local_date(now())


@blueprint.post("/end")
@guard.allow(access.SIGNED_IN)
def end() -> Page:
    """End them today and go on to the next step, or let them end on a later day."""

    def act(fields: Mapping[str, Any], pair_id: int) -> Mentorship:
        form = EndForm.read(fields)
        return endings.end_on(
            db(),
            guard.actor(),
            pair_id,
            form.ends_on,
            now(),
            form.parting(),
        )

    return _with(END, act, _ask_end)


@blueprint.post("/stay")
@guard.allow(access.SIGNED_IN)
def stay() -> Page:
    """Take back that they end on a later day."""

    def act(_fields: Mapping[str, Any], pair_id: int) -> Mentorship:
        return planning.let_go_on(db(), guard.actor(), pair_id, now())

    return _with(STAYS, act, None)


Act = Callable[[Mapping[str, Any], int], Mentorship]
Again = Callable[[Sequence[Chosen], str, Mistake], Page]


def _with(what: str, act: Act, again: Again | None) -> Page:
    """Act on each of the pairs that were sent; what was typed wrong is asked again, what could not be done is said."""
    fields = sent("duo")
    pairs, back = _read(fields)
    by_id = {one.id: one for one in pairs}
    try:
        came = actions.each(by_id, lambda pair_id: act(fields, pair_id))
    except MISTAKES as failure:
        if again is None:
            raise
        return again(pairs, back, mistake(failure, fields))
    if not came.done:
        raise came.refused[0][1]
    return _gone(what, came, by_id, back, fields)


def _gone(what: str, came: Done, by_id: Mapping[int, Chosen], back: str, fields: Mapping[str, Any]) -> Response:
    """Say what was done, and go on: to where one came from, or to what comes next."""
    if what == END and came.done[0].runs:
        what = ENDS
    undo.say(words.said(what, came, by_id))
    if what == END and fields.get("again") and access.COORDINATE.allows(guard.actor()):
        return redirect(_next_mentor(by_id), 303)
    return redirect(back or url_for("duo.show", mentorship_id=next(iter(by_id))), 303)


def _next_mentor(by_id: Mapping[int, Chosen]) -> str:
    """Return where the junior is paired again; of several the list of all who wait."""
    juniors = {chosen.pair.junior_id for chosen in by_id.values()}
    if len(juniors) > 1:
        return url_for("waiting.index")
    return url_for("direct.show", person_id=juniors.pop())


@blueprint.post("/<id:mentorship_id>/again")
@guard.allow(access.OWN, of=mentorships.subject)
def again(mentorship_id: int) -> Response:
    """Say that one would like the same one again."""
    both = actions.again(
        db(),
        guard.actor(),
        mentorship_id,
        now(),
    )
    said = gettext("Kept. Only you and the coordinator see it, until the other says the same.")
    if both:
        said = gettext("You both said so: you can be paired again.")
    return done(
        said,
        "duo.show",
        mentorship_id=mentorship_id,
    )
