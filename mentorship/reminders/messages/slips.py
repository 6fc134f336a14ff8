"""A message on paper, for whom no mail reaches: without an address, switched off, or not delivered."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session

from mentorship.base.i18n import use_locale
from mentorship.people.queries import site_names
from mentorship.programme.queries import programme, whom_to_ask
from mentorship.reminders.messages import letters
from mentorship.reminders.messages.models import Message
from mentorship.reminders.messages.queries import FAILED, ON_PAPER, Told
from mentorship.reminders.proposals.slips import Slip


def to_print(told: Iterable[Told]) -> list[Told]:
    """Return those who get it on paper."""
    return [one for one in told if one.state in (ON_PAPER, FAILED)]


def slips(session: Session, message: Message, told: Iterable[Told]) -> list[Slip]:
    """Return the slips to print, each in its reader's language, by site and name."""
    sites = site_names(session)
    company = programme(session).organisation
    contact = whom_to_ask(session)
    writer = letters.writer(session, message)
    made = []
    for one in to_print(told):
        with use_locale(one.person.locale):
            letter = letters.letter(
                one.words,
                message,
                writer,
                company,
                contact,
            )
        paragraphs = [" ".join(lines) for lines in letter.paragraphs]
        slip = Slip(
            one.person,
            sites.get(one.person.site_id, ""),
            [*paragraphs, letter.foot],
            letter.subject,
        )
        made.append(slip)
    made.sort(key=lambda slip: (slip.where, slip.person.sort_key))
    return made
