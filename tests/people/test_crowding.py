"""Who asks without end waits, and nobody else does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mentorship.app import create_app
from mentorship.base.config import Settings
from mentorship.people.throttle import crowding
from mentorship.people.throttle.crowding import Crowd, pace_of
from mentorship.people.throttle.guard import CROWD
from mentorship.people.throttle.rules import FORMS, PAGES, SHEETS
from tests.client import InspectingClient


@pytest.fixture
def crowded(app):
    app.extensions[CROWD] = Crowd()
    return app


def test_who_fetches_sheets_without_end_waits_and_nobody_else(crowded, visit, organisation, now):
    coordinator, other = visit("coordinator").flask, visit("hr").flask
    for _ in range(SHEETS.at_once):
        assert coordinator.get("/people/people.csv").status_code == 200
    refused = coordinator.get("/people/people.csv")
    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) == 15
    assert "Probeer het over 15 s opnieuw" in refused.text
    assert other.get("/people/people.csv").status_code == 200
    assert coordinator.get("/people").status_code == 200, "pages are counted apart"
    crowded.config["CLOCK"] = lambda: now + timedelta(seconds=15)
    assert coordinator.get("/people/people.csv").status_code == 200
    assert coordinator.get("/people/people.csv").status_code == 429


def test_who_sends_forms_without_end_waits_and_saves_nothing(crowded, visit, session, organisation):
    client = visit("junior")
    for _ in range(FORMS.at_once):
        assert client.post("/account/language", {"locale": "en", "next": "/account"}).status_code == 303
    assert client.post("/account/language", {"locale": "nl", "next": "/account"}).status_code == 429
    assert 'lang="en"' in client.get("/account").text


def test_a_person_at_work_never_waits():
    """Ten hours of a tap every second, and a page every two."""
    crowd = Crowd()
    for second in range(36_000):
        assert crowd.wait(7, FORMS, second * 1000) == 0
        assert second % 2 or crowd.wait(7, PAGES, second * 1000) == 0


def test_a_clock_that_was_wrong_keeps_nobody_out():
    crowd = Crowd()
    assert crowd.wait(7, FORMS, 10**12) == 0
    assert crowd.wait(7, FORMS, 10**6) == 0


def test_what_is_spent_no_longer_is_forgotten(monkeypatch):
    monkeypatch.setattr(crowding, "MOST", 100)
    crowd = Crowd()
    for person in range(1000):
        crowd.wait(person, FORMS, person * 10_000)
    assert len(crowd._spent) <= 100


@pytest.mark.parametrize(
    ("method", "path", "pace"),
    [
        ("GET", "/people", PAGES),
        ("GET", "/people/people.csv", SHEETS),
        ("POST", "/many", FORMS),
        ("DELETE", "/", FORMS),
    ],
)
def test_what_counts_as_what(method, path, pace):
    assert pace_of(method, path) is pace


def test_it_counts_wherever_people_are(engine, database_url):
    settings = Settings(
        mode="demo", database_url=database_url, secret_key="t" * 40, secure_cookies=False, _env_file=None
    )
    assert CROWD in create_app(settings, engine).extensions


def test_a_stranger_is_counted_elsewhere(crowded, organisation):
    client = InspectingClient(crowded)
    for _ in range(5):
        assert client.get("/account/sign-in").status_code == 200
