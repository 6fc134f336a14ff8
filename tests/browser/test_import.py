"""An export by hand: dropped, looked at, chosen, taken over, undone; with and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from mentorship.base.clock import utc_now
from mentorship.base.db import open_session
from mentorship.demo.build import PASSWORD
from mentorship.people.account.actions import set_password
from mentorship.people.account.passwords import passwords
from mentorship.people.models import Person
from tests.browser.conftest import PHONE, NewPage
from tests.browser.inspecting import wider_than_screen
from tests.browser.serving import Site, sign_in
from tests.factories import small_organisation
from tests.hr_import.exports import encoded, small


@pytest.fixture
def hr(fresh_site: Site) -> str:
    """The number of somebody of hr, who can sign in."""
    with open_session(fresh_site.engine) as session:
        made = small_organisation(session, utc_now())
        person = session.get_one(Person, made.people["hr"])
        set_password(session, person, PASSWORD, passwords(8, 1), utc_now())
        session.commit()
        return person.number


def numbers(site: Site) -> set[str]:
    with open_session(site.engine, read_only=True) as session:
        return set(session.exec(select(Person.number)))


def choose_files(page: Page) -> None:
    files = small()
    files["medewerkers.csv"][2][7] = "Teamchef"
    chosen = [{"name": name, "mimeType": "text/csv", "buffer": encoded(rows)} for name, rows in files.items()]
    page.goto("/upload")
    page.locator("[name=files]").set_input_files(chosen)  # type: ignore[arg-type]
    page.get_by_role("button", name="Kijk wat het wordt").click()
    page.wait_for_url("**/upload/*")


@pytest.mark.parametrize("script", [True, False])
def test_from_files_to_people_and_back(script: bool, fresh_site: Site, hr: str, open_page: NewPage):
    look = PHONE if script else {}
    page = open_page(fresh_site, java_script_enabled=script, **look)
    sign_in(page, hr)
    before = numbers(fresh_site)
    choose_files(page)
    assert numbers(fresh_site) == before
    word = page.locator("[name='roles:teamchef']")
    if script:
        with page.expect_navigation():
            word.select_option("manager")
        expect(page.locator("[name='roles:teamchef']")).to_be_focused()
        assert wider_than_screen(page) == []
    else:
        word.select_option("manager")
        page.get_by_role("button", name="Reken opnieuw").click()
    expect(page.locator("[name='roles:teamchef']")).to_have_value("manager")
    page.get_by_role("button", name="Neem 22 regels over").click()
    page.wait_for_url("**/imports")
    assert {"1", "2", "3", "4", "5"} <= numbers(fresh_site)
    page.get_by_role("link", name="Terugdraaien").click()
    page.get_by_role("button", name="Ja, draai het terug").click()
    page.wait_for_url("**/imports")
    assert numbers(fresh_site) == before
