"""A provider that answers oddly, slowly or too much stops nobody else, and is no fault of ours."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import chain, count, repeat
from threading import Event, Semaphore, Thread
from typing import Any

import pytest

from mentorship.people.identity_provider import openid, shelf
from mentorship.people.identity_provider.transport import AT_ONCE, Line, Reply, Unreachable
from tests.identity_provider.stage import START, Stage, asked

ODD = [
    b"[]",
    b"null",
    b'{"error": []}',
    b'{"expires_in": 1e400}',
    b'{"id_token": "a.b.c", "expires_at": []}',
    b"[" * 100_000,
    b"\xff",
]


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize("content", ODD, ids=range(len(ODD)))
def test_an_odd_answer_of_the_provider_is_no_fault_of_ours(stage: Stage, monkeypatch, content: bytes, status: int):
    client = stage.client()
    stage.sign_in(client, "junior")
    monkeypatch.setattr(Line, "_ask", lambda *_words: Reply(status, content))
    stage.pass_(minutes=15)
    assert client.get("/account").status_code == 200, "for a while"
    coming = stage.client()
    address = asked(coming.get(START).location)
    answer = coming.get(f"/single-sign-on/callback?code=a&state={address['state']}")
    assert answer.status_code in (422, 503)


@pytest.mark.parametrize("told", [{"keys": 1}, {"keys": [1, {"kty": "RSA", "n": 5, "e": []}]}], ids=str)
def test_odd_keys_are_no_keys(stage: Stage, monkeypatch, told: dict[str, Any]):
    found = openid.Provider(stage.registration())
    monkeypatch.setattr(Line, "_ask", lambda *_words: Reply(200, json.dumps(told).encode()))
    monkeypatch.setattr(found._metadata, "get", lambda *_words: {"jwks_uri": "https://a.example"})
    with pytest.raises(openid.Distrusted):
        found.logout_notice(stage.provider.issuer, stage.now)


@contextmanager
def talking(*parts: bytes, pause: float) -> Iterator[str]:
    """Somebody who answers bit by bit, without end; yield their address."""
    done = Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def talk() -> None:
            with suppress(OSError):
                line, _ = listener.accept()
                with line:
                    for part in chain(parts, repeat(b"x")):
                        if done.wait(pause):
                            return
                        line.sendall(part)

        speaker = Thread(target=talk)
        speaker.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        done.set()
        speaker.join()


@pytest.mark.parametrize("status", [b"200 OK", b"500 Oops"])
def test_who_answers_letter_by_letter_is_not_listened_to_for_long(status: bytes):
    with talking(b"HTTP/1.1 " + status + b"\r\n\r\n", pause=0.01) as url, pytest.raises(Unreachable):
        Line(seconds=0.1).get(url)


def test_only_so_many_wait_for_the_provider_at_once(monkeypatch):
    """The other threads answer those who need nothing from there."""
    line, waiting, go_on = Line(), Semaphore(0), Event()

    def answered(*_words: object) -> Reply:
        waiting.release()
        go_on.wait(5)
        return Reply(200, b"{}")

    monkeypatch.setattr(Line, "_answered", answered)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        asking = [pool.submit(line.get, "https://a.example/") for _ in range(AT_ONCE)]
        for _ in asking:
            waiting.acquire()
        with pytest.raises(Unreachable):
            line.get("https://a.example/")
        go_on.set()
        assert [one.result() for one in asking] == [{}] * AT_ONCE
    assert line.get("https://a.example/") == {}


def test_while_one_fetches_anew_the_others_go_on_with_what_was_kept(monkeypatch, now: datetime):
    monkeypatch.setattr(shelf, "PATIENCE", 0.01)
    begun, go_on, number = Event(), Event(), count(1)

    def fetch(_now: datetime) -> int:
        found = next(number)
        if found > 1:
            begun.set()
            go_on.wait(5)
        return found

    kept = shelf.Shelf(fetch)
    assert kept.get(now) == 1
    later = now + shelf.KEPT
    with ThreadPoolExecutor(1) as pool:
        fetching = pool.submit(kept.get, later)
        assert begun.wait(5)
        assert kept.get(later) == 1
        go_on.set()
        assert fetching.result() == 2
    assert kept.get(later) == 2
