"""What the other mails tell: an account, check-ins, signals, the week of a line. Never an answer or a note."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from mentorship.base import links
from mentorship.base.clock import local_date
from mentorship.base.config import Settings
from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, long_day, ngettext
from mentorship.base.mail_kinds import REMINDERS
from mentorship.base.outbox import OutboxRow
from mentorship.checkins import findings, promises, silence
from mentorship.checkins import queries as check_ins
from mentorship.checkins.asked import queries as in_confidence
from mentorship.checkins.due import NEVER, last_day
from mentorship.checkins.links.rules import LINK_PURPOSE
from mentorship.checkins.models import CheckIn
from mentorship.checkins.signals import queries as signals
from mentorship.checkins.words import NEVER_USED, UNHEARD
from mentorship.mentorships import queries as mentorships
from mentorship.people.access import Actor
from mentorship.people.account import queries as accounts
from mentorship.people.account import words as account_words
from mentorship.people.account.rules import made_on
from mentorship.people.closed.queries import reads_mailbox
from mentorship.people.models import Person
from mentorship.people.queries import roles_of
from mentorship.profiles.away import queries as away
from mentorship.profiles.filled import queries as filled
from mentorship.profiles.filled import words as filled_words
from mentorship.programme.queries import programme, whom_to_ask
from mentorship.programme.rules import Contact
from mentorship.reminders import queries

Told = dict[str, object] | None
"""What a mail tells: its subject, where its button leads, and what else its template needs; None when it is no news
any more."""


def foot(contact: Contact | None) -> str:
    """Say that nobody wrote this by hand, and whom to ask."""
    if contact is None:
        return gettext("Automatic message. Questions? Ask the coordinator of your company.")
    if not contact.reach:
        return gettext("Automatic message. Questions? Ask %(name)s.", name=contact.name)
    return gettext("Automatic message. Questions? Ask %(name)s: %(reach)s.", name=contact.name, reach=contact.reach)


def invitation(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell how to activate an account."""
    code = queries.open_code(session, row.recipient_id, row.about, now)
    if code is None or not row.text:  # tried again after it failed: its words are gone, and with them the code
        return None
    if code.mailed_to and code.mailed_to != session.get_one(Person, row.recipient_id).email:
        return None  # it was made for that mailbox, and opens more there than in another
    company = programme(session).organisation
    maker = session.get(Person, code.made_by_id)
    # written into the row when the code was made, for of the code we keep only a digest
    return {
        "subject": _of_company(gettext("Your account with Leermaat"), company),
        "link": row.text,
        "until": code.expires_at,
        "why": _why_invited(company, maker),
        "whom": _whom_to_ask_whether_real(session),
    }


def _of_company(subject: str, company: str) -> str:
    return f"{company}: {subject}" if company else subject


def _why_invited(company: str, maker: Person | None) -> str:
    """Say who made the account, and what for: a mail that asks for a password must not look like one that steals it."""
    where = company or gettext("your company")
    if maker is None:
        return gettext(
            "There is an account for you with Leermaat. There people at %(where)s learn from each other.", where=where
        )
    return gettext(
        "%(name)s made an account for you with Leermaat. There people at %(where)s learn from each other.",
        name=maker.name,
        where=where,
    )


def _whom_to_ask_whether_real(session: Session) -> str:
    contact = whom_to_ask(session)
    if contact is None:
        return gettext("Not sure whether this mail is real? Ask the coordinator of your company.")
    whom = " · ".join(filter(None, [contact.name, contact.reach]))
    return gettext("Not sure whether this mail is real? Ask %(whom)s.", whom=whom)


def code_made(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell that somebody made a new code for an account that has a password."""
    code = accounts.code_made(session, row.recipient_id, row.about, now)
    maker = session.get(Person, code.made_by_id) if code else None
    if code is None or maker is None:
        return None
    return {
        "subject": gettext("A new code was made for your account"),
        "link": "/account",
        "button": gettext("See where I am signed in"),
        "sentences": [
            account_words.code_made(maker, made_on(code.expires_at), code.used_at),
            gettext("What you answered before stays closed to whoever signs in with it."),
        ],
    }


def confirm(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Send the link by which somebody confirms that an account is theirs."""
    if not row.text or not reads_mailbox(session, row.recipient_id):
        return None
    return {
        "subject": gettext("Confirm that it is you"),
        "link": row.text,
        "button": gettext("Open what I kept"),
        "sentences": [
            gettext(
                "You asked for this after your account got a new password by a code. The link works for ten minutes."
            ),
            gettext("Did you not ask for it? Do not press it, and tell the admin."),
        ],
    }


def filled_in(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell what others filled in for somebody, unless they saw to it meanwhile."""
    marks = filled.marks(session, row.recipient_id)
    if not marks:
        return None
    return {
        "subject": gettext("Something was filled in for you"),
        "link": "/profiles",
        "button": gettext("See my profile"),
        "sentences": [
            *filled_words.told(marks),
            gettext("Is it not right? You can change it yourself on your profile."),
        ],
    }


def import_told(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell what came through the folder of exports; its figures are known only then, and written into the row."""
    words = row.text or gettext("What it came to stands in Leermaat.")
    return {
        "subject": gettext("Files of HR came in"),
        "link": "/imports",
        "button": gettext("Go to the imports"),
        "sentences": [words],
    }


@dataclass(frozen=True)
class WayIn:
    """With whom a check-in asks how it goes, and the link that opens it."""

    name: str
    link: str


def _how_it_goes(kind: str) -> str:
    subject = gettext("How is it going? Two minutes")
    if kind in REMINDERS:
        return gettext("Reminder: %(subject)s", subject=subject)
    return subject


def check_in(settings: Settings) -> Callable[[Session, OutboxRow, datetime], Told]:
    """Return what tells of the check-ins that wait for somebody, each with its own signed link."""

    def tell(session: Session, row: OutboxRow, now: datetime) -> Told:
        waiting = check_ins.waiting(session, row.recipient_id)
        if not waiting:
            return None
        with_whom = check_ins.others(session, waiting)
        asked = []
        for found in waiting:
            check_in_id = id_of(found)
            token = links.sign(settings, LINK_PURPOSE, check_in_id, now)
            way = WayIn(
                with_whom[check_in_id].given_name,
                settings.link(f"/links/{token}"),
            )
            asked.append(way)
        first, *others = asked
        known = away.days_out(session, [row.recipient_id], local_date(now))
        out = known.get(row.recipient_id, NEVER)
        closes = _closes(waiting, out)
        return {
            "subject": _how_it_goes(row.kind),
            "link": first.link,
            "with_whom": first.name,
            "others": others,
            "until": long_day(closes),
            "sees": promises.in_short(waiting[0].side, programme(session).visibility),
            "never_used": gettext(NEVER_USED),
            "unheard": _unheard(session, row.recipient_id),
        }

    return tell


def _closes(waiting: Sequence[CheckIn], out: Collection[int]) -> date:
    """Return the last day on which the first of these can be sent."""
    days = [last_day(local_date(found.opened_at), out) for found in waiting]
    return min(days)


def _unheard(session: Session, person_id: int) -> str:
    """Ask kindly who did not answer the last two."""
    return gettext(UNHEARD) if silence.unheard(session, person_id) else ""


def _actor(session: Session, person_id: int) -> Actor:
    return Actor(person_id, frozenset(roles_of(session, person_id)))


def help_asked(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell somebody that their help is asked for; by whom stands on the page, for others may read along."""
    actor = _actor(session, row.recipient_id)
    number = 0
    for seen in signals.visible(session, actor, now):
        if seen.asks_help and seen.row.status == "open":
            number += 1
    confided = sum(one.seen_at is None for one in in_confidence.open_requests(session, actor, now))
    if not number and not confided:
        return None
    number += confided
    return {
        "subject": ngettext("Somebody asks for your help", "%(num)s people ask for your help", number),
        "link": "/checkins/asked" if confided else "/signals",
        "button": gettext("See who, and what you can do"),
        "sentences": [
            gettext("In a check-in somebody ticked “I want help”, and chose you."),
            gettext("What they answered is theirs alone; ask them. A short talk this week helps most."),
        ],
    }


def signal(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell a mentor that something of their own asks for attention, and what is one tap away."""
    actor = _actor(session, row.recipient_id)
    seen = signals.visible(session, actor, now)
    eased = [one for one in seen if one.eases and one.row.status == "open"]
    if not eased:
        return None
    pair = mentorships.one(session, eased[0].row.mentorship_id)
    junior = session.get_one(Person, pair.junior_id)
    about = gettext("It is about mentoring %(name)s.", name=junior.given_name)
    if eased[0].row.kind == findings.HOURS:
        about = gettext("You spend more hours on mentoring than were confirmed for you.")
    return {
        "subject": gettext("Is mentoring still working for you?"),
        "link": "/signals",
        "button": gettext("Look at what would help"),
        "sentences": [
            about,
            gettext("Mentoring has to stay doable. See what you can change."),
            gettext("One place fewer, a pause or a second mentor: one tap is enough. You can undo it for ten minutes."),
        ],
    }
