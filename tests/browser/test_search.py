"""The search over every page, by keyboard alone; and its page where nothing runs."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.cast import Cast
from tests.browser.conftest import PHONE, NewPage
from tests.browser.inspecting import TAGS, hard_to_press, violations, wider_than_screen
from tests.browser.serving import Site, sign_in


def test_search_by_keyboard(page_of: Callable[[str], Page]):
    page = page_of("coordinator")
    page.goto("/rounds")
    first = page.get_by_role("main").get_by_role("link").first
    first.focus()
    page.keyboard.press("Control+k")
    field, options = page.get_by_role("combobox", name="Zoek iemand of iets"), page.locator("#seek [role=option]")
    expect(field).to_be_focused()
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert not violations(page, TAGS)
    page.keyboard.type("nieuwe ronde")
    expect(page.locator("#seek-said")).to_have_text(re.compile(r"^\d+ gevonden$"))
    expect(options.first).to_contain_text("Een nieuwe koppelronde beginnen")
    page.keyboard.press("Escape")
    expect(field).not_to_be_visible()
    expect(first).to_be_focused()
    page.keyboard.press("Control+k")
    expect(options).not_to_have_count(0)
    page.keyboard.type("mu")
    # the answer to both letters, and not to the first alone
    expect(options.first.locator("mark").first).to_have_text(re.compile("^m[uü]$", re.IGNORECASE))
    second = options.nth(1)
    page.keyboard.press("ArrowDown")
    expect(second).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", second.get_attribute("id") or "")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/insight/person/\d+$"))


def test_search_on_a_phone(demo: tuple[Site, Cast], open_page: NewPage):
    site, cast = demo
    page = open_page(site, **PHONE, reduced_motion="reduce")
    sign_in(page, cast.numbers["coordinator"])
    page.wait_for_load_state()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Zoek iemand of iets")).to_be_focused()
    page.keyboard.type("mu")
    expect(page.locator("#seek mark").first).to_be_visible()
    assert not (hard_to_press(page) + wider_than_screen(page) + violations(page, TAGS))


def test_search_without_script(demo: tuple[Site, Cast], open_page: NewPage):
    site, cast = demo
    page = open_page(site, java_script_enabled=False)
    sign_in(page, cast.numbers["coordinator"])
    page.goto("/search")
    page.locator("main input[name=q]").fill("uren")
    page.keyboard.press("Enter")
    page.locator(".seek-page").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
