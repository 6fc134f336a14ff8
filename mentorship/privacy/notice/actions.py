"""The verb on the notice: it was read. It never commits."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.base.i18n import locale
from mentorship.people.models import Person
from mentorship.privacy.notice import sentences
from mentorship.privacy.notice.models import NoticeShown


def note_read(session: Session, person: Person, now: datetime) -> None:
    """Keep what the notice said to somebody when they read it, and when they read that last."""
    version = sentences.version(session, person)
    key = id_of(person), version
    found = session.get(NoticeShown, key)
    if found is not None:
        found.shown_at = now
        return
    told = sentences.sections(session, person)
    shown = NoticeShown(
        person_id=id_of(person),
        version=version,
        language=locale(),
        sentences=sentences.plain(told),
        shown_at=now,
    )
    session.add(shown)
