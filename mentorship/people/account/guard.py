"""The gate of every route: who is signed in, which rule the route states, and whether it allows them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlmodel import Session
from werkzeug.wrappers import Response

from mentorship.people.access import PUBLIC, Actor, Rule, Subject
from mentorship.people.account import actions as account_actions
from mentorship.people.models import Person, SignIn
from mentorship.web.page import safe_next as safe_next
from mentorship.web.page import way_back
from mentorship.web.request import choose_locale, db, now, settings, short_session

View = TypeVar("View", bound=Callable[..., Any])
Find = Callable[..., Subject | None]
SEEN_EVERY = timedelta(minutes=10)


class SignedIn(UserMixin):  # type: ignore[misc]
    """Flask-Login's view of an actor; its id is the token of a session kept at our side."""

    def __init__(self, token: str, actor: Actor) -> None:
        self.token, self.actor = token, actor

    def get_id(self) -> str:
        """Return the session token."""
        return self.token


def allow(rule: Rule, of: Find | None = None) -> Callable[[View], View]:
    """State the rule of a route; `of(session, **url values)` finds whose it is, None when it does not exist."""

    def mark(view: View) -> View:
        view.access = (rule, of)  # type: ignore[attr-defined]
        return view

    return mark


def actor_or_none() -> Actor | None:
    """Return who is signed in, if anybody."""
    return current_user.actor if current_user.is_authenticated else None


def actor() -> Actor:
    """Return who is signed in; the route's rule made sure that somebody is."""
    found = actor_or_none()
    if found is None:
        abort(401)
    return found


def sign_in(opened: Session, person: Person) -> None:
    """Start a new session for a person; nothing of the old one stays."""
    device = request.user_agent.string
    token = account_actions.start_session(opened, person, device, settings().session_hours, now())
    assert person.id is not None
    session.clear()
    login_user(SignedIn(token, Actor(person.id, frozenset(), person.name)))


def sign_out() -> None:
    """Forget the session at this side; the row is ended by the caller."""
    logout_user()
    session.clear()


def stated(app: Flask, endpoint: str) -> tuple[Rule, Find | None] | None:
    """Return the rule that the view of an endpoint states."""
    return getattr(app.view_functions.get(endpoint), "access", None)


def init(app: Flask) -> None:
    """Put the gate before every route of `app`."""
    manager = LoginManager(app)
    manager.session_protection = None

    @manager.user_loader  # type: ignore[untyped-decorator]
    def load(token: str) -> SignedIn | None:
        found = account_actions.actor_of(db(), token, now())
        return SignedIn(token, found) if found else None

    @app.before_request
    def enforce() -> Response | None:
        if request.endpoint is None or request.endpoint == "static":
            return None
        found = actor_or_none()
        if found is not None:
            choose_locale(found.locale)
            _note_seen(found)
        stands = stated(current_app, request.endpoint)
        if stands is None:
            abort(403)
        rule, find = stands
        if rule is PUBLIC:
            return None
        if found is None:
            return redirect(url_for("account.sign_in", next=_wanted()), 303)
        _decide(found, rule, find)
        return None

    @app.context_processor
    def words() -> dict[str, object]:
        return {"actor": actor_or_none()}


def _wanted() -> str | None:
    """Return where to go on after signing in: the page asked for, or the one on which a form was sent in vain."""
    if request.method != "GET":
        return way_back() or None
    page = request.full_path.rstrip("?")
    if page == "/":
        return None
    return page


def _decide(found: Actor, rule: Rule, find: Find | None) -> None:
    if find is None:
        if not rule.allows(found):
            abort(403)
        return
    subject = find(db(), **(request.view_args or {}))
    # what exists but is another's looks like what does not exist
    if subject is None or not rule.allows(found, subject):
        abort(404)


def _note_seen(found: Actor) -> None:
    row = db().get(SignIn, found.sign_in_id)
    if row is not None and now() - row.seen_at > SEEN_EVERY and request.method == "GET":
        db().rollback()  # on SQLite our own reading would keep the writer waiting
        with short_session() as opened:
            seen = opened.get(SignIn, found.sign_in_id)
            if seen is not None:
                seen.seen_at = now()
                opened.commit()
