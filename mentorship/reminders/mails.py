"""The mails: who gets which, with what subject and link. Never a goal, a wish, a block or a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlmodel import Session

from mentorship.base import links
from mentorship.base.config import Settings
from mentorship.base.i18n import gettext, ngettext, use_locale
from mentorship.base.mail import Mail, mailbox, render
from mentorship.base.outbox import OutboxRow, Renderer
from mentorship.checkins import queries as check_ins
from mentorship.checkins.rules import LINK_PURPOSE
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.models import ACTIVE, REFUSED, Mentorship
from mentorship.people.models import Person
from mentorship.people.queries import persons
from mentorship.people.rules import INVITATION
from mentorship.profiles.models import Domain
from mentorship.reminders import queries
from mentorship.reminders.models import DUO, REMINDER
from mentorship.reminders.rules import ACCEPTED, CHECK_IN, CHECK_IN_KINDS, PROPOSAL, STOPPED

UNSUBSCRIBE = "unsubscribe"
Told = dict[str, object] | None
"""What a mail tells: its subject, where its button leads, and what else its template needs; None when it is no news
any more."""


def renderers(settings: Settings) -> Mapping[str, Renderer]:
    """Return who writes which kind of mail."""
    return {
        INVITATION: _renderer(settings, INVITATION, None, _invitation),
        PROPOSAL: _renderer(settings, PROPOSAL, DUO, _proposal),
        ACCEPTED: _renderer(settings, ACCEPTED, DUO, _accepted),
        STOPPED: _renderer(settings, STOPPED, DUO, _refused),
        **{kind: _renderer(settings, CHECK_IN, REMINDER, _check_in(settings)) for kind in CHECK_IN_KINDS},
    }


def _renderer(
    settings: Settings, kind: str, topic: str | None, tell: Callable[[Session, OutboxRow, datetime], Told]
) -> Renderer:
    def write(session: Session, row: OutboxRow, now: datetime) -> Mail | None:
        person = queries.person_with_mailbox(session, row.recipient_id, topic)
        if person is None:
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
        stop = settings.link(f"/mail/unsubscribe?token={token}")
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


def _invitation(session: Session, row: OutboxRow, now: datetime) -> Told:
    code = queries.open_code(session, row.recipient_id, row.about, now)
    if code is None:
        return None
    # written into the row when the code was made, for of the code we keep only a digest
    return {"subject": gettext("Your account with Leermaat"), "link": row.text, "until": code.expires_at}


def _proposal(session: Session, row: OutboxRow, now: datetime) -> Told:
    number = queries.waiting_proposals(session, row.recipient_id)
    subject = ngettext("A proposal waits for you", "%(num)s proposals wait for you", number)
    return {"subject": subject, "link": "/", "number": number} if number else None


def _accepted(session: Session, row: OutboxRow, now: datetime) -> Told:
    found = session.get(Mentorship, int(row.about))
    if found is None or found.status != ACTIVE:
        return None
    guides = row.recipient_id == found.mentor_id
    other = session.get_one(Person, found.junior_id if guides else found.mentor_id)
    domain = session.get_one(Domain, found.domain_id)
    return {
        "subject": gettext("You both said yes: you can start"),
        "link": f"/mentorships/{found.id}",
        "guides": guides,
        "other": other.name,
        "domain": domain.name,
    }


def _refused(session: Session, row: OutboxRow, now: datetime) -> Told:
    found = session.get(Mentorship, int(row.about))
    if found is None or found.status != REFUSED:
        return None
    return {
        "subject": gettext("A proposal does not go on"),
        "link": "/",
        "guides": row.recipient_id == found.mentor_id,
    }


def _check_in(settings: Settings) -> Callable[[Session, OutboxRow, datetime], Told]:
    def tell(session: Session, row: OutboxRow, now: datetime) -> Told:
        waiting = check_ins.waiting(session, row.recipient_id)
        if not waiting:
            return None
        pairs = mentorships.by_id(session, [c.mentorship_id for c in waiting])
        people = persons(session, [i for pair in pairs.values() for i in (pair.mentor_id, pair.junior_id)])
        asked = []
        for found in waiting:
            pair = pairs[found.mentorship_id]
            other = people[pair.mentor_id if found.person_id == pair.junior_id else pair.junior_id]
            token = links.sign(settings, LINK_PURPOSE, found.id, now)
            asked.append((other.given_name, settings.link(f"/c/{token}")))
        return {"subject": gettext("How is it going? Two minutes"), "link": asked[0][1], "asked": asked}

    return tell
