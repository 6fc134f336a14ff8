"""Guessing is slowed down: counted before anything is verified, apart for each door, and nobody is locked out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session

from mentorship.app import create_app
from mentorship.base.config import Settings
from mentorship.base.db import open_session
from mentorship.base.errors import TooSoon
from mentorship.people.account import actions
from mentorship.people.account.passwords import Passwords
from mentorship.people.models import Person
from mentorship.people.throttle import actions as throttle
from mentorship.people.throttle.models import Pacing
from mentorship.people.throttle.rules import NAME_HERE, NETWORK, SIGN_IN, Try, network_of
from tests.client import InspectingClient
from tests.factories import Organisation

PASSWORD = "drie koude bakfietsen"
GUESS = "vier natte kruiwagens"
MAIL = "samira@voorbeeld.example"


@pytest.fixture
def code(session: Session, organisation: Organisation) -> str:
    """Give the junior an e-mail address, a password, and a new activation code."""
    made, number = organisation, organisation.people["junior"]
    person = session.get_one(Person, number)
    person.email = MAIL
    actions.set_password(session, person, PASSWORD, Passwords(8, 1), made.now)
    issued = actions.issue_codes(session, made.actor("coordinator"), [number], made.now)
    session.commit()
    return issued[number]


def sign_in(
    client: InspectingClient, name: str = "n-junior", password: str = PASSWORD, address: str = "10.0.0.1"
) -> int:
    fields = {"name": name, "password": password}
    return client.post("/account/sign-in", fields, environ_base={"REMOTE_ADDR": address}).status_code


def sign_out(client: InspectingClient) -> None:
    client.get("/account")
    client.post("/account/sign-out")
    client.get("/account/sign-in")


def in_vain(client: InspectingClient, times: int = NAME_HERE.at_once, **more: str) -> set[int]:
    return {sign_in(client, password=GUESS, **more) for _ in range(times)}


def test_a_name_is_slowed_down_from_one_network_only(app: Flask, code: str, now: datetime):
    guesser = InspectingClient(app)
    assert in_vain(guesser) == {422}
    page = guesser.post(
        "/account/sign-in", {"name": "N-JUNIOR ", "password": PASSWORD}, environ_base={"REMOTE_ADDR": "10.0.0.1"}
    )
    assert page.status_code == 429 and "Probeer het over 3 min" in page.text, "the right one too, in any case"
    assert 'value="N-JUNIOR "' in page.text and PASSWORD not in page.text
    assert sign_in(guesser, "other", GUESS) == 422, "another name may still be tried"
    assert sign_in(InspectingClient(app), address="10.0.0.2") == 303
    app.config["CLOCK"] = lambda: now + timedelta(minutes=3)
    assert in_vain(guesser, 1) == {422} and in_vain(guesser, 1) == {429}, "one each three minutes"


@pytest.mark.parametrize("passed", [0, 1, 61, 178.5])
def test_the_seconds_after_which_one_may_try_again_are_true(app: Flask, code: str, now: datetime, passed: float):
    guesser = InspectingClient(app)
    in_vain(guesser)
    app.config["CLOCK"] = lambda: now + timedelta(seconds=passed)
    fields = {"name": "n-junior", "password": GUESS}
    there = {"REMOTE_ADDR": "10.0.0.1"}
    told = int(guesser.post("/account/sign-in", fields, environ_base=there).headers["Retry-After"])
    app.config["CLOCK"] = lambda: now + timedelta(seconds=passed + told - 1)
    assert guesser.post("/account/sign-in", fields, environ_base=there).status_code == 429
    app.config["CLOCK"] = lambda: now + timedelta(seconds=passed + told)
    again = guesser.post("/account/sign-in", fields, environ_base=there)
    assert again.status_code == 422 and "Retry-After" not in again.headers


def test_being_slowed_down_tells_nobody_that_a_number_and_an_address_are_one_person(app: Flask, code: str):
    guesser = InspectingClient(app)
    in_vain(guesser, name=MAIL)
    assert sign_in(guesser, MAIL, GUESS) == 429
    assert sign_in(guesser, "n-junior", GUESS) == 422


def test_a_site_behind_one_address_is_slowed_down_and_not_shut_out(
    session: Session, code: str, app: Flask, now: datetime
):
    for number in range(NETWORK.at_once):
        throttle.book(session, Try(SIGN_IN, f"name {number}", "10.0.0.1"), now)
    session.commit()
    colleague = InspectingClient(app)
    assert sign_in(colleague) == 429
    assert sign_in(colleague, address="10.0.0.2") == 303
    app.config["CLOCK"] = lambda: now + timedelta(seconds=2)
    assert sign_in(InspectingClient(app)) == 303, "two seconds later the next may try"


def test_who_is_right_costs_their_site_nothing(app: Flask, code: str, now: datetime):
    for _ in range(NETWORK.at_once + 20):
        assert sign_in(InspectingClient(app)) == 303


def test_on_a_device_of_before_one_passes_what_others_tried(app: Flask, code: str):
    own, other = InspectingClient(app), InspectingClient(app)
    assert sign_in(own) == 303
    in_vain(other)
    assert sign_in(other) == 429
    sign_out(own)
    assert sign_in(own) == 303, "from the same network"
    sign_out(own)
    assert in_vain(own, 10) == {422} and in_vain(own, 1) == {429}, "but not for ever"


def test_each_door_is_counted_by_itself(app: Flask, code: str):
    guesser = InspectingClient(app)
    in_vain(guesser, address="127.0.0.1")
    fields = {"name": "n-junior", "code": "AAAA-AAAA-AAAA", "password": GUESS}
    assert [guesser.post("/account/activate", fields).status_code for _ in range(6)] == [422] * 5 + [429]
    assert guesser.post("/account/activate", {**fields, "code": code}).status_code == 429
    assert guesser.post("/links", {"code": "2222-2222-2222"}).status_code == 422
    elsewhere = {"environ_base": {"REMOTE_ADDR": "10.0.0.2"}}
    assert guesser.post("/account/activate", {**fields, "code": code}, **elsewhere).status_code == 303


def test_a_weak_password_is_no_guess_of_a_code(app: Flask, code: str):
    weak = {"name": "n-junior", "code": code, "password": "Welkom2026!!"}
    newcomer = InspectingClient(app)
    assert {newcomer.post("/account/activate", weak).status_code for _ in range(8)} == {422}
    assert newcomer.post("/account/activate", {**weak, "password": GUESS}).status_code == 303


def test_one_does_not_guess_the_old_password_of_a_session_left_open(app: Flask, code: str):
    finder = InspectingClient(app)
    assert sign_in(finder) == 303
    finder.get("/account")
    fields = {"old": "wie weet is het dit", "new": GUESS}
    tries = [finder.post("/account/password", fields).status_code for _ in range(12)]
    assert tries.count(422) <= 10 and tries[-1] == 429
    assert sign_in(InspectingClient(app), address="10.0.0.3") == 303


def test_of_forty_at_once_no_more_than_five_are_verified(engine: sa.Engine, now: datetime):
    """On both databases: a count that is read before it is written lets several times as many through."""
    start = Barrier(40)

    def guess(_number: int) -> bool:
        start.wait()
        with open_session(engine) as session:
            try:
                throttle.book(session, Try(SIGN_IN, "n-junior", "10.0.0.1"), now)
            except TooSoon:
                return False
            session.commit()
        return True

    with ThreadPoolExecutor(40) as pool:
        assert sum(pool.map(guess, range(40))) == NAME_HERE.at_once


def test_a_clock_that_was_wrong_locks_nobody_out(session: Session, now: datetime):
    tried = Try(SIGN_IN, "n-junior", "10.0.0.1")
    for _ in range(NAME_HERE.at_once):
        throttle.book(session, tried, now + timedelta(days=14))
    throttle.book(session, tried, now)
    with pytest.raises(TooSoon):
        for _ in range(NAME_HERE.at_once):
            throttle.book(session, tried, now)


def test_what_is_no_longer_spent_is_forgotten(session: Session, now: datetime):
    throttle.book(session, Try(SIGN_IN, "early", "10.0.0.1"), now)
    throttle.book(session, Try(SIGN_IN, "late", "10.0.0.2"), now + timedelta(minutes=30))
    actions.purge(session, now + timedelta(minutes=30))
    left = session.execute(sa.select(sa.func.count()).select_from(Pacing)).scalar_one()
    assert left == 3, "those of who tried just now stay"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("10.0.0.1:50123", "10.0.0.1"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("[::ffff:10.0.0.1]:443", "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]:50123", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unix:", "unix:"),
        ("", ""),
    ],
)
def test_an_address_stands_for_its_network(address: str, network: str):
    assert network_of(address) == network


def test_a_proxy_that_the_settings_do_not_know_is_told_once(app: Flask, caplog: pytest.LogCaptureFixture):
    client = InspectingClient(app)
    for _ in range(3):
        client.get("/account/sign-in", headers={"X-Forwarded-For": "192.0.2.1"})
    told = [record.getMessage() for record in caplog.records if "X-Forwarded-For" in record.getMessage()]
    assert len(told) == 1 and "MENTORSHIP_PROXIES" in told[0]


def test_behind_a_proxy_that_is_known_it_is_not_told(app: Flask, caplog: pytest.LogCaptureFixture):
    settings: Settings = app.extensions["mentorship_settings"]
    behind = create_app(settings.model_copy(update={"proxies": 1}), app.extensions["mentorship_engine"])
    InspectingClient(behind).get("/account/sign-in", headers={"X-Forwarded-For": "192.0.2.1"})
    assert "X-Forwarded-For" not in caplog.text


def test_a_number_that_reads_like_an_account_gives_no_new_tries_at_its_code(
    session: Session, organisation: Organisation, app: Flask
):
    """Each device of whoever is called "person 5" would count apart for the code of the person with the id 5."""
    made, me = organisation, organisation.people["junior"]
    session.get_one(Person, made.people["senior"]).number = f"person {me}"
    for key in ("junior", "senior"):
        actions.set_password(session, session.get_one(Person, made.people[key]), PASSWORD, Passwords(8, 1), made.now)
    session.commit()
    seen = set()
    for _ in range(2):
        client = InspectingClient(app)
        assert sign_in(client, f"person {me}") == 303, "so that this is a device of theirs"
        sign_out(client)
        assert sign_in(client) == 303
        client.get("/account")
        for _ in range(NAME_HERE.at_once):
            answer = client.post("/account/password", {"old": GUESS, "new": GUESS})
            seen.add(answer.status_code)
    assert 429 in seen
