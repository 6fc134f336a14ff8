"""On one's own phone: shifts and open check-ins are read without a connection, until the session ends; else nothing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect
from sqlmodel import Session, select

from mentorship.base.clock import local_date, utc_now
from mentorship.base.db import open_session
from mentorship.checkins.models import Answer
from mentorship.demo.build import PASSWORD
from mentorship.people.account.actions import set_password
from mentorship.people.account.passwords import passwords
from mentorship.people.models import Person
from tests.browser.conftest import PHONE, NewPage
from tests.browser.inspecting import TAGS, TAP, hard_to_press, violations, wider_than_screen
from tests.browser.serving import Site, sign_in
from tests.checkins.stage import JUNIOR_ASKED, plant
from tests.factories import small_organisation

READ = """async () => {
  if (!(await caches.has("own"))) return [];
  const found = (await (await caches.open("own")).keys()).map((request) => new URL(request.url).pathname);
  return found.filter((path) => !path.startsWith("/static/")).sort();
}"""
LET_IT_END = """async () => {
  const cache = await caches.open("own");
  const told = await (await cache.match("/offline/own.json")).json();
  await cache.put("/offline/own.json", Response.json({ ...told, until: Date.now() }));
}"""

MAKE_IT_OLD = """async () => {
  const cache = await caches.open("own");
  const told = await (await cache.match("/offline/own.json")).json();
  await cache.put("/offline/own.json", Response.json({ ...told, at: 0 }));
}"""
TELL_OF_PAGES = """async (number) => {
  const { active } = await navigator.serviceWorker.ready;
  const { reader } = document.querySelector("script[data-reader]").dataset;
  const told = () => new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => done(data);
    active.postMessage({ reader }, [port2]);
  });
  return Promise.all(Array.from({ length: number }, told));
}"""


@pytest.fixture
def check_in(fresh_site: Site) -> str:
    """The check-in of the junior of a small organisation, in which both work together."""
    now = utc_now()
    with open_session(fresh_site.engine) as session:
        made = small_organisation(session, now)
        pair = made.pair("senior", "junior", "active", started_on=local_date(now))
        asked = plant(session, made, pair, "junior", asked=[*JUNIOR_ASKED])
        for key in ("junior", "coordinator"):
            set_password(session, session.get_one(Person, made.people[key]), PASSWORD, passwords(8, 1), now)
        session.commit()
    return f"/checkins/{asked}"


@pytest.fixture
def phone(fresh_site: Site, check_in: str, open_page: NewPage) -> Page:
    """The junior's phone, on which they said that it is their own."""
    page = open_page(fresh_site, **PHONE)
    sign_in(page, "n-junior")
    choose(page)
    assert read_here(page) == [check_in, "/offline/own", "/offline/own.json"]
    return page


def choose(page: Page, *, own: bool = True) -> None:
    page.goto("/account")
    page.get_by_label("Dit is mijn eigen telefoon").set_checked(own)
    told = "Het staat nu op deze telefoon." if own else "Er staat niets op deze telefoon om te lezen."
    expect(page.locator("[data-own-phone] [role=status]")).to_have_text(told)


def read_here(page: Page) -> list[str]:
    """What of somebody is kept to be read."""
    found: list[str] = page.evaluate(READ)
    return found


def comes_to_keep(page: Page, *wanted: str) -> None:
    """Wait until the browser, which tidies up behind the page, keeps just that."""
    for _ in range(200):
        if read_here(page) == list(wanted):
            return
        page.wait_for_timeout(50)
    assert read_here(page) == list(wanted)


def tap(page: Page, question: str, step: str) -> None:
    """Tap an answer of the question on screen, which leads on to the next."""
    here = page.locator("section:visible")
    answer = here.locator("label").filter(has=page.locator(f"input[name=answer-{question}][value='{step}']"))
    answer.tap()
    expect(answer).to_be_hidden()


def to_the_end(page: Page) -> None:
    """Go on past what is not answered, to the screen on which one sends."""
    done = page.get_by_role("heading", name="Klaar")
    for _ in range(6):
        if done.is_visible():
            break
        page.get_by_role("button", name="Verder").tap()
    expect(done).to_be_visible()


def answers(site: Site) -> dict[str, int | None]:
    with Session(site.engine) as session:
        return dict(session.exec(select(Answer.key, Answer.value)).all())


def test_off_by_default_nothing_is_kept(fresh_site: Site, check_in: str, open_page: NewPage):
    page = open_page(fresh_site, **PHONE)
    sign_in(page, "n-junior")
    page.goto("/account")
    expect(page.get_by_label("Dit is mijn eigen telefoon")).not_to_be_checked()
    expect(page.locator("[data-own-phone] [role=status]")).to_have_text("Er staat niets op deze telefoon om te lezen.")
    page.goto(check_in)
    assert read_here(page) == []
    with fresh_site.out_of_reach(page):
        page.goto(check_in)
        expect(page.locator("h1")).to_have_text("Geen verbinding")


def test_without_scripts_it_is_not_offered(fresh_site: Site, check_in: str, open_page: NewPage):
    page = open_page(fresh_site, java_script_enabled=False)
    sign_in(page, "n-junior")
    page.goto("/account")
    expect(page.get_by_label("Dit is mijn eigen telefoon")).to_be_hidden()


def test_what_is_kept_is_for_everybody_to_read(phone: Page):
    phone.goto("/offline/own")
    assert [*violations(phone, [*TAGS]), *hard_to_press(phone, TAP), *wider_than_screen(phone)] == []


def test_shifts_and_an_open_check_in_are_read(fresh_site: Site, check_in: str, phone: Page):
    with fresh_site.out_of_reach(phone):
        phone.goto("/mentorships")
        expect(phone.locator("h1")).to_have_text("Zonder verbinding")
        expect(phone.locator("main")).to_contain_text("Voor alle andere pagina's heb je verbinding nodig.")
        shifts = phone.locator(".card").nth(1)
        expect(shifts.locator("li").first).to_contain_text(re.compile(r"\d\d:\d\d–\d\d:\d\d met Senior"))
        phone.get_by_role("link", name="Hoe gaat het met").tap()
        expect(phone).to_have_url(f"{fresh_site.url}{check_in}")
        expect(phone.locator("main")).to_contain_text("Er was geen verbinding.")
        assert phone.evaluate("[...document.styleSheets].every(sheet => sheet.cssRules.length > 0)")


def test_what_is_tapped_there_is_saved_with_a_connection(fresh_site: Site, check_in: str, phone: Page):
    with fresh_site.out_of_reach(phone):
        phone.goto(check_in)
        tap(phone, "progress", "4")
        expect(phone.locator("[data-saved]")).to_contain_text("Je antwoorden staan op deze telefoon")
        phone.goto("/")
        phone.goto(check_in)
        expect(phone.locator("input[name=answer-progress][value='4']")).to_be_checked()
        assert answers(fresh_site) == {}
    expect(phone.locator("[data-saved]")).to_have_text("Opgeslagen")
    assert answers(fresh_site) == {"progress": 4}
    to_the_end(phone)
    phone.get_by_role("button", name="Versturen").tap()
    expect(phone.locator("main")).to_contain_text("Verstuurd")


def test_the_answer_given_last_is_shown(fresh_site: Site, check_in: str, phone: Page):
    phone.goto(check_in)
    tap(phone, "progress", "2")
    expect(phone.locator("[data-saved]")).to_have_text("Opgeslagen")
    choose(phone, own=False)
    choose(phone)
    phone.goto(check_in)
    phone.get_by_role("button", name="Terug", exact=True).tap()
    tap(phone, "progress", "5")
    expect(phone.locator("[data-saved]")).to_have_text("Opgeslagen")
    with fresh_site.out_of_reach(phone):
        phone.goto(check_in)
        expect(phone.locator("input[name=answer-progress][value='5']")).to_be_checked()


@pytest.mark.parametrize("how", ["Uitloggen", "Overal uitloggen", "Wachtwoord wijzigen"])
def test_it_goes_with_the_session(fresh_site: Site, phone: Page, how: str):
    if how == "Uitloggen":
        phone.locator(".me summary").tap()
    if how == "Wachtwoord wijzigen":
        phone.locator("#f-old").fill(PASSWORD)
        phone.locator("#f-new").fill("zeven kraanvogels boven zee")
    phone.get_by_role("button", name=how, exact=True).tap()
    expect(phone).to_have_url(re.compile("/account/sign-in"))
    comes_to_keep(phone)
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.wait_for_function("navigator.serviceWorker.controller")
    with fresh_site.out_of_reach(phone):
        phone.goto("/offline/own")
        expect(phone.locator("h1")).to_have_text("Geen verbinding")


def test_signing_in_again_keeps_it_again(phone: Page, check_in: str):
    phone.locator(".me summary").tap()
    phone.get_by_role("button", name="Uitloggen", exact=True).tap()
    expect(phone).to_have_url(re.compile("/account/sign-in"))
    comes_to_keep(phone)
    sign_in(phone, "n-junior")
    comes_to_keep(phone, check_in, "/offline/own", "/offline/own.json")


def test_it_goes_when_the_session_is_past_its_end(fresh_site: Site, phone: Page):
    phone.evaluate(LET_IT_END)
    with fresh_site.out_of_reach(phone):
        phone.goto("/offline/own")
        expect(phone.locator("h1")).to_have_text("Geen verbinding")
        comes_to_keep(phone)


def test_it_is_kept_no_longer_than_the_session(fresh_site: Site, phone: Page):
    ends = utc_now() + timedelta(minutes=30)
    with fresh_site.engine.begin() as connection:
        connection.execute(sa.text("UPDATE sign_in SET expires_at = :ends"), {"ends": ends.replace(tzinfo=None)})
    told = phone.request.get("/offline/own.json").json()
    assert 29 * 60 < told["seconds"] <= 30 * 60


def test_signed_out_elsewhere_it_goes_at_the_first_page(fresh_site: Site, phone: Page):
    with fresh_site.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM sign_in"))
    phone.goto("/")
    expect(phone).to_have_url(re.compile("/account/sign-in"))
    comes_to_keep(phone)


def test_somebody_else_on_this_phone_ends_it(phone: Page):
    phone.context.clear_cookies(name="leermaat")
    sign_in(phone, "n-coordinator")
    comes_to_keep(phone)
    assert "own_phone" not in {cookie["name"] for cookie in phone.context.cookies()}


def test_a_connection_that_goes_while_keeping_anew_takes_nothing(fresh_site: Site, phone: Page, check_in: str):
    phone.goto("/")
    phone.evaluate(MAKE_IT_OLD)
    with fresh_site.out_of_reach(phone):
        assert phone.evaluate(TELL_OF_PAGES, 1) == [True]
        assert read_here(phone) == [check_in, "/offline/own", "/offline/own.json"]


def test_pages_opened_at_once_keep_it_once(phone: Page, check_in: str):
    phone.goto("/")
    phone.evaluate(MAKE_IT_OLD)
    assert phone.evaluate(TELL_OF_PAGES, 3) == [True, True, True]
    assert read_here(phone) == [check_in, "/offline/own", "/offline/own.json"]


def test_what_could_not_be_sent_is_read_on(fresh_site: Site, phone: Page, check_in: str):
    phone.goto(check_in)
    with fresh_site.out_of_reach(phone):
        with phone.expect_event("requestfailed", lambda request: request.method == "POST"):
            phone.get_by_role("button", name="Deze keer overslaan").tap()
        again = phone.context.new_page()
        again.goto(check_in)
        expect(again.locator("main")).to_contain_text("Er was geen verbinding.")
        assert read_here(again) == [check_in, "/offline/own", "/offline/own.json"]


def test_taking_the_choice_back_ends_it(phone: Page):
    choose(phone, own=False)
    assert read_here(phone) == []


@pytest.mark.parametrize("how", ["Versturen", "Deze keer overslaan"])
def test_a_check_in_that_was_sent_goes(fresh_site: Site, check_in: str, phone: Page, how: str):
    phone.goto(check_in)
    if how == "Versturen":
        tap(phone, "progress", "4")
        to_the_end(phone)
    phone.get_by_role("button", name=how).tap()
    expect(phone.locator("main")).to_contain_text(re.compile("Verstuurd|Overgeslagen"))
    comes_to_keep(phone, "/offline/own", "/offline/own.json")
    with fresh_site.out_of_reach(phone):
        phone.goto(check_in)
        expect(phone.locator("h1")).to_have_text("Zonder verbinding")
        expect(phone.locator("main")).to_contain_text("Er stond geen tussenstand open.")


def test_nothing_else_is_kept(fresh_site: Site, check_in: str, phone: Page):
    for page in ("/", "/mentorships", "/account"):
        assert phone.goto(page).headers["cache-control"] == "no-store"  # type: ignore[union-attr]
    assert read_here(phone) == [check_in, "/offline/own", "/offline/own.json"]
