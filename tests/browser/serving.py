"""The service on a port of this machine, with its worker, and the way in."""

from __future__ import annotations

import os
import pathlib
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from apscheduler.schedulers.base import BaseScheduler
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from werkzeug.serving import WSGIRequestHandler, make_server

from mentorship.base.clock import utc_now
from mentorship.base.db import make_engine
from mentorship.demo.build import PASSWORD
from mentorship.worker import in_background
from tests.conftest import make_app
from tests.databases import relaxed


class _Handler(WSGIRequestHandler):
    """Keeps connections open, as a real server does, and its log to itself."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: a failed test shows the page, not the requests."""


@dataclass(frozen=True)
class Site:
    """A service that runs."""

    url: str
    engine: Engine
    worker: BaseScheduler


def chromium() -> str | None:
    """Return the path of the browser of this machine."""
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if name and (found := shutil.which(name))), None)


@contextmanager
def serve(path: pathlib.Path, made: Callable[..., Flask] = make_app) -> Iterator[Site]:
    """Serve a SQLite file and work for it, until the block ends; `made` makes the application."""
    url = f"sqlite:///{path}"
    engine = relaxed(make_engine(url))
    app = made(engine, url, utc_now())
    app.config["CLOCK"] = utc_now
    worker = in_background(engine)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Site(f"http://127.0.0.1:{server.server_port}", engine, worker)
    finally:
        server.shutdown()
        thread.join()
        worker.shutdown()
        engine.dispose()


def sign_in(page: Page, number: str) -> None:
    """Sign in with a personnel number and the password of the demo."""
    page.goto("/account/sign-in")
    page.locator("input[name=name]").fill(number)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button:not([type])").click()
    expect(page.locator('form[action="/account/sign-out"]')).to_be_attached()
