"""Signing in and out, activation, sessions, throttling, csrf, cookies and headers, as a browser meets them."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.cookies import SimpleCookie
from threading import Barrier

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask
from sqlmodel import Session

from mentorship.app import create_app
from mentorship.base.config import Settings
from mentorship.base.db import open_session
from mentorship.base.errors import Refused
from mentorship.people.account import actions
from mentorship.people.account.passwords import Passwords
from mentorship.people.account.rules import spaced
from mentorship.people.models import Person, SignIn
from tests.client import InspectingClient
from tests.conftest import KEY
from tests.factories import Organisation

PASSWORD = "drie koude bakfietsen"
SECURE = {
    "mode": "production",
    "secret_key": KEY,
    "trusted_hosts": ["leermaat.example.nl"],
    "_env_file": None,
    "argon2_memory_kib": 19 * 1024,
    "argon2_time_cost": 1,
}


@pytest.fixture
def code(session: Session, organisation: Organisation) -> str:
    """Give the junior an e-mail address, a password, and a new activation code."""
    made, number = organisation, organisation.people["junior"]
    person = session.get_one(Person, number)
    person.email = "samira@voorbeeld.example"
    actions.set_password(session, person, PASSWORD, Passwords(8, 1), made.now)
    issued = actions.issue_codes(session, made.actor("coordinator"), [number], made.now)
    session.commit()
    return issued[number]


@pytest.fixture
def stranger(app: Flask) -> InspectingClient:
    return InspectingClient(app)


def sign_in(client: InspectingClient, name: str = "n-junior", password: str = PASSWORD, **more):
    address = more.pop("address", "10.0.0.1")
    fields = {"name": name, "password": password, **more}
    return client.post("/account/sign-in", fields, environ_base={"REMOTE_ADDR": address})


def is_in(client: InspectingClient) -> bool:
    return client.get("/account").status_code == 200


def alert(text: str) -> str:
    found = re.search(r'role="alert">.*?<div>(.*?)</div>', text, re.S)
    assert found, "no sentence"
    return found[1]


def test_by_number_or_by_address_in_any_case(app, code):
    for name in ("n-junior", " n-junior ", "samira@voorbeeld.example", "Samira@VOORBEELD.example "):
        client = InspectingClient(app)
        assert sign_in(client, name).location == "/", name
        assert is_in(client)


def test_unknown_name_wrong_password_and_who_left_get_one_answer(code, stranger, session, organisation, monkeypatch):
    gone = session.get_one(Person, organisation.people["senior"])
    actions.set_password(session, gone, PASSWORD, Passwords(8, 1), organisation.now)
    gone.left_on = organisation.now.date()
    session.commit()
    verified: list[str] = []
    real = PasswordHasher.verify
    monkeypatch.setattr(PasswordHasher, "verify", lambda self, h, p: verified.append(h) or real(self, h, p))
    said = set()
    for name, password in (("n-junior", "fout"), ("n-nobody", "fout"), ("wie", "fout"), ("n-senior", PASSWORD)):
        verified.clear()
        answer = sign_in(stranger, name, password)
        assert answer.status_code == 422
        assert password not in answer.text
        said.add(alert(answer.text))
        shape = [h.rsplit("$", 2)[0] for h in verified]
        assert shape == ["$argon2id$v=19$m=8,t=1,p=1"], f"{name}: one hash of the same cost is verified for everybody"
    assert len(said) == 1
    assert not is_in(stranger)


def test_a_wrong_password_beside_an_old_cookie_is_answered_at_once(app, code, visit, now):
    """SQLite has one writer: the request's own session may not stand in the way of remembering the failure."""
    client = visit("senior")
    assert sign_in(client, password="fout").status_code == 422
    app.config["CLOCK"] = lambda: now + timedelta(hours=13)
    assert client.get("/account").status_code == 303
    assert sign_in(client, password="fout").status_code == 422


def test_a_code_works_once_however_it_is_typed(app, code, stranger):
    typed = {
        "name": "Samira@voorbeeld.example",
        "code": f" {spaced(code).lower()} ",
        "password": "vier natte bakfietsen",
    }
    assert stranger.post("/account/activate", typed).location == "/notice"
    assert is_in(stranger)
    again = InspectingClient(app).post("/account/activate", {**typed, "password": "vijf natte bakfietsen"})
    assert again.status_code == 422
    assert sign_in(InspectingClient(app)).status_code == 422, "the old password is over"
    assert sign_in(InspectingClient(app), password="vier natte bakfietsen").status_code == 303


def test_a_code_is_kept_after_a_weak_password_and_for_another_name(code, stranger):
    weak = {"name": "n-junior", "code": code, "password": "n-junior!!"}
    answer = stranger.post("/account/activate", weak)
    assert answer.status_code == 422
    assert f'value="{code}"' in answer.text, "nothing typed is lost"
    assert "n-junior!!" not in answer.text
    assert stranger.post("/account/activate", {**weak, "name": "n-senior", "password": PASSWORD}).status_code == 422
    assert stranger.post("/account/activate", {**weak, "password": PASSWORD}).status_code == 303


def test_an_old_or_replaced_code_works_no_more(app, code, stranger, session, organisation, now):
    fields = {"name": "n-junior", "code": code, "password": PASSWORD}
    app.config["CLOCK"] = lambda: now + timedelta(days=14)
    assert stranger.post("/account/activate", fields).status_code == 422
    app.config["CLOCK"] = lambda: now
    person = organisation.people["junior"]
    newer = actions.issue_codes(session, organisation.actor("coordinator"), [person], now)[person]
    session.commit()
    assert stranger.post("/account/activate", fields).status_code == 422
    assert stranger.post("/account/activate", {**fields, "code": newer}).status_code == 303


def test_after_signing_in_one_goes_on_to_where_one_was(app, code, stranger):
    ask = stranger.get("/profiles/wishes?q=Jan")
    assert ask.status_code == 303
    page = stranger.follow(ask)
    target = re.search(r'name="next" value="([^"]*)"', page.text)
    assert target and target[1] == "/profiles/wishes?q=Jan"
    assert sign_in(stranger, next=target[1]).location == "/profiles/wishes?q=Jan"
    stranger.get("/account")
    for evil in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/\t/[evil"):
        page = InspectingClient(app).get("/account/sign-in", query_string={"next": evil})
        leads = page.text.split("<footer")[0]
        own = re.search(r'name="from_page" value="([^"]*)"', leads)
        assert own and own[1].startswith("/account/sign-in?next="), "the address of the page itself"
        assert "evil" not in re.sub(r'name="csrf_token" value="[^"]*"', "", leads.replace(own[0], ""))
        assert sign_in(InspectingClient(app), next=evil).location == "/"
        assert stranger.post("/account/language", {"locale": "nl", "next": evil}).location == "/"


def test_a_copied_cookie_is_dead_after_signing_out_and_a_new_session_is_another(app, code, stranger):
    def cookie() -> str:
        found = stranger.flask.get_cookie("leermaat")
        return found.value if found else ""

    def works(value: str) -> bool:
        copy = app.test_client()
        copy.set_cookie("leermaat", value)
        return copy.get("/account").status_code == 200

    stranger.get("/account/sign-in")
    before = cookie()
    assert sign_in(stranger).status_code == 303
    first = cookie()
    assert first != before and works(first) and not works(before)
    assert sign_in(stranger).status_code == 400, "the form of before signing in is stale: its token went with it"
    stranger.get("/account")
    assert stranger.post("/account/sign-out").location == "/account/sign-in"
    assert not works(first) and not is_in(stranger)
    stranger.get("/account/sign-in")
    assert sign_in(stranger).status_code == 303
    assert works(cookie()) and not works(first)


def test_sessions_are_listed_and_ended_one_by_one_or_all(app, code, organisation, visit, session):
    phone, desk, other = visit("junior"), visit("junior"), visit("senior")
    page = desk.get("/account")
    ends = re.findall(r'action="(/account/sessions/\d+/end)"', page.text)
    assert len(ends) == 1, "the other one; not the one used here"
    assert other.post(ends[0]).status_code == 404, "not of somebody else"
    assert is_in(phone)
    assert desk.post(ends[0]).status_code == 303
    assert not is_in(phone) and is_in(desk)
    phone = visit("junior")
    assert desk.post("/account/sessions/end-all").location == "/account/sign-in"
    assert not is_in(phone) and not is_in(desk) and is_in(other)


def test_another_password_ends_every_session(app, code, visit, stranger):
    phone, desk = visit("junior"), visit("junior")
    wrong = desk.post("/account/password", {"old": "fout", "new": "vier natte bakfietsen"})
    assert wrong.status_code == 422 and "vier natte" not in wrong.text
    assert is_in(phone)
    assert (
        desk.post("/account/password", {"old": PASSWORD, "new": "vier natte bakfietsen"}).location == "/account/sign-in"
    )
    assert not is_in(phone) and not is_in(desk)
    assert sign_in(stranger, password="vier natte bakfietsen").status_code == 303


def test_who_leaves_is_out_and_a_session_ends_by_itself(app, visit, session, organisation, now):
    leaver, stayer = visit("junior"), visit("senior")
    app.config["CLOCK"] = lambda: now + timedelta(minutes=11)
    assert is_in(stayer), "ten minutes on, when the service notes that the session is alive"
    seen = session.execute(sa.text("SELECT count(*) FROM sign_in WHERE seen_at > started_at")).scalar()
    session.rollback()
    assert seen == 1
    session.get_one(Person, organisation.people["junior"]).left_on = now.date()
    session.commit()
    assert not is_in(leaver)
    app.config["CLOCK"] = lambda: now + timedelta(hours=12)
    assert not is_in(stayer)


def test_every_unsafe_route_asks_for_the_token(app, visit):
    clients = visit("coordinator"), visit("junior"), visit(None)
    unsafe = {"POST", "PUT", "PATCH", "DELETE"}
    for rule in app.url_map.iter_rules():
        for method in unsafe & (rule.methods or set()):
            for client in clients:
                url = re.sub(r"<id:\w+>", "1", rule.rule)
                for fields in ({}, {"csrf_token": "guessed"}):
                    answer = client.flask.open(url, method=method, data=fields)
                    assert answer.status_code == 400, f"{method} {rule.rule}"
                    assert re.search("formulier|form", answer.text), "a sentence"
    assert visit("junior").post("/account/sign-out", csrf=False).status_code == 400, "and its page is in order"


def test_the_language_chosen_stays(app, code, stranger, visit, session, organisation):
    assert 'lang="nl"' in stranger.get("/account/sign-in").text
    assert (
        stranger.post("/account/language", {"locale": "en", "next": "/account/sign-in"}).location == "/account/sign-in"
    )
    assert 'lang="en"' in stranger.get("/account/sign-in").text
    assert stranger.post("/account/language", {"locale": "fr"}).status_code == 422
    junior = visit("junior")
    assert junior.post("/account/language", {"locale": "en"}).status_code == 303
    assert 'lang="en"' in visit("junior").get("/").text, "on another device as well"
    assert 'lang="en"' in stranger.get("/account/sign-in", headers={"Accept-Language": "nl"}).text
    assert 'lang="nl"' in visit(None).get("/account/sign-in", headers={"Accept-Language": "xx,;q=z"}).text


def test_over_https_cookies_and_headers_are_strict(engine, database_url, code, now):
    app = create_app(Settings(database_url=database_url, **SECURE), engine)
    app.config["CLOCK"] = lambda: now
    client, host = app.test_client(), "https://leermaat.example.nl"
    page = client.get("/account/sign-in", base_url=host)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert token
    fields = {"name": "n-junior", "password": PASSWORD, "csrf_token": token[1]}
    assert client.post("/account/sign-in", data=fields, base_url=host).status_code == 400, (
        "no referrer, so not from here"
    )
    answer = client.post("/account/sign-in", data=fields, base_url=host, headers={"Referer": f"{host}/account/sign-in"})
    assert answer.status_code == 303
    cookies: SimpleCookie = SimpleCookie()
    for line in answer.headers.getlist("Set-Cookie"):
        cookies.load(line)
    assert set(cookies) == {"__Host-leermaat", "__Host-device"}
    for cookie in cookies.values():
        assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax"
        assert cookie["path"] == "/" and not cookie["domain"]
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    home = client.get("/", base_url=host)
    assert home.status_code == 200
    policy = home.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "*" not in policy
    assert home.headers["Cache-Control"] == "no-store"
    assert client.get("/account/sign-in", base_url="https://evil.example").status_code == 400, (
        "another host is not served"
    )


def test_a_code_opens_an_account_once_for_six_who_use_it_at_once(engine: sa.Engine, code, now):
    passwords = Passwords(8, 1)
    ready = Barrier(6)

    def use(number: int) -> bool:
        with open_session(engine) as opened:
            ready.wait()
            try:
                actions.activate(opened, "n-junior", code, f"{number} natte bakfietsen", passwords, now)
            except Refused:
                return False
            opened.commit()
        return True

    with ThreadPoolExecutor(6) as threads:
        opened = list(threads.map(use, range(6)))
    assert opened.count(True) == 1


def test_who_signs_in_after_somebody_else_lands_on_a_page_of_their_own(app, code, organisation):
    """A tablet asks to sign in at a page of the one before."""
    boss = organisation.people["coordinator"]
    for theirs in (f"/insight/person/{boss}#unsent", "/rounds", "/people?q=x"):
        client = InspectingClient(app)
        assert sign_in(client, next=theirs).location == "/", theirs
        assert "De pagina die hier open stond is niet van jou" in client.get("/").text
    for own in ("/account?x=1#unsent", "/nowhere", "/profiles"):
        assert sign_in(InspectingClient(app), next=own).location == own


def test_signing_out_after_the_session_ended_says_just_that(code, stranger, session):
    sign_in(stranger)
    stranger.get("/account")
    session.exec(sa.delete(SignIn))
    session.commit()
    page = stranger.follow(stranger.post("/account/sign-out"))
    assert "Je bent uitgelogd." in page.text and "niets verstuurd" not in page.text
