"""Doors: what the two of a pair agree on at their first meeting, for them alone."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for

from mentorship.base.clock import local_date
from mentorship.base.i18n import gettext, ngettext
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.meeting import actions, queries, rules, shown, words
from mentorship.mentorships.meeting.forms import ChoiceForm, PointForm, YesForm
from mentorship.mentorships.meeting.shown import Reading
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.rules import began
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.people.models import Person
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("meeting", __name__, url_prefix="/mentorships/<id:mentorship_id>/meeting")


@blueprint.get("")
@guard.allow(access.OWN, of=mentorships.subject)
def show(mentorship_id: int) -> Page:
    """Show the ten points, with what was agreed and what waits; of a proposal there is nothing to agree on yet."""
    if not began(mentorships.one(db(), mentorship_id).status):
        return redirect(url_for("mentorships.show", mentorship_id=mentorship_id), 303)
    return _show(mentorship_id)


def _show(mentorship_id: int, wrong: Mistake = NOTHING_WRONG) -> Page:
    pair = mentorships.one(db(), mentorship_id)
    reading = _reading(pair)
    choices = queries.choices_of(db(), mentorship_id)
    brings = queries.brought(db(), pair, local_date(now()))
    titles = queries.domain_titles(db(), brings, choices)
    stands = rules.standing(choices, reading.side)
    return render_form(
        "mentorships/meeting/show.html",
        wrong,
        mentorship=pair,
        name=reading.name,
        heading=words.heading(stands, reading.name, over=not reading.changing),
        rows=shown.rows(choices, brings, titles, reading),
        proposed=shown.proposed(choices, stands, titles) if reading.changing else [],
        agreed=shown.agreed(choices, titles),
        stands=stands,
        changing=reading.changing,
        begun=bool(choices),
        aside=queries.aside_at(db(), mentorship_id, guard.actor().person_id) is not None,
        private=words.PRIVATE,
    )


def _reading(pair: Mentorship) -> Reading:
    """Return how the reader, who is one of the two, finds a pair."""
    me = guard.actor().person_id
    other = db().get_one(Person, pair.other_of(me))
    return Reading(
        pair.side_of(me) or "",
        other.given_name,
        rules.can_change(pair.status),
    )


@blueprint.post("")
@guard.allow(access.OWN, of=mentorships.subject)
def choose(mentorship_id: int) -> Page:
    """Choose at a point, and go on with the next at which nothing was chosen."""
    fields = sent()
    try:
        form = ChoiceForm.read(fields)
        choice = actions.choose(
            db(),
            guard.actor(),
            mentorship_id,
            form.point,
            form.choice,
            now(),
        )
    except MISTAKES as failure:
        return _show(mentorship_id, mistake(failure, fields))
    reading = _reading(mentorships.one(db(), mentorship_id))
    stands = rules.standing(queries.choices_of(db(), mentorship_id), reading.side)
    said = words.saved(stands, reading.name, waits=bool(choice.by))
    going_on = stands.open[0] if stands.open else form.point
    return done(
        said,
        "meeting.show",
        mentorship_id=mentorship_id,
        _anchor=going_on,
    )


@blueprint.post("/yes")
@guard.allow(access.OWN, of=mentorships.subject)
def agree(mentorship_id: int) -> Page:
    """Say yes to all that the other proposed, as it was shown."""
    fields = sent("shown")
    try:
        choices = YesForm.read(fields).choices()
        number = actions.agree(
            db(),
            guard.actor(),
            mentorship_id,
            choices,
            now(),
        )
    except MISTAKES as failure:
        return _show(mentorship_id, mistake(failure, fields))
    said = ngettext(
        "You two agreed on %(num)s point.",
        "You two agreed on %(num)s points.",
        number,
    )
    if not number:
        said = gettext("You two agreed on that already.")
    return done(said, "meeting.show", mentorship_id=mentorship_id)


@blueprint.post("/back")
@guard.allow(access.OWN, of=mentorships.subject)
def take_back(mentorship_id: int) -> Page:
    """Take back what one proposed at a point."""
    fields = sent()
    try:
        point = PointForm.read(fields).point
        actions.take_back(
            db(),
            guard.actor(),
            mentorship_id,
            point,
            now(),
        )
    except MISTAKES as failure:
        return _show(mentorship_id, mistake(failure, fields))
    return done(
        gettext("Withdrawn."),
        "meeting.show",
        mentorship_id=mentorship_id,
        _anchor=point,
    )


@blueprint.post("/aside")
@guard.allow(access.OWN, of=mentorships.subject)
def put_aside(mentorship_id: int) -> Page:
    """Let one's desk say nothing of it any more."""
    try:
        actions.put_aside(db(), guard.actor(), mentorship_id, now())
    except MISTAKES as failure:
        return _show(mentorship_id, mistake(failure, {}))
    said = gettext("Put aside. You find it on the page of your pair.")
    return done(said, "mentorships.show", mentorship_id=mentorship_id, _anchor="meeting")
