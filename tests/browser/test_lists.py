"""Lists as one works in them: tick and act, by keyboard, on a phone, and without script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.cast import Cast
from tests.browser.conftest import PHONE
from tests.browser.inspecting import wider_than_screen
from tests.browser.serving import Site, sign_in

LISTS = ("/people?role=junior", "/waiting", "/insight/workload")


def test_the_bar_stands_there_while_something_is_ticked(page_of: Callable[[str], Page]):
    page = page_of("coordinator")
    page.goto("/people")
    bar = page.locator("form.bulk")
    expect(bar).to_be_hidden()
    first = page.locator("tbody input[type=checkbox]").first
    first.focus()
    page.keyboard.press("Space")
    expect(bar).to_be_visible()
    expect(bar.get_by_role("status")).to_have_text("1 gekozen")
    page.locator("thead input[type=checkbox]").check()
    expect(bar.get_by_role("status")).to_have_text("50 gekozen")
    page.mouse.wheel(0, 2000)
    expect(bar).to_be_in_viewport()
    bar.get_by_role("button", name="Niets kiezen").click()
    expect(bar).to_be_hidden()
    expect(first).to_be_focused()


def test_a_filter_is_chosen_by_keyboard(page_of: Callable[[str], Page]):
    page = page_of("coordinator")
    page.goto("/people")
    chip = page.locator(".filters summary", has_text="Rol")
    chip.focus()
    page.keyboard.press("Enter")
    option = page.get_by_role("link", name="senior", exact=True)
    expect(option).to_be_visible()
    page.keyboard.press("Escape")
    expect(option).to_be_hidden()
    expect(chip).to_be_focused()
    page.keyboard.press("Enter")
    option.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".filters .chip.set")).to_contain_text("Rol: senior")


@pytest.mark.parametrize("address", LISTS)
def test_on_a_phone_every_row_is_a_card(address: str, page_of: Callable[[str], Page]):
    page = page_of("coordinator")
    page.set_viewport_size(PHONE["viewport"])  # type: ignore[arg-type]
    page.goto(address)
    assert not wider_than_screen(page)
    inner = page.locator(".list .table-responsive").evaluate("e => e.scrollWidth - e.clientWidth")
    assert inner <= 0, "nothing of a card is off the screen"
    expect(page.locator(".list thead")).to_be_hidden()
    page.locator(".filters .only-phone summary").click()
    expect(page.locator(".filters .only-phone .option").first).to_be_visible()
    assert not wider_than_screen(page)


def test_on_a_phone_the_tab_one_is_on_is_in_sight(page_of: Callable[[str], Page], demo: tuple[Site, Cast]):
    page = page_of("coordinator")
    page.set_viewport_size(PHONE["viewport"])  # type: ignore[arg-type]
    page.goto("/rounds/{solved}/terms".format(**demo[1].ids))
    expect(page.locator(".views [aria-current]").first).to_be_in_viewport(ratio=1)


def test_without_script_one_ticks_and_acts_below_the_list(browser: Browser, demo: tuple[Site, Cast]):
    site, cast = demo
    context = browser.new_context(base_url=site.url, locale="nl-NL", java_script_enabled=False)
    page = context.new_page()
    sign_in(page, cast.numbers["coordinator"])
    page.goto("/people?role=junior")
    page.locator("tbody input[type=checkbox]").nth(2).check()
    below = page.get_by_role("button", name="Maak activeringscodes")
    expect(below).to_be_visible()
    assert below.bounding_box()["y"] > page.locator("tbody tr").last.bounding_box()["y"]  # type: ignore[index]
    below.click()
    expect(page.locator("h1")).to_contain_text("1 kaart")
    context.close()
