"""Doors: one request within a round: its pair, why, who else could, and the coordinator's decision."""

from __future__ import annotations

from typing import Any

import flask
from flask import Blueprint, redirect, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.mentor_requests.models import MentorRequest
from mentorship.mentor_requests.queries import needs_of
from mentorship.mentorships import explanation as wording
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.profiles import queries as profiles
from mentorship.profiles.words import LEVELS
from mentorship.rounds import actions, queries, rules, views, words
from mentorship.rounds.gather import Terms
from mentorship.rounds.models import Round, RoundPair, RoundUnmatched
from mentorship.rounds.pages import frame
from mentorship.rounds.review import shortage, why_not
from mentorship.rounds.review.forms import DecisionForm
from mentorship.rounds.solution import Choice, unpack
from mentorship.web.page import Page, paging, render, sent
from mentorship.web.request import db, now

blueprint = Blueprint("review", __name__, url_prefix="/rounds/<id:round_id>/review")


@blueprint.get("/unmatched")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def unmatched(round_id: int) -> Page:
    """Show the requests nobody was found for, and why."""
    around = frame(round_id)
    pages = paging(around["unmatched_count"])
    found = queries.unmatched(db(), round_id, pages.offset, pages.size)
    return render(
        "rounds/review/unmatched.html", rows=views.unmatched_rows(db(), found), paging=pages, tab="unmatched", **around
    )


@blueprint.get("/places")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def places(round_id: int) -> Page:
    """Show where places are short, and where one more would help."""
    around = frame(round_id)
    found = around["round"]
    # what a place is worth holds for the outcome of these very terms
    stored = unpack(found.problem) if found.problem and found.status in rules.OUTCOME_HOLDS else None
    terms = actions.terms(db(), found)
    rows, more = shortage.places(db(), stored, terms) if stored else ([], 0)
    short = stored.shortages(terms) if stored else []
    return render(
        "rounds/review/places.html",
        tab="places",
        stored=stored,
        short=shortage.bottlenecks(db(), short[: shortage.MOST]),
        more_short=max(0, len(short) - shortage.MOST),
        rows=rows,
        more=more,
        **around,
    )


def request_subject(session: Session, round_id: int, request_id: int) -> access.Subject | None:
    """Tell whether there is such a round and request."""
    known = queries.exists(session, round_id) and queries.requests(session, [request_id])
    return access.Subject() if known else None


@blueprint.get("/<id:request_id>")
@guard.allow(access.COORDINATE, of=request_subject)
def show(round_id: int, request_id: int) -> Page:
    """Show one request of the round: the pair, its parts, and every eligible mentor."""
    found = db().get_one(Round, round_id)
    pair = db().get(RoundPair, (round_id, request_id))
    request = queries.requests(db(), [request_id])[request_id]
    stored = unpack(found.problem) if found.problem else None
    # prices hold for the outcome of these very terms: not for a round that changed since it was solved
    terms = actions.terms(db(), found)
    holds = found.status in rules.OUTCOME_HOLDS
    others = stored.choices(request_id, terms if holds else None) if stored else []
    decided = {o.mentor_id: o.kind for o in queries.overrides(db(), round_id) if o.request_id == request_id}
    domains = {d.id: d for d in profiles.domains(db())}
    explanation = pair.explanation if pair else {}
    unmatched = db().get(RoundUnmatched, (round_id, request_id))
    return render(
        "rounds/review/request.html",
        round=found,
        request=request,
        pair=pair,
        others=others[:50],
        more=max(0, len(others) - 50),
        best=min((c for c in others if c.loss is not None), key=lambda c: c.loss or (), default=None),
        decided=decided,
        parts=wording.parts(explanation, coordinator=True),
        needs=needs_of(db(), [request_id]).get(request_id, []),
        domains=domains,
        levels=LEVELS,
        sites={s.id: s.name for s in people.sites(db())},
        words=words,
        taken=queries.takers(db(), round_id),
        unmatched=views.unmatched_rows(db(), [unmatched])[0] if unmatched else None,
        gained=shortage.gained,
        **_people(request, others, decided, pair),
        **_why_not(
            request_id, others if holds else [], terms, {d.id: d.name for d in domains.values() if d.id is not None}
        ),
    )


def _people(
    request: MentorRequest, others: list[Choice], decided: dict[int, str], pair: RoundPair | None
) -> dict[str, Any]:
    """Return everybody the page names: mentors, and who would move, by request."""
    moves = [move for choice in others[:50] for move in choice.moves]
    movers = queries.requests(db(), [request_id for request_id, _, _ in moves])
    ids: list[int | None] = [request.person_id, *(c.mentor_id for c in others), *decided]
    ids += [*([pair.mentor_id] if pair else []), *(r.person_id for r in movers.values())]
    ids += [mentor for _, *ends in moves for mentor in ends]
    shown = people.persons(db(), ids)
    return {"people": shown, "movers": {i: shown[r.person_id] for i, r in movers.items()}}


def _why_not(request_id: int, others: list[Choice], terms: Terms, domains: dict[int, str]) -> dict[str, Any]:
    """Answer why a mentor whom the coordinator looked up is not among the eligible."""
    text = flask.request.args.get("q", "")[:100].replace("\0", "").strip()
    asked = flask.request.args.get("mentor", "")
    chosen = people.persons(db(), [int(asked)] if asked.isdecimal() and len(asked) < 10 else [])
    mentor = next((person for person in chosen.values() if person.left_on is None), None)
    answer = ""
    if mentor is not None and mentor.id is not None and mentor.id not in {c.mentor_id for c in others}:
        pair = request_id, mentor.id
        answer = why_not.sentence(db(), terms, pair, mentor.name, domains, local_date(now()))
    return {
        "q": text,
        "found": people.colleagues(db(), text, 0, 10) if text else [],
        "chosen": mentor,
        "eligible": {c.mentor_id: c.loss for c in others},
        "answer": answer,
    }


@blueprint.post("/decide")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def decide(round_id: int) -> Response:
    """Lock, forbid or release a pair."""
    form = DecisionForm.read(sent())
    kind = None if form.kind == "release" else form.kind
    actions.decide(
        db(),
        guard.actor(),
        round_id,
        form.version,
        request_id=form.request_id,
        mentor_id=form.mentor_id,
        kind=kind,
        now=now(),
    )
    return redirect(url_for("review.show", round_id=round_id, request_id=form.request_id), 303)
