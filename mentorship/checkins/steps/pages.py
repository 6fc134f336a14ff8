"""Doors: carry a step of a signal out by a short form; and a manager says whether hours go down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import decimal, gettext, ngettext, time_of_day
from mentorship.checkins.signals import carried as rules
from mentorship.checkins.signals import carrying
from mentorship.checkins.signals.carried import (
    FEWER_HOURS,
    FEWER_PLACES,
    IN_A_FORM,
    PACE,
    PAUSE_PAIR,
    TALK,
    TRAIN_MENTOR,
)
from mentorship.checkins.signals.models import Signal
from mentorship.checkins.signals.viewers import who_acts
from mentorship.checkins.steps import actions, queries, words
from mentorship.checkins.steps.forms import AnswerForm, CourseForm, DayForm, HoursForm, PlacesForm, StepForm
from mentorship.mentorships import words as pair_words
from mentorship.mentorships.forms import WeeksForm
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.rules import PAUSE
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.access import Subject
from mentorship.people.account import guard
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render, render_form, sent
from mentorship.web.request import db, now

ON_A_DAY = {
    PAUSE_PAIR: actions.pause_pair,
    TALK: actions.talk,
}
"""The steps of which a day is all that is asked."""
blueprint = Blueprint("steps", __name__, url_prefix="/checkins/steps")


@dataclass(frozen=True)
class Doing:
    """The signal that a step is for, and whose pair it is of."""

    row: Signal
    pair: Mentorship
    mentor: Person
    junior: Person

    @property
    def named(self) -> dict[str, str]:
        """The names that a heading says."""
        both = gettext(
            "%(junior)s and %(mentor)s",
            junior=self.junior.given_name,
            mentor=self.mentor.given_name,
        )
        whom = both
        invited = queries.invited(self.row, self.pair)
        if invited == [self.pair.junior_id]:
            whom = self.junior.given_name
        if invited == [self.pair.mentor_id]:
            whom = self.mentor.given_name
        return {"names": both, "mentor": self.mentor.given_name, "whom": whom}


def _acting(session: Session, signal_id: int) -> Subject | None:
    return who_acts(session, signal_id, now())


def _opening(session: Session, signal_id: int) -> Subject | None:
    """Return the same of a page, None for who does not act on it: the log of what was refused tells of no signal."""
    found = _acting(session, signal_id)
    me = guard.actor_or_none()
    if found is None or me is None or me.person_id in found.owners:
        return found
    return None


def _about(signal_id: int) -> Doing:
    row = db().get_one(Signal, signal_id)
    pair = db().get_one(Mentorship, row.mentorship_id)
    sides = people.persons(db(), [pair.mentor_id, pair.junior_id])
    return Doing(row, pair, sides[pair.mentor_id], sides[pair.junior_id])


@blueprint.get("/<id:signal_id>")
@guard.allow(access.ACT_ON_SIGNAL, of=_opening)
def show(signal_id: int) -> Page:
    """Ask what a step needs; one that is asked for elsewhere, or not carried out for them, leads there or back."""
    about = _about(signal_id)
    what = request.args.get("what", about.row.action)
    carried = carrying.carried_out(db(), guard.actor(), about.pair)
    if about.row.status == "done" or what not in carried:
        return redirect(_back(signal_id), 303)
    if what in IN_A_FORM:
        return _ask(about, what)
    return redirect(_elsewhere(about, what), 303)


def _back(signal_id: int) -> str:
    return url_for("signals.index", open=signal_id, _anchor=f"signal-{signal_id}")


def _elsewhere(about: Doing, what: str) -> str:
    """Return the page that carries a step out in another room."""
    if what == rules.END:
        return url_for("acting.ask_end", duo=about.pair.id, again="true", back=_back(about.row.id or 0))
    return url_for("direct.second", mentorship_id=about.pair.id, signal=about.row.id)


def _ask(about: Doing, what: str, wrong: Mistake = NOTHING_WRONG) -> Page:
    asked: dict[str, Any] = {"ways": [], "values": {}, "brief": gettext(words.BRIEFS[what])}
    asked |= _needed(about, what)
    return render_form(
        "checkins/steps/show.html",
        wrong,
        signal_id=about.row.id,
        what=what,
        heading=gettext(words.HEADINGS[what], **about.named),
        back=_back(about.row.id or 0),
        **{**asked, "values": {**asked["values"], **wrong.values}},
    )


def _needed(about: Doing, what: str) -> dict[str, Any]:
    """Return what the form of a step offers, and with what it is filled in."""
    today = local_date(now())
    if what == PAUSE_PAIR:
        return {"ways": pair_words.pauses(today), "values": {"day": (today + PAUSE).isoformat()}}
    if what == PACE:
        return {"ways": pair_words.slower()}
    if what == TALK:
        found = queries.talk_days(db(), about.row, about.pair, now())
        times = [f"{time_of_day(one.begin)}–{time_of_day(one.end)}" for one in found]
        return {"ways": words.days(found, times)}
    if what == TRAIN_MENTOR:
        return {"values": {"day": today.isoformat()}}
    return _of_offer(about, what)


def _of_offer(about: Doing, what: str) -> dict[str, Any]:
    """Return the same of a step that makes less of what a mentor offers."""
    offer = profiles.capacity(db(), about.pair.mentor_id)
    if what == FEWER_PLACES:
        numbers = [(number, str(number)) for number in range(offer.places)]
        return {"options": numbers, "chosen": [offer.places - 1]}
    confirmed = offer.confirmed_hours or 0
    needed: dict[str, Any] = {
        "values": {"hours": decimal(confirmed)},
        "now": gettext("Confirmed now, hours a week: %(hours)s.", hours=decimal(confirmed)),
    }
    if guard.actor().person_id in people.line_above(db(), about.pair.mentor_id):
        needed["brief"] = gettext(words.OWN_LINE)
    return needed


@blueprint.post("/<id:signal_id>")
@guard.allow(access.ACT_ON_SIGNAL, of=_acting)
def carry_out(signal_id: int) -> Page:
    """Carry a step out, and write with the signal what was done."""
    fields = sent()
    what = StepForm.read({"what": fields.get("what", "")}).what
    try:
        said = _carry_out(signal_id, what, fields)
    except MISTAKES as failure:
        about_all = isinstance(failure, Refused) and not failure.field
        if about_all or isinstance(failure, Conflict):
            raise
        found = mistake(failure, fields)
        return _ask(_about(signal_id), what, found)
    return done(said, "signals.index", open=signal_id, _anchor=f"signal-{signal_id}")


def _carry_out(signal_id: int, what: str, fields: Mapping[str, Any]) -> str:
    me = guard.actor()
    if what in ON_A_DAY:
        day = DayForm.read(_only(fields, "day")).day
        ON_A_DAY[what](db(), me, signal_id, day, now())
    elif what == PACE:
        weeks = WeeksForm.read(_only(fields, "weeks")).weeks
        actions.slow_pace(db(), me, signal_id, weeks, now())
    elif what == FEWER_PLACES:
        places = PlacesForm.read(_only(fields, "places")).places
        actions.fewer_places(db(), me, signal_id, places, now())
    elif what == TRAIN_MENTOR:
        course = CourseForm.read(_only(fields, "title", "day"))
        actions.note_course(db(), me, signal_id, course.title, course.day, now())
    else:
        assert what == FEWER_HOURS
        hours = HoursForm.read(_only(fields, "hours")).hours
        if actions.fewer_hours(db(), me, signal_id, hours, now()):
            return gettext(words.LOWERED)
    return gettext(words.DONE[what])


def _only(fields: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: fields[name] for name in names if name in fields}


@blueprint.get("/hours")
@guard.allow(access.HAVE_TEAM)
def hours() -> Page:
    """List the mentors of whom a manager is asked to let the hours go down."""
    found = queries.hours_asked(db(), guard.actor())
    heading = ngettext(
        "For %(num)s mentor you are asked for fewer hours",
        "For %(num)s mentors you are asked for fewer hours",
        len(found),
    )
    return render(
        "checkins/steps/hours.html",
        heading=heading if found else gettext("Nobody asks you for fewer hours"),
        found=[(one, _told(one)) for one in found],
    )


def _told(one: queries.HoursAsked) -> str:
    told = {"before": decimal(one.confirmed), "after": decimal(one.hours)}
    if one.asker is None:
        return gettext("From %(before)s to %(after)s hours a week.", **told)
    return gettext(
        "%(name)s asks you: from %(before)s to %(after)s hours a week.",
        name=one.asker.name,
        **told,
    )


@blueprint.post("/<id:signal_id>/answer")
@guard.allow(access.OWN, of=queries.asked_of)
def answer(signal_id: int) -> Response:
    """Answer whether the hours go down."""
    agrees = AnswerForm.read(sent()).agrees
    actions.answer(db(), guard.actor(), signal_id, agrees, now())
    said = gettext("The hours stay as they are.")
    if agrees:
        said = gettext("The hours are lowered. Whoever asked reads it.")
    return done(said, "steps.hours")
