"""Doors: say when one is away, and when somebody is of whom one may say so; the days are read by that person alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from flask import Blueprint, current_app, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.i18n import gettext, ngettext
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.looks.guard import shows
from mentorship.people.looks.models import AWAY
from mentorship.profiles import queries as profiles
from mentorship.profiles.away import actions, picking, queries, words
from mentorship.profiles.away.forms import AwayForm
from mentorship.profiles.away.picking import Picking
from mentorship.profiles.away.rules import LONGEST
from mentorship.profiles.rosters import queries as rosters
from mentorship.profiles.rosters import strip as strips
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render, render_form, sent
from mentorship.web.request import db, now

WEEK = timedelta(weeks=1)
"""The week of today is shown whole."""

blueprint = Blueprint("away", __name__, url_prefix="/away")


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """Show when one is away, and the days to choose from."""
    return _index()


def _index(wrong: Mistake = NOTHING_WRONG) -> Page:
    actor = guard.actor()
    me = actor.person_id
    today = local_date(now())
    entries = queries.own_entries(db(), me, today)
    return render_form(
        "profiles/away/index.html",
        wrong,
        heading=words.finding(entries, today),
        entries=words.rows(entries),
        answers_for_others=access.ANSWER_PAIRS.allows(actor),
        **_picking(wrong, lambda begins: _own_kinds(me, begins)),
    )


def _own_kinds(me: int, begins: date) -> dict[date, str]:
    """Return one's own days as they are drawn, with those on which one is away."""
    timetable = rosters.timetables(db(), [me]).get(me)
    away = queries.away_days(db(), [me]).get(me, queries.NEVER)
    if timetable is None:
        return strips.away_kinds(away)
    return strips.kinds(timetable, profiles.days_off(db(), me), begins) | strips.away_kinds(away)


def _no_kinds(_begins: date) -> dict[date, str]:
    """Tell nothing of the days of somebody else."""
    return {}


def _picking(wrong: Mistake, kinds: Callable[[date], dict[date, str]], **about: int) -> dict[str, Any]:
    """Return what is chosen so far, and the strip to tap in on the page of oneself or of a person."""
    today = local_date(now())
    picked = picking.chosen(_day("first"), _day("last"), today)
    begins = _day("begins") or picked.first
    to = "away.of_person" if about else "away.index"

    def link(chosen: dict[str, str]) -> str:
        values: dict[str, Any] = {"_anchor": "days", **about, **chosen}
        return url_for(to, **values)

    values = {
        "first_day": picked.first.isoformat(),
        "last_day": picked.last.isoformat(),
    }
    return {
        "strip": picking.strip(kinds(begins), Picking(picked, today, link), begins),
        "values": {**values, **wrong.values},
        "told": words.span(picked.first, picked.last),
        "says": words.asks(tapped=picked.tapped, proposed=picked.proposed),
    }


def _day(name: str) -> date | None:
    """Return a day of the address that can be chosen; None for anything else."""
    today = local_date(now())
    try:
        day = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    if not today - WEEK <= day <= today + LONGEST:
        return None
    return day


@blueprint.post("")
@guard.allow(access.SIGNED_IN)
def save() -> Page:
    """Be away from a day until a day."""
    fields = sent()
    me = guard.actor()
    try:
        form = AwayForm.read(fields)
        actions.set_away(
            db(),
            me,
            me.person_id,
            first_day=form.first_day,
            last_day=form.last_day,
            now=now(),
        )
    except MISTAKES as failure:
        return _index(mistake(failure, fields))
    _follow(me.person_id)
    return done(gettext("Until you are back nothing is asked of you."), "away.index")


def _follow(person_id: int) -> None:
    """Let rooms above do what follows when somebody is entered as away."""
    follow: Callable[[Session, int, datetime], None] = current_app.extensions["mentorship_away_now"]
    follow(db(), person_id, now())


@blueprint.post("/<id:away_id>/end")
@guard.allow(access.OWN, of=queries.subject)
def end(away_id: int) -> Response:
    """Be back today, or not go."""
    actions.end_away(db(), guard.actor(), away_id, now())
    return done(gettext("You are there again."), "away.index")


@blueprint.get("/team")
@guard.allow(access.HAVE_TEAM)
def team() -> Page:
    """List one's own people, to say that one of them is away: who is stands nowhere."""
    found = queries.direct_reports(db(), guard.actor().person_id)
    heading = gettext("Nobody stands directly under you")
    if found:
        heading = ngettext("%(num)s person in your team", "%(num)s people in your team", len(found))
    return render("profiles/away/team.html", heading=heading, found=found)


@blueprint.get("/of/<id:person_id>")
@guard.allow(access.SAY_WHO_IS_AWAY, of=people.person_subject)
@shows(AWAY)
def of_person(person_id: int) -> Page:
    """Ask when somebody is away; what stands already is not shown."""
    return _of_person(person_id)


def _of_person(person_id: int, wrong: Mistake = NOTHING_WRONG) -> Page:
    person = people.persons(db(), [person_id])[person_id]
    return render_form(
        "profiles/away/other.html",
        wrong,
        person=person,
        **_picking(wrong, _no_kinds, person_id=person_id),
    )


@blueprint.post("/of/<id:person_id>")
@guard.allow(access.SAY_WHO_IS_AWAY, of=people.person_subject)
@shows(AWAY)
def save_of(person_id: int) -> Page:
    """Say when somebody is away, who is told."""
    fields = sent()
    try:
        form = AwayForm.read(fields)
        actions.set_away(
            db(),
            guard.actor(),
            person_id,
            first_day=form.first_day,
            last_day=form.last_day,
            now=now(),
        )
    except MISTAKES as failure:
        return _of_person(person_id, mistake(failure, fields))
    _follow(person_id)
    return done(
        gettext("Noted, and told to the person. Only they see the days."), "away.of_person", person_id=person_id
    )


@blueprint.post("/of/<id:person_id>/back")
@guard.allow(access.SAY_WHO_IS_AWAY, of=people.person_subject)
@shows(AWAY)
def back(person_id: int) -> Response:
    """Say that somebody is back today."""
    actions.say_back(db(), guard.actor(), person_id, now())
    return done(gettext("Noted: they are there today."), "away.of_person", person_id=person_id)
