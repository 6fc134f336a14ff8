"""Doors: sign in and out, activate, one's account."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, request, session, url_for
from werkzeug.wrappers import Response

from mentorship.base.errors import Refused
from mentorship.base.forms import Invalid
from mentorship.base.i18n import gettext
from mentorship.people import access
from mentorship.people.account import actions as account_actions
from mentorship.people.account import guard, passwords
from mentorship.people.account.forms import ActivateForm, LocaleForm, PasswordForm, SignInForm
from mentorship.people.models import SignIn
from mentorship.web.page import (
    NOTHING_WRONG,
    UNSENT,
    Mistake,
    Page,
    done,
    invalid,
    mistake,
    render,
    render_form,
    sent,
)
from mentorship.web.request import choose_locale, db, now, reading_session, settings, short_session

blueprint = Blueprint("account", __name__, url_prefix="/account")


@blueprint.get("/sign-in")
@guard.allow(access.PUBLIC)
def sign_in() -> Page:
    """Show the sign-in form."""
    wanted = guard.safe_next(request.args.get("next"))
    if guard.actor_or_none() is not None:
        return redirect(wanted or url_for("home.index"), 303)
    return _ask_to_sign_in(wanted or "")


def _ask_to_sign_in(wanted: str, wrong: Mistake = NOTHING_WRONG) -> Page:
    """Show the form; say so when somebody sent another one in vain, because they were signed out."""
    return render_form(
        "people/account/sign_in.html",
        wrong,
        values={"next": wanted, **wrong.values},
        unsent=wanted.endswith(UNSENT),
    )


@blueprint.post("/sign-in")
@guard.allow(access.PUBLIC)
def do_sign_in() -> Page:
    """Check name and password; failures are remembered in a transaction of their own."""
    fields = sent()
    try:
        form = SignInForm.read(fields)
    except Invalid as failure:
        return _ask_to_sign_in(fields.get("next", ""), mistake(failure, fields))
    address = request.remote_addr or ""
    with reading_session() as reading:  # no write lock is held while the password is hashed
        if not account_actions.may_try(reading, form.name, address, now()):
            abort(429)
        person = account_actions.check_sign_in(reading, form.name, form.password, passwords.from_settings(settings()))
    if person is None:
        _note_failure(form.name, address)
        return _ask_to_sign_in(form.next, mistake(Refused(account_actions.WRONG), fields))
    guard.sign_in(db(), person)
    return redirect(guard.safe_next(form.next) or url_for("home.index"), 303)


@blueprint.post("/sign-out")
@guard.allow(access.SIGNED_IN)
def sign_out() -> Response:
    """End this session."""
    me = guard.actor()
    account_actions.end_sessions(db(), me.person_id, now(), only=me.sign_in_id)
    guard.sign_out()
    return done(gettext("You are signed out."), "account.sign_in")


@blueprint.get("/activate")
@guard.allow(access.PUBLIC)
def activate() -> Page:
    """Show the form for the first sign-in."""
    known = {"name": request.args.get("name", "")[:200], "code": request.args.get("code", "")[:40]}
    return render("people/account/activate.html", values=known)


@blueprint.post("/activate")
@guard.allow(access.PUBLIC)
def do_activate() -> Page:
    """Set the first password by the printed code, and sign in."""
    try:
        form = ActivateForm.read(sent())
    except Invalid as failure:
        return invalid("people/account/activate.html", failure.errors, _without_secrets(failure.values))
    address = request.remote_addr or ""
    if not account_actions.may_try(db(), form.name, address, now()):
        abort(429)
    try:
        hasher = passwords.from_settings(settings())
        person = account_actions.activate(db(), form.name, form.code, form.password, hasher, now())
    except Refused as refusal:
        field = "" if refusal.message == account_actions.WRONG_CODE else "password"
        if not field:
            _note_failure(form.name, address)
        return invalid("people/account/activate.html", {field: str(refusal)}, {"name": form.name, "code": form.code})
    guard.sign_in(db(), person)
    return done(gettext("Welcome. Your account is ready."), "home.index")


def _note_failure(name: str, address: str) -> None:
    db().rollback()  # a session cookie, even a dead one, opened it for writing: SQLite has one writer
    with short_session() as opened:
        account_actions.note_failure(opened, name, address, now())
        opened.commit()


def _without_secrets(values: object) -> dict[str, Any]:
    return {k: v for k, v in dict(values).items() if k not in ("password", "old", "new")}  # type: ignore[call-overload]


@blueprint.post("/language")
@guard.allow(access.PUBLIC)
def language() -> Response:
    """Read on in another language."""
    form = LocaleForm.read(sent())
    session["locale"] = form.locale
    me = guard.actor_or_none()
    if me is not None:
        account_actions.choose_locale(db(), me, form.locale)
    choose_locale(form.locale)
    return redirect(guard.safe_next(form.next) or url_for("home.index"), 303)


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
def show() -> Page:
    """Show one's own sessions, language and password form."""
    return render("people/account/show.html", **_account())


def _account() -> dict[str, Any]:
    me = guard.actor()
    return {"sessions": account_actions.open_sessions(db(), me.person_id, now()), "errors": {}, "values": {}}


@blueprint.post("/password")
@guard.allow(access.SIGNED_IN)
def change_password() -> Page:
    """Change one's password; every session ends and this one starts anew."""
    try:
        form = PasswordForm.read(sent())
        account_actions.change_password(
            db(), guard.actor(), form.old, form.new, passwords.from_settings(settings()), now()
        )
    except Invalid as failure:
        return render("people/account/show.html", 422, **{**_account(), "errors": failure.errors})
    except Refused as refusal:
        field = "old" if refusal.message == account_actions.NOT_PRESENT else "new"
        return render("people/account/show.html", 422, **{**_account(), "errors": {field: str(refusal)}})
    guard.sign_out()
    return done(gettext("Your password is changed. Sign in with the new one."), "account.sign_in")


@blueprint.post("/sessions/end-all")
@guard.allow(access.SIGNED_IN)
def end_all() -> Response:
    """Sign out everywhere, here too."""
    account_actions.end_sessions(db(), guard.actor().person_id, now())
    guard.sign_out()
    return done(gettext("You are signed out everywhere."), "account.sign_in")


def _session_subject(opened: object, sign_in_id: int) -> access.Subject | None:
    row = db().get(SignIn, sign_in_id)
    return access.Subject(frozenset({row.person_id})) if row else None


@blueprint.post("/sessions/<id:sign_in_id>/end")
@guard.allow(access.OWN, of=_session_subject)
def end_one(sign_in_id: int) -> Response:
    """End one session, for instance on a lost phone."""
    account_actions.end_sessions(db(), guard.actor().person_id, now(), only=sign_in_id)
    return done(gettext("You are signed out there."), "account.show")
