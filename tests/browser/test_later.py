"""What takes a while to work out comes when it is looked at, and stays a link when it cannot come."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect


def test_how_the_pairs_stand_comes_into_view(page_of: Callable[[str], Page]):
    page = page_of("coordinator")
    page.goto("/")
    # it may have come already, where the screen is high enough
    page.evaluate("() => document.getElementById('balance')?.scrollIntoView()")
    expect(page.get_by_role("figure").first).to_be_visible(timeout=30_000)
    expect(page.locator("[data-later]")).to_have_count(0)


def test_the_link_stays_when_it_cannot_come(page_of: Callable[[str], Page]):
    page = page_of("coordinator")
    page.route("**/insight/balance/box", lambda route: route.abort())
    page.goto("/")
    box = page.locator("#balance")
    with page.expect_event("requestfailed"):
        page.evaluate("() => document.getElementById('balance')?.scrollIntoView()")
    expect(box.get_by_role("link")).to_have_attribute("href", "/duos?sort=how")
