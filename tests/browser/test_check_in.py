"""A check-in on a phone: each answer is saved as it is tapped, and kept while there is no connection."""

from __future__ import annotations

import re

import pytest
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
from tests.browser.inspecting import wider_than_screen
from tests.browser.serving import Site, sign_in
from tests.checkins.stage import JUNIOR_ASKED, plant
from tests.factories import small_organisation

SAVED, WAITS = "Opgeslagen", re.compile("op deze telefoon")


@pytest.fixture
def url(fresh_site: Site) -> str:
    """The check-in that the junior of a small organisation is asked."""
    with open_session(fresh_site.engine) as session:
        made = small_organisation(session, utc_now())
        pair = made.pair("senior", "junior", "active", started_on=local_date(utc_now()))
        asked = plant(session, made, pair, "junior", asked=[*JUNIOR_ASKED])
        set_password(session, session.get_one(Person, made.people["junior"]), PASSWORD, passwords(8, 1), utc_now())
        session.commit()
    return f"/checkins/{asked}"


def answers(site: Site) -> dict[str, int | None]:
    """What the service holds."""
    with Session(site.engine) as session:
        return dict(session.exec(select(Answer.key, Answer.value)).all())


def tap(page: Page, question: str, step: str) -> None:
    """Tap an answer, which leads on to the next question."""
    here = page.locator("section:visible")
    answer = here.locator("label").filter(has=page.locator(f"input[name=answer-{question}][value='{step}']"))
    answer.tap()
    expect(answer).to_be_hidden()


def steps_on(page: Page, number: int) -> None:
    """Go on without answering, as by keyboard."""
    for _ in range(number):
        page.get_by_role("button", name="Verder").click()


def test_each_answer_is_saved_as_it_is_tapped(fresh_site: Site, url: str, open_page: NewPage):
    phone = open_page(fresh_site, **PHONE)
    sign_in(phone, "n-junior")
    phone.goto(url)
    status = phone.locator("[data-saved]")
    with phone.expect_response(lambda answer: "quick_help" in (answer.request.post_data or "")):
        tap(phone, "progress", "4")
        tap(phone, "own_work", "none")  # faster than the service answers
        for _ in range(2):
            phone.get_by_role("button", name="Terug", exact=True).tap()
        tap(phone, "progress", "2")
        steps_on(phone, 4)
        tap(phone, "quick_help", "5")
    expect(status).to_have_text(SAVED)
    expect(phone.get_by_role("heading", name="Klaar")).to_be_visible()
    expect(phone.locator("input:checked[type=radio]")).to_have_count(3)
    assert answers(fresh_site) == {"progress": 2, "own_work": None, "quick_help": 5}


def test_a_link_to_asking_for_help_opens_that_step(fresh_site: Site, url: str, open_page: NewPage):
    phone = open_page(fresh_site, **PHONE)
    sign_in(phone, "n-junior")
    phone.goto(f"{url}#help")
    expect(phone.locator("#help").get_by_text("de coördinator")).to_be_in_viewport()
    phone.get_by_role("button", name="Terug", exact=True).tap()
    expect(phone.locator("section:visible input[name=answer-quick_help]").first).to_be_visible()


def test_without_a_connection_it_is_kept_on_the_phone(fresh_site: Site, url: str, open_page: NewPage):
    phone = open_page(fresh_site, **PHONE)
    sign_in(phone, "n-junior")
    phone.goto(url)
    with fresh_site.out_of_reach(phone):
        tap(phone, "progress", "3")
        steps_on(phone, 1)
        tap(phone, "not_alone", "1")
        expect(phone.locator("[data-saved]")).to_have_text(WAITS)
        steps_on(phone, 3)
        phone.get_by_role("button", name="Versturen").tap()  # says so again, and loses nothing
        expect(phone.locator("input[name=answer-progress][value='3']")).to_be_checked()
        assert answers(fresh_site) == {}
        again = phone.context.new_page()
        phone.close()  # before the connection is back: only what the phone kept can bring the answers back
    again.goto(url)
    expect(again.locator("input[name=answer-progress][value='3']")).to_be_checked()
    expect(again.locator("[data-saved]")).to_have_text(SAVED)
    assert answers(fresh_site) == {"progress": 3, "not_alone": 1}
    again.reload()
    expect(again.locator("input[name=answer-not_alone][value='1']")).to_be_checked()


def test_back_online_it_is_saved_by_itself(fresh_site: Site, url: str, open_page: NewPage):
    phone = open_page(fresh_site, **PHONE)
    sign_in(phone, "n-junior")
    phone.goto(url)
    with fresh_site.out_of_reach(phone):
        tap(phone, "progress", "3")
        expect(phone.locator("[data-saved]")).to_have_text(WAITS)
    expect(phone.locator("[data-saved]")).to_have_text(SAVED)
    assert answers(fresh_site) == {"progress": 3}


def test_who_is_no_longer_signed_in_is_not_told_that_it_was_saved(fresh_site: Site, url: str, open_page: NewPage):
    phone = open_page(fresh_site, **PHONE)
    sign_in(phone, "n-junior")
    phone.goto(url)
    phone.context.clear_cookies()
    tap(phone, "progress", "3")
    expect(phone.locator("[data-saved]")).to_have_text(WAITS)
    sign_in(phone, "n-junior")
    phone.goto(url)
    expect(phone.locator("[data-saved]")).to_have_text(SAVED)
    assert answers(fresh_site) == {"progress": 3}


def test_one_goes_on_where_one_was_and_reads_that_it_is_there_again(fresh_site: Site, url: str, open_page: NewPage):
    phone = open_page(fresh_site, **PHONE)
    sign_in(phone, "n-junior")
    phone.goto(url)
    tap(phone, "progress", "3")
    tap(phone, "own_work", "4")
    expect(phone.locator("[data-saved]")).to_have_text(SAVED)
    phone.get_by_role("link", name="Sluiten; je antwoorden blijven opgeslagen").tap()
    phone.goto(url)
    expect(phone.get_by_text("2 van de 6 antwoorden staan hier weer")).to_be_visible()
    expect(phone.get_by_text("Vraag 3 van 6")).to_be_visible()
    phone.goto(url)
    phone.get_by_role("button", name="Verder").tap()
    phone.go_back()  # the way back of a phone leads to the question before
    expect(phone.get_by_text("Vraag 3 van 6")).to_be_visible()


def test_by_keyboard_one_chooses_and_goes_on(fresh_site: Site, url: str, open_page: NewPage):
    page = open_page(fresh_site)
    sign_in(page, "n-junior")
    page.goto(url)
    first = page.locator("input[name=answer-progress]").first
    first.focus()
    with page.expect_response(lambda answer: "progress" in (answer.request.post_data or "")):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_text("Vraag 1 van 6")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Vraag 2 van 6")).to_be_visible()
    expect(page.locator("section:visible h2")).to_be_focused()
    assert answers(fresh_site) == {"progress": 2}


@pytest.mark.parametrize("scripts", [True, False])
def test_the_steps_are_whole_on_the_smallest_screen_with_large_letters(
    fresh_site: Site, url: str, open_page: NewPage, scripts: bool
):
    page = open_page(fresh_site, viewport={"width": 320, "height": 640}, java_script_enabled=scripts)
    sign_in(page, "n-junior")
    page.goto(url)
    for size in ("100%", "200%"):
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        assert wider_than_screen(page) == []
        cut = page.locator("section:visible label span").evaluate_all(
            "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"
        )
        assert cut == []
    assert page.locator("[data-step]:visible").count() == (1 if scripts else 7)
