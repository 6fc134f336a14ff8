"""The nginx of OPERATIONS.md in front of the service: what it tells is believed, half requests stay with it."""

from __future__ import annotations

import pathlib
import re
import secrets
import socket
import ssl
import sys
import time
from collections.abc import Iterator

import pytest

from tests.serving.proxy import HOST, connect, in_front, need_nginx
from tests.serving.stage import Service, everything, serving

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there nginx is another program")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return tmp_path_factory.mktemp("behind")


@pytest.fixture(scope="module")
def behind(folder: pathlib.Path) -> Iterator[tuple[Service, int]]:
    need_nginx()
    known = {
        "MENTORSHIP_PROXIES": "1",
        "MENTORSHIP_SECRET_KEY": secrets.token_hex(32),
        "MENTORSHIP_TRUSTED_HOSTS": f'["{HOST}"]',
    }
    with serving(folder, **known) as service, in_front(folder, service.port) as proxy:
        yield service, proxy.port


def test_no_secret_address_gets_into_the_log(behind: tuple[Service, int], folder: pathlib.Path):
    _, port = behind
    for path in ("/links/s3cret", "/calendar/s3cret.ics", "/reminders/unsubscribe?token=s3cret", "/glossary?plain"):
        _send(port, f"GET {path} HTTP/1.1\nHost: {HOST}\nConnection: close\n\n")
    logged = (folder / "access.log").read_text()
    assert "/glossary?plain" in logged and "s3cret" not in logged


def _send(port: int, request: str) -> bytes:
    with connect(port) as opened:
        opened.sendall(request.replace("\n", "\r\n").encode())
        return everything(opened, within=10)


def test_a_page_comes_over_https_and_the_sender_cannot_say_who_it_is(behind: tuple[Service, int]):
    _, port = behind
    forged = "X-Forwarded-For: 203.0.113.9\nX-Forwarded-Host: evil.example\nX-Forwarded-Proto: http\n"
    answer = _send(port, f"GET /account/sign-in HTTP/1.1\nHost: {HOST}\nConnection: close\n{forged}\n")
    assert answer.startswith(b"HTTP/1.1 200 ") and b"evil.example" not in answer
    assert re.search(rb"(?i)set-cookie: __Host-leermaat=[^\r]*; secure", answer)
    assert b"nginx/" not in answer


def test_a_form_that_comes_in_pieces_reaches_the_service_whole(behind: tuple[Service, int]):
    _, port = behind
    head = f"POST /account/sign-in HTTP/1.1\nHost: {HOST}\nConnection: close\nTransfer-Encoding: chunked\n"
    form = "Content-Type: application/x-www-form-urlencoded\n\n5\nname=\n1\nx\n0\n\n"
    answer = _send(port, head + form)
    assert b"HTTP/1.1 400 " in answer[:20], "a form without its token: it was read"


def test_half_requests_stay_with_the_proxy(behind: tuple[Service, int]):
    _, port = behind
    body = f"POST /account/sign-in HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 5000\r\n\r\nname=1"
    slow = [connect(port) for _ in range(20)]
    try:
        for opened in slow:
            opened.sendall(body.encode())
        began = time.monotonic()
        answer = _send(port, f"GET /account/sign-in HTTP/1.1\nHost: {HOST}\nConnection: close\n\n")
        assert answer.startswith(b"HTTP/1.1 200 ") and time.monotonic() - began < 4
    finally:
        for opened in slow:
            opened.close()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_tls_of_the_past_is_refused_and_the_newest_taken(behind: tuple[Service, int]):
    _, port = behind
    with connect(port) as opened:
        assert opened.version() == "TLSv1.3" and (opened.cipher() or ("",))[0].startswith("TLS_")
    for newest in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
        past = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        past.check_hostname, past.verify_mode = False, ssl.CERT_NONE
        past.set_ciphers("ALL:@SECLEVEL=0")
        past.minimum_version, past.maximum_version = ssl.TLSVersion.TLSv1, newest
        with socket.create_connection(("127.0.0.1", port), timeout=20) as plain, pytest.raises(ssl.SSLError):
            past.wrap_socket(plain, server_hostname=HOST)
    for ciphers in (
        "RC4",
        "3DES",
        "NULL",
        "EXPORT",
        "MD5",
        "AES128-SHA",
        "AES256-GCM-SHA384",
        "ECDHE-RSA-AES256-SHA384",
    ):
        weak = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        weak.check_hostname, weak.verify_mode = False, ssl.CERT_NONE
        weak.maximum_version = ssl.TLSVersion.TLSv1_2
        try:
            weak.set_ciphers(f"{ciphers}:@SECLEVEL=0")
        except ssl.SSLError:
            continue  # not even known here
        with socket.create_connection(("127.0.0.1", port), timeout=20) as plain, pytest.raises(ssl.SSLError):
            weak.wrap_socket(plain, server_hostname=HOST)
