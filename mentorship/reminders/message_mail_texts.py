"""What the mail of a message says: the words as its reader was shown to read them, and who wrote them."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base.outbox import OutboxRow
from mentorship.programme.queries import programme, whom_to_ask
from mentorship.reminders.mail_texts import Told
from mentorship.reminders.messages import letters
from mentorship.reminders.messages.models import Message, MessageRecipient
from mentorship.reminders.texts.rules import Words


def message(session: Session, row: OutboxRow, _now: datetime) -> Told:
    """Tell what a coordinator wrote; None once it was withdrawn."""
    message_id = int(row.about)
    found = session.get(Message, message_id)
    reader = session.get(MessageRecipient, (message_id, row.recipient_id))
    if found is None or reader is None or found.sent_at is None or found.withdrawn_at is not None:
        return None
    words = Words(reader.subject, reader.body)
    letter = letters.letter(
        words,
        found,
        letters.writer(session, found),
        programme(session).organisation,
        whom_to_ask(session),
    )
    return {
        "subject": letter.subject,
        "link": letter.link,
        "button": letter.button,
        "paragraphs": letter.paragraphs,
        "foot": letter.foot,
    }
