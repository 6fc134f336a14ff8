"""Doors: the last day of one person, what it ends, and taking it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.i18n import day, gettext
from mentorship.growth.handover import queries as handover
from mentorship.growth.handover import words as handover_words
from mentorship.leaving import actions, queries, rules, words
from mentorship.leaving.forms import LastDayForm
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.looks.guard import shows
from mentorship.people.looks.models import LEAVING
from mentorship.people.models import Person
from mentorship.reminders.leaving import filled_in_by
from mentorship.web.confirm import Confirmation, confirm
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint(
    "leaving",
    __name__,
    url_prefix="/leaving",
)


def _of(person_id: int) -> Person:
    return people.persons(
        db(),
        [person_id],
    )[person_id]


@blueprint.get("/<id:person_id>")
@guard.allow(access.SAY_WHO_LEAVES, of=people.person_subject)
@shows(LEAVING)
def show(person_id: int) -> Page:
    """Show whether somebody leaves, and since when that stands."""
    return _show(person_id)


def _show(person_id: int, wrong: Mistake = NOTHING_WRONG) -> Page:
    person = _of(person_id)
    today = local_date(now())
    known = {"last_day": person.last_day.isoformat() if person.last_day else ""}
    return render_form(
        "leaving/show.html",
        wrong,
        person=person,
        heading=words.heading(person, today),
        brief=words.brief(person, filled_in_by(db(), person_id), today),
        values={**known, **wrong.values},
        leaves=person.last_day is not None and person.left_on is None,
        left=person.left_on is not None,
        handover=_handover(person),
    )


def _handover(person: Person) -> str:
    """Say to the coordinator how far what somebody hands over is; "" to others, who do not read it."""
    if not access.COORDINATE.allows(guard.actor()) or person.last_day is None:
        return ""
    standing = handover.standing(db(), id_of(person))
    if person.left_on is not None and standing.plan is None:
        return ""
    return handover_words.stands(standing)


@blueprint.get("/<id:person_id>/ask")
@guard.allow(access.SAY_WHO_LEAVES, of=people.person_subject)
@shows(LEAVING)
def ask(person_id: int) -> Page:
    """Say with numbers what a last day ends, before it is noted."""
    fields = {"last_day": request.args.get("last_day", "")}
    person = _of(person_id)
    try:
        on = LastDayForm.read(fields).last_day
        rules.check_day(on, local_date(now()))
        rules.check_here(person.left_on)
    except MISTAKES as failure:
        wrong = replace(mistake(failure, fields), status=200)  # nothing was sent: it was only asked
        return _show(person_id, wrong)
    return _ask(person, on)


def _ask(person: Person, on: date) -> Page:
    today = local_date(now())
    person_id = id_of(person)
    consequences = words.ends(
        person,
        on,
        queries.would_end(db(), person_id),
        today,
        numbers=access.COORDINATE.allows(guard.actor()),
    )
    asked = Confirmation(
        title=gettext("Is %(day)s the last working day of %(name)s?", day=day(on), name=person.name),
        consequences=consequences,
        button=gettext("Yes, that is the last day"),
        action=url_for("leaving.set_last_day", person_id=person_id),
        back=url_for("leaving.show", person_id=person_id),
        fields={"last_day": on.isoformat()},
        danger=on < today,
    )
    return confirm(asked)


@blueprint.post("/<id:person_id>")
@guard.allow(access.SAY_WHO_LEAVES, of=people.person_subject, again=True)
@shows(LEAVING)
def set_last_day(person_id: int) -> Page:
    """Note a last day, after it was said what that ends."""
    fields = sent()
    try:
        on = LastDayForm.read(fields).last_day
        actions.set_last_day(
            db(),
            guard.actor(),
            person_id,
            on,
            now(),
        )
    except MISTAKES as failure:
        return _show(person_id, mistake(failure, fields))
    said = gettext("Saved: the last working day is %(day)s.", day=day(on))
    return done(said, "leaving.show", person_id=person_id)


@blueprint.get("/<id:person_id>/back")
@guard.allow(access.SAY_WHO_LEAVES, of=people.person_subject)
@shows(LEAVING)
def ask_back(person_id: int) -> Page:
    """Say what comes back with somebody who left, and what does not."""
    person = _of(person_id)
    if person.left_on is None:
        return redirect(url_for("leaving.show", person_id=person_id), 303)
    asked = Confirmation(
        title=gettext("Does %(name)s come back?", name=person.name),
        consequences=words.comes_back(person),
        button=gettext("Yes, %(given)s comes back", given=person.given_name),
        action=url_for("leaving.withdraw", person_id=person_id),
        back=url_for("leaving.show", person_id=person_id),
    )
    return confirm(asked)


@blueprint.post("/<id:person_id>/withdraw")
@guard.allow(access.SAY_WHO_LEAVES, of=people.person_subject, again=True)
@shows(LEAVING)
def withdraw(person_id: int) -> Response:
    """Withdraw a last day; who left already comes back."""
    actions.take_back(
        db(),
        guard.actor(),
        person_id,
        now(),
    )
    said = gettext("Saved: %(name)s stays.", name=_of(person_id).name)
    return done(said, "leaving.show", person_id=person_id)
