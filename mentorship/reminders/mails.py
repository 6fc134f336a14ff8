"""The mails: who gets which, with what subject and link. Never a goal, a wish, a block or a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlmodel import Session

from mentorship.base import links, outbox
from mentorship.base.config import Settings
from mentorship.base.i18n import use_locale
from mentorship.base.mail import Mail, mailbox, render
from mentorship.base.outbox import OutboxRow, Renderer
from mentorship.people.account.rules import INVITATION
from mentorship.people.models import Person
from mentorship.reminders import duo_mail_texts as duo_tellings
from mentorship.reminders import mail_texts as tellings
from mentorship.reminders import queries
from mentorship.reminders.mail_texts import Told
from mentorship.reminders.models import DUO, OVERVIEW, REMINDER
from mentorship.reminders.rules import (
    ACCEPTED,
    CHECK_IN,
    CHECK_IN_KINDS,
    EXPIRED,
    HELP,
    LEVEL,
    LINE,
    PROPOSAL,
    SIGNAL,
    STOPPED,
    THANKS,
    superseding,
)

UNSUBSCRIBE = "unsubscribe"
NOTE = "note"
"""The template of mails that are a few sentences and a button."""


def renderers(settings: Settings) -> Mapping[str, Renderer]:
    """Return who writes which kind of mail."""
    return {
        INVITATION: _renderer(settings, INVITATION, None, tellings.invitation),
        PROPOSAL: _renderer(settings, PROPOSAL, DUO, duo_tellings.proposal),
        ACCEPTED: _renderer(settings, ACCEPTED, DUO, duo_tellings.accepted),
        STOPPED: _renderer(settings, STOPPED, DUO, duo_tellings.refused),
        EXPIRED: _renderer(settings, NOTE, DUO, duo_tellings.expired),
        LEVEL: _renderer(settings, NOTE, DUO, duo_tellings.level),
        THANKS: _renderer(settings, NOTE, DUO, duo_tellings.thanks),
        HELP: _renderer(settings, NOTE, None, tellings.help_asked),
        SIGNAL: _renderer(settings, NOTE, DUO, tellings.signal),
        LINE: _renderer(settings, NOTE, OVERVIEW, tellings.line),
        **{kind: _renderer(settings, CHECK_IN, REMINDER, tellings.check_in(settings)) for kind in CHECK_IN_KINDS},
    }


def _renderer(
    settings: Settings, kind: str, topic: str | None, tell: Callable[[Session, OutboxRow, datetime], Told]
) -> Renderer:
    def write(session: Session, row: OutboxRow, now: datetime) -> Mail | None:
        person = queries.person_with_mailbox(session, row.recipient_id, topic)
        if person is None:
            return None
        # the server was away for long: who is told all today need not be told of yesterday as well
        if outbox.superseded(session, row, superseding(row.kind)):
            return None
        with use_locale(person.locale):
            told = tell(session, row, now)
            return _mail(settings, kind, topic, person, told, now) if told else None

    return write


def _mail(
    settings: Settings, kind: str, topic: str | None, person: Person, told: dict[str, object], now: datetime
) -> Mail:
    stop, headers = "", {}
    if topic is not None:
        token = links.sign(settings, UNSUBSCRIBE, [person.id, topic], now)
        stop = settings.link(f"/reminders/unsubscribe?token={token}")
        headers = {
            "Precedence": "bulk",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    link = str(told["link"])
    values = {
        **told,
        "link": settings.link(link) if link.startswith("/") else link,
        "home": settings.link("/"),
        "name": person.given_name,
        "stop": stop,
    }
    text, html = render(f"reminders/mail/{kind}", **values)
    return Mail(mailbox(person.name, person.email or ""), str(told["subject"]), text, html, headers)
