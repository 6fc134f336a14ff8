"""Paper: cards and slips stay whole and can be scanned, tables keep every column, no sheet holds a heading alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Browser, Page
from sqlmodel import col, select

from mentorship.base.db import open_session
from mentorship.checkins.models import OPEN, CheckIn
from mentorship.people.models import Person
from mentorship.programme.models import Programme
from tests.browser.cast import Cast
from tests.browser.paper import Sheet, bare, printed
from tests.browser.serving import Site, sign_in

MARGIN, WIDTH = 12, 210
A_SHEET = 6
FINE = 3
"""Pixels a point at which a picture of a sheet can be scanned."""
CODE = re.compile(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}\b")
SEND = """([address, ids]) => {
  const form = document.querySelector("main form[method=post]").cloneNode();
  form.action = address;
  form.append(document.querySelector("[name=csrf_token]").cloneNode());
  for (const id of ids) form.append(Object.assign(document.createElement("input"), {name: "person", value: id}));
  // cards that a test before this one made may die
  if (address.endsWith("/activation-codes")) {
    form.append(Object.assign(document.createElement("input"), {name: "sure", value: "true"}));
  }
  document.body.append(form);
  form.submit();
}"""
TABLE = """() => {
  const words = cell => {
    const copy = cell.cloneNode(true);
    for (const part of copy.querySelectorAll("form, button, .btn, .d-md-none, .d-print-none")) part.remove();
    return copy.textContent;
  };
  const table = [...document.querySelectorAll("main :not(.chart-table) > table")]
    .find(one => !one.closest(".d-print-none"));
  const found = [...table.rows].filter(row => !row.matches(".below"));
  const cells = found.map(row => [...row.cells].filter(cell => !cell.querySelector(".tick")));
  const shown = row => row.filter(cell => words(cell).trim());
  const rows = cells.slice(table.tHead.rows.length);
  return {
    heads: cells[0].map(words),
    first: rows.map(row => words(row[0])),
    last: rows.map(row => words(shown(row).at(-1))),
    bars: [...table.querySelectorAll("td svg:not(.icon)")].map(bar => bar.parentElement.textContent),
  };
}"""
PARTS = """() => [...document.querySelectorAll(".card-out")].map(card =>
  ["outside", "inside", "over"].map(name => {
    const part = card.querySelector(`.${name}`);
    const { top, bottom } = part.getBoundingClientRect();
    return { top, bottom, text: part.innerText };
  }))"""
PRESSED = (
    """() => [...document.querySelectorAll("main :is(button, .btn)")].map(e => e.innerText.trim()).filter(t => t)"""
)


def after(page: Page, address: str, ids: list[int]) -> Page:
    """Send a list of people somewhere, as their list does, and show the answer."""
    page.goto("/account")
    with page.expect_navigation():
        page.evaluate(SEND, [address, ids])
    return page


def check_edges(sheets: list[Sheet], name: str) -> None:
    """Every sheet says what it is, when, and which of how many; nothing is cut at an edge; none is nearly empty."""
    for number, sheet in enumerate(sheets, start=1):
        assert f"Leermaat · {name} · stand van " in sheet.text, "the head of every sheet"
        assert re.search(r" · stand van \d+ \w+\.? 20\d\d \d\d:\d\d", sheet.text)
        assert f"Pagina {number} van {len(sheets)}" in sheet.text
        assert sheet.left > MARGIN - 1 and sheet.right < WIDTH - MARGIN + 1
    assert len(sheets[0].bare) > 200, "a heading does not stand alone"


def handed(address: str) -> dict[str, list[str]]:
    """What an address fills in behind its `#`."""
    return parse_qs(urlsplit(address).fragment)


def check_cards(sheets: list[Sheet], count: int) -> None:
    """All codes are there, six a sheet, each in one piece with its owner's."""
    expected = [min(A_SHEET, count - start) for start in range(0, count, A_SHEET)]
    assert [len(sheet.scanned) for sheet in sheets] == expected
    for sheet in sheets:
        codes = {handed(address)["code"][0] for address in sheet.scanned}
        assert codes == set(CODE.findall(sheet.text)), "the code beside each picture"


@pytest.mark.parametrize("count", [1, 8, 23])
def test_activation_cards(count: int, page_of: Callable[[str], Page], demo: tuple[Site, Cast]):
    site, _ = demo
    with open_session(site.engine) as session:
        people = session.exec(select(Person).where(col(Person.left_on).is_(None)).limit(count)).all()
        names = {person.number: person.name for person in people}
        ids = [person.id or 0 for person in people]
    sheets = printed(after(page_of("coordinator"), "/people/activation-codes", ids), FINE)
    check_edges(sheets, "Activatiekaarten")
    check_cards(sheets, count)
    for sheet in sheets:
        for address in sheet.scanned:
            assert address.startswith(f"{site.url}/account/activate#")
            number = handed(address)["name"][0]
            assert bare(names.pop(number)) in sheet.bare and f"Personeelsnummer: {number}" in sheet.text
    assert not names, "one for each"


@pytest.fixture
def asked_on_paper(demo: tuple[Site, Cast]) -> Iterator[dict[int, int]]:
    """People without mail for as long as a test lasts, and how many check-ins wait for each."""
    site, _ = demo
    with open_session(site.engine) as session:
        waiting = session.exec(select(CheckIn.person_id).where(CheckIn.status == OPEN)).all()
        asked = dict(Counter(waiting).most_common(11))
        people = session.exec(select(Person).where(col(Person.id).in_(asked))).all()
        mail = {person.id: person.email for person in people}
        for person in people:
            person.email = None
        session.commit()
    yield asked
    with open_session(site.engine) as session:
        for person_id, email in mail.items():
            session.get_one(Person, person_id).email = email
        session.commit()


def test_slips(asked_on_paper: dict[int, int], page_of: Callable[[str], Page], demo: tuple[Site, Cast]):
    site, _ = demo
    sheets = printed(after(page_of("coordinator"), "/links/codes", list(asked_on_paper)), FINE)
    check_edges(sheets, "Strookjes voor de tussenstand")
    count = sum(asked_on_paper.values())
    check_cards(sheets, count)
    assert all(address.startswith(f"{site.url}/links#code=") for sheet in sheets for address in sheet.scanned)
    assert sum(sheet.bare.count(bare("Je antwoorden zijn van jou")) for sheet in sheets) == count, "the last line"


@pytest.fixture
def named_at_length(demo: tuple[Site, Cast]) -> Iterator[None]:
    """An organisation with a long name, for as long as a test lasts."""
    site, _ = demo
    with open_session(site.engine) as session:
        before = session.get_one(Programme, 1).organisation
    for name in ("Installatiebedrijf en Servicedienst De Vier Jaargetijden Oost-Nederland", before):
        with open_session(site.engine) as session:
            session.get_one(Programme, 1).organisation = name
            session.commit()
        if name != before:
            yield


@pytest.mark.usefixtures("named_at_length")
@pytest.mark.parametrize("made", ["slips", "cards"])
def test_a_code_is_on_no_screen_and_is_folded_in(
    made: str, asked_on_paper: dict[int, int], page_of: Callable[[str], Page]
):
    """The name stays outside; the last part of each is as high as the code, and stands right under it."""
    address = {"slips": "/links/codes", "cards": "/people/activation-codes"}[made]
    page = after(page_of("coordinator"), address, list(asked_on_paper))
    assert page.locator(".card-out").count() >= len(asked_on_paper)
    assert not CODE.search(page.locator("body").inner_text()) and not page.locator(".card-out svg").first.is_visible()
    page.emulate_media(media="print")
    for outside, inside, over in page.evaluate(PARTS):
        assert not CODE.search(outside["text"]) and CODE.search(inside["text"]) and not CODE.search(over["text"])
        assert outside["bottom"] <= inside["top"] and abs(inside["bottom"] - over["top"]) < 1
        assert over["bottom"] - over["top"] >= inside["bottom"] - inside["top"] - 1, "it covers the code"
    page.emulate_media(media="null")


@pytest.mark.parametrize(
    ("role", "address", "most", "bars"),
    [
        ("coordinator", "/rounds/{solved}", 3, 1),
        ("coordinator", "/rounds/{published}", 4, 1),
        ("coordinator", "/insight/workload", 4, 2),
        ("manager", "/insight/workload", 2, 2),
        ("coordinator", "/people", 3, 0),
    ],
)
def test_tables(role: str, address: str, most: int, bars: int, page_of: Callable[[str], Page], demo: tuple[Site, Cast]):
    page = page_of(role)
    page.goto(address.format(**demo[1].ids))
    name = page.title().removesuffix(" – Leermaat")
    table, pressed = page.evaluate(TABLE), page.evaluate(PRESSED)
    sheets = printed(page)
    check_edges(sheets, name)
    assert len(sheets) <= most
    assert bare(table["first"][0]) in sheets[0].bare, "the table begins below the heading"
    whole = "".join(sheet.bare for sheet in sheets)
    for words in table["heads"]:
        assert all(bare(words) in sheet.bare for sheet in sheets if bare(table["first"][-1]) in sheet.bare), words
    for words in [*table["first"], *table["last"]]:
        assert bare(words) in whole, f"{words} is not on paper"
    assert len(table["bars"]) == bars * len(table["first"])
    for words, times in Counter(bare(words) for words in table["bars"]).items():
        assert words and whole.count(words) >= times, f"the number of each bar: {words}"
    lines = {line.strip() for sheet in sheets for line in sheet.text.splitlines()}
    # a family name too, of which the rest may stand on the line above
    to_press = set(pressed) - ({"Meer"} if bare("van der Meer") in whole else set())
    assert not lines & to_press, f"nothing to press: {lines & to_press}"


@pytest.mark.parametrize("role", ["learner", "mentor"])
def test_a_duo(role: str, page_of: Callable[[str], Page], demo: tuple[Site, Cast]):
    page = page_of(role)
    page.goto(f"/mentorships/{demo[1].ids['active']}")
    sheets = printed(page)
    assert len(sheets) <= 3
    check_edges(sheets, page.title().removesuffix(" – Leermaat"))


def test_an_open_check_in_is_there_to_think_over(page_of: Callable[[str], Page], demo: tuple[Site, Cast]):
    """All statements with their answers, though a screen shows one; and that it is the screen that sends."""
    page = page_of("answerer")
    page.goto(f"/checkins/{demo[1].ids['open']}")
    said = ".check-in [data-step]:not([data-last]) :is(.statement, .answers span)"
    words = page.locator(said).all_text_contents()
    sheets = printed(page)
    whole = "".join(sheet.bare for sheet in sheets)
    assert len(words) > 6 and len(sheets) <= 2
    for text in words:
        assert bare(text.replace("gekozen", "")) in whole, text
    assert bare("Papier lever je niet in") in whole
    assert bare("Klaar Nog iets") not in whole


def test_what_is_folded_on_a_screen_is_read_on_paper(page_of: Callable[[str], Page]):
    page = page_of("coordinator")
    page.goto("/insight/workload")
    page.evaluate("""() => document.querySelector("main").insertAdjacentHTML("beforeend",
      "<details><summary>Meer</summary><p>Wat gevouwen was</p></details>")""")
    assert "Wat gevouwen was" in printed(page)[-1].text


def test_a_dark_screen_prints_as_a_light_one(browser: Browser, demo: tuple[Site, Cast]):
    site, cast = demo
    looks = []
    for scheme in ("light", "dark"):
        context = browser.new_context(base_url=site.url, locale="nl-NL", color_scheme=scheme)
        page = context.new_page()
        sign_in(page, cast.numbers["coordinator"])
        page.goto(f"/rounds/{cast.ids['solved']}")
        assert page.evaluate("() => document.documentElement.dataset.bsTheme") == scheme
        looks.append([sheet.below_head for sheet in printed(page)])
        context.close()
    light, dark = looks
    assert len(light) == len(dark) and all(np.array_equal(a, b) for a, b in zip(light, dark, strict=True))
    assert light[0].min() < 80 and np.median(light[0]) == 255


def test_without_script_the_first_sheet_says_what_it_is(browser: Browser, demo: tuple[Site, Cast]):
    site, cast = demo
    context = browser.new_context(base_url=site.url, locale="nl-NL", java_script_enabled=False)
    page = context.new_page()
    sign_in(page, cast.numbers["coordinator"])
    page.goto("/people")
    line = f"Leermaat · {page.title().removesuffix(' – Leermaat')} · stand van "
    sheets = printed(page)
    context.close()
    assert [sheet.text.count(line) for sheet in sheets] == [1] + [0] * (len(sheets) - 1)
    assert all(f"van {len(sheets)}" in sheet.text for sheet in sheets)
