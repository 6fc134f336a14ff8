"""The whole path in a browser: ask, offer, confirm, match, publish, accept, see who carries what; with and without
JavaScript."""

from __future__ import annotations

import re
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Locator, Page, Response, expect
from sqlmodel import Session

from mentorship.base.clock import utc_now
from mentorship.base.db import open_session
from mentorship.demo.build import PASSWORD
from mentorship.people.account.actions import set_password
from mentorship.people.account.passwords import passwords
from mentorship.people.models import Person
from tests.browser.conftest import PHONE, NewPage
from tests.browser.serving import Site, sign_in
from tests.factories import Organisation, small_organisation

WITH_ACCOUNT = ("senior", "manager", "coordinator", "other_junior", "other_senior")


@pytest.fixture
def people(fresh_site: Site) -> dict[str, int]:
    """A small organisation in which the one senior fits the one junior, and another pair fits besides."""
    with open_session(fresh_site.engine) as session:
        made = small_organisation(session, utc_now())
        made.can("other_senior", "PLC-programmering")
        made.asks("other_junior", "PLC-programmering")
        _accounts(session, made)
        session.commit()
        return made.people


def _accounts(session: Session, made: Organisation) -> None:
    for key in WITH_ACCOUNT:
        person = session.get_one(Person, made.people[key])
        set_password(session, person, PASSWORD, passwords(8, 1), utc_now())


def _button(page: Page, action: str) -> Locator:
    """The button that does it, or the link to the page that asks first."""
    return page.locator(f'main form[action$="{action}"] button:not([type]), main a.btn[href$="{action}"]')


def _row(page: Page, name: str) -> Locator:
    return page.get_by_role("row").filter(has_text=re.compile(rf"\b{name}"))


def _code(coordinator: Page, person_id: int) -> str:
    """Print an activation code for somebody, as the coordinator."""
    coordinator.goto("/people")
    coordinator.locator(f'main a[href="/insight/person/{person_id}"]').click()
    coordinator.wait_for_url(f"**/insight/person/{person_id}")
    _button(coordinator, "/activation-codes").click()
    return coordinator.locator(".code-out").text_content() or ""


def _activate(phone: Page, code: str) -> None:
    phone.goto("/account/sign-in")
    phone.locator('a[href="/account/activate"]').tap()
    phone.locator("[name=name]").fill("n-junior")
    phone.locator("[name=code]").fill(code)
    phone.locator("[name=password]").fill("een fiets in de regen")
    _button(phone, "/account/activate").tap()
    expect(phone.get_by_role("status")).to_be_visible()


def _ask(phone: Page) -> None:
    """Ask for a mentor: three taps and no typing."""
    phone.goto("/")
    expect(phone.locator("a.choice").first).to_be_visible()
    for choice, after in (
        ("Pneumatiek", r"\?domain=\d+$"),
        ("Nog niet", r"current=0$"),
        ("Meegekeken", r"/mentor-requests/mine$"),
    ):
        phone.locator("a.choice, a.rung, button.rung").filter(has_text=choice).tap()
        expect(phone).to_have_url(re.compile(after))
    expect(phone.get_by_role("status")).to_be_visible()
    expect(phone.locator("main strong")).to_have_text("Pneumatiek")


def _sends(answer: Response, typed: str) -> bool:
    """Tell whether what was typed went with the request that this answers."""
    sent = answer.request.post_data or ""
    return typed in sent or quote_plus(typed) in sent


def _offer(senior: Page, javascript: bool) -> None:
    """Set places and hours: every tap is saved where script runs, and what follows is told at once."""
    senior.locator('main a[href="/profiles?open=places#places"]').click()
    save = senior.locator("#places [data-saves-all]")
    # the button stays until script takes over
    expect(save).to_be_visible(visible=not javascript)
    senior.locator("[name=places]").fill("6")
    senior.locator("[name=hours]").fill("12,5")
    if javascript:
        with senior.expect_response(lambda answer: _sends(answer, "12,5")):
            senior.keyboard.press("Tab")
        expect(senior.locator("#saved")).to_be_visible()
    else:
        save.click()
        expect(senior.get_by_role("status").filter(has_text="Opgeslagen")).to_be_visible()
    # what was confirmed before still counts, and no more than that
    expect(senior.locator("#counting")).to_contain_text("4")
    senior.reload()
    expect(senior.locator("[name=hours]")).to_have_value("12,5")


def _confirm(manager: Page) -> None:
    manager.goto("/")
    manager.locator('main a.btn-primary[href^="/insight/workload"]').click()
    question = manager.locator(".ask")
    expect(question.locator("input[name=hours]")).to_have_value("12,5")
    question.locator(".btn-primary").click()
    expect(manager.get_by_role("status").first).to_be_visible()
    expect(question).to_have_count(0)
    expect(_row(manager, "Senior Proef").get_by_role("cell").nth(3)).to_contain_text("12,5")


def _solve(coordinator: Page, site: Site) -> None:
    """Press solve; the page tells that it is busy, and by itself that it is done."""
    progress = coordinator.locator("#progress").get_by_role("progressbar")
    with site.at_rest():
        _button(coordinator, "/solve").click()
        expect(progress).to_be_visible()
    expect(progress).to_have_count(0)


def _look_until_solved(coordinator: Page) -> None:
    """Stay on the page of a round that is worked out again; without script one looks oneself whether it is done."""
    again = coordinator.locator("#state [data-again]")
    look = again.locator("noscript a")
    while look.is_visible():  # with script the parsed page has it too, and shows it to nobody
        look.click()
    expect(again).to_have_count(0, timeout=30_000)


def _match(coordinator: Page, site: Site, junior: str, mentor: str) -> None:
    """Open a round, solve it, lock a pair, see it solved again by itself, publish it."""
    coordinator.goto("/rounds")
    coordinator.locator("main [name=name]").fill("Voorjaar")
    _button(coordinator, "/rounds").click()
    _solve(coordinator, site)
    row = _row(coordinator, junior)
    expect(row.get_by_role("cell", name=re.compile(rf"^{mentor}"))).to_be_visible()
    with site.at_rest():
        row.locator("button[value=lock]").click()
        # decided where the row stands, and still there
        expect(_row(coordinator, junior).locator("button[value=release]")).to_be_visible()
        # a round that changed is not published before it is solved again
        expect(_button(coordinator, "/publish")).to_have_count(0)
    _look_until_solved(coordinator)
    expect(_row(coordinator, junior).locator("button[value=release]")).to_be_visible()
    _button(coordinator, "/publish").click()
    expect(coordinator.get_by_role("heading", level=1)).to_contain_text("?")
    _button(coordinator, "/publish").click()
    expect(coordinator.get_by_role("status").filter(has_text="Gepubliceerd")).to_be_visible()
    expect(_button(coordinator, "/publish")).to_have_count(0)
    expect(_button(coordinator, "/close")).to_be_visible()


def _accept(page: Page) -> None:
    page.goto("/")
    page.locator('main a[href^="/mentorships/"]').first.click()
    _button(page, "/accept").click()
    expect(page.get_by_role("status")).to_be_visible()
    expect(_button(page, "/accept")).to_have_count(0)


@pytest.mark.parametrize("javascript", [True, False], ids=["with", "without"])
def test_from_first_code_to_who_carries_what(
    javascript: bool, fresh_site: Site, people: dict[str, int], open_page: NewPage
):
    phone = open_page(fresh_site, java_script_enabled=javascript, **PHONE)
    desks = {key: open_page(fresh_site, java_script_enabled=javascript) for key in ("senior", "manager", "coordinator")}
    for key, page in desks.items():
        sign_in(page, f"n-{key}")
    senior, manager, coordinator = desks.values()
    _activate(phone, _code(coordinator, people["junior"]))
    _ask(phone)
    _offer(senior, javascript)
    _confirm(manager)
    # nobody in this line carries anything yet
    expect(_row(manager, "Senior Proef").get_by_role("cell").nth(1)).to_have_text(re.compile(r"\b0 van 6\b"))
    _match(coordinator, fresh_site, "Junior Proef", "Senior Proef")
    _accept(phone)
    pause = 'main a[href$="/pause"]'
    expect(phone.locator(pause)).to_have_count(0)  # it waits for the other side
    _accept(senior)
    expect(senior.locator(pause)).to_have_count(1)
    manager.goto("/insight/workload")
    expect(_row(manager, "Senior Proef").get_by_role("cell").nth(1)).to_have_text(re.compile(r"\b1 van 6\b"))
