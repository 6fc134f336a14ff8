"""What mail one gets: on one's own page, or at one click from a mail; and invitations by mail."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from pydantic import SecretStr
from sqlmodel import Session, select

from mentorship.base import links
from mentorship.base.audit import AuditRow
from mentorship.base.outbox import OutboxRow
from mentorship.mentorships.models import Mentorship
from mentorship.people.models import ActivationCode, Person
from mentorship.reminders.queries import topics_of
from mentorship.reminders.rules import UNSUBSCRIBE_LASTS
from tests.client import InspectingClient
from tests.people.test_directory import CODE, PASSWORD, plain
from tests.reminders.conftest import Post, words
from tests.rounds.stage import Stage

ALL = {"duo", "reminder", "overview", "message"}


def topics(stage: Stage, key: str) -> set[str]:
    return set(stage.read(topics_of, stage.person(key)))


@pytest.mark.both_databases
def test_choosing_what_to_get(visit, stage: Stage):
    client = visit("junior")
    page = client.get("/reminders")
    assert page.text.count('name="wanted"') == 4 and page.text.count(" checked") == 4, "all, until one says otherwise"
    assert "/reminders" in client.get("/account").text
    answer = client.post("/reminders", {"wanted": ["reminder"]})
    assert answer.status_code == 303 and topics(stage, "junior") == {"reminder"}
    assert client.follow(answer).text.count(" checked") == 1
    client.post("/reminders", {"wanted": []})
    assert topics(stage, "junior") == set() and topics(stage, "senior") == ALL
    assert client.post("/reminders", {"wanted": ["invitation"]}).status_code == 422
    client.post("/reminders", {"wanted": list(ALL)})
    assert topics(stage, "junior") == ALL


@pytest.fixture
def stop(app: Flask, stage: Stage, post: Post) -> str:
    """The address in the List-Unsubscribe of a mail to the junior."""
    post.settings = app.extensions["mentorship_settings"]
    stage.organisation.pair("senior", "junior")
    stage.organisation.session.commit()
    message = next(m for m in post.go() if m["To"].addresses[0].username == "junior")
    raw = message.as_bytes()
    found = re.search(rb"\nList-Unsubscribe: <(http[^>\s]+)>\r\n", raw)
    assert found, "whole, on one line, in no code that a mail program would not read"
    assert b"\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw
    return found[1].decode().removeprefix(post.settings.public_url)


def test_one_click_stops_the_mail_without_signing_in(app: Flask, stage: Stage, stop: str):
    """As a mail program does it (RFC 8058): a POST with one field, without a page, a cookie or a token of ours."""
    program = app.test_client(use_cookies=False)
    assert program.post(stop, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert topics(stage, "junior") == ALL - {"duo"} and topics(stage, "senior") == ALL
    assert program.post(stop).status_code == 200, "twice is no fault"
    verbs = stage.read(lambda session: list(session.exec(select(AuditRow.verb).order_by(AuditRow.id))))
    assert verbs == ["choose mail"]


def test_opening_the_link_changes_nothing_and_its_button_does(app: Flask, stage: Stage, stop: str):
    reader = InspectingClient(app)
    page = reader.get(stop)
    assert page.status_code == 200 and topics(stage, "junior") == ALL
    assert "Junior" not in page.text and "example.nl" not in page.text, "who finds the link learns nothing of whom"
    action = re.search(r'action="(/reminders/unsubscribe[^"]+)"', page.text)
    assert action
    done = reader.post(action[1].replace("&amp;", "&"))
    assert done.status_code == 200 and topics(stage, "junior") == ALL - {"duo"}


def test_a_link_that_is_not_ours_or_too_old_changes_nothing(app: Flask, stage: Stage, stop: str, now):
    known = app.extensions["mentorship_settings"]
    program = app.test_client()
    token, me = stop.partition("token=")[2], stage.person("junior")
    others = links.sign(known.model_copy(update={"secret_key": SecretStr("x" * 40)}), "unsubscribe", [me, "duo"], now)
    bad = [
        "",
        "x",
        token[:-1],
        token + "x",
        others,
        "\u00e9",
        links.sign(known, "something else", [me, "duo"], now),
        links.sign(known, "unsubscribe", [me, "duo"], now - UNSUBSCRIBE_LASTS - timedelta(seconds=1)),
        links.sign(known, "unsubscribe", [2**31 - 1, "duo"], now),
    ]
    for wrong in bad:
        answer = program.post("/reminders/unsubscribe", query_string={"token": wrong})
        assert answer.status_code == 400 and "werkt niet of is te oud" in answer.text, wrong
    assert program.get("/reminders/unsubscribe").status_code == 200
    assert topics(stage, "junior") == topics(stage, "senior") == ALL


@pytest.mark.both_databases
def test_an_invitation_goes_by_mail_and_its_link_opens_an_account(app, visit, stage: Stage, post: Post, session):
    me, client = stage.person("nobody"), visit("coordinator")
    page = client.get(f"/insight/person/{me}")
    assert "/people/invitations" in page.text
    answer = client.post("/people/invitations", {"person": [me]})
    assert answer.status_code == 303 and not CODE.search(plain(client.follow(answer).text))
    (mail,) = post.go()
    assert (mail["To"].addresses[0].addr_spec, mail["List-Unsubscribe"]) == ("nobody@example.nl", None)
    link = re.search(r"http\S+/activate#\S+", words(mail))
    assert link
    stranger = InspectingClient(app)
    code = CODE.search(link[0])
    assert stranger.get(link[0].partition("8000")[2]).status_code == 200
    assert code and "#name=n-nobody&" in link[0], "nothing of it is sent, so that no log holds it"
    assert session.scalar(sa.text("SELECT count(*) FROM account")) == 0
    session.rollback()
    assert stranger.get("/").status_code == 303, "the link alone opens nothing else"
    fields = {"name": "n-nobody", "code": code[0], "password": PASSWORD}
    assert stranger.post("/account/activate", fields).status_code == 303
    assert InspectingClient(app).post("/account/activate", fields).status_code == 422, "it works once"
    row = session.exec(select(OutboxRow)).one()
    assert row.sent_at and code[0].replace("-", "") not in str(row.model_dump()).replace("-", ""), "kept nowhere"


def test_only_the_newest_code_is_mailed(visit, stage: Stage, post: Post):
    client = visit("coordinator")
    for _ in range(3):
        client.post("/people/invitations", {"person": [stage.person("nobody")]})
    assert len(post.go()) == 1
    client.post("/people/invitations", {"person": [stage.person("nobody")]})
    assert len(post.go()) == 1, "asked for again on the same day"


def test_who_has_no_mailbox_gets_a_card(visit, stage: Stage, post: Post, session: Session):
    stage.change(Person, stage.person("nobody"), email=None)
    client = visit("coordinator")
    assert "/people/invitations" not in client.get(f"/people/{stage.person('nobody')}").text
    page = client.post("/people/invitations", {"person": [stage.person("nobody"), stage.person("junior")]})
    assert page.status_code == 200 and len(CODE.findall(plain(page.text))) == 1 and "n-nobody" in page.text
    assert [m["To"].addresses[0].username for m in post.go()] == ["junior"]
    assert len(session.exec(select(ActivationCode)).all()) == 2


def test_nobody_is_mailed_a_code_for_an_admin(visit, stage: Stage, post: Post):
    page = visit("coordinator").post("/people/invitations", {"person": [stage.person("admin")]})
    assert page.status_code == 422 and not post.go()


def test_without_a_mail_server_nothing_is_offered(app: Flask, visit, stage: Stage):
    app.extensions["mentorship_settings"] = app.extensions["mentorship_settings"].model_copy(
        update={"mode": "production", "require_second_factor": False}
    )
    client = visit("coordinator")
    assert "/people/invitations" not in client.get("/people").text
    page = client.post("/people/invitations", {"person": [stage.person("nobody")]})
    assert page.status_code == 422 and "Print" in page.text
    assert stage.read(lambda s: s.scalar(sa.text("SELECT count(*) FROM activation_code"))) == 0


def test_a_mail_tells_no_more_than_the_page_behind_it(stage: Stage, post: Post):
    """A goal, an explanation and a round's name stay behind the door."""
    explanation = {"goal": "Doelvogel", "parts": {"continuity": 0.777}}
    pair = stage.organisation.pair("senior", "junior", explanation=explanation, round_name="Rondevogel")
    stage.organisation.session.commit()
    post.go()
    for key in ("junior", "senior"):
        stage.answer(key, pair, True)
    assert post.go() and stage.read(lambda s: s.get_one(Mentorship, pair)).status == "active"
    for message in post.taken:  # not the Message-ID or the boundary, in which any digits may stand
        said = f"{message['To']} {message['Subject']} {words(message)} {words(message, 'html')}"
        assert not re.search("Doelvogel|Rondevogel|777", re.sub(r"token=[\w.-]+", "", said))
