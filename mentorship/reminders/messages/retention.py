"""What is deleted of messages: a year after they were made, and drafts that were never sent after two weeks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, delete, or_, select
from sqlmodel import Session, col

from mentorship.base.clock import local_date, wall_time
from mentorship.programme.rules import over_on
from mentorship.reminders.messages.models import MONTHS, Message, MessageRecipient
from mentorship.reminders.messages.rules import DRAFT_LASTS

END_OF_DAY = 24 * 60


def purge(session: Session, now: datetime) -> None:
    """Delete the messages that are over their time, with those they were for."""
    today = local_date(now)
    long_ago = wall_time(over_on(today, MONTHS), END_OF_DAY)
    made_at = col(Message.made_at)
    is_old = made_at < long_ago
    is_draft = col(Message.sent_at).is_(None)
    lies_too_long = made_at < now - DRAFT_LASTS
    over = or_(
        is_old,
        and_(is_draft, lies_too_long),
    )
    ids = select(col(Message.id)).where(over)
    of_them = col(MessageRecipient.message_id).in_(ids)
    session.exec(delete(MessageRecipient).where(of_them))
    session.exec(delete(Message).where(over))
