"""Every part in every state, light and dark, on a desk and a phone: WCAG 2.2 AA, no sideways scroll, 48 px targets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.inspecting import Complaints
from tests.browser.serving import Site
from tests.browser.test_axe import faults
from tests.parts.gallery import NAMES


@pytest.fixture(scope="module")
def gallery(browser: Browser, gallery_site: Site) -> Iterator[Page]:
    """A page on a service that has the gallery."""
    context = browser.new_context(base_url=gallery_site.url, locale="nl-NL", reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", NAMES)
def test_part(name: str, gallery: Page):
    complaints = Complaints(gallery)
    gallery.goto(f"/parts/{name}")
    found = faults(gallery) + complaints.taken()
    assert not found, "\n".join(found)
