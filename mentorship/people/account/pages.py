"""Doors: sign in and out, activate, one's account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Blueprint, current_app, redirect, request, session, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from mentorship.base import security
from mentorship.base.db import id_of
from mentorship.base.errors import Refused
from mentorship.base.i18n import gettext, ngettext
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import actions, guard, passwords, queries
from mentorship.people.account.forms import ActivateForm, LocaleForm, PasswordForm, SignInForm, ThemeForm
from mentorship.people.account.listed_sessions import listed
from mentorship.people.account.passwords import Passwords
from mentorship.people.closed import queries as closed
from mentorship.people.identity_provider import guard as provider
from mentorship.people.models import Person
from mentorship.people.second_factor import guard as second_factor
from mentorship.people.second_factor.words import standing
from mentorship.people.tablet import guard as tablets
from mentorship.people.throttle import guard as throttle
from mentorship.people.throttle.rules import ACTIVATION, PASSWORD, SIGN_IN, Try
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import UNSENT, Page, done, render_form, safe_next, sent, theme_cookie
from mentorship.web.request import choose_locale, company, db, first_page, now, reading_session, settings

Keeps = Callable[[Session, int], bool]
"""Whether somebody keeps anything that nobody else may read; the application knows of which rooms."""

blueprint = Blueprint("account", __name__, url_prefix="/account")


def _hasher() -> Passwords:
    return passwords.from_settings(settings())


def _verified(form: SignInForm) -> int | None:
    """Return whose name and password these are; takes as long for an unknown name, and holds no lock meanwhile."""
    with reading_session() as reading:
        account = queries.account_of(reading, form.name, now())
        account = provider.let_past(reading, account)
    stored = account.password_hash if account else None
    if not _hasher().verify(stored, form.password):
        return None
    return account.person_id if account else None


@blueprint.get("/sign-in")
@guard.allow(access.PUBLIC)
def sign_in() -> Page:
    """Show the sign-in form."""
    wanted = safe_next(request.args.get("next"))
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
        nobody_yet=not people.anybody(db()),
        **provider.ways_in(wrong=bool(wrong)),
    )


@blueprint.post("/sign-in")
@guard.allow(access.PUBLIC)
def do_sign_in() -> Page:
    """Check name and password; the try is counted first, in a transaction of its own."""
    fields = sent()
    try:
        form = SignInForm.read(fields)
        tried = throttle.book(SIGN_IN, form.name)
        person_id = _verified(form)
        if person_id is None:
            raise Refused(actions.WRONG)
    except MISTAKES as failure:
        return _ask_to_sign_in(
            str(fields.get("next", "")),
            mistake(failure, fields),
        )
    person = db().get_one(Person, person_id)
    throttle.was_right(tried)
    actions.renew_hash(db(), person_id, form.password, _hasher())
    provider.note_password(db(), person)
    step = second_factor.asked_first(db(), person, form.next)
    if step is not None:
        return step
    guard.sign_in(db(), person)
    return guard.go_on(db(), person, form.next)


@blueprint.post("/sign-out")
@guard.allow(access.PUBLIC)
def sign_out() -> Response:
    """End this session; who was signed out already is told the same."""
    me = guard.actor_or_none()
    if me is not None:
        actions.end_sessions(db(), me.person_id, now(), only=me.sign_in_id)
        security.note("sign_out", person=me.person_id)
    guard.sign_out()
    return provider.leaving(me) or done(gettext("You are signed out."), "account.sign_in")


@blueprint.get("/activate")
@guard.allow(access.PUBLIC)
def activate() -> Page:
    """Show the form for the first sign-in."""
    name = request.args.get("name", "")
    code = request.args.get("code", "")
    values = {
        "name": name[:200],
        "code": code[:40],
    }
    return render_form("people/account/activate.html", NOTHING_WRONG, values=values)


@blueprint.post("/activate")
@guard.allow(access.PUBLIC)
def do_activate() -> Page:
    """Set the first password by the printed code, and sign in."""
    fields = sent()
    try:
        form = ActivateForm.read(fields)
        tried = throttle.book(ACTIVATION, form.name)
        person = _activated(form, tried)
    except MISTAKES as failure:
        return render_form("people/account/activate.html", mistake(failure, fields))
    throttle.was_right(tried)
    wanted = url_for("confirming.show") if closed.is_closed(db(), id_of(person)) else ""
    step = second_factor.asked_first(db(), person, wanted)
    if step is not None:
        return step
    guard.sign_in(db(), person)
    guard.tell_of_code_before(db(), id_of(person))
    if closed.is_closed(db(), id_of(person)):
        return done(gettext("Your account has a new password. What you kept before is closed."), "confirming.show")
    return done(gettext("Welcome. Your account is ready."), first_page(id_of(person)))


def _keeps(name: str) -> bool:
    """Tell whether who is called so keeps anything that nobody else may read."""
    person = people.person_by_login(db(), name)
    keeps: Keeps = current_app.extensions["mentorship_keeps"]
    return person is not None and keeps(db(), id_of(person))


def _activated(form: ActivateForm, tried: Try) -> Person:
    """Return whose account the code opened; one refused for the password alone was no guess."""
    called = people.person_by_login(db(), form.name)
    if called is None or not provider.passes(called.number):
        raise Refused(actions.WRONG_CODE)
    try:
        return actions.activate(
            db(),
            form.name,
            form.code,
            form.password,
            _hasher(),
            now(),
            company=company(),
            keeps=_keeps(form.name),
        )
    except Refused as refusal:
        if refusal.field:
            throttle.was_no_guess(tried)
        raise


@blueprint.post("/language")
@guard.allow(access.PUBLIC)
@tablets.on_tablet
def language() -> Response:
    """Read on in another language."""
    form = LocaleForm.read(sent())
    session["locale"] = form.locale
    me = guard.actor_or_none()
    if me is not None:
        actions.choose_locale(db(), me, form.locale)
    choose_locale(form.locale)
    return redirect(safe_next(form.next) or url_for("home.index"), 303)


@blueprint.post("/theme")
@guard.allow(access.PUBLIC)
@tablets.on_tablet
def theme() -> Response:
    """Read on in light or dark, or as the screen says; kept on this device alone, not with the person."""
    form = ThemeForm.read(sent())
    answer = redirect(safe_next(form.next) or url_for("home.index"), 303)
    answer.set_cookie(
        theme_cookie(),
        form.theme,
        max_age=timedelta(days=365),
        secure=settings().secure_cookies,
        samesite="Lax",
    )
    return answer


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
def show() -> Page:
    """Show one's own sessions, language and password form."""
    return _show()


def _show(wrong: Mistake = NOTHING_WRONG) -> Page:
    me = guard.actor()
    running = queries.open_sessions(db(), me.person_id, now())
    finding = ngettext(
        "You are signed in on %(num)s device",
        "You are signed in on %(num)s devices",
        len(running),
    )
    return render_form(
        "people/account/show.html",
        wrong,
        finding=finding,
        sessions=listed(running, me.sign_in_id),
        password_help=_password_help(me.person_id),
        factor_finding=standing(me.second_factor),
        takes_part=me.has(access.JUNIOR, access.SENIOR),
        session_hours=settings().session_hours,
        provider=settings().oidc_button if me.vouched_at else "",
        has_password=provider.has_password(me.person_id),
    )


def _password_help(person_id: int) -> str:
    """Say how long a password must be."""
    least = queries.password_least(db(), person_id)
    return gettext("At least %(least)s characters; a few words in a row work well.", least=least)


@blueprint.post("/password")
@guard.allow(access.SIGNED_IN)
def change_password() -> Page:
    """Change one's password; every session ends and this one starts anew."""
    fields = sent()
    try:
        form = PasswordForm.read(fields)
        me = guard.actor().person_id
        tried = throttle.book(PASSWORD, f"person {me}", me)
        _change_password(form, tried)
    except MISTAKES as failure:
        return _show(mistake(failure, fields))
    throttle.was_right(tried)
    guard.sign_out()
    return done(gettext("Your password is changed. Sign in with the new one."), "account.sign_in")


def _change_password(form: PasswordForm, tried: Try) -> None:
    """Change it; one refused for the new password was no guess of the old one."""
    try:
        actions.change_password(
            db(),
            guard.actor(),
            form.old,
            form.new,
            _hasher(),
            now(),
            company=company(),
        )
    except Refused as refusal:
        if refusal.field == "new":
            throttle.was_no_guess(tried)
        raise


@blueprint.post("/sessions/end-all")
@guard.allow(access.SIGNED_IN, again=True)
def end_all() -> Response:
    """Sign out everywhere, here too."""
    me = guard.actor()
    actions.end_sessions(db(), me.person_id, now())
    security.note_once_done(db(), "session.ended", person=me.person_id, kind="all")
    guard.sign_out()
    return done(gettext("You are signed out everywhere."), "account.sign_in")


@blueprint.post("/sessions/<id:sign_in_id>/end")
@guard.allow(access.OWN, of=queries.session_subject, again=True)
def end_one(sign_in_id: int) -> Response:
    """End one session, for instance on a lost phone."""
    me = guard.actor()
    actions.end_sessions(db(), me.person_id, now(), only=sign_in_id)
    security.note_once_done(db(), "session.ended", person=me.person_id, kind="one")
    return done(gettext("You are signed out there."), "account.show")
