"""A mail server that is away, busy, strict, slow or false: nothing lost, nobody else's fault, an end to every pass."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from mentorship.base.delivery import DELAYS, Pass
from mentorship.base.mail import Send, mailbox, transport
from tests.conftest import lacking
from tests.outbox.conftest import Office
from tests.outbox.postbox import Postbox, dawdling, free_port, receiving, settings

HOUR = timedelta(hours=1)
P1, P2 = "p1@example.nl", "p2@example.nl"


def test_one_connection_for_a_whole_pass(office: Office, postbox: Postbox, monkeypatch: pytest.MonkeyPatch):
    made = []
    connect = socket.create_connection
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: made.append(a) or connect(*a, **k))
    assert office.deliver() == Pass() and not made, "nothing to send: nobody is called"
    office.ask(*range(1, 8))
    assert office.deliver().sent == 7 and len(made) == 1


def test_a_server_away_for_hours_costs_nothing(office: Office, postbox: Postbox, caplog):
    port = free_port()
    away = transport(settings(port))
    office.ask(1, 2, 3)
    for hours in range(1, 200, 9):
        assert office.deliver(office.now + hours * HOUR, way=away) == Pass()
    for row in office.rows():
        assert row.attempts == 0 and row.claimed_at is None and row.failed_at is None
    assert office.rows()[0].last_error == "ConnectionRefusedError"
    with receiving(Postbox(), port) as back:
        assert office.deliver(office.now + 200 * HOUR, way=away).sent == 3
        assert back.to() == [P1, P2, "p3@example.nl"]


def test_a_server_that_lets_nobody_in_costs_nothing(office: Office):
    def busy(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(b"421 too busy\r\n")

    office.ask(1, 2)
    with dawdling(busy) as port:
        assert office.deliver(way=transport(settings(port))) == Pass()
    assert [(r.attempts, r.last_error) for r in office.rows()] == [(0, "421 SMTPConnectError"), (0, "")]


@pytest.mark.parametrize("said", ["530 sign in first", "550 not from you"])
def test_a_server_that_takes_nothing_from_us_costs_nothing(office: Office, postbox: Postbox, said: str):
    office.ask(1, 2)
    postbox.refusals["MAIL"] = [said]
    assert office.deliver() == Pass() and not postbox.taken
    assert [r.attempts for r in office.rows()] == [0, 0]
    assert office.deliver().sent == 2


@pytest.mark.parametrize("step", ["MAIL", P1, "DATA"])
@pytest.mark.parametrize("said", ["450 greylisted", "421 closing", "451 try again"])
def test_refused_for_now_and_taken_later(office: Office, postbox: Postbox, step: str, said: str):
    office.ask(1, 2)
    postbox.refusals[step] = [said]
    done = office.deliver()
    assert (done.declined, done.sent) == (1, 0 if said.startswith("421") else 1), "421 ends the pass, not the mail"
    row = office.rows()[0]
    assert (row.attempts, row.failed_at, row.not_before) == (1, None, office.now + DELAYS[0])
    assert row.last_error.startswith(said[:3])
    assert not office.deliver().declined, "not before its time"
    office.deliver(office.now + DELAYS[0])
    assert sorted(postbox.to()) == [P1, P2] and len(set(postbox.ids())) == 2


def test_refused_for_five_days_and_then_failed(office: Office, postbox: Postbox):
    office.ask(1)
    postbox.refusals[P1] = ["450 later"] * 99
    now, waits = office.now, []
    while office.rows()[0].failed_at is None:
        assert office.deliver(now).declined == 1
        due = office.rows()[0].not_before
        if office.rows()[0].failed_at is None:
            assert due is not None
            waits.append(due - now)
            now = due
    minutes = [w.total_seconds() / 60 for w in waits]
    assert minutes[:6] == [1, 5, 30, 120, 360, 720] and set(minutes[5:]) == {720}
    assert timedelta(days=4, hours=12) < now - office.now <= timedelta(days=5)
    assert office.rows()[0].last_error == "450 SMTPRecipientsRefused" and office.rows()[0].subject == ""
    assert office.deliver(now + timedelta(days=9)) == Pass()


@pytest.mark.parametrize(("step", "error"), [(P1, "550 SMTPRecipientsRefused"), ("DATA", "550 SMTPDataError")])
def test_refused_for_good_is_failed_and_seen(office: Office, postbox: Postbox, step: str, error: str):
    office.ask(1, 2)
    postbox.refusals[step] = ["550 no mailbox of Vogel here"]
    assert office.deliver().sent == 1, "the next one is not held up"
    first, second = office.rows()
    assert (first.failed_at, first.last_error) == (office.now, error) and second.sent_at
    assert office.deliver(office.now + timedelta(days=9)) == Pass()


def test_a_server_that_hangs_up_in_the_middle(office: Office, postbox: Postbox):
    def rude(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(b"220 hello\r\n")
        heard = connection.makefile("rb")
        for line in heard:
            if line.upper().startswith(b"RCPT"):
                return
            connection.sendall(b"250 OK\r\n")

    office.ask(1, 2)
    with dawdling(rude) as port:
        assert office.deliver(way=transport(settings(port))) == Pass(declined=1)
    assert [(r.attempts, r.last_error) for r in office.rows()] == [(1, "SMTPServerDisconnected"), (0, "")]
    office.deliver(office.now + HOUR)
    assert sorted(postbox.to()) == [P1, P2]


def endless(connection: socket.socket, over: threading.Event) -> None:
    """Greet without end: every line in time, and never the last one."""
    while not over.wait(0.01):
        connection.sendall(b"220-one moment please\r\n")


def silent(connection: socket.socket, over: threading.Event) -> None:
    over.wait(60)


@pytest.mark.parametrize("talk", [endless, silent])
def test_a_tarpit_is_hung_up_on_when_the_budget_is_spent(office: Office, talk):
    """Without that, an endless greeting would hold the pass for ever, and this test with it."""
    office.ask(1, 2)
    with dawdling(talk) as port:
        assert office.deliver(way=transport(settings(port)), budget_seconds=0.2) == Pass()
    assert [(r.attempts, r.claimed_at, r.sent_at) for r in office.rows()] == [(0, None, None)] * 2


def test_a_pass_stops_at_its_budget_and_its_batch(office: Office, postbox: Postbox):
    office.ask(*range(1, 8))
    assert office.deliver(budget_seconds=0) == Pass(more=True) and not postbox.taken
    assert office.deliver(batch=3) == Pass(sent=3, more=True)
    assert office.deliver(batch=99) == Pass(sent=4)


def test_while_a_mail_is_under_way_a_request_writes(office: Office, visit, session):
    """Nothing is locked while the server has us wait: the page is answered before the server is."""
    order = []

    class Waiting:
        sender = office.way.sender

        @contextmanager
        def opened(self, seconds: float) -> Iterator[Send]:
            def send(message: EmailMessage) -> None:
                order.append("asked the server")
                answer = client.post("/account/language", {"locale": "en"})
                order.append(f"page {answer.status_code}")
                order.append("server said yes")

            yield send

    client = visit("junior")
    client.get("/account")
    session.rollback()
    office.ask(1)
    assert office.deliver(way=Waiting()).sent == 1
    assert order == ["asked the server", "page 303", "server said yes"]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost, signed by itself, with its key."""
    if not shutil.which("openssl"):
        lacking("openssl")
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    words = f"openssl req -x509 -newkey rsa:2048 -nodes -keyout {path} -out {path}.crt -days 2 -subj /CN=localhost"
    names = ["-addext", "subjectAltName=DNS:localhost"]
    subprocess.run([*words.split(), *names], check=True, capture_output=True)
    path.write_text(path.read_text() + Path(f"{path}.crt").read_text())
    return path


@contextmanager
def guarded(postbox: Postbox, certificate: Path, kind: str) -> Iterator[int]:
    """A server that wants TLS, and a name and password."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)

    def sign_in(server: SMTP, session: object, envelope: object, mechanism: str, data: object) -> AuthResult:
        return AuthResult(success=getattr(data, "password", b"") == b"geheim", handled=False)

    options = {"tls_context": context, "require_starttls": True} if kind == "starttls" else {"ssl_context": context}
    options |= {"authenticator": sign_in, "auth_required": True, "auth_require_tls": kind == "starttls"}
    controller = Controller(postbox, hostname="localhost", port=free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_over_tls_to_the_right_server_only(office: Office, certificate: Path, security: str, kind: str, monkeypatch):
    postbox = Postbox()
    office.ask(1)
    with guarded(postbox, certificate, security) as port:
        named = {"smtp_host": "localhost", "smtp_security": security, "smtp_user": "leermaat"}
        way = transport(settings(port, **named, smtp_password="geheim"))
        assert office.deliver(way=way) == Pass() and not postbox.taken, "nobody vouches for this certificate"
        assert office.rows()[0].last_error == "SSLCertVerificationError"
        monkeypatch.setenv("SSL_CERT_FILE", f"{certificate}.crt")
        assert office.deliver(way=transport(settings(port, **{**named, "smtp_host": "127.0.0.1"}))) == Pass()
        assert office.rows()[0].last_error == "SSLCertVerificationError", "it is not who we called"
        assert office.deliver(way=transport(settings(port, **named, smtp_password="fout"))) == Pass()
        assert office.rows()[0].last_error == "535 SMTPAuthenticationError"
        assert office.deliver(way=way).sent == 1 and len(postbox.taken) == 1


@pytest.mark.parametrize(("takes", "expected"), [(True, Pass(sent=2)), (False, Pass(sent=1, declined=1))])
def test_an_address_with_an_accent_goes_where_the_server_takes_it(office: Office, takes: bool, expected: Pass):
    """HR exports have them; a server without SMTPUTF8 fails that one mail for good, and no other."""
    office.address = lambda who: mailbox("Zoë", f"zoë.{who}@example.nl" if who == "p1" else f"{who}@example.nl")
    office.ask(1, 2)
    taken = Postbox()
    controller = Controller(taken, hostname="127.0.0.1", port=free_port(), enable_SMTPUTF8=takes)
    controller.start()
    try:
        assert office.deliver(way=transport(settings(controller.port))) == expected
    finally:
        controller.stop()
    addresses = [to.encode(errors="surrogateescape").decode() for to in taken.to()]
    assert addresses == (["zoë.p1@example.nl", P2] if takes else [P2])
    assert [r.last_error for r in office.rows()] == ["" if takes else "SMTPNotSupportedError", ""]
