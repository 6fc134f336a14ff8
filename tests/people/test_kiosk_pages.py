"""A shared tablet from enrolling to signing out: what opens on it, what does not, and what stays."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlmodel import Session, select

from mentorship.base.errors import Refused
from mentorship.base.outbox import OutboxRow
from mentorship.checkins.models import ANSWERED, OPEN, Answer, CheckIn
from mentorship.people.account import actions as accounts
from mentorship.people.devices.models import Device
from mentorship.people.models import Person, SignIn
from mentorship.people.tablet.models import TabletCard
from tests.checkins.stage import plant
from tests.client import InspectingClient
from tests.factories import Organisation
from tests.people.tablets import PIN, TabletBrowser, by, card, enrolled, headings

OPEN_ON_A_TABLET = {
    "GET /checkins/<id:check_in_id>",
    "GET /kiosk",
    "GET /kiosk/enrol",
    "GET /kiosk/first",
    "GET /kiosk/own",
    "GET /mentorships/hours",
    "GET /notice",
    "POST /account/language",
    "POST /account/theme",
    "POST /checkins/<id:check_in_id>",
    "POST /checkins/<id:check_in_id>/skip",
    "POST /kiosk",
    "POST /kiosk/enrol",
    "POST /kiosk/first",
    "POST /kiosk/leave",
    "POST /kiosk/still",
    "POST /mentorships/hours",
    "POST /mentorships/hours/other",
    "POST /mentorships/hours/planned",
}
"""Every door that is there on a shared tablet: read it as if a stranger had sent it."""
ENDED = "Je bent uitgelogd"


@pytest.fixture
def made(session: Session, organisation: Organisation) -> Organisation:
    """A pair that runs, of which the junior is asked how it goes."""
    pair = organisation.pair("senior", "junior", "active", started_on=organisation.now.date() - timedelta(days=21))
    organisation.ids = {"pair": pair, "check_in": plant(session, organisation, pair, "junior")}  # type: ignore[attr-defined]
    session.commit()
    return organisation


@pytest.fixture
def tablet(app: Flask, session: Session, made: Organisation) -> TabletBrowser:
    return enrolled(app, session, made)


def come_in(tablet: TabletBrowser, secret: str, pin: str = PIN) -> str:
    """Come in by card and PIN, and return the page that follows."""
    answer = tablet.post("/kiosk", card=secret, pin=pin)
    text: str = tablet.follow(answer).text
    return text


def test_these_doors_are_open_on_a_tablet_and_no_others(app: Flask):
    found = set()
    for rule in app.url_map.iter_rules():
        if hasattr(app.view_functions[rule.endpoint], "on_tablet"):
            found |= {f"{method} {rule.rule}" for method in {"GET", "POST"} & (rule.methods or set())}
    assert found == OPEN_ON_A_TABLET


def test_every_other_door_is_refused_kindly_whoever_is_in(
    app: Flask, session: Session, made: Organisation, tablet: TabletBrowser
):
    """Also a coordinator, who elsewhere may see all of it."""
    come_in(tablet, card(app, session, made, "coordinator"))
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or hasattr(app.view_functions[rule.endpoint], "on_tablet"):
            continue
        url = re.sub(r"<(?:id:)?\w+>", "1", rule.rule)
        for method in {"GET", "POST"} & (rule.methods or set()):
            answer = tablet.get(url) if method == "GET" else tablet.post(url)
            assert answer.status_code == 403 and "gedeelde tablet" in headings(answer.text), f"{method} {url}"


def test_nobody_signed_in_is_led_to_the_door_of_the_tablet(tablet: TabletBrowser):
    for url in ("/", "/account/sign-in", "/people", "/links", "/offline", "/account/activate"):
        answer = tablet.get(url)
        assert (answer.status_code, answer.location) == (303, "/kiosk"), url


def test_a_card_opens_nothing_but_on_a_tablet(app: Flask, session: Session, made: Organisation):
    secret = card(app, session, made, "junior")
    elsewhere = TabletBrowser(app)
    answer = elsewhere.post("/kiosk", card=secret, pin=PIN)
    assert answer.status_code == 422
    assert "alleen op een tablet" in answer.text
    assert session.exec(select(SignIn)).first() is None
    assert session.get_one(TabletCard, made.people["junior"]).wrong == 0


@pytest.mark.both_databases
def test_a_check_in_is_sent_and_the_next_one_comes_in(
    app: Flask, session: Session, made: Organisation, tablet: TabletBrowser
):
    first, second = card(app, session, made, "junior"), card(app, session, made, "other_junior")
    page = come_in(tablet, first)
    number = made.ids["check_in"]  # type: ignore[attr-defined]
    assert "Junior" in page and f'href="/checkins/{number}"' in page
    form = tablet.get(f"/checkins/{number}").text
    assert "data-saves" not in form and "blijven bewaard" not in form
    answer = tablet.post(
        f"/checkins/{number}",
        **{"answer-progress": "4", "note": "Geheim van mij", "closing": "false", "seen": "classes"},
    )
    assert answer.location == "/kiosk" and "storage" in answer.headers["Clear-Site-Data"]
    door = tablet.follow(answer).text
    assert "Verstuurd. Dank je wel!" in door and "Junior" not in door
    session.expire_all()
    assert session.get_one(CheckIn, number).status == ANSWERED
    session.rollback()
    assert tablet.get(f"/checkins/{number}").location == "/kiosk"
    page = come_in(tablet, second)
    assert "Other_junior" in page and "Geheim" not in page and f"/checkins/{number}" not in page
    assert tablet.get(f"/checkins/{number}").status_code == 404


def test_with_something_else_waiting_one_goes_on_to_that(
    app: Flask, session: Session, made: Organisation, tablet: TabletBrowser
):
    number = plant(session, made, made.ids["pair"], "senior")  # type: ignore[attr-defined]
    come_in(tablet, card(app, session, made, "senior"))
    fields = {"answer-go_on": "4", "note": "", "closing": "false", "seen": "classes"}
    answer = tablet.post(f"/checkins/{number}", **fields)
    assert answer.location == "/kiosk/own"
    page = tablet.follow(answer).text
    assert 'href="/mentorships/hours"' in page and "Verstuurd" in page
    hours = tablet.get("/mentorships/hours").text
    week = re.search(r'name="week" value="([^"]+)"', hours)
    assert week
    pair = made.ids["pair"]  # type: ignore[attr-defined]
    answer = tablet.post("/mentorships/hours", week=week[1], **{f"worked-{pair}": "yes", f"hours-{pair}": "2"})
    assert answer.location == "/mentorships/hours"
    saved = tablet.follow(answer).text
    assert "Opgeslagen" in saved and "/undo/" not in saved


def test_earlier_answers_are_not_shown_on_a_tablet(
    app: Flask, session: Session, made: Organisation, tablet: TabletBrowser
):
    """Neither what was sent, nor what was tapped on a phone of their own and not sent yet."""
    number, pair = made.ids["check_in"], made.ids["pair"]  # type: ignore[attr-defined]
    due = made.now.date() - timedelta(days=14)
    sent = plant(session, made, pair, "junior", status=ANSWERED, due_on=due, closed_at=made.now, note="Mijn geheim")
    session.add(Answer(check_in_id=number, key="progress", value=2))
    session.commit()
    come_in(tablet, card(app, session, made, "junior"))
    form = tablet.get(f"/checkins/{number}").text
    assert "checked" not in form
    page = tablet.follow(tablet.get(f"/checkins/{sent}")).text
    assert "Mijn geheim" not in page and "hier niet getoond" in page


def test_a_wrong_pin_says_no_more_and_comes_back_without_it(
    app: Flask, session: Session, made: Organisation, tablet: TabletBrowser
):
    secret = card(app, session, made, "junior")
    nobody = card(app, session, made, "senior", pin="")
    pages = []
    for typed, pin in ((secret, "999000"), (nobody, PIN), ("AAAA-BBBB-CCCC-DDDD", PIN)):
        answer = tablet.post("/kiosk", card=typed, pin=pin)
        assert answer.status_code == 422 and pin not in answer.text
        pages.append(answer.text.replace(typed, "card"))
    strip = [re.sub(r'value="[^"]{20,}"', "", page) for page in pages]
    assert strip[0] == strip[1] == strip[2]


@pytest.mark.both_databases
def test_tries_are_counted_for_the_card_and_not_for_the_tablet(
    app: Flask, session: Session, made: Organisation, tablet: TabletBrowser
):
    wrong, right = card(app, session, made, "junior"), card(app, session, made, "senior")
    told = [tablet.post("/kiosk", card=wrong, pin="999000").status_code for _ in range(6)]
    assert told == [422] * 5 + [429]
    assert tablet.post("/kiosk", card=wrong, pin=PIN).status_code == 429
    assert "Senior" in come_in(tablet, right)
    assert session.get_one(TabletCard, made.people["junior"]).wrong == 5


def test_after_ten_in_a_row_the_card_sleeps_until_a_new_pin(
    app: Flask, session: Session, made: Organisation, tablet: TabletBrowser
):
    secret = card(app, session, made, "junior")
    code = accounts.issue_codes(session, by(made, "coordinator"), [made.people["junior"]], made.now)
    session.commit()
    at = made.now
    for _ in range(10):
        at += timedelta(minutes=4)
        app.config["CLOCK"] = lambda at=at: at
        assert tablet.post("/kiosk", card=secret, pin="999000").status_code == 422
    app.config["CLOCK"] = lambda: at + timedelta(minutes=4)
    answer = tablet.post("/kiosk", card=secret, pin=PIN)
    assert answer.status_code == 422 and "slaapt" in answer.text
    fields = {"card": secret, "code": code[made.people["junior"]], "pin": "714053", "again": "714053"}
    app.config["CLOCK"] = lambda: at + timedelta(minutes=8)
    assert tablet.post("/kiosk/first", **fields).location == "/kiosk/own"


def test_no_code_chooses_a_pin_where_all_sign_in_by_the_provider(
    app: Flask, session: Session, made: Organisation, tablet: TabletBrowser, monkeypatch: pytest.MonkeyPatch
):
    me = made.people["junior"]
    secret = card(app, session, made, "junior", pin="")
    code = accounts.issue_codes(session, by(made, "coordinator"), [me], made.now)[me]
    session.commit()
    monkeypatch.setattr(app.extensions["mentorship_settings"], "oidc_required", True)
    answer = tablet.post("/kiosk/first", card=secret, code=code, pin=PIN, again=PIN)
    assert answer.status_code == 422 and "Kies je pincode bij je eigen account" in answer.text
    assert not session.get_one(TabletCard, me).pin_hash


def test_who_has_no_phone_chooses_a_pin_at_the_tablet_and_reads_whose_code_it_was(
    app: Flask, session: Session, made: Organisation, tablet: TabletBrowser
):
    me = made.people["junior"]
    secret = card(app, session, made, "junior", pin="")
    code = accounts.issue_codes(session, by(made, "coordinator"), [me], made.now)[me]
    session.commit()
    fields = {"card": secret, "code": code, "pin": PIN, "again": PIN}
    for wrong, sentence in (
        ({"again": "302858"}, "verschillen"),
        ({"pin": "123456", "again": "123456"}, "makkelijk te raden"),
        ({"code": "AAAA-AAAA-AAAA"}, "horen niet bij elkaar"),
        ({"card": "AAAA-AAAA-AAAA-AAAA"}, "horen niet bij elkaar"),
    ):
        answer = tablet.post("/kiosk/first", **{**fields, **wrong})
        assert answer.status_code == 422 and sentence in answer.text
        assert PIN not in answer.text
    page = tablet.follow(tablet.post("/kiosk/first", **fields)).text
    assert "activatiecode die Coordinator Proef maakte" in page
    tablet.post("/kiosk/leave")
    again = tablet.post("/kiosk/first", **{**fields, "pin": "714053", "again": "714053"})
    assert again.status_code == 422, "the code was used up"
    page = come_in(tablet, secret)
    assert "activatiecode die Coordinator Proef maakte" in page
    assert "wachtwoord" not in page, "none was chosen"


def test_whoever_makes_a_new_card_cannot_come_in_as_somebody(
    app: Flask, session: Session, made: Organisation, tablet: TabletBrowser
):
    """Not by the card, for the PIN stays theirs; by a code it can be replaced, and that stands there each time."""
    card(app, session, made, "junior")
    stolen = card(app, session, made, "junior", pin="")
    assert tablet.post("/kiosk", card=stolen, pin="999000").status_code == 422
    session.expire_all()
    assert "Coordinator Proef" in come_in(tablet, stolen), "the person reads who made the card"


def test_a_tablet_never_becomes_a_device_of_whoever_used_it(
    app: Flask, session: Session, made: Organisation, tablet: TabletBrowser
):
    """A device of before would open what is closed."""
    come_in(tablet, card(app, session, made, "junior"))
    assert tablet.client.get_cookie("device") is None
    assert session.exec(select(Device)).first() is None


def test_the_session_ends_by_itself_without_any_script(
    app: Flask, session: Session, made: Organisation, tablet: TabletBrowser
):
    come_in(tablet, card(app, session, made, "junior"))
    number = made.ids["check_in"]  # type: ignore[attr-defined]
    app.config["CLOCK"] = lambda: made.now + timedelta(seconds=119)
    page = tablet.get(f"/checkins/{number}")
    assert page.status_code == 200 and '<meta http-equiv="refresh" content="125; url=/kiosk">' in page.text
    app.config["CLOCK"] = lambda: made.now + timedelta(seconds=119 + 121)
    answer = tablet.post(f"/checkins/{number}", note="x", closing="false", seen="classes")
    assert answer.location == "/kiosk"
    assert "niets verstuurd" in tablet.follow(answer).text
    session.expire_all()
    assert session.get_one(CheckIn, number).status == OPEN


def test_a_session_copied_off_the_tablet_opens_nothing(
    app: Flask, session: Session, made: Organisation, tablet: TabletBrowser
):
    come_in(tablet, card(app, session, made, "junior"))
    cookie = tablet.client.get_cookie("leermaat")
    assert cookie
    thief = app.test_client()
    thief.set_cookie("leermaat", cookie.value)
    for url in ("/", f"/checkins/{made.ids['check_in']}", "/kiosk/own"):  # type: ignore[attr-defined]
        answer = thief.get(url)
        assert (answer.status_code, answer.location) == (303, "/kiosk")
        thief.set_cookie("leermaat", cookie.value)


def test_signing_out_leaves_the_tablet_a_tablet(
    app: Flask, session: Session, made: Organisation, tablet: TabletBrowser
):
    come_in(tablet, card(app, session, made, "junior"))
    answer = tablet.post("/kiosk/leave")
    assert answer.location == "/kiosk" and answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    door = tablet.follow(answer).text
    assert ENDED in door and "Kantine" in door
    assert tablet.get("/kiosk/own").location == "/kiosk"
    ended = session.exec(select(SignIn.ended_at)).all()
    assert ended and None not in ended


def test_its_owner_sees_in_the_list_of_sessions_where_they_are_signed_in(
    app: Flask, session: Session, made: Organisation, tablet: TabletBrowser, visit
):
    come_in(tablet, card(app, session, made, "junior"))
    page = visit("junior").get("/account").text
    assert "gedeelde tablet: Kantine" in page


def test_the_countdown_knows_the_end_that_no_touch_puts_off(
    app: Flask, session: Session, made: Organisation, tablet: TabletBrowser
):
    assert 'data-longest="600"' in come_in(tablet, card(app, session, made, "junior"))
    app.config["CLOCK"] = lambda: made.now + timedelta(seconds=100)
    assert 'data-longest="500"' in tablet.get("/kiosk/own").text


def test_its_cookie_is_for_this_site_alone_and_no_script_reads_it(app: Flask, session: Session, made: Organisation):
    settings = app.extensions["mentorship_settings"]
    tablet = enrolled(app, session, made)
    cookie = tablet.client.get_cookie("tablet")
    assert cookie and cookie.http_only and cookie.same_site == "Strict" and len(cookie.value) >= 40
    app.extensions["mentorship_settings"] = settings.model_copy(update={"secure_cookies": True})
    assert tablet.get("/kiosk").text.count("Kantine") == 0, "another name of the cookie"


def test_the_camera_is_let_in_at_the_door_alone(
    app: Flask, session: Session, made: Organisation, tablet: TabletBrowser
):
    assert "camera=(self)" in tablet.get("/kiosk").headers["Permissions-Policy"]
    come_in(tablet, card(app, session, made, "junior"))
    assert "camera=()" in tablet.get("/kiosk/own").headers["Permissions-Policy"]
    assert "camera=()" in TabletBrowser(app).get("/kiosk").headers["Permissions-Policy"]


def test_nothing_for_later_is_kept_on_a_tablet(app: Flask, session: Session, made: Organisation, tablet: TabletBrowser):
    pages = [tablet.get("/kiosk").text, come_in(tablet, card(app, session, made, "junior"))]
    pages.append(tablet.get(f"/checkins/{made.ids['check_in']}").text)  # type: ignore[attr-defined]
    for page in pages:
        for script in ("offline", "kept", "search", "manifest"):
            assert script not in page.replace("data-kept", ""), script
        assert 'href="/search' not in page and 'class="thumb"' not in page and 'class="menu"' not in page


def test_who_was_told_by_mail_reads_it_at_the_next_sign_in_too(app: Flask, session: Session, made: Organisation, visit):
    card(app, session, made, "junior")
    assert session.exec(select(OutboxRow).where(OutboxRow.kind == "card-made")).one()
    client = TabletBrowser(app)
    code = accounts.issue_codes(session, by(made, "coordinator"), [made.people["junior"]], made.now)[
        made.people["junior"]
    ]
    session.commit()
    password = "drie koude bakfietsen"
    client.get("/account/activate")
    client.post("/account/activate", name="n-junior", code=code, password=password)
    client.post("/account/sign-out")
    page = client.follow(client.post("/account/sign-in", name="n-junior", password=password, next="")).text
    assert "maakte" in page and "gedeelde tablet" in page
    client.post("/account/sign-out")
    page = client.follow(client.post("/account/sign-in", name="n-junior", password=password, next="")).text
    assert "gedeelde tablet" not in page
    assert session.get_one(Person, made.people["junior"])


def test_who_only_uses_a_tablet_reads_there_that_a_code_opened_their_account(
    app: Flask, session: Session, made: Organisation, tablet: TabletBrowser
):
    """Their card and PIN go on as before, so that nothing else would tell them."""
    secret, me = card(app, session, made, "junior"), made.people["junior"]
    code = accounts.issue_codes(session, by(made, "coordinator"), [me], made.now)[me]
    session.commit()
    other = InspectingClient(app)
    other.post("/account/activate", {"name": "n-junior", "code": code, "password": "vier natte kruiwagens"})
    page = come_in(tablet, secret)
    assert "Coordinator Proef heeft op 23 nov 2026 een nieuwe code voor je account gemaakt" in page
    assert "een ander wachtwoord gekozen" in page
    tablet.post("/kiosk/leave")
    page = come_in(tablet, secret)
    assert "een nieuwe code voor je account" not in page, "once"
    assert "Ergens anders heb je het laatst ingelogd op 23 nov 2026" in page, "and that each time"


def test_a_pin_is_a_way_in_of_which_codes_are_told_and_that_hr_leaves_alone(
    app: Flask, session: Session, made: Organisation
):
    card(app, session, made, "junior")
    me = made.people["junior"]
    with pytest.raises(Refused, match="al een account"):
        accounts.issue_codes(session, by(made, "hr"), [me], made.now)
    accounts.issue_codes(session, by(made, "coordinator"), [me], made.now)
    told = select(OutboxRow.recipient_id).where(OutboxRow.kind == "code-made")
    assert session.exec(told).all() == [me]
