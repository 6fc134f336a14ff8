"""After ten minutes what matters asks again who is there: forms and files survive it, with scripts and without."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from mentorship.base.clock import utc_now
from mentorship.base.db import open_session
from mentorship.demo.build import PASSWORD
from mentorship.people.account.actions import set_password
from mentorship.people.account.passwords import passwords
from mentorship.people.models import Person
from tests.browser.conftest import PHONE, NewPage
from tests.browser.inspecting import TAGS, TAP, hard_to_press, violations, wider_than_screen
from tests.browser.serving import Site, confirm_all, sign_in
from tests.factories import small_organisation

AGAIN = "Wat je hebt ingevuld staat hier weer."
LONG = timedelta(minutes=11)


@pytest.fixture
def site(fresh_site: Site) -> Site:
    """A small organisation whose coordinator and admin can sign in."""
    now = utc_now()
    with open_session(fresh_site.engine) as session:
        made = small_organisation(session, now)
        for key in ("coordinator", "admin"):
            set_password(session, session.get_one(Person, made.people[key]), PASSWORD, passwords(8, 1), now)
        session.commit()
    return fresh_site


def confirm(page: Page) -> None:
    """Give the password on the page that asks again."""
    expect(page).to_have_url(re.compile("/again"))
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Ja, dat ben ik").click()


def kept(page: Page) -> list[str]:
    found: list[str] = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    return found


def test_a_form_is_filled_in_again(site: Site, open_page: NewPage):
    page = open_page(site)
    sign_in(page, "n-coordinator")
    page.goto("/programme")
    page.locator("[name=organisation]").fill("Kraanvogel BV")
    confirm_all(site, LONG)
    page.locator("[name=organisation]").press("Enter")
    expect(page.locator("main")).to_contain_text("in deze browser bewaard")
    page.locator("input[name=password]").fill("fout fout fout")
    page.get_by_role("button", name="Ja, dat ben ik").click()
    expect(page.locator("[data-mistakes]")).to_be_focused()
    expect(page.locator("main")).to_contain_text("in deze browser bewaard")
    confirm(page)
    expect(page).to_have_url(f"{site.url}/programme")
    expect(page.locator("main")).to_contain_text(AGAIN)
    expect(page.locator("[name=organisation]")).to_have_value("Kraanvogel BV")
    page.locator("[name=organisation]").press("Enter")
    expect(page.locator("main")).not_to_contain_text(AGAIN)
    page.goto("/programme")
    expect(page.locator("[name=organisation]")).to_have_value("Kraanvogel BV")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_file_comes_by_itself(site: Site, open_page: NewPage, scripts: bool):
    page = open_page(site, java_script_enabled=scripts)
    sign_in(page, "n-coordinator")
    page.goto("/people?q=junior")
    confirm_all(site, LONG)
    page.get_by_role("link", name="CSV").click()
    with page.expect_download() as coming:
        confirm(page)
    assert coming.value.suggested_filename.endswith(".csv")
    expect(page.locator("h1")).to_have_text("Je bestand komt eraan")
    with page.expect_download():
        page.get_by_role("link", name="Download").click()
    page.get_by_role("link", name="Ga terug").click()
    expect(page).to_have_url(f"{site.url}/people?q=junior")


def test_without_scripts_it_says_that_nothing_was_sent(site: Site, open_page: NewPage):
    page = open_page(site, java_script_enabled=False)
    sign_in(page, "n-coordinator")
    page.goto("/programme")
    confirm_all(site, LONG)
    page.locator("[name=organisation]").press("Enter")
    expect(page.locator("main")).to_contain_text("Er is nog niets verstuurd.")
    expect(page.get_by_text("in deze browser bewaard")).to_be_hidden()
    confirm(page)
    expect(page).to_have_url(f"{site.url}/programme#unsent")
    expect(page.locator("main")).to_contain_text("kijk het na en verstuur het opnieuw")


def test_its_pages_are_for_everybody(site: Site, open_page: NewPage):
    page = open_page(site, **PHONE)
    sign_in(page, "n-admin")
    confirm_all(site, LONG)
    page.goto("/people/people.csv")
    assert [*violations(page, [*TAGS]), *hard_to_press(page, TAP), *wider_than_screen(page)] == []
    with page.expect_download():
        confirm(page)
    assert [*violations(page, [*TAGS]), *hard_to_press(page, TAP), *wider_than_screen(page)] == []
