"""Reads of the texts that were kept."""

from __future__ import annotations

from sqlalchemy import func
from sqlmodel import Session, col, select

from mentorship.base.db import locked
from mentorship.base.errors import Conflict
from mentorship.base.i18n import N_
from mentorship.people.access import Subject
from mentorship.reminders.texts.models import KeptText

GONE = N_("This text was removed in the meantime.")


def texts(session: Session) -> list[KeptText]:
    """Return the texts that were kept, by name."""
    query = select(KeptText).order_by(
        func.lower(KeptText.name),
        col(KeptText.id),
    )
    return list(session.exec(query))


def text_subject(session: Session, text_id: int) -> Subject | None:
    """Return that a text is there, which is of all coordinators."""
    found = session.get(KeptText, text_id)
    if found is None:
        return None
    return Subject()


def one(session: Session, text_id: int) -> KeptText:
    """Return a text that exists."""
    return session.get_one(KeptText, text_id)


def held(session: Session, text_id: int) -> KeptText:
    """Return a text as it is now, nobody else's to change until we commit."""
    found = locked(session, KeptText, text_id)
    if found is None:
        raise Conflict(GONE)
    return found


def is_taken(session: Session, name: str, but_id: int | None = None) -> bool:
    """Tell whether another text has this name, in whatever letters."""
    others = [text for text in texts(session) if text.id != but_id]
    taken = {text.name.casefold() for text in others}
    return name.casefold() in taken
