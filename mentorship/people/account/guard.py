"""The gate of every route: who is signed in, which rule the route states, and whether it allows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from flask import Flask, abort, current_app, flash, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlmodel import Session
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from mentorship.base import security
from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, joined
from mentorship.people import queries as people
from mentorship.people.access import PUBLIC, Actor, Rule, Subject
from mentorship.people.account import actions, queries, rules, words
from mentorship.people.addresses.guard import tell_of_address
from mentorship.people.closed import actions as closed
from mentorship.people.devices import guard as devices
from mentorship.people.identity_provider import guard as provider
from mentorship.people.looks.guard import look
from mentorship.people.models import ROLES, Account, ActivationCode, Person
from mentorship.people.second_factor import guard as second_factor
from mentorship.people.sessions import guard as sessions
from mentorship.people.tablet import guard as tablets
from mentorship.people.throttle.guard import count_the_crowd, mind, note_failed
from mentorship.people.words import TITLES
from mentorship.web.assets import is_static
from mentorship.web.page import safe_next
from mentorship.web.request import choose_locale, db, now, settings

View = TypeVar("View", bound=Callable[..., Any])
Find = Callable[..., Subject | None]


class SignedIn(UserMixin):  # type: ignore[misc]
    """Flask-Login's view of an actor; its id is the token of a session kept at our side."""

    def __init__(self, token: str, actor: Actor) -> None:
        self.token = token
        self.actor = actor

    def get_id(self) -> str:
        """Return the session token."""
        return self.token


def allow(
    rule: Rule,
    of: Find | None = None,
    again: bool = False,
    polled: bool = False,
) -> Callable[[View], View]:
    """State the rule of a route; `of(session, **url values)` finds whose it is, None when it does not exist.

    `again`: what the route does matters so much that who asks must have confirmed lately that it is them.
    `polled`: pages ask it by themselves, time and again, so it keeps no session alive.
    """

    def mark(view: View) -> View:
        view.access = (rule, of)  # type: ignore[attr-defined]
        view.again = again  # type: ignore[attr-defined]
        view.polled = polled  # type: ignore[attr-defined]
        return view

    return mark


def actor_or_none() -> Actor | None:
    """Return who is signed in, if anybody."""
    if not current_user.is_authenticated:
        return None
    found: Actor = current_user.actor
    return found


def actor() -> Actor:
    """Return who is signed in; the route's rule made sure that somebody is."""
    found = actor_or_none()
    if found is None:
        abort(401)
    return found


def go_on(opened: Session, person: Person, wanted: str) -> Response:
    """Lead who just signed in to the page they wanted, if that is there for them."""
    tell_of_code(opened, id_of(person))
    tablets.tell_of_card(opened, id_of(person))
    page = safe_next(wanted)
    if page and not opens(opened, person, page):
        flash(gettext("The page that was open here is not yours, so this is your own. Nothing of it was sent."), "info")
        page = None
    return redirect(page or url_for("home.index"), 303)


def tell_of_code(opened: Session, person_id: int) -> None:
    """Say once, at signing in, that somebody made a new code for this account."""
    code = queries.untold_code(opened, person_id, now())
    if code is not None:
        _tell(opened, code)


def tell_of_code_before(opened: Session, person_id: int) -> None:
    """Say to who just opened an account by a code that it was opened by another one before, and who made that."""
    code = queries.used_before(opened, person_id, now())
    if code is not None:
        _tell(opened, code)


def _tell(opened: Session, code: ActivationCode) -> None:
    maker = opened.get(Person, code.made_by_id)
    if maker is not None:
        on = rules.made_on(code.expires_at)
        told = words.code_made(maker, on, code.used_at)
        flash(told, "warning")
    closed.note_told(code, now())


def sign_in(opened: Session, person: Person) -> str:
    """Start a new session for a person, of which nothing of the old one stays; return its token."""
    token = actions.start_session(
        opened,
        person,
        request.user_agent.string,
        settings().session_hours,
        now(),
    )
    no_roles_yet: frozenset[str] = frozenset()
    me = Actor(id_of(person), no_roles_yet, person.name)
    session.clear()
    login_user(SignedIn(token, me))
    devices.recognise(opened, me.person_id)
    _tell_of_end(opened, me.person_id)
    tell_of_address(opened, me.person_id)
    security.signed_in(me.person_id)
    security.note("sign_in.good", person=me.person_id)
    return token


def _tell_of_end(opened: Session, person_id: int) -> None:
    """Say once, at signing in, that an administrator ended all sessions of before."""
    account = opened.get(Account, person_id)
    if account is None or account.signed_out_at is None:
        return
    by = opened.get(Person, account.signed_out_by_id or 0)
    flash(words.signed_out(by, account.signed_out_at), "warning")
    closed.note_end_told(account)


def sign_out() -> None:
    """Forget the session at this side; the row is ended by the caller."""
    logout_user()
    session.clear()
    sessions.forget_here(sessions.OUT)


def stated(app: Flask, endpoint: str) -> tuple[Rule, Find | None] | None:
    """Return the rule that the view of an endpoint states."""
    view = app.view_functions.get(endpoint)
    return getattr(view, "access", None)


def init(app: Flask) -> None:
    """Put the gate before every route of `app`."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(_load)
    app.before_request(_enforce)
    app.after_request(note_failed)
    app.context_processor(_words)
    count_the_crowd(app)
    app.jinja_env.globals.update(tablet=tablets.here, tablet_seconds=tablets.seconds_left)


def _load(token: str) -> SignedIn | None:
    found = queries.actor_of(
        db(),
        token,
        sessions.limits(),
        now(),
    )
    if found is None or provider.is_kept_out(found):
        return None
    return SignedIn(token, found)


def _words() -> dict[str, object]:
    found = actor_or_none()
    if found is None:
        return {"actor": None}
    titles = []
    for role in ROLES:
        if role in found.roles:
            titles.append(gettext(TITLES[role]))
    return {
        "actor": found,
        "actor_roles": joined(titles),
    }


def _enforce() -> Response | None:
    if request.endpoint is None or is_static():
        return None
    found = actor_or_none()
    if found is not None:
        security.signed_in(found.person_id)
        choose_locale(found.locale)
        mind(found.person_id)
        sessions.note_seen(found)
    stands = stated(current_app, request.endpoint)
    if stands is None:
        abort(403)
    refused = tablets.refusal(found, public=stands[0] is PUBLIC)
    if refused is not None:
        return current_app.make_response(refused)
    rule, find = stands
    if rule is PUBLIC:
        return None
    if found is None:
        return sessions.sign_in_first()
    gone = provider.checked(found)
    if gone is not None:
        return gone
    if second_factor.is_lacking(found):
        return redirect(url_for("second_step.set_up"), 303)
    return _decide(found, rule, find) or sessions.asked_again(found)


def be_sure() -> None:
    """Ask who is signed in to confirm first that it is them, unless they did lately; nothing is done before that."""
    sessions.be_sure(actor())


def opens(opened: Session, person: Person, page: str) -> bool:
    """Tell whether a page is there for somebody; what a session left open may be another's."""
    adapter = current_app.create_url_adapter(request)
    path, _, _ = page.partition("?")
    try:
        endpoint, named = adapter.match(path.partition("#")[0], method="GET")  # type: ignore[union-attr]
    except HTTPException:
        return True  # what is nowhere, or moved, says so itself
    rule, find = stated(current_app, endpoint) or (PUBLIC, None)
    person_id = id_of(person)
    reader = Actor(person_id, people.roles_of(opened, person_id))
    if find is None:
        return rule.allows(reader)
    subject = find(opened, **named)
    return subject is not None and rule.allows(reader, subject)


def _decide(found: Actor, rule: Rule, find: Find | None) -> Response | None:
    if find is None:
        if not rule.allows(found):
            _refuse(rule, 403)
        return None
    named = request.view_args or {}
    subject = find(db(), **named)
    # what exists but is another's looks like what does not exist
    if subject is None or not rule.allows(found, subject):
        _refuse(rule, 404, there=subject is not None)
    if subject.kept is not None and found.is_closed(subject.kept):
        return redirect(url_for("confirming.show"), 303)
    look(found, subject)
    return None


def _refuse(rule: Rule, status: int, *, there: bool = True) -> NoReturn:
    """Tell the security log what was asked for in vain, and answer so."""
    named = request.view_args or {}
    ids = [value for value in named.values() if isinstance(value, int)]
    security.note(
        "access.refused",
        rule=rule.name,
        door=request.endpoint,
        method=request.method,
        of=ids,
        there=there,
        status=status,
    )
    abort(status)


def still_allows(endpoint: str, named: dict[str, int]) -> bool:
    """Tell whether a door would let who is signed in do again what they did by it; what is gone keeps nobody out."""
    stands = stated(current_app, endpoint)
    if stands is None:
        return False
    rule, find = stands
    me = actor()
    if find is None:
        return rule.allows(me)
    subject = find(db(), **named)
    return subject is None or rule.allows(me, subject)
