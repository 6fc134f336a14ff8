"""A message as its reader reads it: what the mail, the preview and the slip all show."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from mentorship.base.i18n import N_, gettext
from mentorship.people.models import Person
from mentorship.programme.rules import Contact
from mentorship.reminders.messages.models import ITSELF, OWN_PAIRS, PROFILE, TODAY, Message
from mentorship.reminders.texts.rules import Words

LINKS = {
    ITSELF: "/messages/received",
    TODAY: "/",
    OWN_PAIRS: "/mentorships",
    PROFILE: "/profiles",
}
BUTTONS = {
    ITSELF: N_("Read it in Leermaat"),
    TODAY: N_("Go to Leermaat"),
    OWN_PAIRS: N_("Go to my pairs"),
    PROFILE: N_("Go to my profile"),
}
"""Where the one button of a message leads: to a place within the service, whoever reads it."""


@dataclass(frozen=True)
class Letter:
    """What somebody reads under the greeting, its one button, and who wrote it."""

    subject: str
    paragraphs: list[list[str]]
    link: str
    button: str
    foot: str


def letter(
    words: Words,
    message: Message,
    writer: Person | None,
    company: str,
    contact: Contact | None,
) -> Letter:
    """Return a message as it reads, in the language in force."""
    return Letter(
        words.subject,
        words.paragraphs,
        LINKS[message.leads],
        gettext(BUTTONS[message.leads]),
        f"{_from(writer, company)} {_ask(contact)}",
    )


def _from(writer: Person | None, company: str) -> str:
    where = company or gettext("your company")
    if writer is None:
        return gettext("Written by the coordinator of %(company)s.", company=where)
    return gettext("Written by %(name)s, coordinator at %(company)s.", name=writer.name, company=where)


def _ask(contact: Contact | None) -> str:
    if contact is None:
        return gettext("Questions? Ask the coordinator of your company.")
    if not contact.reach:
        return gettext("Questions? Ask %(name)s.", name=contact.name)
    return gettext("Questions? Ask %(name)s: %(reach)s.", name=contact.name, reach=contact.reach)


def writer(session: Session, message: Message) -> Person | None:
    """Return who wrote a message, None when nobody knows any more."""
    return session.get(Person, message.by_id) if message.by_id else None
