"""A code in an address is filled in, and stays nowhere: not in the address bar, the history or what a page may keep."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.serving import Site

CODE = "KQ4M-7PXT-29RD"
KEPT = "() => JSON.stringify([location.href, {...localStorage}, {...sessionStorage}, history.state, document.referrer])"


def seen(page: Page) -> str:
    """All that the next one at this device could find."""
    history = page.context.new_cdp_session(page).send("Page.getNavigationHistory")
    visited = [entry["url"] for entry in history["entries"]]
    return page.evaluate(KEPT) + json.dumps([visited, page.context.cookies()])


def test_who_must_sign_in_first_leaves_no_code_behind(fresh_site: Site, open_page: NewPage):
    page = open_page(fresh_site)
    page.goto(f"/confirming/link#code={CODE}")
    expect(page.locator("main input[name=password]")).to_be_visible()
    assert CODE not in seen(page)


@pytest.mark.parametrize("between", ["#", "?"], ids=["as now", "as mailed before"])
@pytest.mark.parametrize("path", ["/links", "/account/activate"])
def test_a_code_in_an_address_stays_nowhere(path: str, between: str, fresh_site: Site, open_page: NewPage):
    page = open_page(fresh_site)
    page.goto(f"{path}{between}name=12856&code={CODE}")
    expect(page.locator("main input[name=code]")).to_have_value(CODE)
    assert CODE not in seen(page) and "12856" not in page.url
    for password in page.locator("main input[type=password]").all():
        password.fill("drie koude bakfietsen")
    page.locator("main form button:not([type])").click()
    expect(page.locator("main [aria-invalid=true], main .alert").first).to_be_visible()
    page.goto("/account/sign-in")
    assert CODE not in seen(page)
