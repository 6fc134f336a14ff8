"""Everything by keyboard alone: past the menu, through it on a phone, a whole request; and one sees where one is."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.cast import Cast
from tests.browser.conftest import PHONE, NewPage
from tests.browser.inspecting import TAGS, hard_to_press, violations, wider_than_screen
from tests.browser.serving import Site, sign_in

MOST_TABS = 120
# outlined, within the window, and 3:1 against what is around it (WCAG 1.4.11)
_FOCUS = """() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  const pen = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
  const painted = colour => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data];
  };
  const light = colour => painted(colour).slice(0, 3).map(v => v / 255)
    .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], .05);
  const ground = e => getComputedStyle(e).backgroundColor;
  let around = e.parentElement;
  while (around.parentElement && painted(ground(around))[3] < 255) around = around.parentElement;
  const [one, two] = [style.outlineColor, ground(around)].map(light);
  const contrast = Math.max(one, two) / Math.min(one, two);
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0;
  const fault = !outlined ? "no outline" : !seen ? "out of sight" : contrast < 3 ? `contrast ${contrast}` : "";
  return {body: e === document.body, fault, html: e.outerHTML.slice(0, 120)};
}"""


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until `wanted` has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"no Tab leads to {wanted}")


def test_skip_link(page_of: Callable[[str], Page]):
    page = page_of("coordinator")
    page.goto("/rounds")
    skip = page.locator('a[href="#main"]')
    expect(skip).not_to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.get_by_role("main").evaluate("main => main.contains(document.activeElement)")


def test_menu_on_a_phone(demo: tuple[Site, Cast], open_page: NewPage):
    site, cast = demo
    page = open_page(site, **PHONE, reduced_motion="reduce")
    sign_in(page, cast.numbers["coordinator"])
    menu, links = page.locator(".side-open summary"), page.locator("nav.menu a")
    opened = page.locator(".side-open[open]")
    expect(opened).to_have_count(0)
    expect(links.first).not_to_be_visible()
    tab_to(page, menu)
    page.keyboard.press("Enter")
    expect(opened).to_have_count(1)
    expect(links.first).to_be_visible()
    assert not (hard_to_press(page) + wider_than_screen(page) + violations(page, TAGS))
    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    expect(menu).to_be_focused()
    page.keyboard.press("Space")
    rounds = page.locator('nav.menu a[href="/rounds"]')
    tab_to(page, rounds)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/rounds$"))


def test_a_request(page_of: Callable[[str], Page]):
    page = page_of("newcomer")
    page.goto("/mentor-requests/new")
    for after in (r"\?domain=\d+$", r"current=\d$", r"/mentor-requests/mine$"):
        tab_to(page, page.locator("a.choice, a.rung, button.rung").first)
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(after))
    goal = page.locator("textarea")
    tab_to(page, goal)
    page.keyboard.type("Zelf een storing vinden")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_be_visible()
    expect(goal).to_have_value("Zelf een storing vinden")
    tab_to(page, page.locator("form[action$=withdraw] button"))
    page.keyboard.press("Enter")
    tab_to(page, page.locator("form[action$=reopen] button"))
    page.keyboard.press("Enter")
    expect(goal).to_have_value("Zelf een storing vinden")


def test_a_check_in(page_of: Callable[[str], Page], demo: tuple[Site, Cast]):
    """Arrows choose, and do not lead on; every statement, then all of the last step, is within reach of Tab."""
    page = page_of("answerer")
    page.goto("/checkins/{open}".format(**demo[1].ids))
    on = page.locator("[data-on]")
    for _ in range(page.locator("[data-step]:not([data-last])").count()):
        here = page.locator("[data-step]:visible")
        statement = here.locator(".statement").inner_text()
        tab_to(page, here.locator("input").first)
        page.keyboard.press("ArrowDown")
        expect(here.locator("input").nth(1)).to_be_checked()
        expect(here.locator(".statement")).to_have_text(statement)
        tab_to(page, on)
        page.keyboard.press("Enter")
        expect(here.locator(".statement")).not_to_have_text(statement)
    page.keyboard.press("Tab")
    for control in page.locator("[data-last] :is(input, textarea, button):visible").all():
        if not control.evaluate("element => element === document.activeElement"):
            tab_to(page, control)
    assert page.evaluate("document.activeElement.textContent") == "Versturen"


def test_away_and_back(page_of: Callable[[str], Page]):
    page = page_of("junior")
    page.goto("/away")
    ended = page.locator("form[action^='/away/']")
    before = ended.count()
    for _first_and_last in range(2):
        tab_to(page, page.locator(".to-tap a").last)
        page.keyboard.press("Enter")
        page.wait_for_load_state()
    tab_to(page, page.locator("#days .btn-primary"))
    page.keyboard.press("Enter")
    expect(ended).to_have_count(before + 1)
    tab_to(page, ended.locator("button").last)
    page.keyboard.press("Enter")
    expect(ended).to_have_count(before)


def test_a_proposal_is_answered(page_of: Callable[[str], Page], demo: tuple[Site, Cast]):
    """Yes comes before no; neither asks for more than Enter."""
    page = page_of("junior")
    page.goto("/mentorships/{proposed}".format(**demo[1].ids))
    yes, no = (page.locator(f"form[action$={answer}] button") for answer in ("accept", "refuse"))
    tab_to(page, yes)
    page.keyboard.press("Tab")
    expect(no).to_be_focused()


@pytest.mark.parametrize(
    ("role", "url", "scheme"),
    [
        ("anonymous", "/account/sign-in", "dark"),
        ("senior", "/profiles", "light"),
        ("coordinator", "/rounds", "dark"),
        ("coordinator", "/rounds/{solved}/review/unmatched", "light"),
        ("coordinator", "/rounds/{solved}/review/places", "dark"),
        ("coordinator", "/rounds/{solved}/review/{matched}?q=van&mentor={person}", "light"),
        ("answerer", "/checkins/{open}", "light"),
        ("coordinator", "/signals", "dark"),
        ("coordinator", "/checkins/settings", "light"),
        ("manager", "/insight/workload", "dark"),
        ("asker", "/mentor-requests/mine", "light"),
        ("unlucky", "/mentor-requests/mine", "dark"),
        ("newcomer", "/mentor-requests/new", "light"),
        ("junior", "/away", "dark"),
        ("junior", "/mentorships/{proposed}", "light"),
    ],
)
def test_focus_is_seen(
    role: str, url: str, scheme: Literal["light", "dark"], page_of: Callable[[str], Page], demo: tuple[Site, Cast]
):
    page = page_of(role)
    page.emulate_media(color_scheme=scheme)
    page.goto(url.format(**demo[1].ids))
    unseen = []
    for step in range(MOST_TABS):
        page.keyboard.press("Tab")
        at = page.evaluate(_FOCUS)
        if at["body"]:
            assert step > 3, "hardly anything takes the focus"
            break
        if at["fault"]:
            unseen.append(f"{at['fault']}: {at['html']}")
    assert not unseen, "\n".join(unseen)


def test_a_round_is_reviewed_by_single_keys(page_of: Callable[[str], Page], demo: tuple[Site, Cast]):
    page = page_of("coordinator")
    review = "/rounds/{solved}/review/{matched}".format(**demo[1].ids)
    page.goto(f"{review}?q=van")
    expect(page.get_by_text("V zet dit duo vast")).to_be_visible()
    page.locator("main input[name=q]").press("v")
    expect(page.locator(".cand .hold")).to_have_count(0)
    page.goto(review)
    chosen = page.locator(".cand.chosen")
    for key, decided in (("v", "vastgezet"), ("n", "niet samen")):
        page.keyboard.press(key)
        taken = chosen.locator(".hold button", has_text=decided)
        expect(taken).to_be_visible()
        taken.click()
        expect(taken).to_have_count(0)  # the sentence alone may be the one of before
        expect(page.get_by_text("weer vrijgegeven")).to_be_visible()
        expect(page.locator("[data-panel]:focus-within")).to_have_count(1)
    page.keyboard.press("2")
    expect(page.locator(".cand").nth(1).locator(".hold button.lock")).to_be_visible()
    page.locator(".cand").nth(1).locator(".hold button").click()
    page.goto(review)
    page.keyboard.press("j")
    expect(page).not_to_have_url(re.compile(re.escape(review) + "$"))


def test_arrow_keys_walk_over_the_squares_of_a_roster(page_of: Callable[[str], Page]):
    page = page_of("hr")

    def square(day: int, row: int) -> Locator:
        return page.locator(f'#days input[name="day-{day}"]').nth(row)

    page.goto("/rosters")
    page.get_by_role("link", name="tweeploegen, ploeg A").click()
    square(0, 0).focus()
    for key, day, row in (
        ("ArrowRight", 1, 0),
        ("ArrowDown", 1, 1),
        ("ArrowLeft", 0, 1),
        ("ArrowLeft", 0, 1),
        ("ArrowDown", 0, 1),
        ("ArrowUp", 0, 0),
    ):
        page.keyboard.press(key)
        expect(square(day, row)).to_be_focused()
    square(6, 1).focus()
    page.keyboard.press("ArrowRight")
    expect(square(7, 1)).to_be_focused()
    was = square(7, 1).is_checked()
    page.keyboard.press("Space")
    assert square(7, 1).is_checked() is not was
