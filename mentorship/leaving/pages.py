"""Doors: the last day of one person, what it ends, and taking it back."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.i18n import day, gettext
from mentorship.leaving import actions, queries, rules, words
from mentorship.leaving.forms import ComeBackForm, LastDayForm
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
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
        leaves=person.last_day is not None and not person.is_gone(today),
        left=person.is_gone(today),
    )


@blueprint.post("/<id:person_id>")
@guard.allow(access.SAY_WHO_LEAVES, of=people.person_subject)
def set_last_day(person_id: int) -> Page:
    """Say what a last day ends, and, when that is meant, note it."""
    fields = sent()
    try:
        form = LastDayForm.read(fields)
        rules.check_day(
            form.last_day,
            local_date(now()),
        )
        rules.check_here(_of(person_id).left_on)
        if not form.sure:
            return _ask(
                person_id,
                form.last_day,
            )
        actions.set_last_day(
            db(),
            guard.actor(),
            person_id,
            form.last_day,
            now(),
        )
    except MISTAKES as failure:
        return _show(
            person_id,
            mistake(failure, fields),
        )
    said = gettext(
        "Saved: the last working day is %(day)s.",
        day=day(form.last_day),
    )
    return done(
        said,
        "leaving.show",
        person_id=person_id,
    )


def _ask(person_id: int, on: date) -> Page:
    person = _of(person_id)
    today = local_date(now())
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
        fields={"last_day": on.isoformat(), "sure": "true"},
        danger=on < today,
    )
    return confirm(asked)


@blueprint.post("/<id:person_id>/withdraw")
@guard.allow(access.SAY_WHO_LEAVES, of=people.person_subject)
def withdraw(person_id: int) -> Page | Response:
    """Withdraw a last day; who left already comes back, once it is known what does not."""
    form = ComeBackForm.read(sent())
    person = _of(person_id)
    if person.left_on is not None and not form.sure:
        asked = Confirmation(
            title=gettext("Does %(name)s come back?", name=person.name),
            consequences=words.comes_back(person),
            button=gettext("Yes, %(given)s comes back", given=person.given_name),
            action=url_for("leaving.withdraw", person_id=person_id),
            back=url_for("leaving.show", person_id=person_id),
            fields={"sure": "true"},
        )
        return confirm(asked)
    actions.take_back(
        db(),
        guard.actor(),
        person_id,
        now(),
    )
    return done(
        gettext("Saved: %(name)s stays.", name=person.name),
        "leaving.show",
        person_id=person_id,
    )
