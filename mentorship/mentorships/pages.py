"""Doors: one's mentorships, a proposal and why, accept or refuse, pause and resume."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.i18n import day, gettext
from mentorship.mentor_requests.models import MentorRequest
from mentorship.mentorships import actions, explanation, queries, rules, words
from mentorship.mentorships.first_weeks import first_weeks
from mentorship.mentorships.forms import PauseDuoForm
from mentorship.mentorships.models import ACTIVE, JUNIOR, MENTOR, PROPOSED, REFUSED, Mentorship
from mentorship.mentorships.own_pairs import own_pairs
from mentorship.mentorships.proposal import begins, proposal
from mentorship.mentorships.proposals.actions import note_seen
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.looks.guard import duo_shown
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles
from mentorship.profiles.models import Training
from mentorship.programme.queries import programme
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render, render_form, sent
from mentorship.web.request import apart, db, now

blueprint = Blueprint("mentorships", __name__, url_prefix="/mentorships")


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """List one's own mentorships on both sides."""
    me = guard.actor()
    pairs = queries.of_person(db(), me.person_id)
    others = people.persons(db(), [pair.other_of(me.person_id) for pair in pairs])
    return render(
        "mentorships/index.html",
        found=own_pairs(pairs, me.person_id, others, profiles.domain_names(db())),
        may_ask=access.ASK.allows(me),
        guides=me.has(access.SENIOR) or any(pair.mentor_id == me.person_id for pair in pairs),
    )


@dataclass(frozen=True)
class Partner:
    """One of the two of a pair, as its page introduces them."""

    person: Person
    side: str
    guides: bool
    site: str
    trainings: Sequence[Training] = ()


@blueprint.get("/<id:mentorship_id>")
@guard.allow(access.SEE_PAIR, of=queries.subject)
@duo_shown
def show(mentorship_id: int) -> Page:
    """Show a proposal and why these two; a pair that began has a page of its own."""
    found = queries.one(db(), mentorship_id)
    if rules.began(found.status):
        return redirect(url_for("duo.show", mentorship_id=mentorship_id), 303)
    side = found.side_of(guard.actor().person_id)
    _note_seen(found, side)
    sides = people.persons(db(), [found.mentor_id, found.junior_id])
    partners = _partners(sides[found.mentor_id], sides[found.junior_id])
    shown: dict[str, Any] = {
        "mentorship": found,
        "domain": profiles.domain_names(db())[found.domain_id],
        "foot": words.made_how(found),
        **explanation.why(found.explanation, profiles.titles_of_names(db()), side=side),
    }
    if side is None:
        return _seen(found, partners, shown)
    return _own(found, side, partners, shown)


def _note_seen(found: Mentorship, side: str | None) -> None:
    """Note that one of the two opened their proposal, the first time; that others look at it is kept elsewhere."""
    if side is None or found.status != PROPOSED or found.seen_by(side):
        return
    mentorship_id = id_of(found)
    with apart() as opened:  # where nothing may be read otherwise: a reader would keep the writer waiting
        note_seen(opened, mentorship_id, side, now())


def _own(found: Mentorship, side: str, partners: Sequence[Partner], shown: Mapping[str, Any]) -> Page:
    """Show a proposal to one of the two."""
    me = guard.actor().person_id
    mentor, junior = partners
    partner = junior if side == MENTOR else mentor
    told = proposal(found, side, partner.person, shown["domain"], _last_day(found))
    weeks = first_weeks(db(), found, me, local_date(now())) if told.is_open else None
    return render(
        "mentorships/proposal.html",
        **shown,
        told=told,
        partner=partner,
        other=partner.person,
        own_goal=side == JUNIOR,
        asked_by=_asked_by(found, side),
        weeks=weeks,
        returned=side == JUNIOR and not told.is_open,
    )


def _asked_by(found: Mentorship, side: str) -> str:
    """Tell who is asked of by whom, where somebody else filled in the request; saying yes confirms it."""
    request = db().get(MentorRequest, found.request_id) if found.request_id else None
    if side == MENTOR or request is None or request.asked_by_id is None:
        return ""
    by = db().get(Person, request.asked_by_id)
    if by is None:
        return ""
    return gettext("%(name)s filled in this request for you. With a yes you confirm it.", name=by.name)


def _seen(found: Mentorship, partners: Sequence[Partner], shown: Mapping[str, Any]) -> Page:
    """Show a proposal to the coordinator, with the figures it came from."""
    mentor, junior = partners
    return render(
        "mentorships/seen.html",
        **shown,
        mentor=mentor.person,
        junior=junior.person,
        partners=partners,
        stands=gettext(words.STATUS_NAMES[found.stands]),
        story=words.story(found),
        last_day=_last_day(found),
    )


def _partners(mentor: Person, junior: Person) -> tuple[Partner, Partner]:
    sites = people.site_names(db())
    return (
        Partner(
            person=mentor,
            side=gettext("mentor"),
            guides=True,
            site=sites[mentor.site_id],
            trainings=profiles.trainings(db(), id_of(mentor)),
        ),
        Partner(
            person=junior,
            side=gettext("junior"),
            guides=False,
            site=sites[junior.site_id],
        ),
    )


def _last_day(found: Mentorship) -> date | None:
    """Return until when a proposal can be answered."""
    if found.status != PROPOSED or found.agreed or found.proposed_at is None:
        return None
    proposed_on = local_date(found.proposed_at)
    return rules.last_day(proposed_on, programme(db()).proposal_days)


@blueprint.post("/<id:mentorship_id>/accept")
@guard.allow(access.OWN, of=queries.subject)
def accept(mentorship_id: int) -> Response:
    """Accept for one's own side."""
    me = guard.actor()
    found = actions.answer(
        db(),
        me,
        mentorship_id,
        True,
        now(),
    )
    said = gettext("You said yes. Now it is up to %(name)s.", name=_other_name(found))
    if found.status == ACTIVE:
        said = gettext("You both said yes: you can start.")
    elif found.agreed:
        said = begins(found)
    return _back(found, said)


def _other_name(pair: Mentorship) -> str:
    other_id = pair.other_of(guard.actor().person_id)
    return people.persons(db(), [other_id])[other_id].given_name


@blueprint.post("/<id:mentorship_id>/refuse")
@guard.allow(access.OWN, of=queries.subject)
def refuse(mentorship_id: int) -> Response:
    """Refuse for one's own side; nobody is asked why."""
    me = guard.actor()
    found = actions.answer(
        db(),
        me,
        mentorship_id,
        False,
        now(),
    )
    said = gettext("Saved.")
    if found.status == REFUSED:
        said = gettext(
            "You said no. This pair is not proposed again. The request goes to the next round, unless a newer one is "
            "open."
        )
    return _back(found, said)


@blueprint.get("/<id:mentorship_id>/pause")
@guard.allow(access.OWN, of=queries.subject)
def ask_pause(mentorship_id: int) -> Page:
    """Ask until when."""
    if queries.one(db(), mentorship_id).status != ACTIVE:
        return redirect(url_for("duo.show", mentorship_id=mentorship_id), 303)
    return _ask_pause(mentorship_id)


def _ask_pause(mentorship_id: int, wrong: Mistake = NOTHING_WRONG) -> Page:
    today = local_date(now())
    pair = queries.one(db(), mentorship_id)
    other_id = pair.other_of(guard.actor().person_id)
    later = today + rules.PAUSE
    return render_form(
        "mentorships/pause.html",
        wrong,
        mentorship_id=mentorship_id,
        other=people.persons(db(), [other_id])[other_id],
        ways=words.pauses(today),
        values={"until": later.isoformat(), **wrong.values},
    )


@blueprint.post("/<id:mentorship_id>/pause")
@guard.allow(access.OWN, of=queries.subject)
def pause(mentorship_id: int) -> Page:
    """Pause the mentorship until a day."""
    fields = sent()
    try:
        until = PauseDuoForm.read(fields).until
        found = actions.step(
            db(),
            guard.actor(),
            mentorship_id,
            "pause",
            now(),
            until,
        )
    except MISTAKES as failure:
        wrong = mistake(failure, fields)
        if "until" not in wrong.errors:  # the pair does not run any more: there is no form to say it beside
            raise
        return _ask_pause(mentorship_id, wrong)
    said = gettext("Paused. It resumes by itself on %(day)s.", day=day(until))
    return _back(found, said)


@blueprint.post("/<id:mentorship_id>/resume")
@guard.allow(access.OWN, of=queries.subject)
def resume(mentorship_id: int) -> Response:
    """Take the mentorship up again."""
    me = guard.actor()
    found = actions.step(
        db(),
        me,
        mentorship_id,
        "resume",
        now(),
    )
    return _back(found, gettext("You two go on."))


def _back(found: Mentorship, said: str) -> Response:
    """Return to the page that a pair has as it stands."""
    if rules.began(found.status):
        return done(said, "duo.show", mentorship_id=found.id)
    return done(said, "mentorships.show", mentorship_id=found.id)
