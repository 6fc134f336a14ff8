"""What was typed survives a session that ended, a page that was open too long and a change of language."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, Route, expect
from sqlmodel import Session, select

from mentorship.base.clock import local_date, utc_now
from mentorship.base.db import open_session
from mentorship.checkins.models import Answer, CheckIn
from mentorship.demo.build import PASSWORD
from mentorship.people.account.actions import set_password
from mentorship.people.account.passwords import passwords
from mentorship.people.models import Person
from tests.browser.conftest import PHONE, NewPage
from tests.browser.inspecting import TAGS, TAP, hard_to_press, violations, wider_than_screen
from tests.browser.serving import Site, sign_in
from tests.checkins.stage import JUNIOR_ASKED, plant
from tests.factories import small_organisation

SETTINGS = "/checkins/settings"
AGAIN = "Wat je hebt ingevuld staat hier weer."


@pytest.fixture
def check_in(fresh_site: Site) -> str:
    """The check-in of the junior of a small organisation, whose coordinator can sign in too."""
    now = utc_now()
    with open_session(fresh_site.engine) as session:
        made = small_organisation(session, now)
        pair = made.pair("senior", "junior", "active", started_on=local_date(now))
        asked = plant(session, made, pair, "junior", asked=[*JUNIOR_ASKED])
        for key in ("junior", "coordinator", "admin"):
            set_password(session, session.get_one(Person, made.people[key]), PASSWORD, passwords(8, 1), now)
        session.commit()
    return f"/checkins/{asked}"


def sign_out_behind(site: Site) -> None:
    """End every session at our side, as after a long day."""
    with site.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM sign_in"))


def sign_in_here(page: Page, number: str) -> None:
    """Sign in on the page that asks for it."""
    page.locator("input[name=name]").fill(number)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()


def faults(page: Page) -> list[str]:
    """What axe finds, in both themes, and what thumbs miss."""
    return [*violations(page, [*TAGS]), *hard_to_press(page, TAP), *wider_than_screen(page)]


def tap(page: Page, question: str, step: str) -> None:
    page.locator("label").filter(has=page.locator(f"input[name=answer-{question}][value='{step}']")).tap()
    expect(page.get_by_text("Vraag 2 van 6")).to_be_visible()


def to_the_end(page: Page) -> None:
    """Go on until the page on which it is sent."""
    on = page.get_by_role("button", name="Verder")
    while on.is_visible():
        on.click()


def kept(page: Page) -> list[str]:
    """What this browser still keeps, once the scripts of the page have run."""
    page.wait_for_load_state("domcontentloaded")
    found: list[str] = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    return [name for name in found if name == "unsent" or name.startswith("check-in")]


def sent(site: Site) -> CheckIn:
    with Session(site.engine) as session:
        return session.exec(select(CheckIn)).one()


def fill_in(phone: Page) -> None:
    tap(phone, "progress", "4")
    to_the_end(phone)
    phone.locator("#f-note").fill("Kraanvogel")
    phone.get_by_label("mag deze notitie lezen").tap()
    phone.get_by_label("de coördinator").tap()


def is_filled_in(phone: Page) -> None:
    expect(phone.locator("input[name=answer-progress][value='4']")).to_be_checked()
    expect(phone.locator("#f-note")).to_have_value("Kraanvogel")
    expect(phone.get_by_label("mag deze notitie lezen")).to_be_checked()
    expect(phone.get_by_label("de coördinator")).to_be_checked()


@pytest.mark.parametrize("how", ["ended here", "cookie gone"])
def test_a_check_in_survives_a_session_that_ended(fresh_site: Site, check_in: str, open_page: NewPage, how: str):
    phone = open_page(fresh_site, **PHONE)
    sign_in(phone, "n-junior")
    phone.goto(check_in)
    fill_in(phone)
    expect(phone.locator("[data-saved]")).to_have_text("Opgeslagen")
    if how == "ended here":
        sign_out_behind(fresh_site)
    else:
        phone.context.clear_cookies()
    phone.get_by_role("button", name="Versturen").tap()
    expect(phone).to_have_url(re.compile("/account/sign-in"))
    expect(phone.locator("main")).to_contain_text("in deze browser bewaard")
    sign_in_here(phone, "n-junior")
    expect(phone).to_have_url(f"{fresh_site.url}{check_in}")
    expect(phone.get_by_text(AGAIN)).to_be_visible()
    is_filled_in(phone)
    to_the_end(phone)
    phone.get_by_role("button", name="Versturen").tap()
    expect(phone.locator("main")).to_contain_text("Verstuurd")
    found = sent(fresh_site)
    assert (found.status, found.note, found.note_shared, found.help_from) == (
        "answered",
        "Kraanvogel",
        True,
        ["coordinator"],
    )
    assert kept(phone) == [], "it goes when it was sent, and not before"


def test_a_tap_after_the_session_ended_says_so_and_leads_on(fresh_site: Site, check_in: str, open_page: NewPage):
    phone = open_page(fresh_site, **PHONE)
    sign_in(phone, "n-junior")
    phone.goto(check_in)
    sign_out_behind(fresh_site)
    fill_in(phone)
    told = phone.locator("[data-saved]")
    expect(told).to_contain_text("je was uitgelogd")
    expect(told).not_to_contain_text("zodra er verbinding is")
    phone.get_by_role("link", name="Log in en ga verder").tap()
    sign_in_here(phone, "n-junior")
    is_filled_in(phone)
    expect(phone.locator("[data-saved]")).to_have_text("Opgeslagen")
    with Session(fresh_site.engine) as session:
        assert {row.key: row.value for row in session.exec(select(Answer))} == {"progress": 4}


def test_another_language_keeps_a_check_in(fresh_site: Site, check_in: str, open_page: NewPage):
    phone = open_page(fresh_site, **PHONE)
    sign_in(phone, "n-junior")
    phone.goto(check_in)
    tap(phone, "progress", "4")
    to_the_end(phone)
    phone.locator("#f-note").fill("Kraanvogel")
    phone.get_by_role("button", name="English").tap()
    expect(phone.locator("h1")).to_contain_text("How is it going")
    expect(phone.locator("#f-note")).to_have_value("Kraanvogel")
    expect(phone.locator("input[name=answer-progress][value='4']")).to_be_checked()


def test_what_is_skipped_leaves_nothing_on_the_phone(fresh_site: Site, check_in: str, open_page: NewPage):
    phone = open_page(fresh_site, **PHONE)
    sign_in(phone, "n-junior")
    phone.goto(check_in)
    fill_in(phone)
    sign_out_behind(fresh_site)
    phone.get_by_role("button", name="Deze keer overslaan").tap()
    sign_in_here(phone, "n-junior")
    is_filled_in(phone)
    to_the_end(phone)
    phone.get_by_role("button", name="Deze keer overslaan").tap()
    expect(phone.locator("main")).to_contain_text("Dan wordt 1 antwoord gewist, en wat je hebt getypt of aangevinkt.")
    is_filled_in(phone)
    phone.get_by_role("button", name="Ja, wissen en overslaan").tap()
    expect(phone.locator("main")).to_contain_text("Overgeslagen")
    assert phone.evaluate("Object.keys(localStorage).filter(key => key.startsWith('check-in'))") == []


def test_an_answer_still_on_its_way_leaves_nothing_behind(fresh_site: Site, check_in: str, open_page: NewPage):
    page = open_page(fresh_site)
    sign_in(page, "n-junior")
    page.goto(check_in)
    slow: list[Route] = []
    page.route(re.compile("/(answer|skip)$"), lambda route: slow.append(route))
    page.locator("label").filter(has=page.locator("input[name=answer-progress][value='4']")).click()
    to_the_end(page)
    page.get_by_role("button", name="overslaan").click(no_wait_after=True)
    while len(slow) < 2:
        page.wait_for_timeout(20)
    answer, leaving = sorted(slow, key=lambda route: not route.request.url.endswith("/answer"))
    answer.continue_()
    page.wait_for_timeout(1000)
    leaving.continue_()
    page.unroute_all(behavior="wait")
    page.get_by_role("button", name="Ja, wissen en overslaan").click()
    expect(page.locator("main")).to_contain_text("Overgeslagen")
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('check-in'))") == []


@pytest.mark.parametrize("how", ["ended here", "cookie gone", "open too long", "refused before"])
def test_any_form_is_filled_in_again(fresh_site: Site, check_in: str, open_page: NewPage, how: str):
    page = open_page(fresh_site)
    sign_in(page, "n-coordinator")
    page.goto(SETTINGS)
    page.locator("#f-days").fill("41")
    page.locator("#f-running-true").uncheck()
    page.evaluate("() => document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    page.locator("#f-word-junior-progress-nl").fill("Gaat het vooruit?")
    save = page.get_by_role("button", name="Instellingen opslaan")
    if how == "refused before":
        page.locator("#f-days").fill("9")
        save.click()
        expect(page.locator("[data-mistakes]")).to_be_focused()
        page.locator("#f-days").fill("41")
        sign_out_behind(fresh_site)
    elif how == "ended here":
        sign_out_behind(fresh_site)
    else:
        page.context.clear_cookies()
    if how == "open too long":
        other = page.context.new_page()
        sign_in(other, "n-coordinator")
    save.click()
    if how != "open too long":
        expect(page.locator("main")).to_contain_text("in deze browser bewaard")
        sign_in_here(page, "n-coordinator")
    expect(page).to_have_url(f"{fresh_site.url}{SETTINGS}")
    expect(page.locator("main")).to_contain_text(AGAIN)
    expect(page.locator("#f-days")).to_have_value("41")
    expect(page.locator("#f-running-true")).not_to_be_checked()
    if how != "refused before":
        expect(page.locator("#f-word-junior-progress-nl")).to_have_value("Gaat het vooruit?")
    save.click()
    expect(page.locator("main")).to_contain_text("De instellingen zijn opgeslagen.")
    expect(page.locator("main")).not_to_contain_text(AGAIN)
    expect(page.locator("#f-days")).to_have_value("41")
    assert kept(page) == []


def test_somebody_else_who_signs_in_reads_nothing_of_it(fresh_site: Site, check_in: str, open_page: NewPage):
    page = open_page(fresh_site)
    sign_in(page, "n-junior")
    page.goto("/reminders")
    form = page.locator("main form[method=post]")
    box = form.get_by_role("checkbox").first
    before = box.is_checked()
    box.set_checked(not before)
    sign_out_behind(fresh_site)
    form.get_by_role("button").click()
    expect(page).to_have_url(re.compile("/account/sign-in"))
    assert kept(page) == ["unsent"]
    sign_in_here(page, "n-coordinator")
    expect(page).to_have_url(re.compile("/reminders$"))
    expect(page.locator("main")).not_to_contain_text(AGAIN)
    expect(box).to_be_checked(checked=before)
    assert kept(page) == []


def test_signing_out_leaves_nothing_on_a_shared_phone(fresh_site: Site, check_in: str, open_page: NewPage):
    phone = open_page(fresh_site, **PHONE)
    sign_in(phone, "n-junior")
    phone.goto(check_in)
    fill_in(phone)
    expect(phone.locator("[data-saved]")).to_have_text("Opgeslagen")
    phone.evaluate("localStorage.setItem('check-in /links/x', JSON.stringify({reader: '0', at: Date.now()}))")
    phone.goto("/reminders")
    box = phone.locator("main form[method=post]").get_by_role("checkbox").first
    box.set_checked(not box.is_checked())
    phone.locator(".me summary").tap()
    phone.get_by_role("button", name="Uitloggen").tap()
    expect(phone).to_have_url(re.compile("/account/sign-in"))
    expect(phone.get_by_text("in deze browser bewaard")).to_be_hidden()
    assert kept(phone) == [], "not what somebody else did not send yet either: they are not there to look after it"


def test_another_password_leaves_nothing_on_a_shared_phone_once_it_was_taken(
    fresh_site: Site, check_in: str, open_page: NewPage
):
    phone = open_page(fresh_site, **PHONE)
    sign_in(phone, "n-junior")
    phone.goto(check_in)
    fill_in(phone)
    expect(phone.locator("[data-saved]")).to_have_text("Opgeslagen")
    for old, left in (("niet dit wachtwoord", [f"check-in {check_in}"]), (PASSWORD, [])):
        phone.goto("/account")
        phone.locator("#f-old").fill(old)
        phone.locator("#f-new").fill("vier warme koelkasten")
        phone.get_by_role("button", name="Wachtwoord wijzigen").tap()
        if left:
            expect(phone.locator("[data-mistakes]")).to_be_focused()
        else:
            expect(phone).to_have_url(re.compile("/account/sign-in"))
        assert kept(phone) == left


def test_passwords_and_codes_are_never_kept(fresh_site: Site, check_in: str, open_page: NewPage):
    page = open_page(fresh_site)
    page.goto("/links")
    page.locator("#f-code").fill("2222-3333-4444")
    page.get_by_role("button", name="Open mijn tussenstand").click()
    expect(page.locator("[data-mistakes]")).to_be_focused()
    assert kept(page) == []
    page.goto("/account/activate")
    page.locator("#f-name").fill("n-junior")
    page.locator("#f-code").fill("2222-3333-4444")
    page.locator("#f-password").fill("x")
    page.evaluate("addEventListener('submit', event => event.preventDefault())")
    page.get_by_role("button", name="Opslaan en inloggen").click()
    assert kept(page) == []


def test_another_language_keeps_what_was_typed(fresh_site: Site, check_in: str, open_page: NewPage):
    page = open_page(fresh_site)
    sign_in(page, "n-coordinator")
    page.goto(SETTINGS)
    page.locator("#f-days").fill("33")
    page.locator(".me summary").click()
    page.get_by_role("button", name="English").click()
    expect(page.locator("main")).to_contain_text("What you entered is here again.")
    expect(page.locator("#f-days")).to_have_value("33")
    assert page.url == f"{fresh_site.url}{SETTINGS}"


def test_a_page_about_a_fault_leads_back_to_the_form_as_it_was(fresh_site: Site, check_in: str, open_page: NewPage):
    page = open_page(fresh_site)
    sign_in(page, "n-coordinator")
    page.goto(SETTINGS)
    page.locator("#f-days").fill("41")
    with fresh_site.engine.begin() as connection:
        connection.execute(sa.text("UPDATE check_in_settings SET version = version + 1"))
    page.get_by_role("button", name="Instellingen opslaan").click()
    page.get_by_role("link", name="Terug naar het formulier").click()
    expect(page.locator("main")).to_contain_text(AGAIN)
    expect(page.locator("#f-days")).to_have_value("41")
    page.get_by_role("button", name="Instellingen opslaan").click()
    expect(page.locator("main")).to_contain_text("De instellingen zijn opgeslagen.")


def test_the_pages_on_the_way_are_for_everybody(fresh_site: Site, check_in: str, open_page: NewPage):
    page = open_page(fresh_site, **PHONE)
    sign_in(page, "n-coordinator")
    page.goto(SETTINGS)
    page.locator("#f-days").fill("9")
    page.get_by_role("button", name="Instellingen opslaan").click()
    expect(page.locator("[data-mistakes] a")).to_have_count(1)
    assert faults(page) == []
    sign_out_behind(fresh_site)
    page.get_by_role("button", name="Instellingen opslaan").click()
    expect(page.locator("main")).to_contain_text("in deze browser bewaard")
    assert faults(page) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_refused_form_takes_focus_and_leads_to_the_field(
    fresh_site: Site, check_in: str, open_page: NewPage, scripts: bool
):
    page = open_page(fresh_site, java_script_enabled=scripts)
    sign_in(page, "n-coordinator")
    page.goto(SETTINGS)
    page.locator("#f-days").fill("9")
    page.get_by_role("button", name="Instellingen opslaan").click()
    expect(page).to_have_title(re.compile("^Fout: "))
    expect(page.locator("[data-mistakes]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#f-days")).to_be_focused()
    expect(page.locator("#f-days")).to_be_in_viewport()


def test_without_scripts_the_way_in_says_that_nothing_was_saved(fresh_site: Site, check_in: str, open_page: NewPage):
    page = open_page(fresh_site, java_script_enabled=False)
    sign_in(page, "n-coordinator")
    page.goto(SETTINGS)
    sign_out_behind(fresh_site)
    page.get_by_role("button", name="Instellingen opslaan").click()
    expect(page.locator("main")).to_contain_text("Je was uitgelogd, dus er is niets verstuurd.")
    assert "<noscript>Wat je hebt ingevuld is niet opgeslagen.</noscript>" in page.content()
    expect(page.get_by_text("in deze browser bewaard")).to_be_hidden()
    sign_in_here(page, "n-coordinator")
    expect(page).to_have_url(f"{fresh_site.url}{SETTINGS}#unsent")


def test_a_form_of_a_profile_comes_back_after_the_session_ended(fresh_site: Site, check_in: str, open_page: NewPage):
    phone = open_page(fresh_site, **PHONE)
    sign_in(phone, "n-junior")
    phone.goto("/profiles?open=contact")
    phone.locator("[name=phone]").fill("06 12 34 56 78")
    sign_out_behind(fresh_site)
    phone.locator("[name=phone]").press("Enter")
    expect(phone).to_have_url(re.compile("/account/sign-in"))
    expect(phone.locator("main")).to_contain_text("in deze browser bewaard")
    sign_in_here(phone, "n-junior")
    expect(phone.locator("main")).to_contain_text(AGAIN)
    expect(phone.locator("[name=phone]")).to_have_value("06 12 34 56 78")
