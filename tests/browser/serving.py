"""The service on a port of this machine, with its worker, and the way in."""

from __future__ import annotations

import os
import pathlib
import shutil
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import Engine, update
from werkzeug.serving import WSGIRequestHandler, make_server

from mentorship.base.clock import utc_now
from mentorship.base.db import make_engine, open_session
from mentorship.demo.build import PASSWORD
from mentorship.people.account.actions import start_session
from mentorship.people.models import Person, SignIn
from mentorship.worker import in_background
from tests.conftest import make_app
from tests.databases import relaxed

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class _Handler(WSGIRequestHandler):
    """Keeps connections open, as a real server does, and its log to itself."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: a failed test shows the page, not the requests."""


class _Wire:
    """What browsers reach the service by, which can be cut."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.cut = False

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not self.cut:
            return self.app(environ, start_response)
        environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        raise ConnectionAbortedError


@dataclass(frozen=True)
class Site:
    """A service that runs."""

    url: str
    engine: Engine
    worker: BaseScheduler
    app: Flask
    wire: _Wire

    @contextmanager
    def out_of_reach(self, page: Page) -> Iterator[None]:
        """Leave a device without a connection, until the block ends.

        Being offline reaches the process of a next page, and the service worker, a moment late: what slips through
        meanwhile finds nobody here.
        """
        self.wire.cut = True
        page.context.set_offline(True)
        try:
            yield
        finally:
            self.wire.cut = False
            page.context.set_offline(False)

    @contextmanager
    def at_rest(self) -> Iterator[None]:
        """Work for nothing, until the block ends or fails: the next test has the worker again."""
        self.worker.pause()
        try:
            yield
        finally:
            self.worker.resume()


def chromium() -> str | None:
    """Return the path of the browser of this machine."""
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if name and (found := shutil.which(name))), None)


@contextmanager
def serve(path: pathlib.Path, made: Callable[..., Flask] = make_app, still: datetime | None = None) -> Iterator[Site]:
    """Serve a SQLite file and work for it, until the block ends; `made` makes the application.

    At a moment that stands `still` nothing is worked for.
    """
    url = f"sqlite:///{path}"
    engine = relaxed(make_engine(url))
    app = made(engine, url, utc_now())
    if still is None:
        app.config["CLOCK"] = utc_now
        worker = in_background(engine)
    else:
        app.config["CLOCK"] = lambda: still
        worker = BackgroundScheduler()
        worker.start()
    wire = _Wire(app)
    server = make_server("127.0.0.1", 0, wire, threaded=True, request_handler=_Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Site(f"http://127.0.0.1:{server.server_port}", engine, worker, app, wire)
    finally:
        server.shutdown()
        thread.join()
        worker.shutdown()
        engine.dispose()


def give_password(page: Page, number: str) -> None:
    """Fill in a personnel number and the password of the demo."""
    page.goto("/account/sign-in")
    page.locator("input[name=name]").fill(number)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button:not([type])").click()


def give_code(page: Page, code: str) -> None:
    """Fill in a code of one's second factor."""
    page.locator("input[name=code]").fill(code)
    page.locator("main form button:not([type])").click()


def be_in(page: Page) -> None:
    """Wait for a page that offers to sign out."""
    expect(page.locator('form[action="/account/sign-out"]')).to_be_attached()


def sign_in(page: Page, number: str) -> None:
    """Sign in with a personnel number and the password of the demo."""
    give_password(page, number)
    be_in(page)


def confirm_all(site: Site, ago: timedelta = timedelta()) -> None:
    """Let everybody who is signed in have confirmed so long ago that it is them."""
    at = site.app.config["CLOCK"]() - ago
    with open_session(site.engine) as session:
        session.execute(update(SignIn).values(confirmed_at=at))
        session.commit()


def sign_in_as(page: Page, site: Site, person_id: int) -> None:
    """Be signed in as a person who has no password."""
    now = site.app.config["CLOCK"]()
    with open_session(site.engine) as session:
        secret = start_session(
            session, session.get_one(Person, person_id), page.evaluate("navigator.userAgent"), 12, now
        )
        session.commit()
    signing = site.app.session_interface.get_signing_serializer(site.app)  # type: ignore[attr-defined]
    cookie = {"name": site.app.config["SESSION_COOKIE_NAME"], "value": signing.dumps({"_user_id": secret})}
    page.context.add_cookies([{**cookie, "url": site.url}])
