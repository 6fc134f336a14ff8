"""Doors: the first person comes in, by the address that was told where Leermaat was started."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from mentorship.base.errors import Refused
from mentorship.base.i18n import gettext
from mentorship.home.first import actions, queries
from mentorship.home.first.forms import FirstForm
from mentorship.home.setup.queries import stands
from mentorship.home.setup.words import next_door
from mentorship.people import access
from mentorship.people.account import guard, passwords
from mentorship.people.models import Person
from mentorship.people.throttle import guard as throttle
from mentorship.people.throttle.rules import FIRST, Try
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, sent
from mentorship.web.request import db, now, settings

blueprint = Blueprint("first", __name__, url_prefix="/first")


@blueprint.get("")
@guard.allow(access.PUBLIC)
def index() -> Page:
    """Ask who comes in first."""
    if not queries.is_empty(db()):
        return _too_late()
    return _ask()


def _ask(wrong: Mistake = NOTHING_WRONG) -> Page:
    return render_form(
        "home/first/index.html",
        wrong,
        values={"number": "1", **wrong.values},
    )


def _too_late() -> Response:
    return done(gettext(actions.NOT_EMPTY), "account.sign_in")


@blueprint.post("")
@guard.allow(access.PUBLIC)
def come_in() -> Page:
    """Let the first person in, and lead them to the guide."""
    if not queries.is_empty(db()):
        return _too_late()
    fields = sent()
    try:
        form = FirstForm.read(fields)
        tried = throttle.book(FIRST, "")
        person = _come_in(form, tried)
    except MISTAKES as failure:
        return _ask(mistake(failure, fields))
    throttle.was_right(tried)
    guard.sign_in(db(), person)
    return done(gettext("Welcome. You are the coordinator, and the admin."), next_door(stands(db(), now())))


def _come_in(form: FirstForm, tried: Try) -> Person:
    """Return who came in; one refused for anything but the code was no guess."""
    try:
        return actions.come_in(
            db(),
            form.code,
            form.first(),
            form.password,
            passwords.from_settings(settings()),
            now(),
        )
    except Refused as refusal:
        if refusal.field != actions.CODE:
            throttle.was_no_guess(tried)
        raise
