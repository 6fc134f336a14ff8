"""Whoever signs out, or whose session ended, leaves nothing behind that the next one at the screen can read."""

from __future__ import annotations

import base64
import json
import re
import zlib
from datetime import timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect
from sqlmodel import select

from mentorship.base import links
from mentorship.base.clock import utc_now
from mentorship.base.db import open_session
from mentorship.checkins.links.rules import LINK_PURPOSE
from mentorship.people.models import Person, SignIn
from mentorship.people.second_factor.models import RecoveryCode, SecondFactor
from mentorship.people.second_factor.rules import recovery_digest
from tests.browser.conftest import PHONE, NewPage
from tests.browser.serving import Site, give_code, sign_in
from tests.browser.test_own_phone import READ, check_in, choose, read_here
from tests.browser.test_unsent import sign_in_here, tap, to_the_end

assert check_in  # a fixture
PLANT = """async () => {
  localStorage.setItem("left", "Kraanvogel");
  sessionStorage.setItem("left", "Kraanvogel");
  await (await caches.open("left")).put("/left", new Response("Kraanvogel"));
}"""
LEFT = """async () => {
  const found = [...Object.keys(localStorage), ...Object.keys(sessionStorage), ...(await caches.keys())];
  return found.filter((name) => name !== "no-connection");
}"""


def left(page: Page) -> list[str]:
    """What this browser keeps of us, beside the page that says that there is no connection."""
    page.wait_for_load_state("load")
    found: list[str] = page.evaluate(LEFT)
    return found


def opened_cookie(value: str) -> dict[str, object]:
    """What anybody reads who looks into our cookie: it is signed, and not sealed."""
    body = value.split(".")[1] if value.startswith(".") else value.split(".")[0]
    raw = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    told: dict[str, object] = json.loads(zlib.decompress(raw) if value.startswith(".") else raw)
    return told


def cookies(page: Page) -> dict[str, str]:
    return {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}


def sign_out(page: Page, how: str) -> None:
    if how == "here":
        page.goto("/reminders")
        page.locator(".me summary").tap()
        page.get_by_role("button", name="Uitloggen", exact=True).tap()
    else:
        page.goto("/account")
        page.get_by_role("button", name="Overal uitloggen").tap()
    expect(page).to_have_url(re.compile("/account/sign-in"))


@pytest.mark.parametrize("how", ["here", "everywhere"])
def test_what_the_browser_kept_goes_even_what_no_script_of_ours_knows(
    fresh_site: Site, check_in: str, open_page: NewPage, how: str
):
    phone = open_page(fresh_site, **PHONE)
    sign_in(phone, "n-junior")
    choose(phone)
    assert read_here(phone)
    phone.evaluate(PLANT)
    sign_out(phone, how)
    assert left(phone) == []
    assert read_here(phone) == []
    assert set(cookies(phone)) == {"leermaat", "device", "own_phone"}
    assert set(opened_cookie(cookies(phone)["leermaat"])) <= {"acted", "csrf_token", "locale"}


def test_back_shows_nothing_of_before(fresh_site: Site, check_in: str, open_page: NewPage):
    phone = open_page(fresh_site, **PHONE)
    sign_in(phone, "n-junior")
    for path in ("/reminders", "/profiles", check_in):
        phone.goto(path)
    sign_out(phone, "here")
    for _ in range(4):
        phone.go_back()
        expect(phone).to_have_url(re.compile("/account/sign-in"))
        expect(phone.locator("main")).not_to_contain_text("Proef")


def test_after_a_session_that_ended_back_shows_nothing_and_the_own_phone_forgets(
    fresh_site: Site, check_in: str, open_page: NewPage
):
    phone = open_page(fresh_site, **PHONE)
    sign_in(phone, "n-junior")
    choose(phone)
    phone.goto(check_in)
    with fresh_site.engine.begin() as connection:
        connection.execute(sa.update(SignIn).values(seen_at=utc_now() - timedelta(hours=9)))
    phone.goto("/reminders")
    expect(phone.locator("main")).to_contain_text("omdat je hier 8 uur niets deed.")
    phone.wait_for_function(f"({READ})().then((found) => found.length === 0)")
    phone.go_back()
    expect(phone).to_have_url(re.compile("/account/sign-in"))
    expect(phone.locator("main")).not_to_contain_text("Senior")


def test_what_was_answered_by_a_slip_is_nowhere_to_be_read(fresh_site: Site, check_in: str, open_page: NewPage):
    phone = open_page(fresh_site, **PHONE)
    phone.goto("/account/sign-in")
    settings = fresh_site.app.extensions["mentorship_settings"]
    token = links.sign(settings, LINK_PURPOSE, int(check_in.rpartition("/")[2]), utc_now())
    phone.goto(f"/links/{token}")
    tap(phone, "progress", "4")
    to_the_end(phone)
    phone.locator("#f-note").fill("Kraanvogel")
    told = str(opened_cookie(cookies(phone)["leermaat"]))
    assert "progress" not in told and token not in told, "a cookie is signed, and not sealed"
    phone.goto(f"/links/{token}")
    expect(phone.locator("input[name=answer-progress][value='4']")).to_be_checked()
    to_the_end(phone)
    phone.get_by_role("button", name="Versturen").tap()
    expect(phone.locator("main")).to_contain_text("Verstuurd")
    assert left(phone) == []
    told = str(opened_cookie(cookies(phone)["leermaat"]))
    assert token not in told and "progress" not in told


def test_somebody_with_a_second_factor_finds_what_they_typed_too(fresh_site: Site, check_in: str, open_page: NewPage):
    page = open_page(fresh_site)
    sign_in(page, "n-junior")
    with open_session(fresh_site.engine) as session:
        person_id = session.exec(select(Person.id).where(Person.number == "n-junior")).one()
        session.add(SecondFactor(person_id=person_id, secret="x", begun_at=utc_now(), confirmed_at=utc_now()))
        session.add(RecoveryCode(person_id=person_id, code_hash=recovery_digest("AAAA BBBB CCCC DDDD")))
        session.commit()
    page.goto("/profiles/wishes")
    page.goto("/reminders")
    box = page.locator("main form[method=post]").get_by_role("checkbox").first
    before = box.is_checked()
    box.set_checked(not before)
    with fresh_site.engine.begin() as connection:
        connection.execute(sa.delete(SignIn))
    page.locator("main form[method=post] button").click()
    sign_in_here(page, "n-junior")
    expect(page).to_have_url(re.compile("/second-step"))
    expect(page.locator("main")).to_contain_text("in deze browser bewaard")
    give_code(page, "000000")
    expect(page.locator("[data-mistakes]")).to_be_focused()
    give_code(page, "AAAA BBBB CCCC DDDD")
    expect(page).to_have_url(re.compile("/reminders$"))
    expect(page.locator("main")).to_contain_text("Wat je hebt ingevuld staat hier weer.")
    expect(box).to_be_checked(checked=not before)
