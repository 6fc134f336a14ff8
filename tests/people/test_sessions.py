"""A session ends when nobody uses it, sooner for who decides about others; who comes back reads why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, col, select

from mentorship.people.account import actions as accounts
from mentorship.people.models import Person, PersonRole, SignIn
from mentorship.people.sessions import rules
from tests.client import InspectingClient
from tests.factories import Organisation, Screen

Visit = Callable[[str | None], InspectingClient]
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://localhost/rounds/1?step=2"}


@pytest.fixture
def later(app: Flask, now: datetime) -> Callable[[float], None]:
    """Let time pass, in minutes since everybody signed in."""

    def pass_by(minutes: float) -> None:
        app.config["CLOCK"] = lambda: now + timedelta(minutes=minutes)

    return pass_by


def is_out(answer: Any) -> bool:
    return answer.status_code == 303 and answer.location.startswith("/account/sign-in")


@pytest.mark.parametrize(
    ("who", "minutes", "told"),
    [
        ("junior", 480, "omdat je hier 8 uur niets deed."),
        ("manager", 480, "omdat je hier 8 uur niets deed."),
        ("coordinator", 30, "omdat je hier 30 minuten niets deed."),
        ("hr", 30, "omdat je hier 30 minuten niets deed."),
        ("admin", 30, "omdat je hier 30 minuten niets deed."),
    ],
)
def test_who_does_nothing_is_signed_out_and_reads_why(visit: Visit, later, who: str, minutes: int, told: str):
    client, used = visit(who), visit(who)
    later(minutes - 0.1)
    assert used.get("/reminders").status_code == 200
    later(minutes)
    page = Screen(client, "/reminders")
    assert page.path == "/account/sign-in"
    assert told in page.text
    assert page.fields("Inloggen")["next"] == "/reminders"
    assert told not in Screen(client, "/account/sign-in").text, "once"
    assert used.get("/reminders").status_code == 200, "another session of the same person"


def test_the_settings_say_how_long(app: Flask, visit: Visit, later):
    settings = app.extensions["mentorship_settings"]
    settings.idle_minutes, settings.powerful_idle_minutes = 20, 60
    junior, hr = visit("junior"), visit("hr")
    later(20)
    assert is_out(junior.get("/"))
    assert "20 minuten" in Screen(junior, "/account/sign-in").text
    assert is_out(hr.get("/")), "never longer than everybody"


def test_whoever_keeps_working_stays(visit: Visit, later):
    reading, sending = visit("coordinator"), visit("coordinator")
    sending.get("/account")
    for minutes in range(0, 200, 25):
        later(minutes)
        assert reading.get("/people").status_code == 200
        assert sending.post("/account/language", {"locale": "nl"}).status_code == 303
    later(230)
    assert is_out(reading.get("/"))


def seen(session: Session) -> datetime:
    session.rollback()
    found = session.exec(select(SignIn.seen_at)).one()
    session.rollback()
    return found


def test_a_use_is_not_written_down_every_time(engine: sa.Engine, visit: Visit, later, session: Session, now: datetime):
    client = visit("coordinator")
    for minutes, noted in ((1, 0), (1.9, 0), (2.1, 2.1), (4, 2.1), (4.2, 4.2)):
        later(minutes)
        client.get("/people")
        assert seen(session) == now + timedelta(minutes=noted), minutes


@pytest.mark.parametrize("limit", [timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=8)])
def test_nobody_is_out_much_before_the_time_that_is_said(limit: timedelta):
    start = datetime(2026, 11, 23, 9)
    unnoted = max(
        timedelta(seconds=second)
        for second in range(0, 3600, 5)
        if not rules.is_worth_noting(start, limit, start + timedelta(seconds=second))
    )
    assert unnoted <= limit / 14


def test_a_page_that_asks_by_itself_keeps_no_session_alive(app: Flask, visit: Visit, later):
    for url in ("/rounds/1/progress", "/upload/progress?draft=1"):
        later(0)
        client = visit("coordinator")
        for minutes in (5, 15, 25):
            later(minutes)
            client.get(url, headers=HTMX)
        later(30.1)
        answer = client.get(url, headers=HTMX)
        assert answer.status_code == 200 and not answer.data, "no page within a page"
        assert answer.headers["HX-Redirect"] == "/account/sign-in?next=/rounds/1?step%3D2"
        assert is_out(client.get("/people"))


def test_a_script_of_ours_that_asks_for_a_part_sees_a_redirect(visit: Visit, later):
    client = visit("junior")
    client.get("/account")
    later(480)
    answer = client.get("/search?q=Jan", headers={"HX-Request": "true"})
    assert is_out(answer) and answer.location.endswith("next=/search?q%3DJan")


def test_a_session_that_ended_unused_never_comes_back(
    visit: Visit, later, session: Session, organisation: Organisation
):
    client = visit("coordinator")
    cookie = client.flask.get_cookie("leermaat").value
    later(31)
    assert is_out(client.get("/"))
    session.exec(sa.delete(PersonRole).where(col(PersonRole.person_id) == organisation.people["coordinator"]))
    session.commit()
    client.flask.set_cookie("leermaat", cookie)
    assert is_out(client.get("/"))


def test_a_role_that_decides_shortens_a_session_at_once(
    visit: Visit, later, session: Session, organisation: Organisation
):
    client = visit("junior")
    later(31)
    session.add(PersonRole(person_id=organisation.people["junior"], role="hr"))
    session.commit()
    assert is_out(client.get("/people")), "what was open and unused does not open what is new"


def test_after_the_longest_day_it_says_so(visit: Visit, later):
    client = visit("junior")
    for minutes in range(0, 720, 100):
        later(minutes)
        client.get("/reminders")
    later(720)
    assert "omdat je 12 uur ingelogd was." in Screen(client, "/").text


def test_ended_from_elsewhere_says_so(visit: Visit, session: Session, organisation: Organisation):
    client = visit("junior")
    accounts.end_sessions(session, organisation.people["junior"], organisation.now)
    session.commit()
    assert "Je bent hier uitgelogd vanaf een andere plek" in Screen(client, "/").text


def test_who_left_reads_no_more_than_that_they_may_sign_in(visit: Visit, session: Session, organisation: Organisation):
    client = visit("junior")
    session.get_one(Person, organisation.people["junior"]).left_on = organisation.now.date()
    session.commit()
    page = Screen(client, "/")
    assert page.path == "/account/sign-in" and "uitgelogd" not in page.text


def test_what_a_phone_keeps_goes_with_an_unused_session(app: Flask, visit: Visit, later):
    told = visit("junior").get("/offline/own.json").json
    assert told["seconds"] == 480 * 60
    app.extensions["mentorship_settings"].idle_minutes = 1200
    assert visit("junior").get("/offline/own.json").json["seconds"] == 720 * 60


def test_signing_out_tells_the_browser_to_forget(visit: Visit):
    leaving = (
        ("/account/sign-out", {}),
        ("/account/sessions/end-all", {}),
    )
    for url, fields in leaving:
        client = visit("junior")
        answer = client.post(url, fields)
        assert answer.headers["Clear-Site-Data"] == '"cache", "storage"', url
        assert "Clear-Site-Data" not in client.get("/account/sign-in").headers
        with client.flask.session_transaction() as cookie:
            assert not {"_user_id", "_id", "_fresh"} & set(cookie)


def test_an_ended_session_keeps_what_was_typed_and_forgets_pages(visit: Visit, later):
    client = visit("junior")
    client.get("/account")
    later(480)
    answer = client.post("/reminders", {"wanted": "duo", "from_page": "/reminders"})
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert is_out(answer) and answer.location.endswith("next=/reminders%23unsent")
    assert "Clear-Site-Data" not in client.get("/").headers, "there is nothing left to forget"
