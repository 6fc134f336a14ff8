"""A form that is shown again: every sentence beside its field, nothing typed lost, nothing half done left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import select

from mentorship.base import audit
from mentorship.base.audit import AuditRow
from mentorship.base.db import open_session
from mentorship.base.errors import Conflict, Refused
from mentorship.base.forms import Form, Invalid, RowId
from mentorship.base.i18n import N_, use_locale
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, render_form, sent
from mentorship.web.request import apart, db, now
from tests.client import InspectingClient
from tests.conftest import make_app

TOO_LATE = N_("Choose a day after today.")


class SmallForm(Form):
    number: RowId


@pytest.fixture
def kind() -> str:
    return "sqlite"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with use_locale("en"):
        yield


@pytest.fixture
def posted(app: Flask) -> Iterator[None]:
    with app.test_request_context("/", method="POST"):
        yield


def wrong_form(fields: dict[str, str]) -> Invalid:
    with pytest.raises(Invalid) as failure:
        SmallForm.read(fields)
    return failure.value


def actions_of(engine: sa.Engine) -> list[str]:
    with open_session(engine, read_only=True) as session:
        return list(session.exec(select(AuditRow.verb).order_by(AuditRow.verb)))


def test_a_refusal_knows_its_field_and_says_its_sentence():
    refused = Refused(N_("Too long: at most %(max_length)s characters."), "goal", max_length=7)
    assert (refused.field, refused.params) == ("goal", {"max_length": 7})
    assert str(refused) == "Too long: at most 7 characters."
    assert Refused(TOO_LATE).field == ""


@pytest.mark.usefixtures("posted")
@pytest.mark.parametrize(
    ("failure", "status", "errors"),
    [
        (lambda: wrong_form({"number": "0"}), 422, {"number": "At least 1."}),
        (lambda: Refused(TOO_LATE, "until"), 422, {"until": TOO_LATE}),
        (lambda: Refused(TOO_LATE), 422, {"": TOO_LATE}),
        (lambda: Conflict(TOO_LATE), 409, {"": TOO_LATE}),
    ],
)
def test_a_mistake_holds_the_sentences_and_what_was_typed(
    failure: Callable[[], Invalid | Refused], status: int, errors: dict[str, str]
):
    fields = {"number": "0", "password": "geheim", "old": "geheim", "new": "geheim", "languages": ["nl", "en"]}
    wrong = mistake(failure(), fields, "second")
    assert wrong == Mistake(errors, {"number": "0", "languages": ["nl", "en"]}, status, "second") and wrong


def test_nothing_wrong_is_a_page_like_any_other(app: Flask):
    assert not NOTHING_WRONG and NOTHING_WRONG.status == 200
    with app.test_request_context("/"):
        page = render_form("people/account/sign_in.html", NOTHING_WRONG)
        assert isinstance(page, str) and "is-invalid" not in page


def test_a_mistake_shows_its_form_again_with_its_status(app: Flask):
    with app.test_request_context("/"):
        wrong = Mistake({"name": "Dit klopt niet."}, {"name": "Emma & co"}, 422)
        page = render_form("people/account/activate.html", wrong)
        assert isinstance(page, tuple) and page[1] == 422
        assert "Dit klopt niet." in page[0] and 'value="Emma &amp; co"' in page[0]
        assert render_form("people/account/activate.html", wrong, values={}) != page, "a page may fill its forms itself"


@pytest.mark.usefixtures("posted")
def test_a_mistake_takes_back_what_the_request_did(engine: sa.Engine):
    audit.record(db(), now(), None, "half", "test", 1)
    db().flush()
    mistake(Refused(TOO_LATE), {})
    db().commit()
    assert actions_of(engine) == []


@pytest.mark.usefixtures("posted")
def test_what_is_written_apart_survives_and_what_failed_there_does_not(engine: sa.Engine):
    audit.record(db(), now(), None, "half", "test", 1)
    db().flush()  # holds SQLite's only place to write
    with apart() as opened:
        audit.record(opened, now(), None, "kept", "test", 1)
    with pytest.raises(RuntimeError), apart() as opened:
        audit.record(opened, now(), None, "broken off", "test", 1)
        raise RuntimeError
    assert actions_of(engine) == ["kept"]


@pytest.fixture
def app(engine: sa.Engine, database_url: str, now: datetime) -> Flask:
    """An application of one's own: a door is added to it."""
    return make_app(engine, database_url, now)


def test_the_idiom_in_a_door(app: Flask, engine: sa.Engine):
    @app.post("/small")
    @guard.allow(access.PUBLIC)
    def small() -> Page:
        fields = sent()
        try:
            audit.record(db(), now(), None, "half", "test", 1)
            SmallForm.read(fields)
        except MISTAKES as failure:
            return render_form("people/account/sign_in.html", mistake(failure, fields))
        return "done"

    answer = InspectingClient(app).post("/small", {"number": "0"})
    assert answer.status_code == 422 and actions_of(engine) == []
    answer = InspectingClient(app).post("/small", {"number": "1"})
    assert answer.text == "done" and actions_of(engine) == ["half"]
