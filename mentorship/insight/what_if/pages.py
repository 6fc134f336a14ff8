"""Doors: try places, a pause, an absence or one more mentor before anything is saved, and ask who it concerns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.errors import Refused
from mentorship.base.i18n import gettext
from mentorship.insight.what_if import actions, changes, grounds, queries, rows, trial, words
from mentorship.insight.what_if.changes import Asked, Change
from mentorship.insight.what_if.forms import AskForm, TryForm
from mentorship.insight.what_if.grounds import Facts, Tryable
from mentorship.insight.what_if.queries import Known
from mentorship.insight.what_if.trial import Trial
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.people.line import Line
from mentorship.people.models import Person
from mentorship.rounds.models import Round
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, searched, sent
from mentorship.web.request import db, now

blueprint = Blueprint("what_if", __name__, url_prefix="/insight/what-if")
OF_NEXT = "next"
TRIED = ("what", "who", "number", "first", "last")


@dataclass(frozen=True)
class Scope:
    """Within what is tried: whose line (None: everybody), which round (None: the next one), of those being made."""

    line: Line | None
    found: Round | None
    rounds: Sequence[Round]
    facts: Facts
    made: Tryable

    def address(self, kept: Sequence[Change], **more: Any) -> dict[str, Any]:
        """Return the values of an address that tries these."""
        where = self.round_asked
        chosen = {"round": where} if where else {}
        return {**changes.address(kept), **chosen, **more}

    @property
    def round_asked(self) -> str:
        """Return the round that the address asks for; "" where it asks for none."""
        asked = request.args.get("round", "")
        if asked == OF_NEXT:
            return asked
        return asked if self.found is not None and asked == str(self.found.id) else ""


def _scope() -> Scope:
    me = guard.actor()
    everybody = me.has(access.COORDINATOR)
    line = None if everybody else Line(db(), me.person_id)
    being_made = grounds.rounds_being_made(db())
    found = _round_asked(being_made, request.args.get("round", ""))
    known = grounds.facts(db(), now())
    return Scope(
        line,
        found,
        being_made,
        known,
        grounds.tryable(db(), known, found),
    )


def _round_asked(being_made: Sequence[Round], asked: str) -> Round | None:
    """Return the round an address asks for, else the first that is being made; None for the next one."""
    if asked == OF_NEXT:
        return None
    for one in being_made:
        if str(one.id) == asked:
            return one
    return being_made[0] if being_made else None


def _asked() -> Asked:
    return changes.read(request.args.items(multi=True), local_date(now()))


def _tried(scope: Scope) -> Trial:
    return trial.trial(
        db(),
        scope.facts,
        scope.made,
        _asked(),
        scope.line,
        local_date(now()),
    )


@blueprint.get("")
@guard.allow(access.SEE_WORKLOAD)
def index() -> Page:
    """Show what would come of what the address tries; nothing is saved."""
    return _show(_scope())


def _show(scope: Scope, wrong: Mistake = NOTHING_WRONG) -> Page:
    found = _tried(scope)
    seen = rows.shown(db(), found, scope.line)
    result = scope.made.ground.result
    text = searched()
    chosen = _chosen(scope, found)
    return render_form(
        "insight/what_if/index.html",
        wrong,
        heading=words.heading(seen.counts, len(found.changes)),
        basis=words.basis(
            scope.found,
            kept=scope.made.kept,
            requests=len(result.mentor),
            matched=result.matched,
        ),
        lines=_lines(scope, found),
        items=words.items(seen.counts),
        seen=seen,
        left_out=[str(refused) for refused in found.wrong],
        kept=_hidden(scope, found.changes),
        rounds=_rounds(scope, found.changes),
        chosen=chosen,
        place_kind=changes.PLACES if chosen and chosen.offers else changes.MENTOR,
        q=text,
        people=_people(scope, found, text),
        others=_others(scope),
        empty=url_for("what_if.index", **scope.address([])),
        asks=scope.line is None,
    )


def _lines(scope: Scope, found: Trial) -> list[dict[str, Any]]:
    """Return the changes, each with the address that takes it back."""
    told = []
    for one in rows.lines(found, scope.line, now()):
        rest = changes.without(found.changes, one.change)
        row = {
            "line": one,
            "back": url_for("what_if.index", **scope.address(rest)),
            "asks": url_for("what_if.ask", **scope.address(found.changes)),
        }
        told.append(row)
    return told


def _hidden(scope: Scope, kept: Sequence[Change]) -> list[tuple[str, str]]:
    """Return what goes along with a form that tries one thing more."""
    found = [(change.what, change.value) for change in kept]
    if scope.round_asked:
        found.append(("round", scope.round_asked))
    return found


def _rounds(scope: Scope, kept: Sequence[Change]) -> list[dict[str, Any]]:
    """Return the rounds to try it with, as views; none where there is nothing to choose, or to a manager."""
    if scope.line is not None or not scope.rounds:
        return []
    views = []
    for one in (*scope.rounds, None):
        asked = OF_NEXT if one is None else str(one.id)
        view = {
            "title": gettext("Next round") if one is None else one.name,
            "url": url_for("what_if.index", **scope.address(kept) | {"round": asked}),
            "here": one is scope.found,
            "count": None,
        }
        views.append(view)
    return views


def _chosen(scope: Scope, found: Trial) -> Known | None:
    """Return with whom something is to be tried, by the address; None for nobody, and for who is not to be seen."""
    asked = request.args.get("who", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 10):
        return None
    person_id = int(asked)
    if person_id in found.known:
        return found.known[person_id]
    seen = queries.persons(
        db(),
        scope.facts,
        [person_id],
        scope.line,
    )
    here = [person for person in seen.values() if person.left_on is None]
    known = queries.known(
        db(),
        scope.facts,
        scope.made,
        here,
    )
    return known.get(person_id)


def _people(scope: Scope, found: Trial, text: str) -> list[tuple[Person, str]]:
    """Return who is looked for with the address that chooses each."""
    if not text:
        return []
    some = queries.called(
        db(),
        scope.facts,
        text,
        scope.line,
    )
    told = []
    for one in some:
        address = scope.address(
            found.changes,
            who=id_of(one),
        )
        told.append((one, url_for("what_if.index", **address)))
    return told


def _others(scope: Scope) -> list[tuple[int, str]]:
    """Return colleagues who could be mentors, to choose from; a manager does not read who could."""
    if scope.line is not None:
        return []
    found = queries.could_be_mentors(
        db(),
        scope.facts,
    )
    return [(id_of(person), person.name) for person in found]


@blueprint.get("/add")
@guard.allow(access.SEE_WORKLOAD)
def add() -> Page:
    """Try one thing more: the same page, with that in its address."""
    scope = _scope()
    fields = _typed(request.args)
    try:
        one = TryForm.read(fields).change(local_date(now()))
    except MISTAKES as failure:
        wrong = mistake(failure, fields)
        return _show(scope, replace(wrong, status=200))  # an address is looked at: nothing was sent to be saved
    kept = changes.with_one(_asked().changes, one)
    return redirect(url_for("what_if.index", **scope.address(kept)), 303)


def _typed(values: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for name in TRIED:
        if name in values:
            found[name] = values[name]
    return found


@blueprint.post("/ask")
@guard.allow(access.COORDINATE)
def ask() -> Response:
    """Ask a mentor who is in the address for one place more, by what it brings as things are today."""
    mentor_id = AskForm.read(sent()).mentor
    scope = _scope()
    found = _tried(scope)
    if mentor_id not in found.known:
        raise Refused(trial.STRANGER)
    actions.ask_place(
        db(),
        guard.actor(),
        found,
        mentor_id,
        now(),
    )
    name = found.known[mentor_id].person.name
    said = gettext("%(name)s is asked for a place.", name=name)
    return done(said, "what_if.index", **scope.address(found.changes))
