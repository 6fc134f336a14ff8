"""Doors: ask for a mentor in three taps; one's own request; the coordinator's list."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.i18n import gettext
from mentorship.mentor_requests import actions, queries, rules, standing, taps
from mentorship.mentor_requests.doing import doing
from mentorship.mentor_requests.forms import DomainChoice, GoalForm, NeedForm, TrainerForm
from mentorship.mentor_requests.helping import ways
from mentorship.mentor_requests.needs import NeedInWords, in_words
from mentorship.mentor_requests.offered import offered
from mentorship.mentor_requests.queries import OpenRequest
from mentorship.mentor_requests.why_nobody import nobody
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.profiles import queries as profiles
from mentorship.profiles.models import Domain
from mentorship.profiles.rosters.patterns import default_name
from mentorship.profiles.words import LEVELS
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("mentor_requests", __name__, url_prefix="/mentor-requests")


@blueprint.get("/new")
@guard.allow(access.ASK)
def new() -> Page:
    """Choose what, from where, to where: one tap each."""
    domains = profiles.domains(db())
    domain = _chosen(domains)
    if domain is None:
        return _step_one()
    current = _level(request.args.get("current", ""))
    if current is None:
        return _step_two(domain)
    return _step_three(domain, current)


def _chosen(domains: Sequence[Domain]) -> Domain | None:
    for domain in domains:
        if str(domain.id) == request.args.get("domain"):
            return domain
    return None


def _level(text: str) -> int | None:
    """Read the level that one is at now, below the top; None for anything else."""
    for level in taps.BEGINS:
        if text == str(level):
            return level
    return None


def _step_one() -> Page:
    me = guard.actor().person_id
    asked = queries.open_request(db(), me)
    needs = asked.needs if asked else []
    return render(
        "mentor_requests/new.html",
        step=1,
        question=gettext("What do you want to learn?"),
        choice=offered(db(), me, needs),
    )


def _step_two(domain: Domain) -> Page:
    known = profiles.levels(db(), guard.actor().person_id)
    next_step = {}
    for level in taps.BEGINS:
        next_step[level] = url_for("mentor_requests.new", domain=domain.id, current=level)
    return render(
        "mentor_requests/new.html",
        step=2,
        question=gettext("Where are you now with %(domain)s?", domain=domain.title),
        rungs=taps.starts(known.get(id_of(domain))),
        next_step=next_step,
        domain=domain,
    )


def _step_three(domain: Domain, current: int) -> Page:
    return render(
        "mentor_requests/new.html",
        step=3,
        question=gettext("How far do you want to get with %(domain)s?", domain=domain.title),
        rungs=taps.goals(current),
        domain=domain,
        current=current,
        stands=gettext(LEVELS[current]).capitalize(),
    )


@blueprint.post("/needs")
@guard.allow(access.ASK)
def add_need() -> Response:
    """Take the third tap: the request stands."""
    form = NeedForm.read(sent())
    me = guard.actor()
    earlier = queries.open_request(db(), me.person_id)
    actions.add_need(
        db(),
        me,
        domain_id=form.domain,
        current=form.current,
        target=form.target,
        now=now(),
    )
    if earlier is None:
        return done(gettext("Your request is sent."), "mentor_requests.mine")
    return done(gettext("Your request is changed."), "mentor_requests.mine", _anchor="needs")


@blueprint.get("/mine")
@guard.allow(access.SIGNED_IN)
def mine() -> Page:
    """Show one's own open request, or the way to one."""
    return _mine()


def _mine(wrong: Mistake = NOTHING_WRONG) -> Page:
    me = guard.actor()
    asked = queries.open_request(db(), me.person_id)
    if asked is None:
        return _none(wrong)
    domains = profiles.domain_names(db())
    needs = in_words(asked.needs, domains)
    profile = profiles.profile(db(), me.person_id, local_date(now()), me)
    main = needs[0]
    outcome = queries.outcome(db(), id_of(asked.request))
    examples = taps.examples_above(asked.needs[0].current_level, asked.needs[0].target_level)
    return render_form(
        "mentor_requests/mine.html",
        wrong,
        asked=asked.request,
        said=_said(asked, main),
        standing=standing.standing(*queries.place_in_line(db(), asked.request)),
        needs=needs,
        can_take_off=len(needs) > 1,
        ways=ways(
            profile,
            can_add=rules.has_room(len(needs)),
            default_roster=default_name(db()),
        ),
        nobody=nobody(outcome, main.domain, asked.request),
        examples=examples,
        doing=_doing(asked),
        values={"goal": asked.request.goal, **wrong.values},
    )


def _doing(asked: OpenRequest) -> list[str]:
    found = queries.places_asked(db(), id_of(asked.request))
    return doing([row.asked_at for row in found], asked.request.outside_on)


def _said(asked: OpenRequest, main: NeedInWords) -> str:
    asked_on = local_date(asked.request.created_at)
    return standing.asked(main, asked_on, local_date(now()))


def _none(wrong: Mistake) -> Page:
    me = guard.actor()
    return render_form(
        "mentor_requests/none.html",
        wrong,
        withdrawn=queries.last_withdrawn(db(), me.person_id),
        choice=offered(db(), me.person_id) if access.ASK.allows(me) else None,
    )


@blueprint.post("/<id:request_id>/goal")
@guard.allow(access.OWN, of=queries.request_subject)
def goal(request_id: int) -> Page:
    """Save the goal in words."""
    fields = sent()
    try:
        words = GoalForm.read(fields).goal
        actions.set_goal(db(), request_id, words, now())
    except MISTAKES as failure:
        return _mine(mistake(failure, fields))
    return done(gettext("Your goal is saved."), "mentor_requests.mine", _anchor="goal")


@blueprint.post("/<id:request_id>/trainer")
@guard.allow(access.OWN, of=queries.request_subject)
def trainer(request_id: int) -> Response:
    """Ask that the mentor is a practice trainer, or no longer."""
    asked = TrainerForm.read(sent()).asked == "yes"
    actions.ask_trainer(db(), guard.actor(), request_id, asked, now())
    return done(gettext("Your request is changed."), "mentor_requests.mine", _anchor="trainer")


@blueprint.post("/<id:request_id>/main")
@guard.allow(access.OWN, of=queries.request_subject)
def main(request_id: int) -> Response:
    """Make another need the main one."""
    domain_id = DomainChoice.read(sent()).domain
    actions.make_main(db(), request_id, domain_id, now())
    return done(gettext("This is now your main need."), "mentor_requests.mine", _anchor="needs")


@blueprint.post("/<id:request_id>/remove")
@guard.allow(access.OWN, of=queries.request_subject)
def remove(request_id: int) -> Response:
    """Take a need off."""
    domain_id = DomainChoice.read(sent()).domain
    actions.remove_need(db(), guard.actor(), request_id, domain_id, now())
    return done(gettext("Removed from your request."), "mentor_requests.mine")


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
