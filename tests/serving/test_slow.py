"""Whoever sends half a request keeps nobody waiting, and is sent away in time."""

from __future__ import annotations

import pathlib
import re
import secrets
import socket
import sys
import time
from collections.abc import Iterator

import pytest

from mentorship.web import sockets
from mentorship.web.sockets import Standing
from tests.serving.stage import Service, everything, serving

HALF_HEAD = b"GET /account/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
HALF_BODY = (
    b"POST /account/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\nname=1"
)
HALF_CHUNK = (
    b"POST /account/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n1388\r\nname=1"
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the process is stopped by a signal")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serving(tmp_path_factory.mktemp("served")) as running:
        yield running


def test_half_requests_keep_nobody_waiting_and_are_closed_in_time(service: Service):
    halves = [HALF_HEAD, HALF_BODY, HALF_CHUNK]
    slow = [service.connect(half) for _ in range(14) for half in halves]
    dripped = 0
    try:
        began = time.monotonic()
        answer = service.ask(within=10)
        assert answer.startswith(b"HTTP/1.1 200 "), answer[:200]
        assert time.monotonic() - began < sockets.HEAD_WITHIN - 1, "it waits for the slow ones"
        while dripped < 20 and _sends(slow[0]):
            dripped += 1
            time.sleep(0.5)
        assert 4 <= dripped < 20, "a byte now and then buys no time"
        for opened in slow[-3:]:
            assert everything(opened, within=15) == b"", "a half request is closed without a word"
        assert time.monotonic() - began < sockets.BODY_WITHIN + 5
    finally:
        for opened in slow:
            opened.close()


def test_a_crowd_that_sends_nothing_makes_room(service: Service):
    resource = pytest.importorskip("resource")
    files, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, max(files, 2048)), most))
    crowd = []
    try:
        for _ in range(sockets.MOST_CONNECTIONS + 50):
            crowd.append(service.connect())
        began = time.monotonic()
        assert service.ask(within=10).startswith(b"HTTP/1.1 200 ")
        assert time.monotonic() - began < sockets.IDLE / 2, "sooner than each of them would have to go"
    finally:
        for opened in crowd:
            opened.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, most))


def _sends(opened: socket.socket) -> bool:
    """Send one byte more; tell whether the other side still listens."""
    try:
        opened.send(b"x")
        opened.setblocking(False)
        return opened.recv(1) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


def test_a_request_in_pieces_is_answered_and_the_connection_stays(service: Service):
    with service.connect() as opened:
        for _ in range(2):
            for part in (b"GET /healthz HTTP/1.1\r\nHo", b"st: 127.0.0.1\r\n", b"\r\n"):
                opened.sendall(part)
                time.sleep(0.05)
            answer = b""
            while not answer.endswith(b"ok\n"):
                answer += opened.recv(65536)
            assert answer.startswith(b"HTTP/1.1 200 ")


def test_a_body_that_comes_slowly_but_steadily_is_taken():
    assert not sockets.overdue(Standing(idle=0.1, since=60, head_done=True, body=60 * sockets.SLOWEST_BODY))


@pytest.mark.parametrize(
    ("stands", "goes"),
    [
        (Standing(idle=14.9), False),
        (Standing(idle=15.1), True),
        (Standing(idle=0.1, since=4.9), False),
        (Standing(idle=0.1, since=5.1), True),
        (Standing(idle=0.1, since=9.9, head_done=True), False),
        (Standing(idle=0.1, since=10.1, head_done=True), True),
        (Standing(idle=0.1, since=19.9, head_done=True, body=10 * sockets.SLOWEST_BODY), False),
        (Standing(idle=0.1, since=20.1, head_done=True, body=10 * sockets.SLOWEST_BODY), True),
        (Standing(idle=29.9, unread=True), False),
        (Standing(idle=30.1, unread=True), True),
        (Standing(idle=300, answering=True, unread=True, since=300), False),
    ],
)
def test_how_long_a_connection_may_take(stands: Standing, goes: bool):
    assert sockets.overdue(stands) == goes


def test_in_a_crowd_it_may_take_less():
    assert sockets.overdue(Standing(idle=1.6), 0.1) and not sockets.overdue(Standing(idle=1.4), 0.1)
    assert sockets.overdue(Standing(idle=0.1, since=0.6), 0.1) and not sockets.overdue(
        Standing(idle=0.1, since=0.4), 0.1
    )


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: " + b"x" * 20_000 + b"\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X-A: b\r\n" * 3000 + b"\r\n", b"431"),
        (b"POST /account/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999999\r\n\r\n", b"413"),
        (b"POST /account/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5, 5\r\n\r\nabcde", b"400"),
        (b"GET / HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n", b"400"),
    ],
    ids=["line", "field", "fields", "body", "two lengths", "space"],
)
def test_what_is_too_long_or_wrong_is_refused_at_once(service: Service, request_: bytes, status: bytes):
    answer = service.send(request_, within=3)
    assert answer.split(maxsplit=2)[1] == status, answer[:200]
    assert b"waitress" not in answer.lower(), "it does not tell what it is made with"


def test_an_upload_a_little_too_large_is_told_on_a_page(service: Service):
    head = b"POST /account/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
    size = 21 * 2**20
    kind = b"Content-Type: application/x-www-form-urlencoded\r\n"
    answer = service.send(head + kind + b"Content-Length: %d\r\n\r\n" % size + b"x" * size)
    assert answer.startswith(b"HTTP/1.1 413 ") and b"<h1" in answer, answer[:300]


FORGED = (
    "X-Forwarded-For: 203.0.113.9",
    "X-Forwarded-Proto: https",
    "X-Forwarded-Host: evil.example",
    "X-Forwarded-Prefix: /evil",
    "Forwarded: for=203.0.113.9;host=evil.example;proto=https",
    "Script-Name: /evil",
    "Script_Name: /evil",
    "X-Forwarded-Ssl: on",
    "X-Script-Name: /evil",
)


def test_no_header_of_a_proxy_is_believed_where_there_is_none(service: Service):
    plain = service.ask("/people")
    forged = service.ask("/people", *FORGED)
    assert plain.startswith(b"HTTP/1.1 303 ") and b"evil" not in forged
    location = re.compile(rb"(?im)^location: .*$")
    assert location.findall(forged) == location.findall(plain)
    assert "X-Forwarded-For arrives while MENTORSHIP_PROXIES is 0" in service.said()


def test_a_known_proxy_is_believed_in_what_it_tells_and_no_more(tmp_path: pathlib.Path):
    known = {"MENTORSHIP_PROXIES": "1", "MENTORSHIP_SECRET_KEY": secrets.token_hex(32)}
    with serving(tmp_path, **known, MENTORSHIP_TRUSTED_HOSTS='["127.0.0.1"]') as behind:
        answer = behind.ask("/people", *FORGED[:2], *FORGED[3:])
        assert answer.startswith(b"HTTP/1.1 303 ") and b"evil" not in answer
        refused = behind.ask("/people", *FORGED)
        assert refused.startswith(b"HTTP/1.1 400 "), "a host that nobody named, also where the proxy tells it"
        assert "MENTORSHIP_PROXIES is 0" not in behind.said()
