"""Mail: what one says, how it is written down, and how it leaves the house."""

from __future__ import annotations

import logging
import re
import secrets
import smtplib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from socket import SHUT_RDWR, socket
from ssl import create_default_context
from threading import Event, Thread
from typing import Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from mentorship.base import i18n
from mentorship.base.config import Settings, resource

log = logging.getLogger(__name__)
PRODUCT = "Leermaat"
TIMEOUT = 10.0
"""Seconds that the mail server may stay silent."""
BLANK_LINES = re.compile(r"\n{3,}")
Send = Callable[[EmailMessage], None]


@dataclass(frozen=True)
class Mail:
    """One mail to one person; `to` is a mailbox as `mailbox` writes it, `company` for whom it is sent ("": unsaid)."""

    to: str
    subject: str
    text: str
    html: str
    headers: Mapping[str, str] = field(default_factory=dict)
    company: str = ""


class Unreachable(Exception):
    """The mail server is not there, or takes nothing from us at all; no mail is to blame."""


class Declined(Exception):
    """The mail server did not take this mail; after `hung_up` it takes no other either for now."""

    def __init__(self, told: str, *, permanent: bool, hung_up: bool) -> None:
        super().__init__(told)
        self.permanent = permanent
        self.hung_up = hung_up


class _Policy(EmailPolicy):
    """Writes headers as SMTP wants them, and a link whole: cut up or encoded no mail program knows it for one."""

    def fold_binary(self, name: str, value: str) -> bytes:
        """Write one header."""
        if name == "List-Unsubscribe":
            line = f"{name}: {value}{self.linesep}"
            return line.encode()
        return super().fold_binary(name, value)


class Transport(Protocol):
    """A way out. `opened` gives a function that sends one message, and ends within so many seconds."""

    sender: str

    @contextmanager
    def opened(self, seconds: float) -> Iterator[Send]:
        """Send through one connection, made when it is first needed."""
        ...


def one_line(text: str) -> str:
    """Return text that fits in a header: whatever somebody is called, it starts no header of its own."""
    shown = [letter if letter.isprintable() else " " for letter in text]
    words = "".join(shown).split()
    return " ".join(words)


def mailbox(name: str, address: str) -> str:
    """Write a name and an address as a mail names somebody; not every server takes an address with an accent."""
    local, _, host = one_line(address).rpartition("@")
    written = Address(
        display_name=one_line(name),
        username=local,
        domain=host,
    )
    return str(written)


def domain(mailbox: str) -> str:
    """Return the domain of a mailbox."""
    _, address = parseaddr(mailbox)
    _, _, host = address.rpartition("@")
    return host or "localhost"


def via(sender: str, company: str) -> str:
    """Return a sender that names the company it writes for; a name that whoever runs the service chose stays."""
    name, address = parseaddr(sender)
    if not company or name not in ("", PRODUCT):
        return sender
    return mailbox(f"{company} via {PRODUCT}", address)


def new_message_id(sender: str) -> str:
    """Make a Message-ID, which a mail keeps however often it has to be sent."""
    return f"<{secrets.token_hex(16)}@{domain(sender)}>"


def written(mail: Mail, sender: str, message_id: str, now: datetime) -> EmailMessage:
    """Write a mail down: plain text with html beside it, marked as sent by a machine."""
    message = EmailMessage(policy=_Policy(linesep="\r\n"))
    message["From"] = via(sender, mail.company)
    message["To"] = mail.to
    message["Subject"] = one_line(mail.subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    for name, value in mail.headers.items():
        message[name] = one_line(value)
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    return message


@lru_cache
def _templates() -> Environment:
    found = Environment(
        loader=FileSystemLoader(resource("templates")),
        autoescape=select_autoescape(["html"], default_for_string=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    found.globals.update(
        _=i18n.gettext,
        ngettext=i18n.ngettext,
        locale=i18n.locale,
    )
    found.filters.update(
        day=i18n.day,
        moment=i18n.moment,
        joined=i18n.joined,
        integer=i18n.integer,
    )
    return found


def render(template: str, **values: object) -> tuple[str, str]:
    """Return the plain text and the html of `template` ("room/mail/name"), in the language in force."""
    templates = _templates()
    plain = templates.get_template(f"{template}.txt")
    rich = templates.get_template(f"{template}.html")
    text = plain.render(values)
    html = rich.render(values)
    tidied = BLANK_LINES.sub("\n\n", text).strip()
    return f"{tidied}\n", html


class Console:
    """No mail server: the plain text goes to the log."""

    def __init__(self, settings: Settings) -> None:
        self.sender = settings.mail_from

    @contextmanager
    def opened(self, seconds: float) -> Iterator[Send]:
        """Log each message."""

        def send(message: EmailMessage) -> None:
            body = message.get_body(("plain",))
            words = body.get_content() if body else ""
            log.info(
                "mail to %s: %s\n\n%s",
                message["To"],
                message["Subject"],
                words,
            )

        yield send


class Smtp:
    """A mail server, reached over one connection per pass."""

    def __init__(self, settings: Settings) -> None:
        self.sender = settings.mail_from
        self._settings = settings

    @contextmanager
    def opened(self, seconds: float) -> Iterator[Send]:
        """Connect at the first message; a server that only keeps us busy is hung up on in time."""
        client = self._client()
        over = Event()

        def watch() -> None:
            wait = seconds
            while not over.wait(wait):
                _hang_up(client)
                wait = 1.0

        def send(message: EmailMessage) -> None:
            if client.sock is None:
                self._connect(client)
            _hand_over(client, message)

        Thread(target=watch, daemon=True).start()
        try:
            yield send
        finally:
            with suppress(OSError, smtplib.SMTPException):
                if client.sock is not None:
                    client.quit()
            client.close()
            over.set()

    def _client(self) -> smtplib.SMTP:
        us = domain(self.sender)
        client: smtplib.SMTP
        if self._settings.smtp_security == "tls":
            client = smtplib.SMTP_SSL(local_hostname=us, timeout=TIMEOUT, context=create_default_context())
        else:
            client = smtplib.SMTP(local_hostname=us, timeout=TIMEOUT)
        # whose certificate to expect: connect() does not note it
        client._host = self._settings.smtp_host  # type: ignore[attr-defined]
        return client

    def _connect(self, client: smtplib.SMTP) -> None:
        known = self._settings
        try:
            code, words = client.connect(known.smtp_host, known.smtp_port)
            if code != 220:
                raise smtplib.SMTPConnectError(code, words)
            client.ehlo_or_helo_if_needed()
            if known.smtp_security == "starttls":
                client.starttls(context=create_default_context())
            if known.smtp_user:
                client.login(known.smtp_user, known.smtp_password.get_secret_value())
        except (OSError, smtplib.SMTPException) as failure:
            client.close()
            said = getattr(failure, "smtp_code", "")
            told = f"{said} {type(failure).__name__}"
            raise Unreachable(told.strip()) from None


def _hang_up(client: smtplib.SMTP) -> None:
    with suppress(OSError):
        if client.sock is not None:
            socket.shutdown(client.sock, SHUT_RDWR)


def _hand_over(client: smtplib.SMTP, message: EmailMessage) -> None:
    """Send one message, or say by code and class what came of it: what servers answer may hold names."""
    try:
        client.send_message(message)
    except smtplib.SMTPRecipientsRefused as refused:
        [(code, _words)] = refused.recipients.values()
        raise _refusal(client, code, refused) from None
    except smtplib.SMTPResponseException as refused:
        raise _refusal(client, refused.smtp_code, refused) from None
    except smtplib.SMTPNotSupportedError as refused:
        raise Declined(type(refused).__name__, permanent=True, hung_up=False) from None
    except (OSError, smtplib.SMTPException) as failure:
        raise Declined(type(failure).__name__, permanent=False, hung_up=True) from None


def _refusal(client: smtplib.SMTP, code: int, refused: Exception) -> Unreachable | Declined:
    """Tell a server that takes nothing from us (we may not send, or should sign in) from one that refuses a mail."""
    told = f"{code} {type(refused).__name__}"
    for_good = code >= 500
    if code == 530 or (for_good and isinstance(refused, smtplib.SMTPSenderRefused)):
        return Unreachable(told)
    if code == 421 or client.sock is None:
        return Declined(told, permanent=False, hung_up=True)
    with suppress(OSError, smtplib.SMTPException):
        client.rset()
    return Declined(told, permanent=for_good, hung_up=False)


def transport(settings: Settings) -> Transport:
    """Return the way out that the settings name."""
    if settings.smtp_host:
        return Smtp(settings)
    return Console(settings)
