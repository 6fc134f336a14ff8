"""Doors: one request within a round: its pair, why, who else could, and the coordinator's decision."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from mentorship.mentor_requests.queries import needs_of
from mentorship.mentorships import wording
from mentorship.people import access, guard
from mentorship.people import queries as people
from mentorship.profiles import queries as profiles
from mentorship.profiles.words import LEVELS
from mentorship.rounds import actions, queries, views, words
from mentorship.rounds.forms import DecisionForm
from mentorship.rounds.models import Round, RoundPair, RoundUnmatched
from mentorship.rounds.stored import unpack
from mentorship.web.page import Page, render, sent
from mentorship.web.request import db, now

blueprint = Blueprint("round_pairs", __name__, url_prefix="/rounds/<id:round_id>")


def request_subject(session: Session, round_id: int, request_id: int) -> access.Subject | None:
    """Tell whether there is such a round and request."""
    known = queries.exists(session, round_id) and queries.requests(session, [request_id])
    return access.Subject() if known else None


@blueprint.get("/requests/<id:request_id>")
@guard.allow(access.COORDINATE, of=request_subject)
def show(round_id: int, request_id: int) -> Page:
    """Show one request of the round: the pair, its parts, and every eligible mentor."""
    found = db().get_one(Round, round_id)
    pair = db().get(RoundPair, (round_id, request_id))
    request = queries.requests(db(), [request_id])[request_id]
    stored = unpack(found.problem) if found.problem else None
    # prices hold for the outcome of these very terms: not for a round that changed since it was solved
    terms = actions.terms(db(), found) if found.status in ("solved", "published", "closed") else None
    others = stored.choices(request_id, terms) if stored else []
    decided = {o.mentor_id: o.kind for o in queries.overrides(db(), round_id) if o.request_id == request_id}
    shown = people.persons(
        db(), [request.person_id, *(c.mentor_id for c in others), *decided, *([pair.mentor_id] if pair else [])]
    )
    explanation = pair.explanation if pair else {}
    unmatched = db().get(RoundUnmatched, (round_id, request_id))
    return render(
        "rounds/request.html",
        round=found,
        request=request,
        pair=pair,
        others=others[:50],
        more=max(0, len(others) - 50),
        people=shown,
        decided=decided,
        parts=wording.parts(explanation, coordinator=True),
        needs=needs_of(db(), [request_id]).get(request_id, []),
        domains={d.id: d for d in profiles.domains(db())},
        levels=LEVELS,
        sites={s.id: s.name for s in people.sites(db())},
        words=words,
        taken=queries.takers(db(), round_id),
        unmatched=views.unmatched_rows(db(), [unmatched])[0] if unmatched else None,
    )


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
    return redirect(url_for("round_pairs.show", round_id=round_id, request_id=form.request_id), 303)
