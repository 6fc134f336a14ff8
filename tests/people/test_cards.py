"""What stands on an activation card: the address that people reach us at, with the code filled in."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session

from mentorship.app import create_app
from mentorship.base.config import Settings
from tests.client import InspectingClient
from tests.factories import Organisation, Screen
from tests.rounds.stage import counted
from tests.scanning import scanned

PASSWORD = "drie koude bakfietsen"
FORWARDED = {"X-Forwarded-Host": "leermaat.voor.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "10.0.0.9"}


def cards(client: InspectingClient, ids: list[int], *, sure: bool = False, **options) -> str:
    fields = {"person": [str(number) for number in ids]} | ({"sure": "true"} if sure else {})
    page = client.post("/people/activation-codes", fields, **options)
    assert page.status_code == 200
    return page.text


def handed(address: str) -> dict[str, str]:
    """What an address hands over behind its `#`."""
    return dict(parse_qsl(urlsplit(address).fragment))


def scan(app: Flask, address: str) -> Screen:
    """Open what was scanned, fill in what it hands over as the script does, choose a password."""
    form = Screen(InspectingClient(app), urlsplit(address).path)
    return form.press("Opslaan en inloggen", password=PASSWORD, **handed(address))


def test_scanning_a_card_leaves_a_password_to_choose(app: Flask, visit, organisation: Organisation):
    page = cards(visit("coordinator"), [organisation.people["junior"]])
    (address,) = scanned(page)
    assert address.startswith("http://localhost/account/activate#") and "http://localhost/activate." in page
    assert not urlsplit(address).query, "what is secret is not sent, so in no log"
    done = scan(app, address)
    assert done.status == 200 and done.path == "/notice"


def test_the_address_is_the_one_the_installation_is_found_at(app: Flask, visit, organisation: Organisation):
    app.extensions["mentorship_settings"].public_url = "https://leermaat.voorbeeld.example/"
    page = cards(visit("coordinator"), [organisation.people["junior"]])
    assert scanned(page)[0].startswith("https://leermaat.voorbeeld.example/account/activate#name=n-junior&code=")
    assert "ga naar leermaat.voorbeeld.example/activate." in page, "as people type it"


def test_behind_a_proxy_the_address_is_that_of_the_proxy(
    engine: sa.Engine, database_url: str, session: Session, organisation: Organisation, now: datetime
):
    chosen = {"mode": "test", "database_url": database_url, "secret_key": "t" * 40, "secure_cookies": False}
    behind = create_app(Settings(**chosen, proxies=1, argon2_memory_kib=8, _env_file=None), engine)
    behind.config.update(TESTING=True, CLOCK=lambda: now)
    client = InspectingClient(behind, session, organisation.people["coordinator"])
    page = cards(client, [organisation.people["junior"]], headers=FORWARDED)
    assert scanned(page)[0].startswith("https://leermaat.voor.example/account/activate#")


def test_who_hands_them_out_finds_their_own_together(visit, session: Session, organisation: Organisation):
    made = organisation
    for key, manager, site in (("c", "manager", "Zuid"), ("b", "other_manager", "Zuid"), ("a", "manager", "Zuid")):
        made.person(f"z{key}", "junior", manager=manager, site=site, roster=None)
    session.commit()
    ids = [made.people[key] for key in ("za", "zb", "zc", "junior")]
    names = [handed(address)["name"] for address in scanned(cards(visit("coordinator"), ids))]
    assert names == ["n-junior", "n-za", "n-zc", "n-zb"], "by site, manager, name"


def test_the_last_day_on_it_counts_whole(app: Flask, visit, organisation: Organisation, now: datetime):
    page = cards(visit("coordinator"), [organisation.people["junior"]])
    assert "tot en met 6 dec 2026" in page
    (address,) = scanned(page)
    app.config["CLOCK"] = lambda: now + timedelta(days=13, hours=14)  # the evening of the 6th in Amsterdam
    assert scan(app, address).path == "/notice"


def test_more_cards_cost_no_more_queries(visit, session: Session, engine: sa.Engine, organisation: Organisation):
    made, numbers = organisation, []
    ids = [made.person(f"p{n}", "junior", manager="manager", roster=None) for n in range(20)]
    session.commit()
    client = visit("coordinator")
    client.get("/people")
    for some in (ids[:2], ids):
        with counted(engine) as statements:
            cards(client, some, sure=True)
        numbers.append(len([text for text in statements if text.lstrip().upper().startswith("SELECT")]))
    assert numbers[0] == numbers[1]


def test_printing_again_asks_first_and_says_whose_card_dies(app: Flask, visit, organisation: Organisation):
    client = visit("coordinator")
    junior, other = (organisation.people[key] for key in ("junior", "other_junior"))
    (first,) = scanned(cards(client, [junior]))
    asked = cards(client, [junior, other])
    assert not scanned(asked) and "1 kaart die is uitgedeeld, werkt dan niet meer" in asked
    assert "Junior Proef: kaart gemaakt op 23 nov 2026" in asked
    assert scan(app, first).path == "/notice", "asking alone changes nothing"


def test_who_has_a_card_can_keep_it_while_the_others_get_theirs(visit, session: Session, organisation: Organisation):
    made = organisation
    client = visit("coordinator")
    junior, other = (made.people[key] for key in ("junior", "other_junior"))
    cards(client, [junior])
    client.post("/people/activation-codes", {"person": [junior, other]})
    only = cards(client, [other])
    assert [handed(address)["name"] for address in scanned(only)] == ["n-other_junior"]
    both = scanned(cards(client, [junior, other], sure=True))
    assert {handed(address)["name"] for address in both} == {"n-junior", "n-other_junior"}


def test_the_list_and_the_person_say_when_a_card_was_made(visit, organisation: Organisation):
    client = visit("coordinator")
    junior = organisation.people["junior"]
    assert "kaart gemaakt" not in client.get("/people").text
    cards(client, [junior])
    assert "kaart gemaakt op 23 nov 2026" in client.get("/people").text
    assert "gemaakt op 23 nov 2026" in client.get(f"/insight/person/{junior}").text
