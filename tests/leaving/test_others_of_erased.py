"""Erasing somebody leaves others their own: mail that waits for them, and what they can undo."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from mentorship.base import delivery, undo
from mentorship.base.mail_kinds import BREAK_GLASS, HELPER_LEFT, INVITATION, SIGNED_OUT
from mentorship.base.outbox import OutboxRow
from mentorship.base.undo import UndoRow
from mentorship.checkins.signals.models import Signal
from mentorship.mentorships.goals import actions as goals
from mentorship.mentorships.models import MENTOR
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.privacy.requests.actions import erase_person
from tests.leaving.conftest import Goodbye
from tests.leaving.test_pages import wants
from tests.outbox.postbox import settings
from tests.reminders.conftest import Post, words

WRITTEN = {"message_id": "<een@leermaat.example.nl>", "html": "<p>Hallo</p>"}


@pytest.fixture
def post(stage: Goodbye) -> Post:
    return Post(stage, settings(25))


def waits(stage: Goodbye, key: str, kind: str, about: str = "", **values: str) -> None:
    """Let a mail wait for somebody whose mail server was away at the first attempt."""
    row = OutboxRow(
        kind=kind,
        recipient_id=stage.person(key),
        due_on=stage.today,
        about=about,
        created_at=stage.now,
        headers={},
        **values,
    )
    stage.act(lambda s: s.add(row))


def erase(stage: Goodbye, key: str = "lena") -> None:
    stage.act(erase_person, stage.person(key), stage.now)


def numbered(stage: Goodbye, key: str, number: str) -> None:
    def change(session: Session) -> None:
        session.get_one(Person, stage.person(key)).number = number

    stage.act(change)


def test_mail_of_others_goes_out_though_it_names_who_is_erased(stage: Goodbye, post: Post):
    pair = stage.start("senior", "kees")
    said = {"subject": "Lena Proef, whom you asked", "text": "Je vroeg Lena Proef om hulp."}
    waits(stage, "kees", HELPER_LEFT, f"{stage.lena} {pair}", **said, **WRITTEN)
    erase(stage)
    (message,) = [one for one in post.go() if one["To"].addresses[0].username == "kees"]
    assert "Lena" not in words(message) + str(message["Subject"])


def test_mail_that_has_their_number_in_an_amount_keeps_its_words(stage: Goodbye, post: Post):
    numbered(stage, "lena", "100")
    said = {"subject": "Uw uren", "text": "Deze week: 1001 minuten, bij 100en. Bel Lenard."}
    waits(stage, "kees", HELPER_LEFT, f"{stage.person('senior')} 1", **said, **WRITTEN)
    erase(stage)
    (message,) = [one for one in post.go() if one["To"].addresses[0].username == "kees"]
    assert "1001 minuten" in words(message)
    assert message["Message-ID"] == WRITTEN["message_id"]


def test_an_invitation_keeps_its_code_though_its_foot_names_who_is_erased(stage: Goodbye, post: Post):
    """Of a code only a digest is kept: its words are known nowhere else."""
    said = {"subject": "Je account", "text": "https://x/#code=ABCD. Vragen? Lena Proef."}
    waits(stage, "kees", INVITATION, "0", **said, **WRITTEN)
    erase(stage)
    (row,) = stage.rows(OutboxRow, OutboxRow.kind == INVITATION)
    assert "#code=ABCD" in row.text and "Lena" not in row.text


@pytest.mark.both_databases
def test_mail_that_is_being_written_keeps_no_name_of_who_is_erased_meanwhile(
    stage: Goodbye, post: Post, monkeypatch: pytest.MonkeyPatch
):
    """The one who writes it read the name before it went, and writes it down after."""
    waits(stage, "kees", HELPER_LEFT, f"{stage.lena} 1")
    name = delivery.new_message_id

    def meanwhile(sender: str) -> str:
        monkeypatch.undo()
        erase(stage)
        return name(sender)

    monkeypatch.setattr(delivery, "new_message_id", meanwhile)
    assert post.go() == []
    (row,) = stage.rows(OutboxRow, OutboxRow.kind == HELPER_LEFT)
    assert (row.subject, row.text, row.html, row.dropped_at) == ("", "", "", None)
    (message,) = [one for one in post.go() if one["To"].addresses[0].username == "kees"]
    assert "Lena" not in words(message) + str(message["Subject"])


@pytest.mark.parametrize("about_them", [HELPER_LEFT, BREAK_GLASS, SIGNED_OUT])
def test_mail_about_who_is_gone_is_written_without_their_name(stage: Goodbye, post: Post, about_them: str):
    """Whoever nothing points at any more has no row at all."""
    waits(stage, "kees", about_them, f"{stage.person('hr')} 1")
    erase(stage, "hr")
    assert stage.rows(Person, Person.id == stage.person("hr")) == []
    (message,) = [one for one in post.go() if one["To"].addresses[0].username == "kees"]
    assert "Hr Proef" not in words(message)


def test_who_asked_an_erased_person_for_help_hears_that_they_are_gone(stage: Goodbye, post: Post):
    pair = stage.start("senior", "kees")
    asked = {"mentorship_id": pair, "kind": "help", "side": "junior", "about": "confidant", "since": stage.today}
    stage.act(lambda s: s.add(Signal(**asked, raised_at=stage.now, asked_id=stage.person("hr"))))
    erase(stage, "hr")
    stage.later(days=1)
    subjects = {str(one["Subject"]) for one in post.go() if one["To"].addresses[0].username == "kees"}
    assert "Wie je om hulp hebt gevraagd, is weg" in subjects


def test_what_others_did_can_be_undone_though_a_number_stands_in_it(stage: Goodbye):
    numbered(stage, "lena", "20")  # as in every year
    saved = wants(stage, "2026-12-03", key="kees").press("Ja, dat is de laatste werkdag")
    erase(stage)
    assert saved.press("Terugdraaien").status == 200
    assert stage.who("kees").last_day is None


def test_what_was_done_about_who_is_erased_is_not_undone(stage: Goodbye):
    pair = stage.start("senior", "lena")
    wanted = {"domain_id": stage.organisation.domain("Pneumatiek"), "current": 1, "target": 3, "words": "hijsen"}

    def add(session: Session) -> None:
        actor = Actor(stage.person("senior"), frozenset({MENTOR}))
        goals.add(session, actor, pair, **wanted, now=stage.now)
        undo.offer(session, actor, "Toegevoegd.", "goals.add", {}, stage.now)

    stage.act(add)
    assert "hijsen" in str(stage.rows(UndoRow)[0].steps)
    erase(stage)
    assert stage.rows(UndoRow) == []


def test_what_can_be_undone_about_many_says_no_name_of_who_is_erased(stage: Goodbye):
    row = UndoRow(
        person_id=stage.person("coordinator"),
        roles=["coordinator"],
        door="x",
        named={},
        at=stage.now,
        said="Lena Proef hoort het. Lena Proefstra ook.",
        steps=[],
    )
    stage.act(lambda s: s.add(row))
    erase(stage)
    (row,) = stage.rows(UndoRow)
    assert row.said == "– hoort het. Lena Proefstra ook."
