"""Doors: ask for a mentor in three taps; one's own request; the coordinator's list."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from mentorship.base.errors import Refused
from mentorship.base.forms import Invalid
from mentorship.base.i18n import gettext
from mentorship.mentor_requests import actions, queries
from mentorship.mentor_requests.forms import DomainChoice, GoalForm, NeedForm
from mentorship.mentor_requests.why_nobody import reason
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.profiles import queries as profiles
from mentorship.profiles import words
from mentorship.web.page import Page, done, paging, render, sent
from mentorship.web.request import db, now

blueprint = Blueprint("mentor_requests", __name__, url_prefix="/mentor-requests")


def _level(name: str, least: int, most: int) -> int | None:
    text = request.args.get(name, "")
    return int(text) if len(text) == 1 and text.isdecimal() and least <= int(text) <= most else None


@blueprint.get("/new")
@guard.allow(access.ASK)
def new() -> Page:
    """Choose what, from where, to where: one tap each."""
    domains = profiles.domains(db())
    chosen = next((d for d in domains if str(d.id) == request.args.get("domain")), None)
    current = _level("current", 0, 4) if chosen else None
    known = profiles.levels(db(), guard.actor().person_id)
    asked = queries.open_request(db(), guard.actor().person_id)
    step = 1 if chosen is None else 2 if current is None else 3
    return render(
        "mentor_requests/new.html",
        domains=domains,
        domain=chosen,
        current=current,
        step=step,
        levels=words.LEVELS,
        known=known.get(chosen.id or 0) if chosen else None,
        asked=asked,
    )


@blueprint.post("/needs")
@guard.allow(access.ASK)
def add_need() -> Response:
    """Take the third tap: the request stands."""
    form = NeedForm.read(sent())
    first = queries.open_request(db(), guard.actor().person_id) is None
    me = guard.actor()
    actions.add_need(db(), me, domain_id=form.domain, current=form.current, target=form.target, now=now())
    said = gettext("You asked for a mentor. You can add to it below.") if first else gettext("Saved.")
    return done(said, "mentor_requests.mine")


@blueprint.get("/mine")
@guard.allow(access.SIGNED_IN)
def mine() -> Page:
    """Show one's own open request."""
    return _mine()


def _mine(status: int = 200, errors: object = None, values: object = None) -> Page:
    me = guard.actor().person_id
    asked = queries.open_request(db(), me)
    outcome = queries.outcome(db(), asked.request.id or 0) if asked else None
    domains = {d.id: d for d in profiles.domains(db())}
    return render(
        "mentor_requests/mine.html",
        status,
        asked=asked,
        outcome=outcome,
        reason=reason(outcome, domains[asked.needs[0].domain_id].name) if outcome and asked else None,
        withdrawn=None if asked else queries.last_withdrawn(db(), me),
        domains=domains,
        words=words,
        wishes=profiles.wishes(db(), me),
        errors=errors or {},
        values=values or {},
    )


@blueprint.post("/<id:request_id>/goal")
@guard.allow(access.OWN, of=queries.request_subject)
def goal(request_id: int) -> Page:
    """Save the goal in words."""
    fields = sent()
    try:
        actions.set_goal(db(), request_id, GoalForm.read(fields).goal, now())
    except Invalid as failure:
        return _mine(422, failure.errors, fields)
    except Refused as refusal:
        return _mine(422, {"goal": str(refusal)}, fields)
    return done(gettext("Saved."), "mentor_requests.mine")


@blueprint.post("/<id:request_id>/main")
@guard.allow(access.OWN, of=queries.request_subject)
def main(request_id: int) -> Response:
    """Make another need the main one."""
    actions.make_main(db(), request_id, DomainChoice.read(sent()).domain, now())
    return redirect(url_for("mentor_requests.mine"), 303)


@blueprint.post("/<id:request_id>/remove")
@guard.allow(access.OWN, of=queries.request_subject)
def remove(request_id: int) -> Response:
    """Take a need off."""
    actions.remove_need(db(), guard.actor(), request_id, DomainChoice.read(sent()).domain, now())
    return redirect(url_for("mentor_requests.mine"), 303)


@blueprint.post("/<id:request_id>/withdraw")
@guard.allow(access.OWN, of=queries.request_subject)
def withdraw(request_id: int) -> Response:
    """Withdraw the request; the next page offers to undo it."""
    actions.withdraw(db(), guard.actor(), request_id, now())
    return done(gettext("Your request is withdrawn."), "mentor_requests.mine")


@blueprint.post("/<id:request_id>/reopen")
@guard.allow(access.OWN, of=queries.request_subject)
def reopen(request_id: int) -> Response:
    """Undo the withdrawal."""
    actions.reopen(db(), guard.actor(), request_id, now())
    return done(gettext("Your request is open again."), "mentor_requests.mine")


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Page:
    """List the open requests for the coordinator."""
    pages = paging(queries.count_open(db()))
    return render(
        "mentor_requests/index.html",
        found=queries.list_open(db(), pages.offset, pages.size),
        paging=pages,
        domains={d.id: d for d in profiles.domains(db())},
        words=words,
        sites={s.id: s.name for s in people.sites(db())},
    )
