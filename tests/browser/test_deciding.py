"""Deciding about pairs where one is: no page between two clicks, what changed is shown when it was solved again."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.cast import Cast
from tests.browser.serving import Site


def _round(page: Page) -> str:
    """Open a round and have it solved; return its address."""
    page.goto("/rounds")
    page.locator("main [name=name]").fill("Tien keer")
    page.locator("main form[method=post][action='/rounds'] button").click()
    page.locator("main form[action$='/solve'] button").click()
    expect(page.locator("#progress")).to_have_count(0, timeout=30_000)
    expect(page.locator("#panel tbody tr").first).to_be_visible()
    return page.url


def test_ten_locks_are_ten_clicks(page_of: Callable[[str], Page], demo: tuple[Site, Cast]):
    page, (site, _) = page_of("coordinator"), demo
    _round(page)
    page.evaluate("window.same = true")
    rows = page.locator("#panel tbody tr")
    number = min(10, rows.count())
    scrolled = page.evaluate("scrollY")
    with site.at_rest():
        for at in range(number):  # as fast as one can, none is waited for
            rows.nth(at).locator(".hold button.lock").click(no_wait_after=True)
        expect(page.locator("#panel tbody .hold button[value=release]")).to_have_count(number, timeout=30_000)
        expect(page.locator("#state")).to_contain_text("wordt opnieuw berekend")
        expect(page.locator(".toast-bars")).to_contain_text("zijn vastgezet")
        assert page.evaluate("window.same"), "the page was never left"
        assert scrolled <= page.evaluate("scrollY")
        expect(page.locator("main a[href$='/announce']")).to_have_count(0)
    expect(page.locator("#state [data-again]")).to_have_count(0, timeout=30_000)
    expect(page.locator("main a[href$='/announce']")).to_be_visible()
    assert page.evaluate("window.same")
    # the button of the same row takes it back, and the focus stays in the row
    first = rows.first.locator(".hold button")
    first.focus()
    page.keyboard.press("Enter")
    expect(rows.first.locator(".hold button.lock")).to_be_focused()


def test_what_is_pressed_stays_under_the_finger(page_of: Callable[[str], Page], demo: tuple[Site, Cast]):
    page, (site, _) = page_of("coordinator"), demo
    here = _round(page)
    locks = page.locator("#panel tbody .hold button.lock")
    with site.at_rest():
        with page.expect_event("requestfinished", lambda request: request.url == here and request.method == "GET"):
            locks.first.click(no_wait_after=True)
            locks.nth(1).hover()
            page.mouse.down()  # the answer to the first comes while the second is held
        page.evaluate("() => new Promise(next => requestAnimationFrame(() => requestAnimationFrame(next)))")
        page.mouse.up()
        expect(page.locator("#panel tbody .hold button[value=release]")).to_have_count(2)


def test_many_ticked_are_decided_together_and_undone_together(page_of: Callable[[str], Page], demo: tuple[Site, Cast]):
    page, (site, _) = page_of("coordinator"), demo
    _round(page)
    page.evaluate("window.same = true")
    with site.at_rest():
        for at in range(2):
            page.locator("#panel tbody input[type=checkbox]").nth(at).check()
        page.locator("#bulk button[value=lock]").click()
        expect(page.locator("#panel tbody .hold button[value=release]")).to_have_count(2)
        expect(page.locator("#bulk")).to_contain_text("2")  # still ticked, for the next thing to do with them
        page.locator(".toast-bars button", has_text="Terugdraaien").click()
        expect(page.locator("#panel tbody .hold button[value=release]")).to_have_count(0)
        expect(page.locator("#state [data-again]")).to_have_count(0)
        assert page.evaluate("window.same")


def test_who_is_told_of_another_decision_reads_it_on_a_page(page_of: Callable[[str], Page]):
    page = page_of("coordinator")
    other = page.context.new_page()
    address = _round(page)
    other.goto(address)
    page.locator("#panel tbody tr").first.locator(".hold button.lock").click()
    expect(page.locator("#panel tbody .hold button[value=release]")).to_have_count(1)
    other.locator("#panel tbody tr").first.locator(".hold button.forbid").click()
    expect(other.locator("main")).to_contain_text(re.compile("iets anders besloten"))
    other.close()
