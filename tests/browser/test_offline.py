"""Without a connection the phone says so in our words, and holds nothing of anybody."""

from __future__ import annotations

from playwright.sync_api import expect

from mentorship.base.config import ROOT
from mentorship.web import assets
from tests.browser.conftest import PHONE, NewPage
from tests.browser.serving import Site
from tests.conftest import lacking

KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
  }
  return found;
}"""


def test_without_a_connection_it_says_what_still_works(fresh_site: Site, open_page: NewPage):
    phone = open_page(fresh_site, **PHONE)
    phone.goto("/account/sign-in")
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.wait_for_function("navigator.serviceWorker.controller")
    kept = phone.evaluate(KEPT)
    assert "/offline" in kept and all(path == "/offline" or path.startswith("/static/") for path in kept)
    with fresh_site.out_of_reach(phone):
        phone.goto("/account/sign-in")
        expect(phone.locator("h1")).to_have_text("Geen verbinding")
        expect(phone.locator("main")).to_contain_text("op deze telefoon")
        assert phone.evaluate("[...document.styleSheets].every(sheet => sheet.cssRules.length > 0)")
    phone.get_by_role("link", name="Probeer het opnieuw").tap()
    expect(phone.locator("input[name=password]")).to_be_visible()


def test_a_phone_can_install_it(fresh_site: Site, open_page: NewPage):
    if not assets.built_files(ROOT / "static"):
        lacking("what is built from this tree: python hatch_build.py")
    phone = open_page(fresh_site, **PHONE)
    phone.goto("/account/sign-in")
    address = phone.locator("link[rel=manifest]").get_attribute("href")
    told = phone.request.get(address or "").json()
    assert told["lang"] == "nl" and told["display"] == "standalone" and told["start_url"] == "/"
    for icon in told["icons"]:
        assert phone.request.get(icon["src"]).headers["content-type"] == icon["type"]
