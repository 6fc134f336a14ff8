"""Doors: confirm that it is still you, and go on to where you were."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, current_app, flash, redirect, request, url_for

from mentorship.base import security
from mentorship.base.errors import Refused
from mentorship.base.i18n import gettext
from mentorship.people import access
from mentorship.people.access import Actor
from mentorship.people.account import actions as accounts
from mentorship.people.account import guard, passwords
from mentorship.people.again.forms import CodeAgainForm, PasswordAgainForm
from mentorship.people.models import Account
from mentorship.people.second_factor import actions as factors
from mentorship.people.second_factor import guard as second_factor
from mentorship.people.sessions import actions
from mentorship.people.sessions import guard as sessions
from mentorship.people.throttle import guard as throttle
from mentorship.people.throttle.rules import PASSWORD, SECOND_FACTOR, Try
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import UNSENT, Page, render, render_form, safe_next, sent
from mentorship.web.request import db, now, reading_session, settings

blueprint = Blueprint("again", __name__, url_prefix="/again")

FILES = (".csv", ".xlsx", ".json", ".ndjson")
"""What an address ends in that a browser keeps as a file, while the page stays."""


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
@second_factor.there_before
def ask() -> Page:
    """Ask whether it is still them."""
    me = guard.actor()
    wanted = _own(request.args)
    if sessions.is_sure(me):
        return redirect(wanted["next"] or url_for("home.index"), 303)
    return sessions.confirmed_elsewhere(me, wanted["next"]) or _ask(wanted)


def _own(told: Mapping[str, Any]) -> dict[str, str]:
    """Return where to go on to, and the page to come back to, as far as they are ours."""
    found = {}
    for name in ("next", "back"):
        found[name] = safe_next(str(told.get(name, ""))) or ""
    return found


def _ask(wanted: Mapping[str, str], wrong: Mistake = NOTHING_WRONG) -> Page:
    unsent = wanted["next"].endswith(UNSENT)
    page = wanted["next"].removesuffix(UNSENT) if unsent else ""
    return render_form(
        "people/again/ask.html",
        wrong,
        values=wanted,
        unsent=unsent,
        by_code=guard.actor().second_factor,
        back=page or wanted["back"] or url_for("home.index"),
    )


@blueprint.post("")
@guard.allow(access.SIGNED_IN)
@second_factor.there_before
def answer() -> Page:
    """Confirm by a code or the password; the try is counted first, in a transaction of its own."""
    me = guard.actor()
    fields = sent()
    wanted = _own(fields)
    elsewhere = sessions.confirmed_elsewhere(me, wanted["next"])
    if elsewhere is not None:
        return elsewhere
    secret = {name: value for name, value in fields.items() if name not in wanted}
    try:
        tried = _by_code(me, secret) if me.second_factor else _by_password(me, secret)
    except MISTAKES as failure:
        return _ask(wanted, mistake(failure, {}))
    throttle.was_right(tried)
    actions.confirm(db(), me.sign_in_id, now())
    security.note_once_done(db(), "session.confirmed", person=me.person_id)
    return _on(wanted)


def _by_code(me: Actor, secret: Mapping[str, Any]) -> Try:
    form = CodeAgainForm.read(secret)
    tried = throttle.book(SECOND_FACTOR, f"person {me.person_id}", me.person_id)
    factors.use(
        db(),
        me.person_id,
        form.code,
        settings().secret_keys,
        now(),
    )
    return tried


def _by_password(me: Actor, secret: Mapping[str, Any]) -> Try:
    """Count the try, and refuse another's password; holds no lock meanwhile."""
    form = PasswordAgainForm.read(secret)
    tried = throttle.book(PASSWORD, f"person {me.person_id}", me.person_id)
    with reading_session() as reading:
        account = reading.get(Account, me.person_id)
        stored = account.password_hash if account else None
    if not passwords.from_settings(settings()).verify(stored, form.password):
        raise Refused(accounts.NOT_PRESENT, field="password")
    return tried


def _on(wanted: Mapping[str, str]) -> Page:
    """Go on to the page; a file begins by itself, from a page that stays."""
    page = wanted["next"]
    if page.partition("?")[0].endswith(FILES):
        return _file(page, wanted["back"])
    if page.endswith(UNSENT):
        flash(gettext("Thank you. Nothing was sent yet: look at it, and send it again."), "info")
    return redirect(page or url_for("home.index"), 303)


def _file(address: str, back: str) -> Page:
    shown = render(
        "people/again/file.html",
        address=address,
        back=back or url_for("home.index"),
    )
    answer = current_app.make_response(shown)
    answer.headers["Refresh"] = f"0; url={address}"
    return answer
