"""Doors: the goals of a pair, a level claimed and confirmed, and the page of the second who confirms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from mentorship.base.errors import Conflict, Refused
from mentorship.base.forms import Invalid
from mentorship.base.i18n import gettext
from mentorship.mentorships import queries, rules
from mentorship.mentorships.goals import actions as goal_actions
from mentorship.mentorships.goals import queries as goal_queries
from mentorship.mentorships.goals import rules as goals
from mentorship.mentorships.goals.forms import OTHER, ClaimForm, ConfirmForm, NewGoalForm, SecondForm
from mentorship.mentorships.goals.models import CLAIMED, CONFIRMED, SECONDING, Goal
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.profiles import queries as profiles
from mentorship.profiles.words import LEVELS
from mentorship.web.page import Page, done, render, sent
from mentorship.web.request import db, now

blueprint = Blueprint("goals", __name__)


@blueprint.get("/mentorships/<id:mentorship_id>/goals")
@guard.allow(access.SEE_PAIR, of=queries.subject)
def show(mentorship_id: int) -> Page:
    """Show what the junior of a pair works on, and how far they are."""
    return _page(mentorship_id, adding=request.args.get("domain", ""))


def _page(
    mentorship_id: int,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    values: Mapping[str, Any] | None = None,
    about: str = "",
    adding: str = "",
) -> Page:
    """Show the page; after a mistake with what was typed, in the form that it is `about`."""
    pair, me = queries.one(db(), mentorship_id), guard.actor().person_id
    side = pair.side_of(me)
    found = goal_queries.of_pair(db(), mentorship_id)
    changing = side is not None and pair.status in goals.CHANGING
    asking = {s.domain.id or 0: s.open.level for s in found if s.open and goals.needs_second(s.open.level)}
    seconds = [s.open.second_id for s in found if s.open] + [c.second_id for s in found for c in s.settled]
    forms = {f"claim-{s.open.id}" for s in found if s.open and s.open.status == CLAIMED}
    free = [d for d in profiles.domains(db()) if d.id not in {s.domain.id for s in found}] if changing else []
    return render(
        "mentorships/goals/show.html",
        status,
        mentorship=pair,
        side=side,
        changing=changing,
        found=found,
        dropped=goal_queries.of_pair(db(), mentorship_id, dropped=True) if changing else [],
        people=people.persons(db(), [pair.mentor_id, pair.junior_id, *seconds]),
        sites={s.id: s.name for s in people.sites(db())},
        suggested=goal_queries.suggestions(db(), pair, asking) if changing and side == rules.MENTOR else {},
        needs_second=goals.needs_second,
        free=free,
        adding=next((d for d in free if str(d.id) == adding), None),
        known=goal_queries.shared_levels(db(), pair, own=side == rules.JUNIOR) if adding and changing else {},
        levels=LEVELS,
        other=OTHER,
        errors=errors or {},
        values=values or {},
        about=about,
        homeless="" if about in forms else (values or {}).get("evidence", ""),
    )


def _do(mentorship_id: int, about: str, fields: dict[str, Any], verb: Callable[[], object], said: str) -> Page:
    """Do `verb` and go back to the page; a mistake or a refusal shows the page again with what was typed."""
    adding = str(fields.get("domain", ""))
    try:
        verb()
    except Invalid as failure:
        return _page(mentorship_id, 422, failure.errors, fields, about, adding)
    except Refused as refusal:
        db().rollback()
        errors = {refusal.field: str(refusal)}
        return _page(mentorship_id, 409 if isinstance(refusal, Conflict) else 422, errors, fields, about, adding)
    return done(said, "goals.show", mentorship_id=mentorship_id)


@blueprint.post("/mentorships/<id:mentorship_id>/goals")
@guard.allow(access.OWN, of=queries.subject)
def add(mentorship_id: int) -> Page:
    """Set a goal."""
    fields = sent()

    def verb() -> None:
        form, me = NewGoalForm.read(fields), guard.actor()
        goal_actions.add(
            db(), me, mentorship_id, domain_id=form.domain, current=form.current, target=form.target,
            words=form.words, now=now(),
        )  # fmt: skip

    return _do(mentorship_id, "add", fields, verb, gettext("The goal stands."))


def _pair_of_goal(goal_id: int) -> int:
    return db().get_one(Goal, goal_id).mentorship_id


def _pair_of_claim(claim_id: int) -> int:
    return goal_queries.claimed(db(), claim_id).goal.mentorship_id


@blueprint.post("/goals/<id:goal_id>/drop")
@guard.allow(access.OWN, of=goal_queries.goal_subject)
def drop(goal_id: int) -> Page:
    """Drop a goal; the next page offers to take it up again."""
    said = gettext("The goal is dropped. You can take it up again below.")
    return _do(_pair_of_goal(goal_id), "", sent(), lambda: goal_actions.drop(db(), guard.actor(), goal_id, now()), said)


@blueprint.post("/goals/<id:goal_id>/claim")
@guard.allow(access.OWN, of=goal_queries.goal_junior)
def claim(goal_id: int) -> Page:
    """Say that a level was reached."""
    fields = sent()

    def verb() -> None:
        goal_actions.claim(db(), guard.actor(), goal_id, ClaimForm.read(fields).level, now())

    return _do(_pair_of_goal(goal_id), f"goal-{goal_id}", fields, verb, gettext("Your mentor sees it on their page."))


@blueprint.post("/goals/claims/<id:claim_id>/withdraw")
@guard.allow(access.OWN, of=goal_queries.claim_junior)
def withdraw(claim_id: int) -> Page:
    """Take back what one said."""
    said = gettext("Taken back.")
    return _do(
        _pair_of_claim(claim_id), "", {}, lambda: goal_actions.withdraw(db(), guard.actor(), claim_id, now()), said
    )


@blueprint.post("/goals/claims/<id:claim_id>/confirm")
@guard.allow(access.OWN, of=goal_queries.claim_mentor)
def confirm(claim_id: int) -> Page:
    """Confirm as the mentor, with what was seen."""
    fields = sent()

    def verb() -> None:
        form = ConfirmForm.read(fields)
        goal_actions.confirm(
            db(), guard.actor(), claim_id, evidence=form.evidence, second=form.chosen(), now=now()
        )  # fmt: skip

    level = goal_queries.claimed(db(), claim_id).claim.level
    said = (
        gettext("Confirmed. Now it waits for your colleague.") if goals.needs_second(level) else gettext("Confirmed.")
    )
    return _do(_pair_of_claim(claim_id), f"claim-{claim_id}", fields, verb, said)


@blueprint.post("/goals/claims/<id:claim_id>/decline")
@guard.allow(access.OWN, of=goal_queries.claim_mentor)
def decline(claim_id: int) -> Page:
    """Say as the mentor: not yet."""
    said = gettext("Noted: not yet. They can say it again later.")
    return _do(
        _pair_of_claim(claim_id), "", {}, lambda: goal_actions.decline(db(), guard.actor(), claim_id, now()), said
    )


@blueprint.post("/goals/claims/<id:claim_id>/second")
@guard.allow(access.OWN, of=goal_queries.claim_mentor)
def name_second(claim_id: int) -> Page:
    """Ask somebody else to confirm as the second."""
    fields = sent()

    def verb() -> None:
        goal_actions.name_second(db(), guard.actor(), claim_id, SecondForm.read(fields).chosen(), now())

    said = gettext("Asked. Your colleague sees it on their page.")
    return _do(_pair_of_claim(claim_id), f"claim-{claim_id}", fields, verb, said)


@blueprint.get("/goals/claims/<id:claim_id>")
@guard.allow(access.OWN, of=goal_queries.claim_second)
def second(claim_id: int) -> Page:
    """Show the second what they are asked to confirm, and nothing else of the pair."""
    found = goal_queries.claimed(db(), claim_id)
    waits = found.claim.status == SECONDING and found.mentorship.status in goals.CHANGING
    return render(
        "mentorships/goals/second.html",
        waits=waits,
        confirmed=found.claim.status == CONFIRMED,
        claim=found.claim,
        junior=found.junior,
        domain=found.domain,
        level=LEVELS[found.claim.level],
    )


@blueprint.post("/goals/claims/<id:claim_id>/agree")
@guard.allow(access.OWN, of=goal_queries.claim_second)
def agree(claim_id: int) -> Response:
    """Confirm as the second."""
    goal_actions.agree(db(), guard.actor(), claim_id, now())
    return done(gettext("Confirmed. Thank you!"), "goals.second", claim_id=claim_id)


@blueprint.post("/goals/claims/<id:claim_id>/disagree")
@guard.allow(access.OWN, of=goal_queries.claim_second)
def disagree(claim_id: int) -> Response:
    """Say as the second: not yet."""
    goal_actions.disagree(db(), guard.actor(), claim_id, now())
    return done(gettext("Noted: not yet. Thank you!"), "goals.second", claim_id=claim_id)
