"""Doors: one's mentorships, a proposal and why, accept or refuse, pause and end."""

from __future__ import annotations

from datetime import date

from flask import Blueprint
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.errors import Refused
from mentorship.base.forms import Invalid
from mentorship.base.i18n import day, gettext
from mentorship.mentorships import actions, queries, rules
from mentorship.mentorships import explanation as wording
from mentorship.mentorships.forms import PauseForm
from mentorship.mentorships.models import ACTIVE, PROPOSED, REFUSED, Mentorship
from mentorship.mentorships.words import STATUS_NAMES
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.profiles import queries as profiles
from mentorship.programme.queries import programme
from mentorship.web.page import Page, done, render, sent
from mentorship.web.request import db, now

blueprint = Blueprint("mentorships", __name__, url_prefix="/mentorships")


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """List one's own mentorships on both sides."""
    found = queries.of_person(db(), guard.actor().person_id)
    return render(
        "mentorships/index.html",
        found=found,
        people=people.persons(db(), [i for m in found for i in (m.mentor_id, m.junior_id)]),
        domains={d.id: d for d in profiles.domains(db())},
        statuses=STATUS_NAMES,
    )


@blueprint.get("/<id:mentorship_id>")
@guard.allow(access.SEE_PAIR, of=queries.subject)
def show(mentorship_id: int) -> Page:
    """Show one mentorship and why these two."""
    return _shown(mentorship_id)


def _shown(mentorship_id: int, status: int = 200, errors: object = None, values: object = None) -> Page:
    found = queries.one(db(), mentorship_id)
    me = guard.actor()
    side = found.side_of(me.person_id)
    # a coordinator who is one of the two reads it as that side
    coordinator = side is None
    sides = people.persons(db(), [found.mentor_id, found.junior_id])
    return render(
        "mentorships/show.html",
        status,
        mentorship=found,
        side=side,
        mentor=sides[found.mentor_id],
        trainings=profiles.trainings(db(), found.mentor_id),
        junior=sides[found.junior_id],
        parts=wording.parts(found.explanation, coordinator=coordinator),
        statuses=STATUS_NAMES,
        score=wording.score(found.explanation, coordinator=coordinator),
        sites={s.id: s.name for s in people.sites(db())},
        domain=next(d for d in profiles.domains(db()) if d.id == found.domain_id),
        answered={"mentor": found.mentor_accepted, "junior": found.junior_accepted}.get(side or ""),
        last_day=_last_day(found),
        pause_until=local_date(now()) + rules.PAUSE,
        errors=errors or {},
        values=values or {},
    )


def _last_day(found: Mentorship) -> date | None:
    """Return until when a proposal can be answered."""
    if found.status != PROPOSED or found.proposed_at is None:
        return None
    return rules.last_day(local_date(found.proposed_at), programme(db()).proposal_days)


@blueprint.post("/<id:mentorship_id>/accept")
@guard.allow(access.OWN, of=queries.subject)
def accept(mentorship_id: int) -> Response:
    """Accept for one's own side."""
    found = actions.answer(db(), guard.actor(), mentorship_id, True, now())
    said = (
        gettext("You both accepted: you can start.")
        if found.status == ACTIVE
        else gettext("Accepted. Now it waits for the other side.")
    )
    return done(said, "mentorships.show", mentorship_id=mentorship_id)


@blueprint.post("/<id:mentorship_id>/refuse")
@guard.allow(access.OWN, of=queries.subject)
def refuse(mentorship_id: int) -> Response:
    """Refuse for one's own side; nobody is asked why."""
    found = actions.answer(db(), guard.actor(), mentorship_id, False, now())
    said = gettext(
        "Refused. This pair is not proposed again. The request goes to the next round, unless a newer one is open."
    )
    return done(said if found.status == REFUSED else gettext("Saved."), "mentorships.show", mentorship_id=mentorship_id)


def _step(mentorship_id: int, step: str) -> Response:
    actions.step(db(), guard.actor(), mentorship_id, step, now())
    return done(gettext("Saved."), "mentorships.show", mentorship_id=mentorship_id)


@blueprint.post("/<id:mentorship_id>/pause")
@guard.allow(access.OWN, of=queries.subject)
def pause(mentorship_id: int) -> Page:
    """Pause the mentorship until a day."""
    fields = sent()
    try:
        until = PauseForm.read(fields).until
        actions.step(db(), guard.actor(), mentorship_id, "pause", now(), until)
    except Invalid as failure:
        return _shown(mentorship_id, 422, failure.errors, fields)
    except Refused as refusal:
        if not refusal.field:
            raise
        return _shown(mentorship_id, 422, {refusal.field: str(refusal)}, fields)
    said = gettext("Paused. It goes on by itself on %(day)s.", day=day(until))
    return done(said, "mentorships.show", mentorship_id=mentorship_id)


@blueprint.post("/<id:mentorship_id>/resume")
@guard.allow(access.OWN, of=queries.subject)
def resume(mentorship_id: int) -> Response:
    """Take the mentorship up again."""
    return _step(mentorship_id, "resume")
