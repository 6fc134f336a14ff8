"""Doors of the second factor: asked after the password, set up and turned off at one's account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, redirect, request, url_for
from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_, gettext, ngettext
from mentorship.base.secret_codes import in_groups
from mentorship.people import access
from mentorship.people.access import Actor
from mentorship.people.account import actions as accounts
from mentorship.people.account import guard, passwords
from mentorship.people.account.rules import PASSWORD_LEAST
from mentorship.people.closed.queries import is_closed
from mentorship.people.models import Account, Person
from mentorship.people.second_factor import actions, queries, rules
from mentorship.people.second_factor import guard as second_factor
from mentorship.people.second_factor.models import SecondFactor
from mentorship.people.second_step.forms import CodeForm, OffForm, StepForm
from mentorship.people.throttle import guard as throttle
from mentorship.people.throttle.rules import SECOND_FACTOR, Try
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render, render_form, safe_next, sent
from mentorship.web.request import db, now, reading_session, settings

blueprint = Blueprint("second_step", __name__, url_prefix="/second-step")

TOO_LATE = N_("That took too long. Sign in with your password again.")
CONFIRM, CODES, OFF = "confirm", "codes", "off"
"""The forms of the page where one sets it up."""


def _keys() -> list[str]:
    return settings().secret_keys


def _book(person_id: int) -> Try:
    """Count a try at somebody's code, before anything is verified."""
    return throttle.book(SECOND_FACTOR, f"person {person_id}", person_id)


@blueprint.get("")
@guard.allow(access.PUBLIC)
def ask() -> Page:
    """Ask the second factor of whose password was right."""
    if second_factor.half_signed_in(db()) is None:
        return done(gettext(TOO_LATE), "account.sign_in")
    return _ask(safe_next(request.args.get("next")) or "")


def _ask(wanted: str, wrong: Mistake = NOTHING_WRONG) -> Page:
    return render_form(
        "people/second_step/ask.html",
        wrong,
        values={"next": wanted},
    )


@blueprint.post("")
@guard.allow(access.PUBLIC)
def answer() -> Page:
    """Sign in by a code; the try is counted first, in a transaction of its own."""
    fields = sent()
    try:
        form = StepForm.read(fields)
        person_id = _waiting()
        tried = _use(person_id, form.code)
    except MISTAKES as failure:
        return _ask(safe_next(str(fields.get("next", ""))) or "", mistake(failure, {}))
    throttle.was_right(tried)
    person = db().get_one(Person, person_id)
    actions.end_halves(db(), person_id)
    guard.sign_in(db(), person)
    return guard.go_on(db(), person, _goes_on(person_id, form.next))


def _goes_on(person_id: int, wanted: str) -> str:
    """Return where somebody goes on to: there is nothing to confirm for who signed in where they did before."""
    if wanted == url_for("confirming.show") and not is_closed(db(), person_id):
        return ""
    return wanted


def _waiting() -> int:
    """Return whose second factor is still to come on this device; refuse who waited too long."""
    person = second_factor.half_signed_in(db())
    if person is None:
        raise Refused(TOO_LATE)
    return id_of(person)


def _use(person_id: int, typed: str) -> Try:
    """Count the try, and use the code up."""
    tried = _book(person_id)
    actions.use(
        db(),
        person_id,
        typed,
        _keys(),
        now(),
    )
    return tried


@blueprint.get("/set-up")
@guard.allow(access.SIGNED_IN)
@second_factor.there_before
def set_up() -> Page:
    """Show how one's second factor stands, and what can be done."""
    return _set_up()


def _set_up(wrong: Mistake = NOTHING_WRONG) -> Page:
    if queries.has_one(db(), guard.actor().person_id):
        return _on(wrong)
    return _not_yet(wrong)


def _on(wrong: Mistake) -> Page:
    left = queries.codes_left(db(), guard.actor().person_id)
    told = ngettext(
        "You have %(num)s recovery code left.",
        "You have %(num)s recovery codes left.",
        left,
    )
    return render_form(
        "people/second_step/on.html",
        wrong,
        told=told,
        renewing=wrong.of(CODES),
        ending=wrong.of(OFF),
        **_ways_to_end(),
    )


def _ways_to_end() -> dict[str, str]:
    """Say what turning it off is for: who must have one sets up another at once."""
    if second_factor.must_have(guard.actor()):
        return {
            "ending_title": gettext("Another phone"),
            "ending_note": gettext("Your role needs a second factor. You set it up on the other phone after this."),
            "end": gettext("To another phone"),
        }
    return {
        "ending_title": gettext("Turn it off"),
        "ending_note": gettext("After that your password alone is enough to sign in."),
        "end": gettext("Turn off"),
    }


def _not_yet(wrong: Mistake) -> Page:
    person = db().get_one(Person, guard.actor().person_id)
    begun = db().get(SecondFactor, person.id)
    secret = rules.opened(begun.secret, _keys()) if begun else None
    return render_form(
        "people/second_step/set_up.html",
        wrong,
        must=second_factor.must_have(guard.actor()),
        address=rules.address(secret, person.number) if secret else "",
        secret=in_groups(secret or "", " "),
    )


@blueprint.post("/begin")
@guard.allow(access.SIGNED_IN, again=True)
@second_factor.there_before
def begin() -> Page:
    """Make a QR code to scan."""
    try:
        actions.begin(
            db(),
            guard.actor(),
            _keys(),
            now(),
        )
    except MISTAKES as failure:
        return _set_up(mistake(failure, {}))
    return redirect(url_for("second_step.set_up"), 303)


@blueprint.post("/confirm")
@guard.allow(access.SIGNED_IN, again=True)
@second_factor.there_before
def confirm() -> Page:
    """Turn it on by a first code, and show the codes on paper, once."""
    return _codes_by(actions.confirm, CONFIRM)


@blueprint.post("/codes")
@guard.allow(access.SIGNED_IN)
def codes() -> Page:
    """Make new codes on paper."""
    return _codes_by(actions.renew_codes, CODES)


def _codes_by(verb: Callable[[Session, Actor, str, list[str], datetime], list[str]], form: str) -> Page:
    """Count the try, and show the codes that the verb makes for a code that is right."""
    try:
        typed = CodeForm.read(sent()).code
        tried = _book(guard.actor().person_id)
        made = verb(
            db(),
            guard.actor(),
            typed,
            _keys(),
            now(),
        )
    except MISTAKES as failure:
        return _set_up(mistake(failure, {}, form))
    throttle.was_right(tried)
    return render("people/second_step/codes.html", codes=made)


@blueprint.post("/off")
@guard.allow(access.SIGNED_IN)
def turn_off() -> Page:
    """Turn it off, by the password and a code."""
    try:
        form = OffForm.read(sent())
        tried = _book(guard.actor().person_id)
        _check_password(form.password)
        actions.turn_off(
            db(),
            guard.actor(),
            form.code,
            _keys(),
            now(),
        )
    except MISTAKES as failure:
        return _set_up(mistake(failure, {}, OFF))
    throttle.was_right(tried)
    return done(gettext("Your second factor is off."), "account.show")


def _check_password(typed: str) -> None:
    """Refuse another's password, and one too short to be all there is; holds no lock meanwhile."""
    with reading_session() as reading:
        account = reading.get(Account, guard.actor().person_id)
        stored = account.password_hash if account else None
    if not passwords.from_settings(settings()).verify(stored, typed):
        raise Refused(accounts.NOT_PRESENT, field="password")
    if len(typed) < PASSWORD_LEAST:
        raise Refused(
            N_("Choose a password of at least %(least)s characters first: it will be all that is asked."),
            field="password",
            least=PASSWORD_LEAST,
        )
