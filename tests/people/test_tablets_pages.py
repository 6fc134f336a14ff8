"""Shared tablets at the desk: enrolling, cards to print and to revoke, and one's own PIN."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Flask
from sqlmodel import Session, select

from mentorship.base import vault
from mentorship.people.account import passwords
from mentorship.people.models import Account, Tablet
from mentorship.people.tablet.actions import SEALED
from mentorship.people.tablet.models import TabletCard
from mentorship.people.tablets import cards
from tests.factories import Organisation
from tests.people.tablets import PIN, TabletBrowser, card, enrolled

CODE = re.compile(r'class="code-out">([A-Z0-9-]+)<')


def test_the_code_shown_once_makes_a_tablet(app: Flask, session: Session, organisation: Organisation, visit):
    site = organisation.sites["Ede"]
    page = visit("hr").post("/tablets", {"name": "Kantine Ede", "site_id": str(site)}).text
    code = re.search(r'class="factor-secret">([A-Z0-9-]+)<', page)
    assert code and "Kantine Ede" in page
    tablet = TabletBrowser(app)
    assert tablet.post("/kiosk/enrol", code=code[1]).status_code == 303
    assert "Kantine Ede" in tablet.get("/kiosk").text
    again = TabletBrowser(app).post("/kiosk/enrol", code=code[1])
    assert again.status_code == 422 and "opent geen tablet" in again.text
    listed = visit("admin").get("/tablets").text
    assert "Kantine Ede" in listed and "laatst gebruikt" in listed and code[1] not in listed


def test_an_ended_tablet_is_an_ordinary_browser(app: Flask, session: Session, organisation: Organisation, visit):
    tablet = enrolled(app, session, organisation)
    number = session.exec(select(Tablet.id)).one()
    session.rollback()
    desk = visit("coordinator")
    assert "Kantine stoppen?" in desk.get(f"/tablets/{number}/end").text
    assert desk.post(f"/tablets/{number}/end").status_code == 303
    assert "alleen op een tablet" in tablet.get("/kiosk").text
    assert tablet.get("/account/sign-in").status_code == 200
    assert desk.get(f"/tablets/{number}/end").status_code == 404


def test_cards_are_printed_and_no_secret_is_on_the_screen(session: Session, organisation: Organisation, visit):
    ids = [str(organisation.people[key]) for key in ("junior", "senior")]
    desk = visit("coordinator")
    sheet = desk.post("/tablets/cards", {"person": ids}).text
    codes = CODE.findall(sheet)
    assert len(codes) == 2 and 'class="paper-secrets"' in sheet
    assert "PIN" not in sheet.replace("pincode", "") and "Junior Proef" in sheet
    listed = desk.get("/tablets/cards?q=junior").text
    assert "Junior Proef" in listed and "Senior Proef" not in listed and "nog geen pincode" in listed
    assert not [code for code in codes if code in listed]


def test_making_a_card_anew_is_asked_first(app: Flask, session: Session, organisation: Organisation, visit):
    secret = card(app, session, organisation, "junior")
    ids = [str(organisation.people[key]) for key in ("junior", "senior")]
    desk = visit("hr")
    asked = desk.post("/tablets/cards", {"person": ids})
    assert "werkt dan niet meer" in asked.text and "Junior Proef" in asked.text and "Senior Proef" not in asked.text
    tablet = enrolled(app, session, organisation)
    assert tablet.post("/kiosk", card=secret, pin=PIN).status_code == 303, "nothing was done yet"
    assert len(CODE.findall(desk.post("/tablets/cards", {"person": ids, "sure": "true"}).text)) == 2
    tablet.post("/kiosk/leave")
    assert tablet.post("/kiosk", card=secret, pin=PIN).status_code == 422


def test_of_many_cards_made_anew_the_others_are_counted(
    session: Session, organisation: Organisation, visit, monkeypatch
):
    monkeypatch.setattr(cards, "MOST_NAMES", 1)
    ids = [str(organisation.people[key]) for key in ("junior", "senior")]
    desk = visit("hr")
    desk.post("/tablets/cards", {"person": ids})
    assert "en nog 1" in desk.post("/tablets/cards", {"person": ids}).text


def test_a_lost_card_is_revoked(app: Flask, session: Session, organisation: Organisation, visit):
    secret = card(app, session, organisation, "junior")
    tablet = enrolled(app, session, organisation)
    assert tablet.post("/kiosk", card=secret, pin=PIN).status_code == 303
    desk = visit("coordinator")
    answer = desk.post("/tablets/cards/revoke", {"person": [str(organisation.people["junior"])]})
    assert "opent niets meer" in desk.follow(answer).text
    assert tablet.get("/kiosk/own").location == "/kiosk"
    assert tablet.post("/kiosk", card=secret, pin=PIN).status_code == 422


def test_nobody_makes_a_card_for_the_other_side_of_their_own_duo(session: Session, organisation: Organisation, visit):
    organisation.pair("senior", "coordinator", "active")
    session.commit()
    answer = visit("coordinator").post("/tablets/cards", {"person": [str(organisation.people["senior"])]})
    assert answer.status_code == 422
    assert session.get(TabletCard, organisation.people["senior"]) is None


def test_one_chooses_ones_own_pin_and_it_wakes_the_card(
    app: Flask, session: Session, organisation: Organisation, visit
):
    secret = card(app, session, organisation, "junior")
    session.get_one(TabletCard, organisation.people["junior"]).wrong = 10
    session.commit()
    me = visit("junior")
    assert me.get("/pin").status_code == 200
    for pin, again, said in (
        ("123456", "123456", "makkelijk te raden"),
        ("714053", "714054", "verschillen"),
        ("12", "12", "zes cijfers"),
    ):
        answer = me.post("/pin", {"pin": pin, "again": again})
        assert answer.status_code == 422 and said in answer.text and f'value="{pin}"' not in answer.text
    assert me.post("/pin", {"pin": "714053", "again": "714053"}).status_code == 303
    tablet = enrolled(app, session, organisation)
    assert tablet.post("/kiosk", card=secret, pin="714053").status_code == 303


def test_whoever_came_in_by_a_code_chooses_no_pin_before_they_confirmed(
    session: Session, organisation: Organisation, visit
):
    """Else who made the code would answer as somebody for good, and nothing on the tablet would say so."""
    before = organisation.now - timedelta(days=1)
    session.add(Account(person_id=organisation.people["junior"], password_hash="x", closed_before=before))
    session.commit()
    me = visit("junior")
    assert me.get("/pin").location == "/confirming"
    assert me.post("/pin", {"pin": PIN, "again": PIN}).location == "/confirming"
    assert session.get(TabletCard, organisation.people["junior"]) is None


def test_a_pin_is_hashed_as_passwords_are(app: Flask, session: Session, organisation: Organisation):
    card(app, session, organisation, "junior")
    settings = app.extensions["mentorship_settings"]
    kept = session.get_one(TabletCard, organisation.people["junior"]).pin_hash
    stored = vault.opened(kept, settings.secret_keys, SEALED)
    assert stored and stored.startswith("$argon2id$")
    assert passwords.from_settings(settings).verify(stored, PIN)
