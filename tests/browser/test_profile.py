"""One's own profile on a phone: every tap is saved, and nothing typed elsewhere on the page is lost by it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from mentorship.base.clock import utc_now
from mentorship.base.db import make_engine, open_session
from tests.browser.cast import Cast, complete
from tests.browser.conftest import PHONE, BuiltDemo, NewPage
from tests.browser.serving import Site, serve, sign_in

HALF = "Half getypt"


@pytest.fixture
def served(built_demo: BuiltDemo, tmp_path: Path) -> Iterator[tuple[Site, Cast]]:
    """Serve a demo of one's own, and tell who is who in it."""
    path = tmp_path / "demo.db"
    shutil.copy(built_demo.path, path)
    engine = make_engine(f"sqlite:///{path}")
    with open_session(engine) as session:
        cast = complete(session, utc_now())
        session.commit()
    engine.dispose()
    with serve(path) as site:
        yield site, cast


@pytest.fixture
def phone(served: tuple[Site, Cast], open_page: NewPage) -> Page:
    """A senior at their profile, who began to type in a training course."""
    site, cast = served
    page = open_page(site, **PHONE)
    sign_in(page, cast.numbers["senior"])
    page.goto("/profiles?open=training")
    page.locator("[name=title]").fill(HALF)
    return page


def keeps_what_was_typed(page: Page) -> None:
    expect(page.locator("[name=title]")).to_have_value(HALF)


def test_a_tap_is_saved_and_tells_what_it_changed(phone: Page):
    before = phone.locator("h1").inner_text()
    for place in (4, 0, 2, 1, 3):
        expect(phone.locator("#saved")).to_be_hidden()
        phone.locator("#learning .rank button").nth(place).tap()
    expect(phone.locator("#saved")).to_contain_text("Opgeslagen om")
    expect(phone.locator("#learning-told")).to_contain_text("in korte leerblokken")
    assert phone.locator("h1").inner_text() != before, "one thing less is missing"
    keeps_what_was_typed(phone)
    phone.reload()
    expect(phone.locator("#learning [name=choice]").first).to_have_value("short_modules")


def test_a_level_is_a_tap_and_a_removed_domain_comes_back(phone: Page):
    phone.locator("#expertise-told").tap()
    domain = phone.locator("#expertise .fold.slim").first
    domain.locator("summary").tap()
    domain.locator("label.rung").nth(3).tap()
    expect(domain.locator("summary")).to_contain_text("onder begeleiding")
    told = phone.locator("#expertise-told").inner_text()
    domain.locator("[name=remove]").tap()
    expect(phone.locator(".toast-bars")).to_be_visible()
    expect(phone.locator("#expertise-told")).not_to_have_text(told, use_inner_text=True)
    keeps_what_was_typed(phone)
    phone.locator(".toast-bars button").first.tap()
    expect(phone.locator("#expertise-told")).to_have_text(told, use_inner_text=True)


def test_places_are_saved_by_a_tap_that_undo_takes_back(phone: Page):
    """Fewer hours lower what was confirmed, which more hours do not raise again."""
    phone.locator("#carry-told").tap()
    expect(phone.get_by_role("button", name="Plekken opslaan")).to_be_hidden()
    hours = phone.locator("#places [name=hours]")
    before = hours.input_value()
    told, counting = phone.locator("#carry-told").inner_text(), phone.locator("#counting").text_content() or ""
    hours.fill("1")
    hours.blur()
    expect(phone.locator("#carry-told")).not_to_have_text(told, use_inner_text=True)
    expect(phone.locator("#counting")).not_to_have_text(counting)
    keeps_what_was_typed(phone)
    phone.locator(".toast-bars button").first.tap()
    expect(hours).to_have_value(before)
    expect(phone.locator("#counting")).to_have_text(counting)


def test_a_mistake_opens_its_fold_and_takes_the_focus(phone: Page):
    phone.locator("#carry-told").tap()
    phone.locator("#pause [name=until]").fill("2020-01-01")
    phone.locator("#pause button").tap()
    mistakes = phone.locator("[data-mistakes]")
    expect(mistakes).to_be_focused()
    expect(mistakes.locator("a")).to_contain_text("Pauze tot en met")
    expect(phone.locator("#pause [name=until]")).to_have_value("2020-01-01")
    keeps_what_was_typed(phone)


def test_what_was_begun_beside_a_button_stays(phone: Page):
    """How one mentors is saved once all five are answered; a pause, in the same fold, does not wait for that."""
    phone.locator("#carry-told").tap()
    comfort = phone.locator("#comfort")
    comfort.evaluate("form => form.querySelectorAll('input').forEach((input) => (input.checked = false))")
    comfort.locator("label.tap").nth(1).tap()
    begun = comfort.locator("input:checked")
    expect(begun).to_have_count(1)
    phone.locator("#pause button").tap()
    expect(phone.locator(".toast-bars")).to_be_visible()
    expect(begun).to_have_count(1)
    expect(phone.locator("#pause .badge")).to_be_visible()


def test_what_was_begun_stays_when_another_of_its_kind_is_removed(phone: Page):
    phone.locator("#expertise-told").tap()
    phone.locator("#add > summary").tap()
    chosen = phone.locator("[name=add_domain]")
    chosen.select_option(index=1)
    begun = chosen.input_value()
    domains = phone.locator("#expertise .fold.slim")
    before = domains.count()
    domains.first.locator("summary").tap()
    domains.first.locator("[name=remove]").tap()
    expect(domains).to_have_count(before - 1)
    expect(chosen).to_be_visible()
    expect(chosen).to_have_value(begun)


def test_without_a_connection_a_tap_waits_for_one(served: tuple[Site, Cast], phone: Page):
    site, _cast = served
    phone.locator("#plans-told").tap()
    with site.out_of_reach(phone):
        phone.locator("#plans label.tap").nth(2).tap()
        expect(phone.locator("#saved")).to_contain_text("nog niet opgeslagen")
    expect(phone.locator("#saved")).to_contain_text("Opgeslagen om")
    expect(phone.locator("#plans-told")).to_contain_text("Ingevuld")


def test_without_script_nothing_can_be_typed_that_another_form_does_not_send(phone: Page):
    """A form sends only itself: without script one stands open at a time, and the others are a link away."""
    assert phone.context.browser
    site = phone.url.split("/profiles")[0]
    state = phone.context.storage_state()
    context = phone.context.browser.new_context(base_url=site, storage_state=state, java_script_enabled=False)
    page = context.new_page()
    page.goto("/profiles?open=contact")
    forms = page.locator("form[data-taps]:visible")
    for _ in range(page.locator(".fold:not(.slim):not([open])").count()):
        page.locator(".fold:not(.slim):not([open]) > summary").first.click()
    expect(forms).to_have_count(1)
    expect(forms).to_have_attribute("action", "/profiles/contact")
    page.locator("[name=phone]").fill("06 1234 5678")
    page.get_by_role("button", name="Hoe ik bereikbaar ben opslaan").click()
    expect(page.locator("[name=phone]")).to_have_value("06 1234 5678")
    page.locator("#plans-told").click()
    page.locator("#plans").get_by_role("link", name="Invullen of wijzigen").click()
    expect(forms).to_have_count(1)
    expect(forms).to_have_attribute("action", "/profiles/plans")
    context.close()
