"""Every part in every state, light and dark, on a desk and a phone: WCAG 2.2 AA, no sideways scroll, 48 px targets."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.inspecting import Complaints
from tests.browser.serving import serve
from tests.browser.test_axe import faults
from tests.databases import BARE, SqliteShelf
from tests.parts.gallery import NAMES, gallery_app


@pytest.fixture(scope="module")
def gallery(browser: Browser, sqlite_shelf: SqliteShelf, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page on a service that has the gallery."""
    path = tmp_path_factory.mktemp("gallery") / "leermaat.db"
    shutil.copy(sqlite_shelf.files[BARE], path)
    with serve(path, gallery_app) as site:
        context = browser.new_context(base_url=site.url, locale="nl-NL", reduced_motion="reduce")
        yield context.new_page()
        context.close()


@pytest.mark.parametrize("name", NAMES)
def test_part(name: str, gallery: Page):
    complaints = Complaints(gallery)
    gallery.goto(f"/parts/{name}")
    found = faults(gallery) + complaints.taken()
    assert not found, "\n".join(found)
