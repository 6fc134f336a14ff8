"""The frame of every page: where one may go, what waits there, the way here, whom to ask, light or dark."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import Session

from mentorship.programme.models import Programme
from mentorship.programme.rules import contact_link
from tests.client import InspectingClient
from tests.factories import Organisation, Screen, words_of

TEMPLATES = Path(__file__).parents[2] / "templates"
Visit = Callable[[str | None], InspectingClient]


def places(screen: Screen) -> dict[str, str]:
    """The lines of the main menu: the title of each, with the number told beside it."""
    found = {}
    menus = [nav for nav in screen.tree.iter("nav") if nav.get("class") == "menu"]
    for link in menus[0].iter("a"):
        title, *counts = [words_of(part) for part in link.iter("span") if part.get("class") != "visually-hidden"]
        found[title] = counts[0] if counts else ""
    return found


def test_a_junior_has_five_places_and_a_coordinator_a_menu(visit: Visit):
    assert list(places(Screen(visit("junior")))) == ["Vandaag", "Mijn duo's", "Mijn mentorvraag", "Mijn pad", "Profiel"]
    at_a_desk = places(Screen(visit("coordinator")))
    assert list(at_a_desk)[:5] == ["Inrichten", "Vandaag", "Signalen", "Duo's", "Wachtlijst"]
    assert "Mijn duo's" not in at_a_desk


def test_a_manager_who_guides_finds_both(visit: Visit, organisation: Organisation, session: Session):
    organisation.person("both", "manager", "senior")
    session.commit()
    found = places(Screen(visit("both")))
    assert {"Wie draagt wat", "Mijn duo's"} <= set(found)
    assert "Koppelrondes" not in found


def test_what_waits_is_counted_until_it_is_done(visit: Visit, organisation: Organisation, session: Session):
    organisation.set_up()
    pair = organisation.pair("senior", "junior")
    session.commit()
    junior = visit("junior")
    screen = Screen(junior)
    assert places(screen)["Mijn duo's"] == "1 wacht op je"
    screen.open(f"/mentorships/{pair}")
    junior.post(f"/mentorships/{pair}/accept")
    assert places(Screen(junior))["Mijn duo's"] == ""


def test_a_total_is_not_said_to_wait(visit: Visit, organisation: Organisation, session: Session):
    organisation.asks("junior")
    session.commit()
    assert places(Screen(visit("coordinator")))["Wachtlijst"] == "1 in totaal"


@pytest.mark.parametrize("address", ["/insight/person/{}", "/away/of/{}"])
def test_the_way_back_stands_above_a_page_behind_the_menu(visit: Visit, organisation: Organisation, address: str):
    person = organisation.people["senior"]
    text = visit("coordinator").get(address.format(person)).text
    way = text[text.index('class="crumbs"') : text.index("</nav>", text.index('class="crumbs"'))]
    assert 'href="/people"' in way


@pytest.mark.parametrize(
    ("reach", "link"),
    [
        ("06-12 34 56 78", "tel:0612345678"),
        ("+31 (0)6 1234 5678", "tel:+31612345678"),
        ("vraag@bedrijf.example", "mailto:vraag@bedrijf.example"),
        ("kamer 12", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_whom_to_ask_can_be_called_or_written_to(reach: str, link: str):
    assert contact_link(reach) == link


def test_the_foot_says_the_same_where_it_is_filled_in(visit: Visit):
    asked = "Vragen? Vraag de coördinator van je bedrijf."
    for address in ("/", "/programme"):
        foot = Screen(visit("coordinator"), address).tree.find(".//footer")
        assert foot is not None and asked in words_of(foot)


def test_no_template_takes_a_name_that_every_page_reads(app: Flask):
    taken = []
    for path in TEMPLATES.rglob("*.html"):
        own = re.findall(r"{%-? (?:macro|set) (\w+)", path.read_text())
        taken += [f"{path}: {name}" for name in own if name in app.jinja_env.globals]
    assert not taken


def test_the_foot_says_whom_to_ask(visit: Visit, organisation: Organisation, session: Session):
    assert "Vragen? Vraag de coördinator van je bedrijf." in visit(None).get("/account/sign-in").text
    settings = session.get_one(Programme, 1)
    settings.contact_name = "de balie"
    settings.contact_reach = "010 123 45 67"
    session.commit()
    for reader in (None, "junior"):
        text = visit(reader).get("/account/sign-in" if reader is None else "/").text
        assert "Vragen? Vraag de balie" in text
        assert '<a href="tel:0101234567">010 123 45 67</a>' in text


def test_light_or_dark_holds_without_script_and_after_signing_in(visit: Visit):
    nobody = visit(None)
    answer = nobody.post("/account/theme", {"theme": "dark", "next": "/account/sign-in"})
    assert answer.location == "/account/sign-in"
    assert 'data-bs-theme="dark"' in nobody.follow(answer).text
    assert 'data-bs-theme="dark"' in nobody.get("/nonsense").text
    nobody.post("/account/theme", {"theme": "light"})
    assert 'data-bs-theme="light"' in nobody.get("/account/sign-in").text
    assert nobody.post("/account/theme", {"theme": "pink"}).status_code == 422


def test_language_and_looks_are_named_groups_of_which_one_is_pressed(visit: Visit):
    groups = {}
    for form in Screen(visit("junior")).tree.iter("form"):
        if form.get("class") == "pick":
            pressed = [words_of(one) for one in form.iter("button") if one.get("aria-pressed") == "true"]
            groups[form.get("role"), form.get("aria-label")] = pressed
    assert groups == {("group", "Taal"): ["Nederlands"], ("group", "Licht of donker"): ["Scherm"]}


def test_numbers_are_kept_for_some_seconds_but_not_where_they_are_shown_nor_after_an_act(
    app: Flask, visit: Visit, organisation: Organisation, session: Session, now: datetime
):
    organisation.set_up()
    session.commit()
    app.extensions["mentorship_settings"].menu_seconds = 20
    junior = visit("junior")
    assert places(Screen(junior, "/account"))["Mijn duo's"] == ""
    pair = organisation.pair("senior", "junior")
    session.commit()
    app.config["CLOCK"] = lambda: now + timedelta(seconds=10)
    assert places(Screen(junior, "/account"))["Mijn duo's"] == ""
    assert places(Screen(junior, "/mentorships"))["Mijn duo's"] == "1 wacht op je"
    app.config["CLOCK"] = lambda: now + timedelta(seconds=15)
    junior.post(f"/mentorships/{pair}/accept")
    app.config["CLOCK"] = lambda: now + timedelta(seconds=16)
    assert places(Screen(junior, "/account"))["Mijn duo's"] == ""


def test_numbers_are_counted_anew_after_their_seconds(
    app: Flask, visit: Visit, organisation: Organisation, session: Session, now: datetime
):
    organisation.set_up()
    session.commit()
    app.extensions["mentorship_settings"].menu_seconds = 20
    junior = visit("junior")
    assert places(Screen(junior, "/account"))["Mijn duo's"] == ""
    organisation.pair("senior", "junior")
    session.commit()
    app.config["CLOCK"] = lambda: now + timedelta(seconds=20)
    assert places(Screen(junior, "/account"))["Mijn duo's"] == "1 wacht op je"
