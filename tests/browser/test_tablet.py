"""A shared tablet in a browser: from enrolling to the next in line, out by itself, and nothing left of anybody."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from sqlmodel import Session, select

from mentorship.base.clock import local_date, utc_now
from mentorship.base.db import open_session
from mentorship.checkins.models import ANSWERED, OPEN, CheckIn
from mentorship.demo.build import PASSWORD
from mentorship.people.access import Actor
from mentorship.people.account.actions import issue_codes, set_password
from mentorship.people.account.passwords import passwords
from mentorship.people.models import Person, SignIn
from mentorship.people.tablet import actions
from tests.browser.conftest import NewPage
from tests.browser.inspecting import (
    COLOURS,
    TAGS,
    Complaints,
    faint_edges,
    hard_to_press,
    violations,
    wider_than_screen,
)
from tests.browser.paper import printed
from tests.browser.serving import Site, sign_in
from tests.checkins.stage import JUNIOR_ASKED, plant
from tests.factories import Organisation, small_organisation

LYING: ViewportSize = {"width": 1024, "height": 768}
STANDING: ViewportSize = {"width": 768, "height": 1024}
LEAST = 56
"""The pixels of what one presses on a tablet, with gloves."""
PIN, OTHER_PIN = "302857", "714053"
HELD = """async () => ({
  local: localStorage.length,
  session: sessionStorage.length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  caches: (await caches.keys()).length,
})"""
NOTHING = {"local": 0, "session": 0, "workers": 0, "caches": 0}
CAMERA = """
  window.BarcodeDetector = class {
    static getSupportedFormats() { return Promise.resolve(["qr_code"]); }
    detect() { return Promise.resolve([{ rawValue: "https://leermaat.example/kiosk#card=%s" }]); }
  };
"""


@dataclass
class Canteen:
    """A tablet in the canteen, and who has a card for it."""

    site: Site
    made: Organisation
    asked: int
    cards: dict[str, str]
    codes: dict[str, str]
    enrolment: str


@pytest.fixture
def canteen(fresh_site: Site) -> Canteen:
    """Of a small organisation the junior is asked how it goes; two have a card, one of them a PIN."""
    with open_session(fresh_site.engine) as session:
        made = small_organisation(session, utc_now())
        pair = made.pair("senior", "junior", "active", started_on=local_date(utc_now()))
        asked = plant(session, made, pair, "junior", asked=[*JUNIOR_ASKED])
        desk = Actor(made.people["coordinator"], frozenset({"coordinator"}))
        coordinator = session.get_one(Person, desk.person_id)
        set_password(session, coordinator, PASSWORD, passwords(8, 1), utc_now())
        ids = {key: made.people[key] for key in ("junior", "other_junior")}
        cards = actions.make_cards(session, desk, list(ids.values()), utc_now())
        codes = issue_codes(session, desk, list(ids.values()), utc_now())
        junior = session.get_one(Person, ids["junior"])
        keys = fresh_site.app.extensions["mentorship_settings"].secret_keys
        actions.choose_pin(session, junior, PIN, passwords(8, 1), keys, utc_now())
        enrolment = actions.add(session, desk, "Kantine Ede", made.sites["Ede"], utc_now())
        session.commit()
        return Canteen(
            site=fresh_site,
            made=made,
            asked=asked,
            cards={key: cards[number] for key, number in ids.items()},
            codes={key: codes[number] for key, number in ids.items()},
            enrolment=enrolment,
        )


@pytest.fixture
def tablet(canteen: Canteen, open_page: NewPage) -> Page:
    """A tablet that was an ordinary browser before, and is enrolled by its code."""
    page = open_page(canteen.site, viewport=LYING, has_touch=True, reduced_motion="reduce")
    page.goto("/account/sign-in")
    page.evaluate("localStorage.setItem('own-phone', '1')")
    page.goto(f"/kiosk/enrol#code={canteen.enrolment}")
    expect(page.locator("[name=code]")).to_have_value(canteen.enrolment)
    assert canteen.enrolment not in page.url
    page.get_by_role("button", name="Maak hier een gedeelde tablet van").tap()
    expect(page.locator(".tablet-who")).to_contain_text("Kantine Ede")
    return page


def tap_pin(page: Page, pin: str) -> None:
    for digit in pin:
        page.locator(".keypad button", has_text=digit).tap()


def come_in(page: Page, card: str, pin: str = PIN) -> None:
    """Hold a card before the tablet's camera app, which opens the address on it, and tap the PIN."""
    page.goto("about:blank")
    page.goto(f"/kiosk#card={card}")
    expect(page.locator("#f-card")).to_have_value(card)
    assert card not in page.url
    tap_pin(page, pin)
    page.get_by_role("button", name="Inloggen").tap()
    expect(page.get_by_role("button", name="Klaar")).to_be_visible()


def status(canteen: Canteen) -> str:
    with Session(canteen.site.engine) as session:
        return session.get_one(CheckIn, canteen.asked).status


def test_from_a_card_to_the_next_in_line(canteen: Canteen, tablet: Page):
    complaints = Complaints(tablet)
    come_in(tablet, canteen.cards["junior"])
    tablet.get_by_role("link", name="Senior Proef").tap()
    expect(tablet.locator("section:visible")).to_have_count(1)  # one question at a time, once the script is there
    tablet.locator("section:visible label").filter(has=tablet.locator("input[value='4']")).tap()
    assert tablet.evaluate(HELD) == NOTHING
    for _ in range(20):
        if not tablet.get_by_role("button", name="Verder").is_visible():
            break
        tablet.get_by_role("button", name="Verder").tap()
    tablet.locator("[name=note]").fill("Dit is alleen voor mij")
    tablet.get_by_role("button", name="Versturen").tap()
    expect(tablet.locator(".toast-bar")).to_contain_text("Verstuurd")
    expect(tablet.locator("#f-card")).to_have_value("")
    assert status(canteen) == ANSWERED
    assert tablet.evaluate(HELD) == NOTHING
    for _ in range(4):  # back leads to nothing of whoever was there
        tablet.go_back()
        expect(tablet.locator("#f-card")).to_be_visible()
        assert "alleen voor mij" not in tablet.content() and "Junior" not in tablet.content()
    tablet.goto("/kiosk")
    tablet.get_by_role("link", name="Nog geen pincode").tap()
    tablet.locator("#f-card").fill(canteen.cards["other_junior"])
    tablet.locator("[name=code]").fill(canteen.codes["other_junior"])
    tablet.locator("[name=pin]").tap()
    tap_pin(tablet, OTHER_PIN + OTHER_PIN)
    tablet.get_by_role("button", name="Deze pincode bewaren en inloggen").tap()
    expect(tablet.locator(".tablet-who")).to_contain_text("Other_junior")
    expect(tablet.locator("main")).to_contain_text("Coordinator Proef maakte je pas")
    tablet.get_by_role("button", name="Klaar").tap()
    expect(tablet.locator("#f-card")).to_have_value("")
    assert complaints.taken() == []


def test_who_walks_away_is_signed_out(canteen: Canteen, tablet: Page):
    tablet.clock.install()
    come_in(tablet, canteen.cards["junior"])
    tablet.get_by_role("link", name="Senior Proef").tap()
    tablet.get_by_role("button", name="Verder").wait_for()
    expect(tablet.get_by_role("button", name="Ik ben er nog")).to_be_hidden()
    tablet.clock.fast_forward(70_000)
    expect(tablet.locator(".tablet-left")).to_have_text(re.compile(r"Uitgelogd over 0:(20|19)"))
    tablet.get_by_role("button", name="Ik ben er nog").tap()
    expect(tablet.locator(".tablet-left")).to_be_hidden()
    tablet.clock.fast_forward(95_000)
    expect(tablet.locator("#f-card")).to_be_visible()
    assert status(canteen) == OPEN
    with Session(canteen.site.engine) as session:
        assert None not in session.exec(select(SignIn.ended_at)).all()


def test_a_card_that_was_scanned_and_not_used_leaves_the_screen(canteen: Canteen, tablet: Page):
    tablet.clock.install()
    tablet.goto("about:blank")
    tablet.goto(f"/kiosk#card={canteen.cards['junior']}")
    expect(tablet.locator("#f-card")).to_have_value(canteen.cards["junior"])
    tablet.clock.fast_forward(65_000)
    expect(tablet.locator("#f-card")).to_have_value("")


def test_the_camera_reads_a_card_where_the_browser_can(canteen: Canteen, tablet: Page):
    """The browser of this machine reads no squares, so that one that does stands in for it."""
    tablet.context.grant_permissions(["camera"])
    tablet.add_init_script(CAMERA % canteen.cards["junior"])
    tablet.add_init_script(
        "navigator.mediaDevices.getUserMedia = async () => document.createElement('canvas').captureStream();"
        "HTMLMediaElement.prototype.play = async () => {};"
    )
    tablet.goto("/kiosk")
    tablet.get_by_role("button", name="Mijn pas scannen").tap()
    expect(tablet.locator("#f-card")).to_have_value(canteen.cards["junior"])
    expect(tablet.locator("[name=pin]")).to_be_focused()


def test_without_script_it_goes_as_well(canteen: Canteen, tablet: Page, open_page: NewPage):
    plain = open_page(canteen.site, viewport=STANDING, java_script_enabled=False)
    plain.context.add_cookies(tablet.context.cookies())  # type: ignore[arg-type]
    plain.goto("/kiosk")
    plain.locator("#f-card").fill(canteen.cards["junior"].lower())
    plain.locator("[name=pin]").fill(PIN)
    plain.get_by_role("button", name="Inloggen").click()
    plain.get_by_role("link", name="Senior Proef").click()
    plain.locator("input[type=radio][value='4']").first.check()
    plain.get_by_role("button", name="Versturen").click()
    expect(plain.locator(".toast-bar")).to_contain_text("Verstuurd")
    assert status(canteen) == ANSWERED


def faults(page: Page) -> list[str]:
    """Inspect the page that is open, lying and standing, light and dark."""
    page.evaluate("document.activeElement.blur()")
    found = []
    for size in (LYING, STANDING):
        page.set_viewport_size(size)
        found += [f"sideways: {text}" for text in wider_than_screen(page)]
        found += [f"too small: {text}" for text in hard_to_press(page, LEAST)]
        for scheme, only in (("light", TAGS), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            expect(page.locator("html")).to_have_attribute("data-bs-theme", scheme)
            found += [f"{scheme}: {text}" for text in violations(page, only)]
            found += [f"faint {scheme}: {text}" for text in faint_edges(page)]
    page.emulate_media(color_scheme="light")
    return [f"{page.url}: {text}" for text in found]


def test_everything_is_large_and_for_everybody(canteen: Canteen, tablet: Page):
    tablet.locator("#f-card").focus()
    found = faint_edges(tablet) + faults(tablet)
    tablet.goto("/kiosk/first")
    found += faults(tablet)
    tablet.goto("/kiosk")
    tablet.locator("#f-card").fill(canteen.cards["junior"])
    tablet.locator("[name=pin]").fill("999000")
    tablet.get_by_role("button", name="Inloggen").tap()
    expect(tablet.locator("[data-mistakes]")).to_be_visible()
    found += faults(tablet)
    come_in(tablet, canteen.cards["junior"])
    for url in ("/kiosk/own", f"/checkins/{canteen.asked}", "/people"):
        tablet.goto(url)
        found += faults(tablet)
    assert not found, "\n".join(found)


def test_cards_on_paper_and_not_on_the_screen(canteen: Canteen, open_page: NewPage):
    desk = open_page(canteen.site)
    sign_in(desk, "n-coordinator")
    desk.goto("/tablets/cards")
    desk.get_by_role("checkbox", name="Junior Proef", exact=True).check()
    desk.get_by_role("button", name="Nieuwe passen maken").click()
    desk.get_by_role("button", name="1 pas voor de tablet maken").click()
    code = desk.locator(".code-out")
    expect(code).to_be_attached()
    expect(code).to_be_hidden()
    expect(desk.locator(".card-out .qr")).to_be_hidden()
    secret = code.text_content() or ""
    desk.emulate_media(media="print")
    desk.set_viewport_size({"width": 703, "height": 1000})  # as wide as an A4 between its margins
    fits = "one => one.getBoundingClientRect().right <= one.closest('.card-out').getBoundingClientRect().right - 8"
    assert code.evaluate(fits)
    desk.emulate_media(media="null")
    sheets = printed(desk, 3)
    assert len(sheets) == 1 and secret in sheets[0].text
    assert sheets[0].scanned == [f"{canteen.site.url}/kiosk#card={secret}"]
    desk.goto("/tablets")
    desk.get_by_role("link", name="Kantine Ede stoppen").click()
    expect(desk.locator("h1")).to_have_text("Kantine Ede stoppen?")
    assert wider_than_screen(desk) == [] and violations(desk, TAGS) == []
