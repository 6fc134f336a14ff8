"""One request, one session, one commit at the edge; and the parts every door needs of a request."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, request, session
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlmodel import Session
from werkzeug.routing import IntegerConverter

from mentorship.base import security
from mentorship.base.clock import local_date
from mentorship.base.config import Settings
from mentorship.base.db import MAX_ID, open_session
from mentorship.base.i18n import LOCALES, use_locale
from mentorship.base.networks import coarse
from mentorship.base.shared_clock import SharedClock
from mentorship.web.assets import is_static

WARNED = "mentorship_warned_of_proxy"
SAFE = ("GET", "HEAD", "OPTIONS")


class RowIdConverter(IntegerConverter):
    """An id in a URL: within what a database can hold, so that a huge number is a 404 and no fault."""

    def __init__(self, map: object) -> None:
        super().__init__(map, min=1, max=MAX_ID)  # type: ignore[arg-type]


def settings() -> Settings:
    """Return the settings of the running service."""
    found: Settings = current_app.extensions["mentorship_settings"]
    return found


def engine() -> Engine:
    """Return the engine of the running service."""
    found: Engine = current_app.extensions["mentorship_engine"]
    return found


def public_address(path: str) -> str:
    """Return where people find a path of ours: as the installation says, or else as we were asked for just now."""
    found = settings()
    if "public_url" in found.model_fields_set:
        return found.link(path)
    return request.host_url.rstrip("/") + path


def typed_address(path: str) -> str:
    """Return the same as people type it: a browser adds https by itself."""
    return public_address(path).removeprefix("https://")


def company() -> list[str]:
    """Return what the organisation is called, by itself and in its address: no password may be made of that."""
    called: str = current_app.extensions["mentorship_organisation"]()
    host = urlsplit(settings().public_url).hostname or ""
    return [called, *host.split(".")]


def now() -> datetime:
    """Return the moment of this request, the same throughout."""
    if "now" not in g:
        clock = current_app.config.get("CLOCK") or current_app.extensions["mentorship_clock"].now
        g.now = clock()
    moment: datetime = g.now
    return moment


def db() -> Session:
    """Return this request's session; a safe method opens it for reading."""
    if "db" not in g:
        g.db = open_session(engine(), read_only=request.method in SAFE)
    opened: Session = g.db
    return opened


@contextmanager
def apart() -> Iterator[Session]:
    """Open a short transaction for what must survive a refusal, committed at its end.

    What this request did until here is rolled back: SQLite has one writer, and we would wait for ourselves.
    """
    if "db" in g:
        db().rollback()
    with open_session(engine()) as opened:
        yield opened
        opened.commit()


def reading_session() -> Session:
    """Open a session that only reads, for work during which no write lock may be held; use as a context manager."""
    return open_session(engine(), read_only=True)


def choose_locale(name: str) -> None:
    """Speak this language for the rest of the request."""
    g.locale.__exit__(None, None, None)
    g.locale = use_locale(name)
    g.locale.__enter__()


def init(app: Flask) -> None:
    """Register the edges of a request on the application."""
    app.extensions["mentorship_clock"] = SharedClock(app.extensions["mentorship_engine"])
    app.url_map.converters["id"] = RowIdConverter
    app.url_map.merge_slashes = False  # an address that is not quite one of ours is none, and leads nowhere

    app.before_request(_name)
    app.before_request(_speak)
    app.before_request(_refuse_bare_bytes)
    app.before_request(_mind_proxies)
    app.after_request(_commit)
    app.teardown_request(_close)


def _name() -> None:
    """Give the request a name of its own, by which the lines of the security log belong together."""
    address = request.remote_addr or ""
    security.begin(
        secrets.token_hex(8),
        network=coarse(address),
    )


def _speak() -> None:
    wanted = None if is_static() else session.get("locale")
    if wanted is None:
        wanted = request.accept_languages.best_match(LOCALES, default="nl")
    g.locale = use_locale(wanted)
    g.locale.__enter__()


def _refuse_bare_bytes() -> None:
    """Refuse what a browser would have escaped: who reads the address would trip over it."""
    if not request.query_string.isascii():
        abort(400)


def _mind_proxies() -> None:
    """Warn, once, that a proxy stands in front which the settings do not know: all people would share its address."""
    if settings().proxies or "X-Forwarded-For" not in request.headers or current_app.extensions.get(WARNED):
        return
    current_app.extensions[WARNED] = True
    current_app.logger.warning(
        "X-Forwarded-For arrives while MENTORSHIP_PROXIES is 0: set it to the number of proxies in front,"
        " or all people count as one address"
    )


def _commit(response: Response) -> Response:
    if "db" not in g or request.method in SAFE or response.status_code >= 400:
        return response
    try:
        g.db.commit()
    except DBAPIError as error:  # the database refused only now: answer as if it had within the view
        g.db.rollback()
        session.pop("_flashes", None)
        answer = current_app.handle_user_exception(error)
        return current_app.make_response(answer)
    return response


def _close(_error: BaseException | None) -> None:
    if "db" in g:
        opened = g.pop("db")
        try:
            opened.close()
        except SQLAlchemyError:  # the connection is gone; the answer is not to be lost over it
            opened.invalidate()
    if "locale" in g:
        g.pop("locale").__exit__(None, None, None)
    security.end()


def first_page(person_id: int) -> str:
    """Return where somebody begins who has an account now: at the notice of what is kept of them, until it is read."""
    unread = current_app.extensions["mentorship_notice"](db(), person_id, local_date(now()))
    return "notice.index" if unread else "home.index"
