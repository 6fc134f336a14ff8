"""The mails: who gets which, with what subject and link. Never a goal, a wish, a block or a reason.

A room above adds its own: what became of what one asked about one's data, with the reason that the law wants told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from mentorship.base import links, outbox
from mentorship.base.clock import local_date
from mentorship.base.config import Settings
from mentorship.base.i18n import use_locale
from mentorship.base.mail import Mail, mailbox, one_line, render
from mentorship.base.mail_kinds import (
    ABOUT_ACCOUNT,
    ACCEPTED,
    ACTED,
    ADDRESS,
    ANNOUNCED,
    AWAY,
    BREAK_GLASS,
    CARD_MADE,
    CERTIFICATE,
    CHECK_IN,
    CODE_MADE,
    CONFIRM,
    ENDS_SOON,
    EXPIRED,
    FILLED_IN,
    FREED,
    HELP,
    HELPER_LEFT,
    HOURS_AGAIN,
    IMPORT,
    INVITATION,
    LAST_DAY,
    LEAVES,
    LEVEL,
    LINE,
    MESSAGE,
    MORE_TIME,
    NOBODY,
    OBJECT_SOON,
    PLACE,
    PROPOSAL,
    PROPOSAL_AGAIN,
    PROVIDER,
    PULSE,
    PULSE_AGAIN,
    QUESTION,
    QUESTION_SAID,
    SECOND_FACTOR,
    SIGNAL,
    SIGNED_OUT,
    SLIP,
    STAYS,
    STOPPED,
    THANKS,
    WITHDRAWAL,
)
from mentorship.base.outbox import OutboxRow, Renderer
from mentorship.checkins.due import NEVER, is_out, next_moment
from mentorship.people.models import Person
from mentorship.profiles.away import queries as away
from mentorship.programme.queries import programme, whom_to_ask
from mentorship.programme.rules import Contact
from mentorship.reminders import (
    acting_mail_texts,
    announced_mail_texts,
    away_mail_texts,
    certificate_mail_texts,
    duo_mail_texts,
    hours_mail_texts,
    last_day_mail_texts,
    leaving_mail_texts,
    line_mail_texts,
    mail_texts,
    message_mail_texts,
    pace_mail_texts,
    proposal_mail_texts,
    pulse_mail_texts,
    queries,
    question_mail_texts,
    security_mail_texts,
    waiting_mail_texts,
)
from mentorship.reminders.mail_texts import Told
from mentorship.reminders.models import DUO, MESSAGES, OVERVIEW, REMINDER
from mentorship.reminders.rules import CHECK_IN_KINDS, superseding

UNSUBSCRIBE = "unsubscribe"
NOTE = "note"
"""The template of mails that are a few sentences and a button."""
TO_WHO_IS_AWAY = ABOUT_ACCOUNT | {AWAY}
"""What is sent to somebody who is away all the same: about their account, and that another filled in that they are."""


@dataclass(frozen=True)
class Letter:
    """One kind of mail: its template, the topic that people may not want (None: it always comes), and what it tells."""

    template: str
    topic: str | None
    tell: Callable[[Session, OutboxRow, datetime], Told]


LETTERS = {
    INVITATION: Letter(INVITATION, None, mail_texts.invitation),
    CODE_MADE: Letter(NOTE, None, mail_texts.code_made),
    CARD_MADE: Letter(NOTE, None, security_mail_texts.card_made),
    CONFIRM: Letter(NOTE, None, mail_texts.confirm),
    PROPOSAL: Letter(NOTE, DUO, proposal_mail_texts.proposal),
    PROPOSAL_AGAIN: Letter(NOTE, DUO, proposal_mail_texts.proposal_again),
    NOBODY: Letter(NOTE, DUO, proposal_mail_texts.nobody_found),
    ACCEPTED: Letter(NOTE, DUO, duo_mail_texts.accepted),
    STOPPED: Letter(NOTE, DUO, duo_mail_texts.refused),
    EXPIRED: Letter(NOTE, DUO, duo_mail_texts.expired),
    WITHDRAWAL: Letter(NOTE, DUO, proposal_mail_texts.withdrawn),
    ANNOUNCED: Letter(NOTE, DUO, announced_mail_texts.announced),
    OBJECT_SOON: Letter(NOTE, DUO, announced_mail_texts.object_soon),
    ACTED: Letter(NOTE, DUO, acting_mail_texts.acted),
    ENDS_SOON: Letter(NOTE, DUO, acting_mail_texts.ends_soon),
    MORE_TIME: Letter(NOTE, DUO, pace_mail_texts.more_time),
    LEVEL: Letter(NOTE, DUO, duo_mail_texts.level),
    THANKS: Letter(NOTE, DUO, duo_mail_texts.thanks),
    HELP: Letter(NOTE, None, mail_texts.help_asked),
    SIGNAL: Letter(NOTE, DUO, mail_texts.signal),
    MESSAGE: Letter(MESSAGE, MESSAGES, message_mail_texts.message),
    PLACE: Letter(NOTE, DUO, waiting_mail_texts.place_asked),
    FREED: Letter(NOTE, DUO, waiting_mail_texts.came_free),
    HOURS_AGAIN: Letter(NOTE, DUO, hours_mail_texts.again),
    CERTIFICATE: Letter(NOTE, REMINDER, certificate_mail_texts.ends),
    PULSE: Letter(NOTE, REMINDER, pulse_mail_texts.asked),
    PULSE_AGAIN: Letter(NOTE, REMINDER, pulse_mail_texts.asked_again),
    QUESTION: Letter(NOTE, DUO, question_mail_texts.asked),
    QUESTION_SAID: Letter(NOTE, DUO, question_mail_texts.said),
    LAST_DAY: Letter(NOTE, None, last_day_mail_texts.last_day),
    LEAVES: Letter(NOTE, None, leaving_mail_texts.leaves),
    HELPER_LEFT: Letter(NOTE, None, last_day_mail_texts.helper_left),
    STAYS: Letter(NOTE, None, last_day_mail_texts.stays),
    FILLED_IN: Letter(NOTE, None, mail_texts.filled_in),
    IMPORT: Letter(NOTE, None, mail_texts.import_told),
    LINE: Letter(NOTE, OVERVIEW, line_mail_texts.line),
    AWAY: Letter(NOTE, None, away_mail_texts.filled_in),
    PROVIDER: Letter(NOTE, None, security_mail_texts.by_provider),
    BREAK_GLASS: Letter(NOTE, None, security_mail_texts.break_glass),
    SECOND_FACTOR: Letter(NOTE, None, security_mail_texts.second_factor),
    SIGNED_OUT: Letter(NOTE, None, security_mail_texts.signed_out),
    ADDRESS: Letter(NOTE, None, security_mail_texts.address_changed),
    SLIP: Letter(NOTE, None, security_mail_texts.by_slip),
}
"""Every kind but the check-ins, whose links are signed by the settings."""


def renderers(settings: Settings, more: Mapping[str, Letter] | None = None) -> Mapping[str, Renderer]:
    """Return who writes which kind of mail, with more kinds of the rooms above."""
    found: dict[str, Renderer] = {}
    letters = {**LETTERS, **(more or {})}
    for kind, letter in letters.items():
        found[kind] = _renderer(settings, letter)
    check_in = Letter(CHECK_IN, REMINDER, mail_texts.check_in(settings))
    for kind in CHECK_IN_KINDS:
        found[kind] = _renderer(settings, check_in)
    return found


def _renderer(settings: Settings, letter: Letter) -> Renderer:
    def write(session: Session, row: OutboxRow, now: datetime) -> Mail | None:
        person = _reader(session, row, letter, now)
        if person is None:
            return None
        # the server was away for long: who is told all today need not be told of yesterday as well
        if outbox.superseded(session, row, superseding(row.kind)):
            return None
        _wait_for(session, row, now)
        with use_locale(person.locale):
            told = letter.tell(session, row, now)
            if not told:
                return None
            contact = whom_to_ask(session)
            told.setdefault("foot", mail_texts.foot(contact))
            told["company"] = one_line(programme(session).organisation)
            mail = _mail(settings, letter, person, told, now)
            if row.address:
                mail = replace(mail, to=mailbox(person.name, row.address))
            return _answered_by(mail, contact)

    return write


def _reader(session: Session, row: OutboxRow, letter: Letter, now: datetime) -> Person | None:
    """Return who gets a mail, None when there is no mailbox for it; what is for another mailbox goes to no other."""
    if row.address:
        return queries.person_here(session, row.recipient_id, now)
    if row.kind == ADDRESS:
        return None
    return queries.person_with_mailbox(session, row.recipient_id, letter.topic, now)


def _wait_for(session: Session, row: OutboxRow, now: datetime) -> None:
    """Let a mail to somebody who is away today wait for their return, in their own shift; not how to sign in."""
    if row.kind in TO_WHO_IS_AWAY:
        return
    today = local_date(now)
    if not is_out(today, away.away_days(session, [row.recipient_id]).get(row.recipient_id, NEVER)):
        return
    there = away.presence(session, [row.recipient_id], today)
    timetable = there.timetables.get(row.recipient_id)
    raise outbox.NotYet(next_moment(timetable, now, out=there.out_of(row.recipient_id)))


def _mail(settings: Settings, letter: Letter, person: Person, told: dict[str, object], now: datetime) -> Mail:
    stop = ""
    headers = {}
    if letter.topic is not None:
        stop = _way_to_stop(settings, person, letter.topic, now)
        headers = {
            "Precedence": "bulk",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    link = str(told["link"])
    if link.startswith("/"):
        link = settings.link(link)
    values = {
        **told,
        "link": link,
        "home": settings.link("/"),
        "name": person.given_name,
        "number": person.number,
        "stop": stop,
    }
    text, html = render(f"reminders/mail/{letter.template}", **values)
    to = mailbox(person.name, person.email or "")
    return Mail(
        to,
        str(told["subject"]),
        text,
        html,
        headers,
        company=str(told["company"]),
    )


def _answered_by(mail: Mail, contact: Contact | None) -> Mail:
    """Let an answer go to whom people ask, if that is a mailbox: nobody reads the sender's."""
    if contact is None or not contact.link.startswith("mailto:"):
        return mail
    to = mailbox(contact.name, contact.reach)
    return replace(mail, headers={**mail.headers, "Reply-To": to})


def _way_to_stop(settings: Settings, person: Person, topic: str, now: datetime) -> str:
    """Return the signed link by which somebody gets no more mail of a topic."""
    token = links.sign(settings, UNSUBSCRIBE, [person.id, topic], now)
    return settings.link(f"/reminders/unsubscribe?token={token}")
