"""What was typed survives a session that ends before it is sent: on every form of every page, by the list of forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect
from sqlmodel import col

from mentorship.demo.build import PASSWORD
from mentorship.people.models import Person, SignIn
from mentorship.programme.consent.models import Consent, ConsentProposal
from tests.browser.cast import CAREFUL, HALFWAY, Cast
from tests.browser.serving import Site
from tests.browser.test_axe import PAGES
from tests.test_bad_input import FORMS_OF

AGAIN = "Wat je hebt ingevuld staat hier weer."
NOT_HERE = ("anonymous", "closed", HALFWAY, CAREFUL)
"""Who is signed in by no session that could end, or not by a password alone."""
SECRET = "a password or a code: never kept"
CODES = "its answer shows codes: nothing of such a page is kept"
ITSELF = "keeps what is typed itself, see test_unsent"
BUTTON = "buttons and what goes unseen: nothing is typed"
TOGETHER = "another button of a form that is in the list"
AFTER = "stands on the answer to another form, and leads back to that one"
EXCEPT = {
    SECRET: """account.change_password account.do_activate account.do_sign_in again.answer confirming.do_confirm
        first.come_in kiosk.choose kiosk.do_enrol kiosk.enter links.open_check_in papers.do_open pin.choose
        second_step.answer second_step.codes second_step.confirm second_step.turn_off""",
    CODES: "links.make planning.make tablets.make_cards",
    ITSELF: "checkins.answer checkins.send links.answer links.send",
    BUTTON: """account.language account.theme acting.resume acting.stay announcing.announce announcing.answer
        announcing.answer_at_once announcing.withdraw calendar.names checkins.share closed_days.reopen
        endings.take_back findable.choose hours.planned mentor_requests.add_need mentor_requests.main
        mentor_requests.remove
        drafts.send drafts.take_off drafts.to_change drafts.to_pairs drafts.to_silent
        notice.read papers.revoke_link profiles.wish proposals.withdraw rounds.close rounds.discard
        rounds.publish rounds.solve rounds.stop settings.take_standard signals.release steps.answer views.remove
        bases.remove held.share jobs.start path.choose path.let_go path.share
        handover.choose handover.move handover.share certificates.remove mentor_requests.trainer
        meeting.agree meeting.choose meeting.take_back settings.put_forward
        levels.read levels.take managers.ask_again waiting.ask waiting.outside what_if.ask""",
    TOGETHER: """drafts.keep duos.act duos.ticked_xlsx insight.what_if people.codes people.invite tablets.revoke
        upload.take""",
    AFTER: "leaving.set_last_day many.change many.look",
}
"""The forms of the list that are not tried here, and why."""
FORMS = "main form[method=post]:not([data-unkept], [data-saves], :has([type=password], [data-secret]))"
TYPED = "textarea, select, input:not([type=hidden], [type=file])"
STATE = f"""() => [...document.querySelectorAll("{FORMS}")].flatMap((form) => [...form.elements]
  .filter((one) => one.name && one.matches("{TYPED}"))
  .map((one) => [form.getAttribute("action"), one.name, one.value, one.checked ?? null].join(" ")))"""
CHANGE = f"""() => {{
  for (const form of document.querySelectorAll("{FORMS}")) for (const one of form.elements) {{
    if (!one.name || !one.matches("{TYPED}")) continue;
    if (one.type === "checkbox") one.checked = !one.checked;
    else if (one.type === "radio") one.checked = true;
    else if (one.tagName === "SELECT") one.selectedIndex = (one.selectedIndex + 1) % one.options.length;
    else one.value = {{ date: "2027-02-03", number: "7", time: "05:06", email: "a@b.example" }}[one.type] ?? "Kraan";
  }}
}}"""
SEND = f"""(action) => {{
  const form = [...document.querySelectorAll("{FORMS}")].find((one) => one.getAttribute("action") === action);
  form.noValidate = true;
  form.requestSubmit();
}}"""
ACTIONS = f"""() => [...document.querySelectorAll("{FORMS}")]
  .filter((form) => [...form.elements].some((one) => one.name && one.matches("{TYPED}")))
  .map((form) => form.getAttribute("action"))"""


def survives(page: Page, site: Site, number: str, action: str) -> list[str]:
    """Type into every form of a page, send one after the session ended, sign in again; return what is not there."""
    address = page.url
    page.evaluate(CHANGE)
    typed = page.evaluate(STATE)
    with site.engine.begin() as connection:
        whose = sa.select(Person.id).where(col(Person.number) == number).scalar_subquery()
        connection.execute(sa.delete(SignIn).where(col(SignIn.person_id) == whose))
    page.evaluate(SEND, action)
    expect(page).to_have_url(re.compile("/account/sign-in"))
    page.locator("input[name=name]").fill(number)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button:not([type])").click()
    expect(page).to_have_url(address)
    expect(page.locator("main")).to_contain_text(AGAIN)
    found = page.evaluate(STATE)
    return [f"{action}: {was} is now {now}" for was, now in zip(typed, found, strict=True) if was != now]


@contextmanager
def something_narrower_waits(site: Site) -> Iterator[None]:
    """Let it wait to be agreed that managers see less."""
    changes = {"visibility": "released"}
    with site.engine.begin() as connection:
        connection.execute(
            sa.insert(ConsentProposal).values(id=1, changes=changes, urgent={}, made_at=site.app.config["CLOCK"]())
        )
    try:
        yield
    finally:
        with site.engine.begin() as connection:
            connection.execute(sa.delete(ConsentProposal))


@contextmanager
def nothing_was_agreed(site: Site) -> Iterator[None]:
    """Take away for a while what was agreed."""
    with site.engine.begin() as connection:
        kept = [dict(row) for row in connection.execute(sa.select(sa.inspect(Consent).local_table)).mappings()]
        connection.execute(sa.delete(Consent))
    try:
        yield
    finally:
        with site.engine.begin() as connection:
            connection.execute(sa.insert(Consent), kept)


STATES = (("/agreements", something_narrower_waits), ("/setup/agreements", nothing_was_agreed))
"""Pages of the coordinator with forms that stand there in another state than that of the demo."""


@pytest.mark.long
def test_what_was_typed_survives_on_every_form(demo: tuple[Site, Cast], page_of: Callable[[str], Page]):
    site, cast = demo
    rules = site.app.url_map.bind("x")
    tried: set[str] = set()
    lost: list[str] = []

    def try_all(role: str, url: str) -> None:
        page = page_of(role)
        page.goto(url.format(**cast.ids))
        for action in page.evaluate(ACTIONS):
            endpoint, _ = rules.match(action.partition("?")[0], method="POST")
            if endpoint in tried:
                continue
            tried.add(endpoint)
            page.goto(url.format(**cast.ids))
            lost.extend(survives(page, site, cast.numbers[role], action))

    try_all("senior", "/questions/{question}")  # first, while the question is open
    for role, urls in PAGES.items():
        if role in NOT_HERE:
            continue
        for url in urls:
            try_all(role, url)
    for url, state in STATES:
        with state(site):
            try_all("coordinator", url)
    assert not lost, "\n".join(lost)
    excepted = {endpoint for names in EXCEPT.values() for endpoint in names.split()}
    assert tried & excepted == set()
    assert set(FORMS_OF) - tried - excepted == set(), "a form that nobody tried: add its page to PAGES of test_axe"
