"""Fixtures: a browser, the demo served with its worker, and pages signed in as somebody in every role."""

from __future__ import annotations

import pathlib
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from mentorship.base.clock import utc_now
from mentorship.base.db import make_engine, open_session
from tests.browser.cast import Cast, complete
from tests.browser.serving import Site, chromium, confirm_all, serve
from tests.conftest import BuiltDemo, lacking
from tests.databases import BARE, SqliteShelf
from tests.parts.gallery import gallery_app

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
NewPage = Callable[..., Page]

expect.set_options(timeout=10_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = chromium()
    if path is None:
        lacking("Chromium")
    return {**browser_type_launch_args, "executable_path": path, "args": FLAGS}


@pytest.fixture(scope="session", autouse=True)
def scripts_run_before_the_next_key() -> Iterator[None]:
    """Let a click that leads to another page end when that page has run its scripts, as `goto` does."""
    click = Locator.click

    def and_wait(self: Locator, **options: Any) -> None:
        click(self, **options)
        if not options.get("no_wait_after"):
            self.page.wait_for_load_state("domcontentloaded")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Locator, "click", and_wait)
        yield


@pytest.fixture(scope="session")
def demo(built_demo: BuiltDemo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Cast]]:
    """Serve the demo, with rounds in every state, and tell who is who in it."""
    path = tmp_path_factory.mktemp("served") / "demo.db"
    shutil.copy(built_demo.path, path)
    engine = make_engine(f"sqlite:///{path}")
    with open_session(engine) as session:
        cast = complete(session, utc_now())
        session.commit()
    engine.dispose()
    with serve(path) as site:
        cast.get_link(site.app)
        yield site, cast


@pytest.fixture
def fresh_site(sqlite_shelf: SqliteShelf, tmp_path: pathlib.Path) -> Iterator[Site]:
    """Serve a migrated database without anybody in it."""
    path = tmp_path / "leermaat.db"
    shutil.copy(sqlite_shelf.files[BARE], path)
    with serve(path) as site:
        yield site


@pytest.fixture(scope="session")
def gallery_site(sqlite_shelf: SqliteShelf, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the gallery of parts."""
    path = tmp_path_factory.mktemp("gallery") / "leermaat.db"
    shutil.copy(sqlite_shelf.files[BARE], path)
    with serve(path, gallery_app) as site:
        yield site


@pytest.fixture(scope="module")
def page_of(browser: Browser, demo: tuple[Site, Cast]) -> Iterator[Callable[[str], Page]]:
    """Return one page per role, signed in once and used by every test of a module."""
    site, cast = demo
    pages: dict[str, Page] = {}

    def signed_in(role: str) -> Page:
        if role not in pages:
            context = browser.new_context(base_url=site.url, locale="nl-NL", reduced_motion="reduce")
            pages[role] = context.new_page()
            if role != "anonymous":
                cast.sign_in(pages[role], role)
        confirm_all(site)
        return pages[role]

    yield signed_in
    for page in pages.values():
        page.context.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[NewPage]:
    """Open pages of their own context, that is: on a device of their own."""
    contexts: list[BrowserContext] = []

    def opened(site: Site, **options: Any) -> Page:
        contexts.append(browser.new_context(**{"base_url": site.url, "locale": "nl-NL", **options}))
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()
