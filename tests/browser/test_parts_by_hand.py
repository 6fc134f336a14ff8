"""Parts by keyboard and by tap, with script and without; in the colours of the system; on a small screen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import NewPage
from tests.browser.inspecting import faint_edges, wider_than_screen
from tests.browser.serving import Site
from tests.browser.test_keyboard import tab_to
from tests.parts.gallery import NAMES


def test_rank_by_keyboard(gallery_site: Site, open_page: NewPage):
    page = open_page(gallery_site)
    page.goto("/parts/choose")
    rank = page.locator("[data-rank]").first
    expect(rank.locator("select").first).not_to_be_visible()
    ways = rank.locator(".rank button")
    expect(ways.first).to_have_text(re.compile(r"1\s+Samen met een collega\s+, plek 1"))
    tab_to(page, ways.nth(2))
    page.keyboard.press("Space")
    expect(ways.nth(2)).to_have_attribute("aria-pressed", "true")
    expect(ways.nth(2)).to_have_text(re.compile(r"2\s+Korte leerblokken\s+, plek 2"))
    expect(ways.nth(2)).to_be_focused()
    assert chosen(page) == ["colleague", "modules", ""]
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert chosen(page) == ["modules", "", ""]
    tab_to(page, rank.locator(".rank-again"))
    page.keyboard.press("Enter")
    assert chosen(page) == ["", "", ""]
    expect(ways.first).to_be_focused()


def chosen(page: Page) -> list[str]:
    """What the form would send."""
    sent: list[str] = page.locator("form:has([data-rank])").first.evaluate("f => new FormData(f).getAll('choice')")
    return sent


def test_stepper_by_keyboard_and_tap(gallery_site: Site, open_page: NewPage):
    page = open_page(gallery_site)
    page.goto("/parts/choose")
    hours = page.locator("#f-hours")
    more = page.get_by_role("button", name="Meer: Uren per week")
    more.click()
    expect(hours).to_have_value("3")
    hours.focus()
    page.keyboard.press("ArrowDown")
    expect(hours).to_have_value("2,5")
    places = page.locator("#f-places")
    less = page.get_by_role("button", name="Minder: Plekken")
    less.click()
    expect(places).to_have_value("0")
    expect(less).to_have_attribute("aria-disabled", "true")


def test_switch_by_keyboard(gallery_site: Site, open_page: NewPage):
    page = open_page(gallery_site)
    page.goto("/parts/choose")
    remote = page.get_by_role("switch", name=re.compile("Ook op afstand"))
    tab_to(page, remote)
    page.keyboard.press("Space")
    expect(remote).to_be_checked()


def test_parts_without_script(gallery_site: Site, open_page: NewPage):
    page = open_page(gallery_site, java_script_enabled=False)
    page.goto("/parts/choose")
    selects = page.locator("[data-rank]").first.locator("select")
    expect(selects.first).to_be_visible()
    selects.nth(1).select_option("job")
    expect(page.locator(".rank").first).not_to_be_visible()
    expect(page.locator("#f-hours")).to_be_editable()
    expect(page.get_by_role("button", name="Meer: Uren per week")).to_have_count(0)
    page.get_by_role("switch", name=re.compile("Ook op afstand")).check()
    page.goto("/parts/fold")
    folded = page.locator("details", has_text="Mijn plannen")
    expect(folded.locator(".fold-body")).not_to_be_visible()
    folded.locator("summary").click()
    expect(folded.locator(".fold-body")).to_be_visible()
    page.goto("/parts/forms")
    expect(page.locator("[data-shows]")).not_to_be_visible()


def test_a_password_is_shown_and_never_kept(gallery_site: Site, open_page: NewPage):
    page = open_page(gallery_site)
    page.goto("/parts/forms")
    field, show = page.locator("#f-password"), page.get_by_role("button", name="Toon: Wachtwoord")
    field.fill("geheim geheim")
    show.click()
    expect(field).to_have_attribute("type", "text")
    expect(show).to_have_attribute("aria-pressed", "true")
    page.evaluate("addEventListener('submit', event => event.preventDefault())")
    page.get_by_role("button", name="Inloggen").click()
    expect(field).to_have_attribute("type", "password")
    expect(show).to_have_attribute("aria-pressed", "false")
    assert "geheim" not in str(page.evaluate("() => JSON.stringify([{...sessionStorage}, {...localStorage}])"))


def test_panel_keys_count_only_within_it(gallery_site: Site, open_page: NewPage):
    page = open_page(gallery_site)
    page.goto("/parts/panel")
    expect(page.locator(".panel")).to_be_focused()
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile("open=3$"))
    page.locator("main a").first.focus()
    page.keyboard.press("k")
    expect(page).to_have_url(re.compile("open=3$"))
    page.locator(".panel .btn").first.focus()
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("closed$"))


def test_on_a_phone_the_panel_is_the_page(gallery_site: Site, open_page: NewPage):
    page = open_page(gallery_site, viewport={"width": 390, "height": 700})
    page.goto("/parts/panel")
    expect(page.locator(".panel")).to_be_visible()
    expect(page.get_by_text("Een lijst, met")).not_to_be_visible()


_LOST = """() => {
  const ground = getComputedStyle(document.body).backgroundColor;
  const tells = e => [...e.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  const letters = [...document.querySelectorAll("main :not(svg, svg *)")].filter(tells);
  return letters.filter(e => getComputedStyle(e).color === ground).map(e => e.outerHTML.slice(0, 90));
}"""
_MARKED = """selector => [...document.querySelectorAll(selector)].filter(one => {
  const style = getComputedStyle(one);
  return style.outlineStyle === "none" && parseFloat(style.borderLeftWidth) < 3 && !one.matches(".now > .dot");
}).map(one => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize(
    ("name", "chosen"),
    [
        ("answers", "input:checked + span, .beads [aria-current]"),
        ("choose", "input:checked + span, .rank [aria-pressed=true]"),
        ("ask", ".opt:has(:checked)"),
        ("hold", "[aria-pressed=true]"),
        ("tabs", "[aria-current]"),
        ("steps", "[aria-current]"),
        ("inbox", ".inbox > .open"),
    ],
)
def test_what_is_chosen_is_seen_in_the_colours_of_the_system(
    name: str, chosen: str, gallery_site: Site, open_page: NewPage
):
    page = open_page(gallery_site, forced_colors="active", reduced_motion="reduce")
    page.goto(f"/parts/{name}")
    assert page.locator(chosen).count()
    assert not page.evaluate(_MARKED, chosen)


@pytest.mark.parametrize("letters", [16, 32])
def test_parts_on_320_pixels(letters: int, gallery_site: Site, open_page: NewPage):
    page = open_page(gallery_site, viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": letters}})
    wide = []
    for name in NAMES:
        page.goto(f"/parts/{name}")
        page.evaluate("document.querySelector('main nav').remove()")
        wide += [f"{name}: {found}" for found in wider_than_screen(page)]
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == letters
    assert not wide, "\n".join(wide)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_of_controls_are_seen(scheme: str, gallery_site: Site, browser: Browser, open_page: NewPage):
    page = open_page(gallery_site, color_scheme=scheme, reduced_motion="reduce")
    faint = []
    for name in ("choose", "forms", "answers", "ask", "hold"):
        page.goto(f"/parts/{name}")
        faint += faint_edges(page)
    assert not faint, "\n".join(faint)


@pytest.mark.parametrize("name", ["answers", "choose", "hold", "tabs", "rows"])
def test_no_letters_have_the_colour_of_the_ground_of_the_system(name: str, gallery_site: Site, open_page: NewPage):
    page = open_page(gallery_site, forced_colors="active", reduced_motion="reduce")
    page.goto(f"/parts/{name}")
    assert page.evaluate(_LOST) == []
