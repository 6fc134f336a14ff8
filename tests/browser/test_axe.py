"""Every page of every role, light and dark, on a desk and a phone: WCAG 2.2 AA, no sideways scroll, 48 px targets."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from mentorship.people.second_factor.rules import RECOVERY_CODES
from tests.browser.cast import CAREFUL, HALFWAY, Cast
from tests.browser.inspecting import (
    COLOURS,
    NARROW,
    SMALLEST,
    TAGS,
    WIDE,
    Complaints,
    faint_edges,
    hard_to_press,
    set_letters,
    space_out,
    violations,
    wider_than_screen,
)
from tests.browser.serving import Site, give_code

# in the dark only the colours are others
SCHEMES: tuple[tuple[Literal["light", "dark"], list[str]], ...] = (("light", TAGS), ("dark", COLOURS))
PAGES = {
    "anonymous": [
        "/account/sign-in",
        "/account/activate",
        "/links",
        "/links/{token}",
        "/nonsense",
        "/reminders/unsubscribe",
        "/glossary",
        "/how",
        "/accessibility",
        "/weakness",
        "/offline",
        "/kiosk",
        "/kiosk/enrol",
        "/papers/open",
        "/notice",
        "/notice/everybody",
    ],
    "grower": [
        "/growth/path",
        "/growth/path/sheet",
    ],
    "junior": [
        "/growth/path",
        "/away",
        "/",
        "/mentorships",
        "/mentorships/{proposed}",
        "/profiles",
        "/profiles/wishes",
        "/account",
        "/second-step/set-up",
        "/reminders",
        "/messages/received",
        "/calendar",
        "/calendar/address",
        "/calendar/revoke",
        "/offline/own",
        "/pin",
        "/seen",
        "/undo",
        "/notice",
        "/mine",
        "/mine/subject",
        "/mine/whole",
        "/privacy/requests",
        "/privacy/requests/erase",
        "/privacy/requests/object",
        "/privacy/requests/correct",
        "/questions",
        "/questions?domain=1",
        "/questions?q=zzz",
        "/questions/ask/{expert}",
        "/questions/{question}",
    ],
    "closed": ["/confirming", "/confirming/link"],
    HALFWAY: ["/second-step"],
    CAREFUL: ["/account", "/second-step/set-up"],
    "asker": [
        "/",
        "/mentor-requests/new",
        "/mentor-requests/new?domain=1",
        "/mentor-requests/new?domain=1&current=2",
        "/mentor-requests/mine",
        "/mentorships",
        "/profiles/wishes?q=van",
    ],
    "answerer": [
        "/",
        "/checkins/{open}",
        "/checkins/{sent}",
        "/checkins/duo/{checked}",
        "/checkins/endings/{checked}",
        "/checkins/endings/take-back/{sent}?what=reached",
    ],
    "skipper": ["/checkins/{skipped}"],
    "slipped": ["/", "/checkins/slips/{slip}/take-back", "/checkins/own/{slip}"],
    "newcomer": ["/mentor-requests/mine"],
    "unlucky": ["/mentor-requests/mine"],
    "mentor": [
        "/",
        "/profiles",
        "/mentorships/{active}",
        "/mentorships/hours",
        "/mentorships/{active}/goals",
        "/growth/handover/{person}",
    ],
    "leaver": ["/", "/growth/handover/{leaver}", "/growth/handover/{leaver}/{handed}"],
    "senior": [
        "/waiting/asked",
        "/questions/{question}",
        "/profiles?open=findable",
        "/lessons",
        "/lessons/1",
        "/lessons/1/1",
        "/lessons/5/5",
        "/lessons/1/paper",
        "/mentorships/mentoring",
        "/mentorships/mentoring/statement",
        "/conversations",
        "/conversations/1",
    ],
    "learner": [
        "/mentorships/{active}/goals",
        "/mentorships/{active}/goals?domain={domain}",
        "/mentorships/{active}/goals/pace",
        "/mentorships/{active}/pause",
        "/mentorships/{active}/meeting",
    ],
    "manager": [
        "/",
        "/signals",
        "/links/codes",
        "/away/team",
        "/duos",
        "/insight/workload?sort=free&order=down",
        "/insight/what-if?q=a",
        "/insight/published",
        "/insight/knowledge",
        "/week",
        "/week/paper",
        "/planning",
        "/planning/{feed}/stop",
        "/announcing",
        "/checkins/steps/hours",
        "/stand-ins/{manager}",
    ],
    "coordinator": [
        "/insight/outcomes",
        "/insight/outcomes/quarter",
        "/mentorships/{active}/goals/pace",
        "/",
        "/week?week=1&side=guides",
        "/insight/shortage",
        "/insight/lowering/{roomy}",
        "/insight/knowledge",
        "/insight/knowledge/{domain}",
        "/insight/knowledge/sites",
        "/insight/year",
        "/insight/workload?page=2",
        "/insight/what-if?pause={person}&mentor={person}:1&places=x&who={person}&q=a",
        "/insight/what-if/add?what=places&who={person}&number=x&pause={person}",
        "/messages",
        "/messages/{message}",
        "/messages/{message}/slips",
        "/messages/{message}/withdraw",
        "/drafts/{letter}/write",
        "/drafts/{letter}/look",
        "/texts",
        "/texts/{text}",
        "/duos",
        "/duos?open={active}",
        "/duos?view=attention",
        "/acting/pause?duo={active}",
        "/checkins/steps/{signal}?what=pause_pair",
        "/checkins/steps/{signal}?what=talk",
        "/checkins/steps/{signal}?what=fewer_places",
        "/checkins/steps/{signal}?what=fewer_hours",
        "/checkins/steps/{signal}?what=train_mentor",
        "/acting/until?duo={active}",
        "/acting/end?duo={active}",
        "/proposals",
        "/proposals/slips",
        "/rounds",
        "/rounds/{solved}",
        "/rounds/{solved}/review/unmatched",
        "/rounds/{solved}/review/places",
        "/rounds/{solved}/terms",
        "/rounds/{solved}/decisions",
        "/rounds/{solved}/review/{matched}",
        "/rounds/{solved}/review/{unmatched}",
        "/rounds/{solved}/review/{matched}?q=van",
        "/rounds/{solved}/review/{matched}?q=zzz",
        "/rounds/{solved}/review/{matched}?try={guides}",
        "/rounds/{solved}/review/{unmatched}?q=van&mentor={person}",
        "/rounds/{solved}/review/{unmatched}?stops=1",
        "/rounds/{solved}/notes/{matched}",
        "/rounds/{published}",
        "/rounds/{draft}",
        "/rounds/{draft}/review/places",
        "/rounds/{draft}/decisions",
        "/rounds/{solving}",
        "/rounds/{announced}/publish",
        "/announcing/{solved}/announce",
        "/rounds/{published}/close",
        "/rounds/{draft}/discard",
        "/announcing/{announced}/answers",
        "/announcing/{announced}/withdraw",
        "/waiting",
        "/waiting?open={unmatched}",
        "/waiting/places",
        "/direct",
        "/direct/second/{active}",
        "/direct/{junior}",
        "/direct/{pairable}",
        "/people",
        "/people?q=niemand",
        "/tablets",
        "/tablets/cards",
        "/search?q=van",
        "/insight/person/{junior}",
        "/insight/person/{junior}?tab=roster",
        "/insight/person/{junior}?tab=knows",
        "/insight/person/{junior}?tab=duos",
        "/insight/person/{junior}?tab=details",
        "/leaving/{junior}",
        "/leaving/{junior}/ask?last_day=" + f"{date.today() + timedelta(days=30)}",
        "/leaving/{junior}/back",
        "/profiles/{person}",
        "/domains",
        "/growth/jobs",
        "/growth/jobs/{job}",
        "/growth/jobs/courses",
        "/growth/bases",
        "/growth/held",
        "/growth/held/mine",
        "/growth/handover",
        "/growth/handover/{leaver}",
        "/growth/handover/{leaver}/{handed}?q=a",
        "/growth/matrix",
        "/growth/path/shown",
        "/growth/teams",
        "/growth/path/{grower}",
        "/growth/certificates",
        "/growth/certificate-kinds",
        "/growth/certificate-kinds/{kind}",
        "/growth/held/certificates",
        "/insight/mirror",
        "/pulse/waves",
        "/rosters",
        "/roster/1",
        "/roster/shifts",
        "/upload",
        "/upload/{draft_import}",
        "/upload/{read_import}",
        "/imports",
        "/imports/{import}/undo",
        "/imports/{import}/caused",
        "/person-roster/{junior}",
        "/programme",
        "/papers",
        "/papers?paper=council",
        "/papers/agreed",
        "/agreements",
        "/agreements/{consent}",
        "/checkins/confidants",
        "/setup/organisation",
        "/setup/agreements",
        "/setup/line",
        "/setup/domains",
        "/setup/cards",
        "/pasting",
        "/levels",
        "/signals",
        "/checkins/settings",
        "/checkins/duo/{checked}",
    ],
    "hr": [
        "/",
        "/people",
        "/people?account=none",
        "/joining",
        "/sites",
        "/closed-days",
        "/closed-days?open=1",
        "/away/of/{person}",
        "/insight/person/{person}",
        "/insight/person/{person}?tab=details",
        "/rosters",
    ],
    "admin": [
        "/",
        "/people",
        "/signing-out/{person}",
        "/console",
        "/console/accounts",
        "/console/codes",
        "/console/mail",
        "/trail",
        "/privacy/requests/all",
        "/privacy/requests/all/{privacy}",
        "/insight/person/{person}",
        "/insight/person/{person}?tab=details",
    ],
    "nobody": ["/", "/pulse", "/checkins/asked", "/goals/claims/{claim}", "/mentorships", "/signals"],
}
PARTS = {
    "single_sign_on.start": "leads to the provider",
    "single_sign_on.again": "leads to the provider",
    "single_sign_on.ask_still": "leads to the provider",
    "single_sign_on.callback": "leads on, or says why not: looked at in test_single_sign_on",
    "single_sign_on.still": "goes on by itself to the provider",
    "single_sign_out.show": "goes on by itself to the provider",
    "single_sign_out.leave": "leads to the provider",
    "again.ask": "is looked at in test_again, by somebody who was here for long",
    "handover.mine": "leads on to one's own plan",
    "balance.box": "stands on the coordinator's page",
    "balance.line": "stands on the page of a manager",
    "shortage.box": "stands on the page of who carries what",
    "kiosk.first": "is looked at in test_tablet, on a tablet",
    "kiosk.own": "is looked at in test_tablet, on a tablet",
    "tablets.ask_to_end": "is looked at in test_tablet, where there is one",
    "rounds.progress": "stands on the page of a round that is being solved",
    "upload.progress": "leads to a page",
    "papers.read": "shows the papers as the coordinator's page does, to who opened a link",
    "stand_ins.index": "leads on to one's own page",
    "setup.index": "leads on to the first step that is not done",
    "first.index": "is there only while nobody is",
    "operations.metrics": "is read by a machine",
    "operations.health": "is read by a machine",
}
"""What is no page: sheets and what a script reads are told by their address, these by why they are not looked at."""
NO_PAGE = re.compile(r"\.(csv|xlsx|pdf|txt|ics|js|json|ndjson|webmanifest)$|^/static/")


def resize(page: Page, size: ViewportSize) -> None:
    """Make the screen a phone's, for thumbs, or a desk's."""
    page.set_viewport_size(size)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setTouchEmulationEnabled", {"enabled": size != WIDE})
    devtools.detach()


def large_and_spaced(page: Page) -> list[str]:
    """Tell what makes the page scroll sideways at 320 px, with letters twice as large, and with all further apart."""
    resize(page, SMALLEST)
    found = [f"320 px: {text}" for text in wider_than_screen(page)]
    set_letters(page, 32)
    found += [f"320 px, large letters: {text}" for text in wider_than_screen(page)]
    set_letters(page, 16)
    space_out(page, spaced=True)
    found += [f"320 px, spaced: {text}" for text in wider_than_screen(page)]
    space_out(page, spaced=False)
    return found


def faults(page: Page) -> list[str]:
    """Inspect the page that is open, in all four looks."""
    resize(page, NARROW)
    found = [f"sideways: {text}" for text in wider_than_screen(page)]
    found += [f"too small: {text}" for text in hard_to_press(page)]
    found += large_and_spaced(page)
    for size in (NARROW, WIDE):
        resize(page, size)
        for scheme, only in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            expect(page.locator("html")).to_have_attribute("data-bs-theme", scheme)
            found += [f"{size['width']} {scheme}: {text}" for text in violations(page, only)]
            found += [f"faint {scheme}: {text}" for text in faint_edges(page)]
    return found


@pytest.mark.parametrize(("role", "url"), [(role, url) for role, urls in PAGES.items() for url in urls])
def test_page(role: str, url: str, page_of: Callable[[str], Page], demo: tuple[Site, Cast]):
    page = page_of(role)
    complaints = Complaints(page)
    answer = page.goto(url.format(**demo[1].ids))
    assert answer and answer.status == (404 if url == "/nonsense" else 200), "it is the page, and not one that refuses"
    found = faults(page) + complaints.taken()
    assert not found, "\n".join(found)


def test_every_page_is_looked_at(demo: tuple[Site, Cast]):
    rules = demo[0].app.url_map
    looked = {rules.bind("x").match(path)[0] for path in _paths(demo[1]) if path != "/nonsense"}
    pages = [r for r in rules.iter_rules() if "GET" in (r.methods or ()) and not NO_PAGE.search(r.rule)]
    assert {rule.endpoint for rule in pages} == looked | set(PARTS)
    assert not looked & set(PARTS)


def _paths(cast: Cast) -> list[str]:
    """The addresses that are looked at, without what is asked after the question mark."""
    return [url.partition("?")[0].format(**cast.ids) for urls in PAGES.values() for url in urls]


def wrong_password(page: Page) -> None:
    page.goto("/account/sign-in")
    page.locator("[name=name]").fill("10000")
    page.locator("[name=password]").fill("niet-goed")
    page.locator("main form button:not([type])").click()
    expect(page.locator("[name=name]")).to_have_value("10000")


def begun_second_factor(page: Page) -> None:
    page.goto("/second-step/set-up")
    page.locator("form[action$=begin] button").click()
    page.locator("[name=code]").fill("000000")
    page.locator("form[action$=confirm] button").click()
    expect(page.locator("[role=alert]")).to_be_visible()


def wrong_second_factor(page: Page) -> None:
    page.goto("/second-step")
    give_code(page, "000000")
    expect(page.locator("[role=alert]")).to_be_visible()


def not_turned_off(page: Page) -> None:
    page.goto("/second-step/set-up")
    form = page.locator("form[action$=off]")
    form.locator("[name=password]").fill("niet-goed")
    form.locator("[name=code]").fill("000000")
    form.locator("button:not([type])").click()
    expect(form.locator("[role=alert]")).to_be_visible()


def wrong_code(page: Page) -> None:
    page.goto("/account/activate")
    for name in ("name", "code"):
        page.locator(f"[name={name}]").fill("1")
    page.locator("[name=password]").fill("kort")
    page.locator("main form button:not([type])").click()
    expect(page.locator("[name=code]")).to_have_value("1")


def wrong_settings(page: Page) -> None:
    page.goto("/programme")
    page.locator("[name=hours_per_pair]").fill("veel")
    page.locator("main form button:not([type])").click()
    expect(page.locator("[name=hours_per_pair]")).to_have_value("veel")


def wrong_domain(page: Page) -> None:
    page.goto("/mentor-requests/new?domain=1&current=2")
    page.locator("[name=domain]").evaluate("field => { field.value = '99999' }")
    page.locator("main button.rung").first.click()
    expect(page.locator("main a.btn-primary")).to_be_visible()


def wrong_places(page: Page) -> None:
    page.goto("/profiles?open=places")
    page.locator("#places").evaluate(
        "form => { form.places.value = '99'; form.hours.value = 'x'; form.requestSubmit() }"
    )
    expect(page.locator("[aria-invalid=true]")).to_have_count(2)


def wrong_hours(page: Page) -> None:
    page.goto("/mentorships/hours")
    form = page.locator("main form:has(fieldset)").first
    form.locator("label:has([value=yes])").first.click()
    form.locator("[inputmode=decimal]").first.fill("veel")
    form.locator("button:not([type])").click()
    expect(page.locator("[aria-invalid=true]")).to_have_value("veel")


def codes(page: Page) -> None:
    page.goto("/people")
    page.locator("[data-ticks] input").check()
    expect(page.locator("[name=person]:checked")).to_have_count(50)
    page.get_by_role("button", name="Maak activeringscodes").click()
    expect(page.locator(".code-out")).to_have_count(50)


def wrong_note(page: Page) -> None:
    page.goto("/")
    page.locator('main a[href^="/checkins/"]').first.click()
    page.locator("[name=note]").evaluate(
        "field => { field.removeAttribute('maxlength'); field.value = 'n'.repeat(2001) }"
    )
    page.locator("main form.check-in button.btn-lg").evaluate("button => button.click()")
    expect(page.locator("[name=note][aria-invalid=true]")).to_be_visible()


def wrong_day(page: Page) -> None:
    page.goto("/signals")
    card = page.locator("main li.open")
    card.locator("[name=look_again_on]").fill("2020-01-01")
    card.locator("form[action*=take] button").click()
    expect(page.locator("[name=look_again_on][aria-invalid=true]")).to_be_visible()


def withdrawn(page: Page) -> None:
    page.goto("/mentor-requests/mine")
    page.locator("form[action$=withdraw] button").click()
    expect(page.locator("form[action$=reopen] button")).to_be_visible()


def calendar(page: Page) -> None:
    page.goto("/calendar")
    page.locator("form[action$=address] button").click()
    expect(page.locator("#f-address")).to_be_visible()


STEPS = [
    ("answerer", wrong_note),
    ("coordinator", wrong_day),
    ("anonymous", wrong_password),
    ("anonymous", wrong_code),
    ("junior", begun_second_factor),
    (HALFWAY, wrong_second_factor),
    (CAREFUL, not_turned_off),
    ("coordinator", wrong_settings),
    ("asker", wrong_domain),
    ("senior", wrong_places),
    ("mentor", wrong_hours),
    ("coordinator", codes),
    ("asker", withdrawn),
    ("newcomer", calendar),
]


@pytest.mark.parametrize(("role", "steps"), STEPS)
def test_page_after_a_form(
    role: str, steps: Callable[[Page], None], page_of: Callable[[str], Page], demo: tuple[Site, Cast]
):
    page = page_of(role)
    if role == HALFWAY:
        demo[1].sign_in(page, role)  # a password counts for ten minutes, and all pages take longer
    complaints = Complaints(page, refused=steps is wrong_places)
    resize(page, WIDE)
    steps(page)
    found = faults(page) + complaints.taken()
    if steps is withdrawn:
        page.locator("form[action$=reopen] button").click()
        expect(page.locator("form[action$=withdraw] button")).to_be_visible()
    assert not found, "\n".join(found)


def test_new_recovery_codes(page_of: Callable[[str], Page], demo: tuple[Site, Cast]):
    page, cast = page_of(CAREFUL), demo[1]
    complaints = Complaints(page)
    page.goto("/second-step/set-up")
    form = page.locator("form[action$=codes]")
    form.locator("[name=code]").fill(cast.codes.pop())
    form.locator("button:not([type])").click()
    expect(page.locator(".factor-codes li")).to_have_count(RECOVERY_CODES)
    cast.codes[:] = page.locator(".factor-codes li").all_inner_texts()
    found = faults(page) + complaints.taken()
    assert not found, "\n".join(found)
