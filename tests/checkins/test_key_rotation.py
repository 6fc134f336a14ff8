"""The secret key is changed: what the old one closed opens while it is named, and nothing of it afterwards."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from pydantic import SecretStr
from pyotp import TOTP
from sqlmodel import Session, select

from mentorship.app import create_app
from mentorship.base import links, secret_codes
from mentorship.checkins.links.rules import LINK_PURPOSE
from mentorship.checkins.models import CheckInCode
from mentorship.people.account import actions as accounts
from mentorship.people.models import ActivationCode, Person
from mentorship.people.second_factor import actions as factors
from mentorship.people.second_factor import rules as factor_rules
from mentorship.people.second_factor.models import SecondFactor
from mentorship.worker import jobs
from tests.checkins.stage import Asking
from tests.client import InspectingClient
from tests.conftest import KEY

CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")
PASSWORD = "drie koude bakfietsen"


@pytest.fixture
def asked(stage: Asking) -> Asking:
    stage.start("senior", "junior")
    assert stage.open() == 2
    return stage


def changed(stage: Asking, *, forget: bool = False) -> Flask:
    """The service as it stands after its key was changed; `forget`: the old one was not named."""
    known = stage.app.extensions["mentorship_settings"]
    fallbacks = [] if forget else [known.secret_key]
    new = known.model_copy(update={"secret_key": SecretStr(KEY), "secret_key_fallbacks": fallbacks})
    app = create_app(new, stage.app.extensions["mentorship_engine"])
    app.config.update(CLOCK=stage.app.config["CLOCK"], TESTING=True, PROPAGATE_EXCEPTIONS=False)
    if forget:
        secret_codes.seal_by([KEY])
    return app


def in_calendar(app: Flask, path: str) -> list[str]:
    read = app.test_client().get(path)
    assert read.status_code == 200
    return re.findall(r"UID:(\S+)", read.text)


@pytest.fixture
def closed(asked: Asking, session: Session) -> dict[str, Any]:
    """What the old key closed."""
    known = asked.app.extensions["mentorship_settings"]
    junior = asked.person("junior")
    slip = asked.visit("manager").post("/links/codes", {"person": [str(junior)]}).text
    calendar = asked.visit("junior").post("/calendar/address").text
    activation = accounts.issue_codes(session, asked.actor("admin"), [junior], asked.now)[junior]
    keys = known.secret_keys
    factors.begin(session, asked.actor("senior"), keys, asked.now)
    secret = factor_rules.opened(session.get_one(SecondFactor, asked.person("senior")).secret, keys) or ""
    papers = factors.confirm(session, asked.actor("senior"), TOTP(secret).at(asked.now), keys, asked.now)
    session.commit()
    path = re.search(r"/calendar/[\w-]+\.ics", calendar)
    assert path
    return {
        "link": "/links/" + links.sign(known, LINK_PURPOSE, asked.newest("junior").id, asked.now),
        "unsubscribe": links.sign(known, "unsubscribe", [junior, "duo"], asked.now),
        "slip": CODE.findall(slip)[0],
        "activation": activation,
        "calendar": path[0],
        "ids": in_calendar(asked.app, path[0]),
        "paper": papers[0],
        "secret": secret,
    }


@pytest.mark.both_databases
def test_a_new_key_keeps_what_the_old_one_closed(asked: Asking, closed: dict[str, Any], session: Session):
    here = asked.visit("manager")
    here.get("/account")
    app = changed(asked)
    here.flask.application = app
    sent = here.post("/account/language", {"locale": "en", "next": "/account"})
    assert sent.status_code == 303, "a form that was open is taken"
    assert here.get("/account").status_code == 200, "who is signed in stays so"
    assert "Senior Proef" in InspectingClient(app).get(closed["link"]).text
    stopped = app.test_client().post("/reminders/unsubscribe", query_string={"token": closed["unsubscribe"]})
    assert stopped.status_code == 200
    opened = InspectingClient(app).post("/links", {"code": closed["slip"]})
    assert opened.status_code == 303 and "Senior Proef" in InspectingClient(app).get(opened.location).text
    assert len(closed["ids"]) > 3 and in_calendar(app, closed["calendar"]) == closed["ids"]
    keys = app.extensions["mentorship_settings"].secret_keys
    senior = asked.person("senior")
    assert factor_rules.opened(session.get_one(SecondFactor, senior).secret, keys) == closed["secret"]
    factors.use(session, senior, closed["paper"], keys, asked.now)
    session.rollback()
    words = {"name": "junior", "code": closed["activation"], "password": PASSWORD}
    assert "Junior" in _activate(app, words, session, asked)


def _activate(app: Flask, words: dict[str, str], session: Session, stage: Asking) -> str:
    number = stage.read(lambda reading: reading.get_one(Person, stage.person("junior")).number)
    client = InspectingClient(app)
    client.get("/account/activate")
    client.post("/account/activate", {**words, "name": number})
    return client.get("/account").text


def _sealed_of(stage: Asking) -> str:
    return stage.read(lambda reading: reading.get_one(SecondFactor, stage.person("senior")).secret)


@pytest.mark.both_databases
def test_the_worker_seals_second_factors_by_the_new_key(asked: Asking, closed: dict[str, Any], session: Session):
    session.rollback()
    new = changed(asked).extensions["mentorship_settings"]
    jobs.purge_all(asked.app.extensions["mentorship_engine"], asked.now, new)
    kept = _sealed_of(asked)
    assert factor_rules.opened(kept, [KEY]) == closed["secret"], "the old key need not be named for it any more"
    jobs.purge_all(asked.app.extensions["mentorship_engine"], asked.now, new)
    assert _sealed_of(asked) == kept, "and not sealed again each time"


@pytest.mark.both_databases
def test_codes_are_kept_so_that_the_database_alone_tells_none(asked: Asking, closed: dict[str, Any], session: Session):
    for table, code in ((CheckInCode, closed["slip"]), (ActivationCode, closed["activation"])):
        kept = set(session.exec(select(table.code_hash)))
        bare = code.replace("-", "")
        assert secret_codes.sealed(bare) in kept
        assert secret_codes.digest(bare) not in kept, "whoever has the database could try all codes"


def test_a_code_from_before_codes_were_sealed_still_opens(asked: Asking, closed: dict[str, Any], session: Session):
    row = session.exec(select(CheckInCode)).one()
    row.code_hash = secret_codes.digest(closed["slip"].replace("-", ""))
    session.add(row)
    session.commit()
    opened = InspectingClient(asked.app).post("/links", {"code": closed["slip"]})
    assert opened.status_code == 303 and "Senior Proef" in InspectingClient(asked.app).get(opened.location).text


def test_a_key_that_is_named_no_more_opens_nothing(asked: Asking, closed: dict[str, Any], session: Session):
    app = changed(asked, forget=True)
    here = asked.visit("manager")
    here.flask.application = app
    assert "/account/sign-in" in (here.get("/account").location or "")
    assert "Senior Proef" not in InspectingClient(app).get(closed["link"]).text
    assert InspectingClient(app).post("/links", {"code": closed["slip"]}).status_code == 422
    keys = app.extensions["mentorship_settings"].secret_keys
    assert factor_rules.opened(session.get_one(SecondFactor, asked.person("senior")).secret, keys) is None
    factors.use(session, asked.person("senior"), closed["paper"], keys, asked.now)
