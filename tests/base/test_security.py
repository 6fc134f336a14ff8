"""The security log: a JSON object a line, which says nothing of anybody, and goes to a collector without waiting."""

from __future__ import annotations

import ast
import json
import logging
import os
import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from queue import Queue

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import ValidationError
from sqlmodel import Session

from mentorship.base import logs, security, syslog
from mentorship.base.audit import EVENTS as OF_VERBS
from mentorship.base.config import PACKAGE, Settings
from mentorship.base.networks import coarse
from mentorship.people.throttle.rules import FAILED
from tests.conftest import logging_as_before

EVIL = 'Jansen\n{"event":"sign_in.good"}\x1b[2J'


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    with logging_as_before():
        yield


def test_an_event_is_a_json_line_even_where_people_read_the_rest(capfd: pytest.CaptureFixture[str]):
    logs.configure(readable=True)
    security.begin("abc", "10.0.0.0/24")
    security.signed_in(7)
    security.note("access.refused", rule="see a mentorship", of=[12], there=True)
    security.end()
    security.note("settings.refused", number=2)
    first, second = map(json.loads, capfd.readouterr().err.splitlines())
    assert first.pop("timestamp").endswith("Z")
    assert first == {
        "event": "access.refused",
        "level": "warning",
        "request": "abc",
        "network": "10.0.0.0/24",
        "by": 7,
        "rule": "see a mentorship",
        "of": [12],
        "there": True,
    }
    assert second.keys() == {"event", "level", "number", "timestamp"}, "nothing is left of the request before"


@pytest.mark.parametrize("typed", [EVIL, "a@b.example", "Müller", "x" * 81, "1'; DROP", b"bytes"])
def test_nothing_that_was_typed_gets_in(capfd: pytest.CaptureFixture[str], typed: object):
    logs.configure(readable=False)
    security.note("throttled", kind=typed, before=[typed])  # type: ignore[arg-type,list-item]
    told = capfd.readouterr().err
    assert told.count("\n") == 1
    assert json.loads(told)["kind"] == security.WITHHELD and json.loads(told)["before"] == [security.WITHHELD]


def test_only_facts_that_are_known_are_told():
    with pytest.raises(ValueError, match="name"):
        security.note("sign_in.good", name="Jansen")


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"security.note", "security.note_once_done"}:
                yield str(path), node


def test_every_event_that_is_noted_is_known_and_every_known_one_is_noted():
    noted = {*OF_VERBS.values(), *FAILED.values(), "throttled", "too_busy", "address.changed"}
    for path, call in _calls():
        for given in call.args:
            if isinstance(given, ast.Constant):
                assert given.value in security.EVENTS, f"{path}: {given.value}"
                noted.add(given.value)
        for keyword in call.keywords:
            assert keyword.arg is None or keyword.arg in security.FACTS, f"{path}: {keyword.arg}"
    assert noted == set(security.EVENTS)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.1.2.3", "10.1.2.0/24"),
        ("10.1.2.3:443", "10.1.2.0/24"),
        ("::ffff:10.1.2.3", "10.1.2.0/24"),
        ("[2001:db8:1:2::5]:99", "2001:db8:1::/48"),
        ("", "unknown"),
        (EVIL, "unknown"),
    ],
)
def test_a_network_tells_of_nobody(address: str, network: str):
    assert coarse(address) == network


def test_what_was_never_committed_did_not_happen(session: Session, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO, security.LOGGER)
    security.note_once_done(session, "roles.changed", person=1)
    session.connection()
    session.rollback()
    security.note_once_done(session, "code.made", person=2)
    attempt = session.begin_nested()
    attempt.commit()
    assert not caplog.messages, "not committed yet"
    session.commit()
    session.connection()
    session.commit()
    assert [json.loads(line)["event"] for line in caplog.messages] == ["code.made"]


class Siem:
    """A collector on a port of this machine, which keeps what it was sent."""

    def __init__(self, way: str, certificate: Path | None = None) -> None:
        kind = socket.SOCK_DGRAM if way == "udp" else socket.SOCK_STREAM
        self.got: Queue[bytes] = Queue()
        self._socket = socket.socket(socket.AF_INET, kind)
        self._socket.bind(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        if way == "udp":
            target = self._datagrams
        else:
            self._socket.listen()
            target = self._streams
        self._tls = None
        if certificate:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(certificate)
        threading.Thread(target=target, daemon=True).start()

    def _datagrams(self) -> None:
        while True:
            self.got.put(self._socket.recv(4096))

    def _streams(self) -> None:
        while True:
            opened, _ = self._socket.accept()
            if self._tls:
                try:
                    opened = self._tls.wrap_socket(opened, server_side=True)
                except ssl.SSLError:
                    continue
            stream = opened.makefile("rb")
            while length := b"".join(iter(lambda s=stream: s.read(1), b" ")):  # type: ignore[misc]
                self.got.put(stream.read(int(length)))

    def line(self) -> bytes:
        return self.got.get(timeout=10)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "siem")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("siem") / "siem.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.mark.parametrize("way", ["udp", "tcp", "tls"])
def test_a_collector_gets_every_line(way: str, certificate: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    siem = Siem(way, certificate if way == "tls" else None)
    logs.configure(readable=False, syslog=f"{way}://127.0.0.1:{siem.port}")
    security.note("sign_in.failed", person=7)
    security.note("sign_in.good", person=7)
    failed, good = siem.line(), siem.line()
    header, told = failed.split(b" - ", 1)
    grave, moment, _host, program, process, kind = header.decode().split(" ")
    assert (grave, program, kind) == ("<84>1", "leermaat", "security"), "authpriv, a warning, RFC 5424"
    assert datetime.fromisoformat(moment).tzinfo and int(process) == os.getpid()
    assert json.loads(told)["event"] == "sign_in.failed"
    assert good.startswith(b"<86>1 ") and b"\n" not in good


def test_a_collector_that_nobody_trusts_gets_nothing(certificate: Path, monkeypatch: pytest.MonkeyPatch):
    siem = Siem("tls", certificate)
    with pytest.raises(ssl.SSLCertVerificationError):
        syslog.Collector.read(f"tls://127.0.0.1:{siem.port}").connect()


def test_a_collector_that_is_away_holds_nobody_up(monkeypatch: pytest.MonkeyPatch):
    """Lines wait in a queue that is not endless, and the first it hears is how many are missing."""
    monkeypatch.setattr(syslog, "AGAIN_AFTER", 0.05)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    logs.configure(readable=False, syslog=f"tcp://127.0.0.1:{port}")
    (sending,) = [one for one in logging.getLogger(security.LOGGER).handlers if isinstance(one, syslog.Forwarding)]
    for number in range(syslog.MOST_WAITING + 50):
        security.note("throttled", number=number)
    assert 48 <= sending.dropped <= 50, "the one in hand does not count as waiting"
    monkeypatch.setattr(socket.socket, "bind", lambda self, _, bind=socket.socket.bind: bind(self, ("127.0.0.1", port)))
    siem = Siem("tcp")
    missing, first = siem.line(), siem.line()
    assert json.loads(missing.split(b" - ", 1)[1]) == {"event": "log.dropped", "number": sending_missing(missing)}
    assert b'"number": 0' in first, "what waited comes in its order"


def sending_missing(line: bytes) -> int:
    number: int = json.loads(line.split(b" - ", 1)[1])["number"]
    assert 48 <= number <= 50
    return number


def test_a_collector_that_hangs_up_misses_nothing():
    siem = Siem("tcp")
    collector = syslog.Collector("tcp", "127.0.0.1", siem.port)
    theirs, ours = socket.socketpair()
    sending = syslog.Forwarding(collector)
    sending._socket = ours
    theirs.close()
    assert sending._is_sent(b"<86>1 told")
    assert siem.line() == b"<86>1 told"


@pytest.mark.parametrize("address", ["siem.example.nl", "http://siem", "tcp://", "tls://siem/path", "tls://siem:none"])
def test_what_names_no_collector_is_refused(address: str):
    with pytest.raises(ValidationError, match="security_syslog"):
        Settings(_env_file=None, security_syslog=address)


@pytest.mark.parametrize(
    ("address", "refused"),
    [
        ("tls://siem.example.nl", False),
        ("udp://127.0.0.1:514", False),
        ("tcp://localhost:601", False),
        ("udp://siem.example.nl:514", True),
        ("tcp://10.0.0.9:601", True),
    ],
)
def test_over_the_network_the_log_is_encrypted_in_production(address: str, refused: bool):
    stands = Settings(_env_file=None, mode="production", security_syslog=address).refusals()
    assert any("SECURITY_SYSLOG" in line for line in stands) == refused
