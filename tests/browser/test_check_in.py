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
from tests.browser.serving import Site, sign_in
from tests.checkins.stage import plant
from tests.factories import small_organisation

SAVED, WAITS = "Opgeslagen", re.compile("op deze telefoon")


@pytest.fixture
def url(fresh_site: Site) -> str:
    """The check-in that the junior of a small organisation is asked."""
    with open_session(fresh_site.engine) as session:
        made = small_organisation(session, utc_now())
        pair = made.pair("senior", "junior", "active", started_on=local_date(utc_now()))
        asked = plant(session, made, pair, "junior")
        set_password(session, session.get_one(Person, made.people["junior"]), PASSWORD, passwords(8, 1), utc_now())
        session.commit()
    return f"/checkins/{asked}"


def answers(site: Site) -> dict[str, int | None]:
    """What the service holds."""
    with Session(site.engine) as session:
        return dict(session.exec(select(Answer.key, Answer.value)).all())


def tap(page: Page, question: str, step: str) -> None:
    page.locator("label").filter(has=page.locator(f"input[name=answer-{question}][value='{step}']")).tap()


def test_each_answer_is_saved_as_it_is_tapped(fresh_site: Site, url: str, open_page: NewPage):
    phone = open_page(fresh_site, **PHONE)
    sign_in(phone, "n-junior")
    phone.goto(url)
    status = phone.locator("[data-saved]")
    with phone.expect_response(lambda answer: "dare_to_ask" in (answer.request.post_data or "")):
        for question, step in (("progress", "4"), ("own_work", "none"), ("progress", "2"), ("dare_to_ask", "5")):
            tap(phone, question, step)  # faster than the service answers
    expect(status).to_have_text(SAVED)
    expect(phone.locator("input:checked[type=radio]")).to_have_count(3)
    assert answers(fresh_site) == {"progress": 2, "own_work": None, "dare_to_ask": 5}


def test_without_a_connection_it_is_kept_on_the_phone(fresh_site: Site, url: str, open_page: NewPage):
    phone = open_page(fresh_site, **PHONE)
    sign_in(phone, "n-junior")
    phone.goto(url)
    phone.context.set_offline(True)
    tap(phone, "progress", "3")
    tap(phone, "not_alone", "1")
    expect(phone.locator("[data-saved]")).to_have_text(WAITS)
    phone.locator("form.check-in button").tap()  # says so again, and loses nothing
    expect(phone.locator("input[name=answer-progress][value='3']")).to_be_checked()
    assert answers(fresh_site) == {}
    again = phone.context.new_page()
    phone.close()  # before the connection is back: only what the phone kept can bring the answers back
    again.context.set_offline(False)
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
    phone.context.set_offline(True)
    tap(phone, "progress", "3")
    expect(phone.locator("[data-saved]")).to_have_text(WAITS)
    phone.context.set_offline(False)
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
