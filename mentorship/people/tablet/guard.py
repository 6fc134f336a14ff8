"""What stands before every door on a shared tablet: only a few are there, and whoever is in is soon out again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import after_this_request, current_app, flash, g, redirect, request, session, url_for
from flask_login import logout_user
from sqlmodel import Session
from werkzeug.wrappers import Response

from mentorship.base.db import id_of
from mentorship.base.i18n import gettext
from mentorship.people.access import Actor
from mentorship.people.models import Person, SignIn, Tablet
from mentorship.people.sessions import guard as sessions
from mentorship.people.tablet import actions, queries, rules, words
from mentorship.web.page import Page, render
from mentorship.web.request import SAFE, apart, db, now, settings

View = TypeVar("View", bound=Callable[..., Any])
LONGEST_SECRET = 100
KEPT_DAYS = 400
"""As long as browsers keep a cookie at most; it is renewed when the tablet is used."""


@dataclass(frozen=True)
class Here:
    """The tablet that asks."""

    id: int
    name: str


def on_tablet(view: View) -> View:
    """State that a door is there on a shared tablet; all others are not."""
    view.on_tablet = True  # type: ignore[attr-defined]
    return view


def here() -> Here | None:
    """Return the enrolled tablet that asks, None for any other browser."""
    if "tablet" not in g:
        g.tablet = _find()
    found: Here | None = g.tablet
    return found


def _find() -> Here | None:
    token = secret()
    if not 0 < len(token) <= LONGEST_SECRET:
        return None
    found = queries.enrolled(db(), token)
    return None if found is None else Here(id_of(found), found.name)


def secret() -> str:
    """Return what the browser that asks keeps if it is a tablet."""
    return request.cookies.get(_cookie(), "")


def _cookie() -> str:
    return "__Host-tablet" if settings().secure_cookies else "tablet"


def keep_secret(token: str) -> None:
    """Let the browser that asks be a tablet from now on, or for longer."""

    @after_this_request
    def keep(answer: Response) -> Response:
        answer.set_cookie(
            _cookie(),
            token,
            max_age=KEPT_DAYS * 24 * 3600,
            secure=settings().secure_cookies,
            httponly=True,
            samesite="Strict",
        )
        return answer


def note_seen() -> None:
    """Remember now and then that this tablet is used, and let it keep its secret for longer."""
    found = here()
    if found is None:
        return
    seen_at = db().get_one(Tablet, found.id).seen_at
    if seen_at is not None and now() - seen_at <= rules.SEEN_EVERY:
        return
    keep_secret(secret())
    with apart() as opened:
        actions.note_seen(opened, found.id, now())


def leave() -> None:
    """Let nothing of whoever was signed in stay in this browser, but that it is a tablet."""
    logout_user()
    session.clear()
    sessions.forget_here(sessions.OUT)


def refusal(found: Actor | None, *, public: bool) -> Page | None:
    """Return what is answered instead of a door that is not there on a tablet, or for who is signed in elsewhere."""
    tablet = here()
    if found is not None and not _fits(found, tablet):
        leave()
        return redirect(url_for("kiosk.index"), 303)
    if tablet is None:
        return None
    view = current_app.view_functions[request.endpoint or ""]
    if hasattr(view, "on_tablet") and (public or found is not None):
        _keep_on(found)
        return None
    return _turned_away(found)


def _fits(found: Actor, tablet: Here | None) -> bool:
    """Tell whether a session is of the browser that asks: one on a tablet counts there alone, and no other does."""
    return found.tablet_id == (None if tablet is None else tablet.id)


def _turned_away(found: Actor | None) -> Page:
    """Lead whoever is not in to the door of the tablet; say to who is that what they ask for is not there."""
    if found is None:
        _say_lost()
        return redirect(url_for("kiosk.index"), 303)
    return render("people/kiosk/refused.html", 403)


def _say_lost() -> None:
    """Say that what was sent by who was signed out meanwhile did not arrive."""
    if request.method not in SAFE:
        flash(gettext("You were signed out, so nothing was sent. Hold your card ready and begin again."), "warning")


def _keep_on(found: Actor | None) -> None:
    if found is None:
        return
    with apart() as opened:
        actions.keep_on(opened, found.sign_in_id, now())


def seconds_left(found: Actor) -> int:
    """Return how many seconds somebody can be signed in on this tablet at most, whatever they touch."""
    row = db().get_one(SignIn, found.sign_in_id)
    left = row.started_at + rules.LONGEST - now()
    return max(0, int(left.total_seconds()))


def tell_of_card(opened: Session, person_id: int) -> None:
    """Say once, at signing in, that somebody made a card for this person."""
    card = queries.untold_card(opened, person_id)
    if card is None:
        return
    maker = opened.get(Person, card.made_by_id)
    if maker is not None:
        flash(words.card_made(maker, card), "warning")
    actions.note_told(card, now())


def let_camera(policy: str) -> None:
    """Let this one page use the camera, to scan a card."""

    @after_this_request
    def allow(answer: Response) -> Response:
        answer.headers["Permissions-Policy"] = policy
        return answer
