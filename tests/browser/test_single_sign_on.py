"""The way to a real provider and back, on a phone: in, asked in silence, and out at both."""

from __future__ import annotations

import pathlib
import shutil
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from pydantic import SecretStr

from mentorship.base.clock import utc_now
from tests.browser.conftest import PHONE, NewPage
from tests.browser.inspecting import TAGS, hard_to_press, violations, wider_than_screen
from tests.browser.serving import Site, be_in, serve
from tests.databases import ORGANISATION, SqliteShelf
from tests.identity_provider.serving import Provider, free_port, provider

WHO = {"people": {"fitter": {"employee_number": "n-junior"}, "stranger": {"employee_number": "of nobody"}}}


@pytest.fixture
def signing_in(sqlite_shelf: SqliteShelf, tmp_path: pathlib.Path) -> Iterator[tuple[Site, Provider]]:
    """Serve the small organisation, of which a provider knows one, and somebody else."""
    path = tmp_path / "leermaat.db"
    shutil.copy(sqlite_shelf.files[ORGANISATION], path)
    with serve(path) as site, provider(free_port(), f"{site.url}/single-sign-out/by-provider", site.url) as found:
        settings = site.app.extensions["mentorship_settings"]
        named = {**found.settings(), "public_url": site.url}
        named["oidc_client_secret"] = SecretStr(named["oidc_client_secret"])
        site.app.extensions["mentorship_settings"] = settings.model_copy(update=named)
        found.tell(**WHO)
        yield site, found


def faults(page: Page) -> list[str]:
    """Return what is not right with a page on a phone."""
    return violations(page, TAGS) + wider_than_screen(page) + hard_to_press(page)


def be(page: Page, who: str) -> None:
    """Go to the provider from the page to sign in, and say there who one is."""
    page.goto("/account/sign-in")
    page.get_by_role("link", name="Inloggen met Installatiebedrijf").click()
    page.get_by_role("button", name=who).click()


def test_in_by_the_provider_and_out_at_both(signing_in: tuple[Site, Provider], open_page: NewPage):
    site, found = signing_in
    page = open_page(site, **PHONE)
    page.goto("/account/sign-in")
    expect(page.locator("[name=password]")).to_be_hidden()
    assert faults(page) == []
    page.get_by_text("Inloggen met een wachtwoord").click()
    expect(page.locator("[name=password]")).to_be_visible()
    be(page, "fitter")
    be_in(page)
    page.goto("/account")
    expect(page.get_by_text("Via Installatiebedrijf")).to_be_visible()
    assert faults(page) == []
    found.tell(**WHO, refreshes=False)
    site.app.config["CLOCK"] = lambda: utc_now() + timedelta(minutes=16)
    page.goto("/reminders")
    page.wait_for_url(f"{site.url}/reminders")
    be_in(page)
    page.locator('form[action="/account/sign-out"]').evaluate("form => form.submit()")
    page.get_by_role("button", name="Yes, sign me out").click()
    page.wait_for_url(f"{site.url}/account/sign-in")
    page.get_by_role("link", name="Inloggen met Installatiebedrijf").click()
    expect(page.get_by_text("Who are you?")).to_be_visible()


def test_whom_we_do_not_know_reads_what_to_do(signing_in: tuple[Site, Provider], open_page: NewPage):
    site, _ = signing_in
    page = open_page(site, **PHONE)
    be(page, "stranger")
    expect(page.get_by_role("heading", name="We kennen je hier niet")).to_be_visible()
    assert faults(page) == []
    site.app.extensions["mentorship_settings"] = site.app.extensions["mentorship_settings"].model_copy(
        update={"oidc_required": True}
    )
    page.get_by_role("link", name="Terug naar inloggen").click()
    expect(page.locator("[name=password]")).to_have_count(0)
    assert faults(page) == []
