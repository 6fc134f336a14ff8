"""What the security log tells of signing in, guessing and asking for what is not one's own, as a browser does it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

import pytest
from click import ClickException
from flask import Flask
from sqlmodel import Session

from mentorship.base import security
from mentorship.base.config import Settings
from mentorship.cli.opening import ready
from mentorship.people import actions as people
from mentorship.people.access import PUBLIC
from mentorship.people.account import actions, passwords
from mentorship.people.account.passwords import Passwords
from mentorship.people.models import Person
from tests.client import InspectingClient
from tests.factories import Organisation
from tests.people.test_second_factor import with_factor

PASSWORD = "drie koude bakfietsen"
Visit = Callable[[str | None], InspectingClient]
NEW = "zeven trage wasmachines"
Told = Callable[[], list[dict[str, object]]]


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> Told:
    """What was told since it was asked before, without when and in which request."""
    caplog.set_level(logging.INFO, security.LOGGER)

    def read() -> list[dict[str, object]]:
        found = []
        for record in caplog.records:
            if record.name == security.LOGGER:
                line = json.loads(record.getMessage())
                if "request" in line:
                    assert len(line.pop("request")) == 16 and line.pop("network") == "127.0.0.0/24"
                found.append({key: line[key] for key in line.keys() - {"timestamp", "level"}})
        caplog.clear()
        return found

    return read


@pytest.fixture
def junior(session: Session, organisation: Organisation) -> int:
    """Somebody with an address, a password and a new code."""
    person = session.get_one(Person, organisation.people["junior"])
    person.email = "samira@voorbeeld.example"
    actions.set_password(session, person, PASSWORD, Passwords(8, 1), organisation.now)
    session.commit()
    return organisation.people["junior"]


def sign_in(client: InspectingClient, name: str = "n-junior", password: str = PASSWORD):
    return client.post("/account/sign-in", {"name": name, "password": password})


def test_signing_in_wrong_and_right_and_out(app: Flask, junior: int, told: Told):
    client = InspectingClient(app)
    assert sign_in(client, password="iets heel anders").status_code == 422
    assert sign_in(client, "Samira Jansen", "iets heel anders").status_code == 422
    assert sign_in(client).status_code == 303
    client.get("/account")
    assert client.post("/account/sign-out").status_code == 303
    assert told() == [
        {"event": "sign_in.failed", "person": junior},
        {"event": "sign_in.failed", "person": None},
        {"event": "sign_in.good", "by": junior, "person": junior},
        {"event": "sign_out", "by": junior, "person": junior},
    ]


def test_guessing_on(app: Flask, junior: int, told: Told):
    client = InspectingClient(app)
    while sign_in(client, password="iets heel anders").status_code != 429:
        pass
    *failed, last = told()
    assert {line["event"] for line in failed} == {"sign_in.failed"}
    assert last == {"event": "throttled", "door": "account.do_sign_in"}


def test_too_busy_is_no_wrong_password(app: Flask, junior: int, told: Told, monkeypatch: pytest.MonkeyPatch):
    client = InspectingClient(app)
    client.get("/account/sign-in")
    monkeypatch.setattr(passwords.Passwords, "verify", _busy)
    assert sign_in(client).status_code == 503
    assert told() == [{"event": "too_busy", "door": "account.do_sign_in"}]


def _busy(*_given: object) -> bool:
    with passwords.Queue(0, 0, 0).turn():
        return True


def test_a_code_and_a_password(app: Flask, session: Session, organisation: Organisation, junior: int, told: Told):
    coordinator = organisation.people["coordinator"]
    code = actions.issue_codes(session, organisation.actor("coordinator"), [junior], organisation.now)[junior]
    assert told() == [], "not committed yet"
    session.commit()
    assert [line["event"] for line in told()] == ["code.made"]
    client = InspectingClient(app)
    wrong = {"name": "n-junior", "code": "AAAA-BBBB-CCCC", "password": NEW}
    assert client.post("/account/activate", wrong).status_code == 422
    weak = {"name": "n-junior", "code": code, "password": "kort"}
    assert client.post("/account/activate", weak).status_code == 422
    assert client.post("/account/activate", {**weak, "password": NEW}).status_code == 303
    failed, distrusted, good, signed_in = sorted(told(), key=lambda line: str(line["event"]) != "activation.failed")
    assert failed == {"event": "activation.failed", "person": junior}, "the weak password was no guess"
    assert {distrusted["event"], good["event"], signed_in["event"]} == {
        "device.distrusted",
        "activation.good",
        "sign_in.good",
    }
    fields = {"old": "niet dit", "new": PASSWORD}
    client.get("/account")
    assert client.post("/account/password", fields).status_code == 422
    assert client.post("/account/password", {**fields, "old": NEW}).status_code == 303
    assert told() == [
        {"event": "password.failed", "by": junior, "person": junior},
        {"event": "password.changed", "by": junior, "person": junior},
    ]
    assert coordinator


def test_the_second_factor(app: Flask, session: Session, organisation: Organisation, told: Told):
    phone, papers = with_factor(session, organisation, "junior")
    me = organisation.people["junior"]
    assert [line["event"] for line in told()] == ["second_factor.on"]
    client = InspectingClient(app)
    assert sign_in(client).status_code == 303
    assert client.post("/second-step", {"code": "000000"}).status_code == 422
    assert client.post("/second-step", {"code": papers[0]}).status_code == 303
    assert told() == [
        {"event": "sign_in.half", "person": me},
        {"event": "second_factor.failed", "person": me},
        {"event": "sign_in.good", "by": me, "person": me},
        {"event": "second_factor.recovery_used", "by": me, "person": me},
    ]
    client.get("/account")
    assert client.post("/second-step/off", {"code": phone.code(), "password": PASSWORD}).status_code == 303
    assert told() == [{"event": "second_factor.off", "by": me, "person": me}]


def test_what_is_not_ones_own(visit: Visit, organisation: Organisation, told: Told):
    me, other = organisation.people["junior"], organisation.people["senior"]
    client = visit("junior")
    assert client.get("/people").status_code == 403
    assert client.get(f"/profiles/{other}").status_code == 404
    assert client.get("/mentorships/999").status_code == 404
    assert client.post("/account/sign-out", csrf=False).status_code == 400
    lines = told()
    door = {"method": "GET", "by": me}
    assert lines[0] == {
        "event": "access.refused", "door": "people.index", "rule": "see people", "of": [], "there": True, "status": 403,
        **door,
    }  # fmt: skip
    assert lines[1]["of"] == [other] and lines[2]["of"] == [999] and lines[2]["there"] is False
    assert lines[3] == {"event": "form.forged", "door": "account.sign_out", "method": "POST"}


def test_roles_and_addresses(session: Session, organisation: Organisation, told: Told):
    by, person_id = organisation.actor("admin"), organisation.people["junior"]
    people.set_roles(session, by, person_id, {"junior", "hr"}, organisation.now)
    session.commit()
    assert told() == [
        {
            "event": "roles.changed",
            "by": by.person_id,
            "person": person_id,
            "before": ["junior"],
            "after": ["hr", "junior"],
        }
    ]


def test_a_fault_of_ours(app: Flask, told: Told, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(app.view_functions, "operations.health", broken)
    assert InspectingClient(app).get("/healthz").status_code == 500
    assert told() == [{"event": "fault", "door": "operations.health", "method": "GET"}]


def broken() -> str:
    raise ValueError("of a note: Geheimvogel")


broken.access = (PUBLIC, None)  # type: ignore[attr-defined]


def test_settings_that_may_not_serve(told: Told):
    with pytest.raises(ClickException), ready(Settings(_env_file=None, mode="production"), safe=True):
        pass
    (line,) = told()
    assert line["event"] == "settings.refused" and line["number"]
