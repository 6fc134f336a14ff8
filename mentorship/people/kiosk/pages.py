"""Doors on a shared tablet: enrol it, come in by card and PIN, choose a PIN, see what waits, go out."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from mentorship.base.db import id_of
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_, gettext, ngettext
from mentorship.people import access
from mentorship.people.account import guard, passwords
from mentorship.people.account import queries as accounts
from mentorship.people.closed import actions as closed
from mentorship.people.kiosk import guard as kiosk
from mentorship.people.kiosk import words
from mentorship.people.kiosk.forms import EnrolForm, EnterForm, FirstForm
from mentorship.people.models import Person
from mentorship.people.sessions import guard as sessions
from mentorship.people.tablet import actions, queries, rules
from mentorship.people.tablet import guard as tablets
from mentorship.people.tablet.models import TabletCard
from mentorship.people.throttle import guard as throttle
from mentorship.people.throttle.rules import TABLET, Try
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, render, render_form, sent
from mentorship.web.request import apart, db, now, settings

blueprint = Blueprint("kiosk", __name__, url_prefix="/kiosk")

NOT_HERE = N_("Cards work only on a tablet of your company. Ask whoever hands out the cards where it stands.")
BY_PROVIDER = N_("Here everybody signs in by the organisation, and no code does. Choose your PIN at your own account.")
CAMERA = "camera=(self), geolocation=(), microphone=()"


def _hasher() -> passwords.Passwords:
    return passwords.from_settings(settings())


def _tablet() -> tablets.Here:
    """Return the tablet that asks; elsewhere a card opens nothing."""
    found = tablets.here()
    if found is None:
        raise Refused(NOT_HERE)
    return found


@blueprint.get("")
@guard.allow(access.PUBLIC)
@tablets.on_tablet
def index() -> Page:
    """Ask for a card and a PIN; on what is no tablet, say where cards work."""
    if guard.actor_or_none() is not None:
        return redirect(url_for("kiosk.own"), 303)
    return _door()


def _door(wrong: Mistake = NOTHING_WRONG) -> Page:
    found = tablets.here()
    if found is None:
        return render_form("people/kiosk/elsewhere.html", wrong)
    tablets.note_seen()
    sessions.forget_here(sessions.OUT)
    tablets.let_camera(CAMERA)
    return render_form(
        "people/kiosk/index.html",
        wrong,
        name=found.name,
    )


@blueprint.post("")
@guard.allow(access.PUBLIC)
@tablets.on_tablet
def enter() -> Page:
    """Sign in by card and PIN; the try is counted for the card before anything is verified."""
    fields = sent()
    try:
        tablet = _tablet()
        form = EnterForm.read(fields)
        person, tried = _verified(form)
    except MISTAKES as failure:
        return _door(mistake(failure, _without_pins(fields)))
    actions.was_right(db(), id_of(person))
    throttle.was_right(tried)
    kiosk.sign_in(db(), person, tablet)
    return redirect(url_for("kiosk.own"), 303)


def _without_pins(fields: dict[str, str]) -> dict[str, str]:
    """Return what was typed, to be shown again: never a PIN."""
    return {name: value for name, value in fields.items() if name in ("card", "code")}


def _verified(form: EnterForm) -> tuple[Person, Try]:
    """Return whose card and PIN these are; takes as long for an unknown card, and holds no lock meanwhile."""
    secret_hash = rules.kept_of(form.card)
    tried = throttle.book(TABLET, secret_hash)
    with apart() as opened:
        kept = actions.count_try(opened, secret_hash)
    if not actions.verify(kept, form.pin, _hasher(), settings().secret_keys):
        raise Refused(actions.WRONG)
    person = queries.holder(db(), secret_hash, now())
    if person is None:
        raise Refused(actions.WRONG)
    return person, tried


@blueprint.get("/first")
@guard.allow(access.PUBLIC)
@tablets.on_tablet
def first() -> Page:
    """Ask for a card, an activation code and a PIN to choose."""
    if tablets.here() is None:
        return _door()
    return _first()


def _first(wrong: Mistake = NOTHING_WRONG) -> Page:
    tablets.let_camera(CAMERA)
    return render_form("people/kiosk/first.html", wrong)


@blueprint.post("/first")
@guard.allow(access.PUBLIC)
@tablets.on_tablet
def choose() -> Page:
    """Choose a PIN by one's card and an activation code, which is used up by it, and sign in."""
    fields = sent()
    try:
        tablet = _tablet()
        form = FirstForm.read(fields)
        if form.pin != form.again:
            raise Refused(actions.NOT_THE_SAME, field="again")
        person = _chosen(form)
    except MISTAKES as failure:
        return _first(mistake(failure, _without_pins(fields)))
    kiosk.sign_in(db(), person, tablet)
    return redirect(url_for("kiosk.own"), 303)


def _chosen(form: FirstForm) -> Person:
    """Return who chose a PIN; one refused for the PIN alone was no guess."""
    if settings().oidc_required:
        raise Refused(BY_PROVIDER)
    secret_hash = rules.kept_of(form.card)
    tried = throttle.book(TABLET, secret_hash)
    person = queries.holder(db(), secret_hash, now())
    code = accounts.open_code(db(), person, form.code, now())
    if person is None or code is None:
        raise Refused(actions.WRONG_CODE)
    try:
        actions.choose_pin(
            db(),
            person,
            form.pin,
            _hasher(),
            settings().secret_keys,
            now(),
            code_by_id=code.made_by_id,
        )
    except Refused:
        throttle.was_no_guess(tried)
        raise
    closed.use_up(code, now())
    throttle.was_right(tried)
    return person


@blueprint.get("/enrol")
@guard.allow(access.PUBLIC)
@tablets.on_tablet
def enrol() -> Page:
    """Ask for the code of a new tablet; who scanned it finds it filled in."""
    return render_form("people/kiosk/enrol.html", NOTHING_WRONG)


@blueprint.post("/enrol")
@guard.allow(access.PUBLIC)
@tablets.on_tablet
def do_enrol() -> Page:
    """Make a tablet of the browser that asks; whoever was signed in on it is signed out."""
    fields = sent()
    try:
        form = EnrolForm.read(fields)
        tried = throttle.book(TABLET, rules.kept_of(form.code))
        token = actions.enrol(db(), form.code, now())
    except MISTAKES as failure:
        return render_form("people/kiosk/enrol.html", mistake(failure, fields))
    throttle.was_right(tried)
    answer = kiosk.sign_out(gettext("This is a shared tablet now. Put it in kiosk mode, and lay it ready."))
    tablets.keep_secret(token)
    return answer


@blueprint.get("/own")
@guard.allow(access.SIGNED_IN)
@tablets.on_tablet
def own() -> Page:
    """Show what somebody can do on this tablet."""
    me = guard.actor()
    if me.tablet_id is None:
        return redirect(url_for("home.index"), 303)
    found = kiosk.waiting(me)
    to_do = sum(one.waits for one in found)
    finding = ngettext(
        "%(num)s thing waits for you",
        "%(num)s things wait for you",
        to_do,
    )
    return render(
        "people/kiosk/own.html",
        heading=finding if to_do else gettext("Nothing waits for you"),
        found=found,
        told=words.how_in(db(), db().get_one(TabletCard, me.person_id)),
    )


@blueprint.post("/still")
@guard.allow(access.SIGNED_IN)
@tablets.on_tablet
def still() -> Page:
    """Hear that somebody is still there."""
    return "", 204


@blueprint.post("/leave")
@guard.allow(access.PUBLIC)
@tablets.on_tablet
def leave() -> Response:
    """Sign out, for the next in line."""
    return kiosk.sign_out(gettext("You are signed out."))
