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
from typing import Any, Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from mentorship.base import i18n
from mentorship.base.config import Settings, resource

log = logging.getLogger(__name__)
TIMEOUT = 10.0
"""Seconds that the mail server may stay silent."""
BLANK_LINES = re.compile(r"\n{3,}")
Send = Callable[[EmailMessage], None]


@dataclass(frozen=True)
class Mail:
    """One mail to one person; `to` is a mailbox as `mailbox` writes it."""

    to: str
    subject: str
    text: str
    html: str
    headers: Mapping[str, str] = field(default_factory=dict)


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
            return f"{name}: {value}{self.linesep}".encode()
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
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def mailbox(name: str, address: str) -> str:
    """Write a name and an address as a mail names somebody; not every server takes an address with an accent."""
    local, _, host = one_line(address).rpartition("@")
    return str(Address(display_name=one_line(name), username=local, domain=host))


def domain(mailbox: str) -> str:
    """Return the domain of a mailbox."""
    return parseaddr(mailbox)[1].rpartition("@")[2] or "localhost"


def new_message_id(sender: str) -> str:
    """Make a Message-ID, which a mail keeps however often it has to be sent."""
    return f"<{secrets.token_hex(16)}@{domain(sender)}>"


def written(mail: Mail, sender: str, message_id: str, now: datetime) -> EmailMessage:
    """Write a mail down: plain text with html beside it, marked as sent by a machine."""
    message = EmailMessage(policy=_Policy(linesep="\r\n"))
    message["From"], message["To"], message["Subject"] = sender, mail.to, one_line(mail.subject)
    message["Date"], message["Message-ID"] = format_datetime(now), message_id
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
    found.globals.update(_=i18n.gettext, ngettext=i18n.ngettext, locale=i18n.locale)
    found.filters.update(day=i18n.day, moment=i18n.moment, joined=i18n.joined, integer=i18n.integer)
    return found


def render(template: str, **values: object) -> tuple[str, str]:
    """Return the plain text and the html of `template` ("room/mail/name"), in the language in force."""
    text, html = (_templates().get_template(f"{template}.{kind}").render(values) for kind in ("txt", "html"))
    return BLANK_LINES.sub("\n\n", text).strip() + "\n", html


class Console:
    """No mail server: the plain text goes to the log."""

    def __init__(self, settings: Settings) -> None:
        self.sender = settings.mail_from

    @contextmanager
    def opened(self, seconds: float) -> Iterator[Send]:
        """Log each message."""

        def send(message: EmailMessage) -> None:
            body = message.get_body(("plain",))
            log.info("mail to %s: %s\n\n%s", message["To"], message["Subject"], body.get_content() if body else "")

        yield send


class Smtp:
    """A mail server, reached over one connection per pass."""

    def __init__(self, settings: Settings) -> None:
        self.sender = settings.mail_from
        self._settings = settings

    @contextmanager
    def opened(self, seconds: float) -> Iterator[Send]:
        """Connect at the first message; a server that only keeps us busy is hung up on in time."""
        client, over = self._client(), Event()

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
        names: dict[str, Any] = {"local_hostname": domain(self.sender), "timeout": TIMEOUT}
        if self._settings.smtp_security == "tls":
            client: Any = smtplib.SMTP_SSL(**names, context=create_default_context())
        else:
            client = smtplib.SMTP(**names)
        client._host = self._settings.smtp_host  # whose certificate to expect: connect() does not note it
        found: smtplib.SMTP = client
        return found

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
            raise Unreachable(f"{getattr(failure, 'smtp_code', '')} {type(failure).__name__}".strip()) from None


def _hang_up(client: smtplib.SMTP) -> None:
    with suppress(OSError):
        if client.sock is not None:
            socket.shutdown(client.sock, SHUT_RDWR)


def _hand_over(client: smtplib.SMTP, message: EmailMessage) -> None:
    """Send one message, or say by code and class what came of it: what servers answer may hold names."""
    try:
        client.send_message(message)
    except smtplib.SMTPRecipientsRefused as refused:
        raise _refusal(client, next(iter(refused.recipients.values()))[0], refused) from None
    except smtplib.SMTPResponseException as refused:
        raise _refusal(client, refused.smtp_code, refused) from None
    except smtplib.SMTPNotSupportedError as refused:
        raise Declined(type(refused).__name__, permanent=True, hung_up=False) from None
    except (OSError, smtplib.SMTPException) as failure:
        raise Declined(type(failure).__name__, permanent=False, hung_up=True) from None


def _refusal(client: smtplib.SMTP, code: int, refused: Exception) -> Unreachable | Declined:
    """Tell a server that takes nothing from us (we may not send, or should sign in) from one that refuses a mail."""
    told = f"{code} {type(refused).__name__}"
    if code == 530 or (code >= 500 and isinstance(refused, smtplib.SMTPSenderRefused)):
        return Unreachable(told)
    hung_up = code == 421 or client.sock is None
    if not hung_up:
        with suppress(OSError, smtplib.SMTPException):
            client.rset()
    return Declined(told, permanent=code >= 500 and not hung_up, hung_up=hung_up)


def transport(settings: Settings) -> Transport:
    """Return the way out that the settings name."""
    return Smtp(settings) if settings.smtp_host else Console(settings)
