"""Doors: the first person comes in, by the address that was told where Leermaat was started."""

from __future__ import annotations

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from mentorship.base.errors import Refused
from mentorship.base.i18n import gettext
from mentorship.home.first import actions, queries
from mentorship.home.first.forms import FirstForm
from mentorship.home.setup.queries import stands
from mentorship.home.setup.words import next_door
from mentorship.people import access
from mentorship.people.account import actions as accounts
from mentorship.people.account import guard, passwords
from mentorship.people.account.queries import may_try
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, sent
from mentorship.web.request import apart, db, now, settings

blueprint = Blueprint("first", __name__, url_prefix="/first")

TRIED = "first"
"""The name under which wrong codes are counted."""


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
    address = request.remote_addr or ""
    if not may_try(
        db(),
        TRIED,
        address,
        now(),
    ):
        abort(429)
    fields = sent()
    try:
        form = FirstForm.read(fields)
        person = actions.come_in(
            db(),
            form.code,
            form.first(),
            form.password,
            passwords.from_settings(settings()),
            now(),
        )
    except MISTAKES as failure:
        if isinstance(failure, Refused) and failure.field == actions.CODE:
            _note_failure(address)
        return _ask(mistake(failure, fields))
    guard.sign_in(db(), person)
    return done(gettext("Welcome. You are the coordinator, and the admin."), next_door(stands(db(), now())))


def _note_failure(address: str) -> None:
    with apart() as opened:
        accounts.note_failure(
            opened,
            TRIED,
            address,
            now(),
        )
