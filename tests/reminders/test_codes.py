"""The mail about a code that another made: whoever is quick does not stop it."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from mentorship.base.outbox import OutboxRow
from mentorship.people.account import actions as accounts
from mentorship.people.account.passwords import Passwords
from mentorship.people.identity_provider import actions as provided
from mentorship.people.identity_provider.rules import Identity
from mentorship.people.models import Account, Person
from tests.reminders.conftest import Post, words
from tests.rounds.stage import Stage

MADE = "Coordinator Proef made a new code for your account"
USED = "By that code another password was chosen on"


def code(stage: Stage) -> str:
    me = stage.person("junior")
    return stage.act(lambda session: accounts.issue_codes(session, stage.coordinator, [me], stage.now))[me]


def activate(stage: Stage, code: str, *, keeps: bool) -> None:
    def verb(session: Session) -> None:
        accounts.activate(
            session,
            "n-junior",
            code,
            "vier natte kruiwagens",
            Passwords(8, 1),
            stage.now,
            keeps=keeps,
        )

    stage.act(verb)


@pytest.fixture
def account(stage: Stage) -> None:
    stage.act(lambda session: session.add(Account(person_id=stage.person("junior"), password_hash="x")))


@pytest.mark.usefixtures("account")
def test_who_uses_a_code_at_once_does_not_stop_the_mail_about_it(stage: Stage, post: Post):
    activate(stage, code(stage), keeps=True)
    told = [words(message) for message in post.go() if "junior" in str(message["To"])]
    assert len(told) == 1
    assert MADE in told[0] and USED in told[0]


@pytest.mark.parametrize("keeps", [True, False])
def test_who_answered_without_an_account_hears_when_one_is_opened(stage: Stage, post: Post, keeps: bool):
    typed = code(stage)
    asked = select(OutboxRow.kind).where(OutboxRow.kind == "code-made")
    assert not stage.read(lambda session: list(session.exec(asked))), "nobody knows yet that it is no first one"
    activate(stage, typed, keeps=keeps)
    told = " ".join(words(message) for message in post.go() if "junior" in str(message["To"]))
    assert (MADE in told and USED in told) is keeps
    assert stage.read(lambda session: session.get_one(Person, stage.person("junior")).email)


@pytest.mark.parametrize("kept", ["", "x"], ids=["gone", "stays"])
def test_whose_password_went_when_they_came_by_the_provider_reads_so(stage: Stage, post: Post, kept: str):
    def come(session: Session) -> None:
        person = session.get_one(Person, stage.person("junior"))
        session.add(Account(person_id=stage.person("junior"), password_hash=kept))
        session.flush()
        provided.link(
            session,
            person,
            Identity("https://provider.example", "one", claims={}),
            stage.now,
            keeps=False,
        )

    stage.act(come)
    [told] = [words(message) for message in post.go() if "junior" in str(message["To"])]
    assert ("A password opens your account no more" in told) is (not kept)
