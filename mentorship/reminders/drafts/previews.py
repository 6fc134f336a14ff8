"""A message as each will read it, before it is sent: one reader after the other."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from mentorship.base.i18n import gettext, integer, use_locale
from mentorship.people.models import Person
from mentorship.programme.queries import programme, whom_to_ask
from mentorship.reminders.messages import letters
from mentorship.reminders.messages.letters import Letter
from mentorship.reminders.messages.models import Message
from mentorship.reminders.messages.queries import Reach
from mentorship.reminders.texts.rules import both_of, filled


@dataclass(frozen=True)
class Preview:
    """What one reader gets: as a mail, or on paper; and which reader comes before and after."""

    person: Person
    language: str
    greeting: str
    letter: Letter
    way: str
    place: str
    before: int | None
    after: int | None


def preview(session: Session, message: Message, reach: Reach, at: int, writer: Person | None) -> Preview:
    """Return what the reader at this place, counted from 1, will read."""
    readers = reach.readers
    person = readers[at - 1]
    company = programme(session).organisation
    both = both_of(message)
    with use_locale(person.locale):
        letter = letters.letter(
            filled(
                both.read_in(person.locale),
                person.given_name,
                company,
            ),
            message,
            writer,
            company,
            whom_to_ask(session),
        )
        greeting = gettext("Hello %(name)s,", name=person.given_name)
    by_mail = person in reach.by_mail
    return Preview(
        person=person,
        language=person.locale,
        greeting=greeting,
        letter=letter,
        way=gettext("by mail") if by_mail else gettext("on paper"),
        place=gettext(
            "%(place)s of %(all)s",
            place=integer(at),
            all=integer(len(readers)),
        ),
        before=at - 1 if at > 1 else None,
        after=at + 1 if at < len(readers) else None,
    )
