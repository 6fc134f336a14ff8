"""What stands before the doors for a session: is it used, why is it over, and is it still its person who sits there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

from flask import abort, after_this_request, current_app, flash, redirect, request, session, url_for
from werkzeug.wrappers import Response

from mentorship.base import security
from mentorship.people.access import Actor
from mentorship.people.queries import roles_of
from mentorship.people.sessions import actions, queries, rules, words
from mentorship.people.sessions.rules import Limits
from mentorship.web.page import is_part, safe_next, way_back
from mentorship.web.request import apart, db, now, settings

Elsewhere = Callable[[Actor, str], Response | None]
"""Leads somebody elsewhere to confirm that it is them, and from there on to a page; None: it is asked here."""
ELSEWHERE = "mentorship_confirms_elsewhere"
PAGE_AROUND = "HX-Current-URL"
WHO = "_user_id"
"""Where the cookie holds the token of a session, by the name that Flask-Login gives it."""
OUT = '"cache", "storage"'
OVER = '"cache"'
"""What a browser forgets when somebody signs out, and when we notice that a session is over: then what was typed stays,
for it is filled in again after signing in."""


def limits() -> Limits:
    """Return how long a session lasts unused here."""
    found = settings()
    return Limits(
        timedelta(minutes=found.idle_minutes),
        timedelta(minutes=found.powerful_idle_minutes),
    )


def note_seen(found: Actor) -> None:
    """Write down that a session is used, now and then; what a page asks by itself is no use."""
    view = current_app.view_functions[request.endpoint or ""]
    if found.seen_at is None or getattr(view, "polled", False):
        return
    if rules.is_worth_noting(found.seen_at, limits().of(found.roles), now()):
        with apart() as opened:
            actions.note_seen(opened, found.sign_in_id, now())


def sign_in_first() -> Response:
    """Lead who is not signed in to where one signs in; say so when they were until a moment ago, and why not now."""
    token = str(session.pop(WHO, ""))
    if token:
        _say_why(token)
        forget_here(OVER)
    return led(url_for("account.sign_in", next=wanted()))


def _say_why(token: str) -> None:
    found = queries.of_token(db(), token)
    if found is None:
        return
    limit = limits().of(roles_of(db(), found.person_id))
    reason = rules.why_over(
        found.ended_at,
        found.expires_at,
        found.seen_at + limit,
        now(),
    )
    if not reason:
        return  # whose it is has left
    if reason == rules.IDLE:
        sign_in_id, person_id = found.id, found.person_id
        with apart() as opened:
            actions.end_unused(opened, sign_in_id, now())
        security.note("session.ended", person=person_id, kind=reason)
    flash(words.why(reason, limit, settings().session_hours), "info")


def forget_here(what: str) -> None:
    """Let the browser forget what it keeps of us."""

    @after_this_request
    def forget(answer: Response) -> Response:
        answer.headers["Clear-Site-Data"] = what
        return answer


def wanted() -> str | None:
    """Return where to go on after signing in: the page asked for, or the one on which a form was sent in vain."""
    if request.method != "GET":
        return way_back() or None
    if _by_htmx():
        return _page_around()
    page = request.full_path.rstrip("?")
    if page == "/":
        return None
    return page


def _by_htmx() -> bool:
    """Tell whether htmx itself asks for a part; scripts of ours that do see a redirect, and act on it."""
    return is_part() and PAGE_AROUND in request.headers


def _page_around() -> str | None:
    """Return the page that htmx asks a part for."""
    told = urlsplit(request.headers[PAGE_AROUND])
    query = f"?{told.query}" if told.query else ""
    return safe_next(told.path + query)


def led(address: str) -> Response:
    """Lead to another page; where htmx asks for a part, the whole page goes there."""
    if not _by_htmx():
        return redirect(address, 303)
    answer = current_app.response_class(status=200)
    answer.headers["HX-Redirect"] = address
    return answer


def is_sure(found: Actor) -> bool:
    """Tell whether somebody confirmed in this session, lately enough, that it is them."""
    return rules.is_sure(found.confirmed_at, now())


def asked_again(found: Actor) -> Response | None:
    """Lead who did not confirm lately that it is them to where they do, before a door that matters."""
    view = current_app.view_functions[request.endpoint or ""]
    if not getattr(view, "again", False) or is_sure(found):
        return None
    return _to_confirm()


def be_sure(found: Actor) -> None:
    """Ask the same within a door, where it depends on what was sent; nothing of that is done then."""
    if is_sure(found):
        return
    db().rollback()
    abort(_to_confirm())


def _to_confirm() -> Response:
    address = url_for(
        "again.ask",
        next=wanted(),
        back=_came_from(),
    )
    return led(address)


def _came_from() -> str | None:
    """Return the page of ours with the link that was followed, of a file that one goes on to by it."""
    if request.method != "GET" or not request.referrer:
        return None
    told = urlsplit(request.referrer)
    if told.netloc != request.host:
        return None
    query = f"?{told.query}" if told.query else ""
    return safe_next(told.path + query)


def confirmed_elsewhere(found: Actor, page: str) -> Response | None:
    """Lead somebody who signed in by a provider there, to confirm that it is them."""
    elsewhere: Elsewhere | None = current_app.extensions.get(ELSEWHERE)
    if elsewhere is None:
        return None
    return elsewhere(found, page)
