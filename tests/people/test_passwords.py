"""Passwords: kept as typed, hashed anew when the settings ask for it, and never so many at once that pages wait."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlmodel import Session

from mentorship.base.errors import TooBusy
from mentorship.people.account import actions, passwords
from mentorship.people.account.passwords import ASIDE, Passwords, Queue
from mentorship.people.models import Account, Person
from mentorship.people.throttle.rules import NAME_HERE
from mentorship.programme.models import Programme
from tests.client import InspectingClient
from tests.factories import Organisation

PASSWORD = "  drie koude bakfietsen "


@pytest.fixture
def junior(session: Session, organisation: Organisation) -> int:
    """Somebody whose password begins and ends with spaces."""
    person = session.get_one(Person, organisation.people["junior"])
    actions.set_password(session, person, PASSWORD, Passwords(8, 1), organisation.now)
    session.commit()
    return organisation.people["junior"]


def sign_in(app: Flask, password: str) -> int:
    return InspectingClient(app).post("/account/sign-in", {"name": "n-junior", "password": password}).status_code


def test_a_password_is_never_trimmed(app: Flask, junior: int):
    assert sign_in(app, PASSWORD.strip()) == 422
    assert sign_in(app, PASSWORD) == 303


def test_a_hash_follows_the_settings_at_the_next_sign_in(app: Flask, junior: int, session: Session):
    stronger = Passwords(16, 2)
    session.get_one(Account, junior).password_hash = stronger.hash(PASSWORD)
    session.commit()
    assert sign_in(app, PASSWORD) == 303
    session.expire_all()
    renewed = session.get_one(Account, junior).password_hash
    assert renewed.startswith("$argon2id$v=19$m=8,t=1,p=1$")
    session.rollback()
    assert sign_in(app, PASSWORD) == 303
    session.expire_all()
    assert session.get_one(Account, junior).password_hash == renewed, "and is left alone after that"


def test_the_name_of_the_company_is_no_password(app: Flask, junior: int, session: Session):
    session.get_one(Programme, 1).organisation = "Dijkstal Groep"
    session.commit()
    client = InspectingClient(app)
    client.post("/account/sign-in", {"name": "n-junior", "password": PASSWORD})
    client.get("/account")
    for new, said in (("wij van dijkstal groep", "naam van het bedrijf"), ("dijkstal12345", "snel te raden")):
        page = client.post("/account/password", {"old": PASSWORD, "new": new})
        assert page.status_code == 422 and said in page.text


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a thread has no priority of its own")
def test_who_hashes_lets_pages_go_first(monkeypatch: pytest.MonkeyPatch):
    hashing = Passwords(8, 1)
    stored = hashing.hash("drie koude bakfietsen")

    def priority(*_words: object) -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    assert hashing.verify(stored, "drie koude bakfietsen") and not hashing.verify(stored, "twee")
    seen: list[int] = []
    monkeypatch.setattr(PasswordHasher, "verify", lambda *words: seen.append(priority(*words)))
    hashing.verify(stored, "drie koude bakfietsen")
    assert seen == [ASIDE] and priority() < ASIDE


def test_few_are_hashed_at_once_and_few_wait(monkeypatch: pytest.MonkeyPatch):
    queue = Queue(at_once=1, queue=1, patience=30)
    inside, go_on = Event(), Event()

    def work() -> None:
        with queue.turn():
            inside.set()
            go_on.wait(30)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(work)
        inside.wait(30)
        inside.clear()
        second = pool.submit(work)
        while queue._places._value:  # until the second stands in the queue
            assert not second.done()
        with pytest.raises(TooBusy), queue.turn():
            pass
        go_on.set()
        first.result()
        second.result()
    with queue.turn():
        pass


def test_who_would_wait_too_long_is_told_and_keeps_what_was_typed(
    app: Flask, junior: int, monkeypatch: pytest.MonkeyPatch
):
    full = Queue(at_once=0, queue=0, patience=0)
    hasher = passwords.from_settings(app.extensions["mentorship_settings"])
    monkeypatch.setattr(hasher, "_queue", full)
    answer = InspectingClient(app).post("/account/sign-in", {"name": "n-junior", "password": PASSWORD})
    assert answer.status_code == 503 and "Er loggen nu veel mensen in" in answer.text and "n-junior" in answer.text
    assert answer.headers["Retry-After"] == "5"


def test_a_try_that_was_not_looked_at_does_not_count(app: Flask, junior: int, monkeypatch: pytest.MonkeyPatch):
    """Who is told to try again in a few seconds may; a wrong one before still counts."""
    hasher = passwords.from_settings(app.extensions["mentorship_settings"])
    assert sign_in(app, "wrong") == 422
    with monkeypatch.context() as busy:
        busy.setattr(hasher, "_queue", Queue(at_once=0, queue=0, patience=0))
        assert {sign_in(app, PASSWORD) for _ in range(3 * NAME_HERE.at_once)} == {503}
    left = [sign_in(app, "wrong") for _ in range(NAME_HERE.at_once)]
    assert left == [422] * (NAME_HERE.at_once - 1) + [429]


FORKED = """
import os, signal
from mentorship.people.account.passwords import passwords
stored = passwords(8, 1).hash("drie koude bakfietsen")
if os.fork() == 0:
    signal.alarm(20)
    os._exit(0 if passwords(8, 1).verify(stored, "drie koude bakfietsen") else 1)
raise SystemExit(os.waitstatus_to_exitcode(os.wait()[1]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there no process is forked")
def test_a_process_that_was_forked_hashes_too():
    """The demo hashes while it is built, and then serves in processes that are forked: threads do not come along."""
    assert subprocess.run([sys.executable, "-c", FORKED], check=False, timeout=60).returncode == 0
