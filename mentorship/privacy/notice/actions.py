"""The verbs on the notice: it was read; a name in what was read is forgotten. They never commit."""

from __future__ import annotations

import json
from datetime import datetime

from sqlmodel import Session, select

from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, locale, use_locale
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


def forget_name(session: Session, name: str) -> None:
    """Take a name out of every notice that was read: somebody was erased."""
    if not name:
        return
    for shown in session.scalars(select(NoticeShown)).all():
        with use_locale(shown.language):
            nobody = gettext("somebody who was erased")
        told = _quoted(shown.sentences).replace(
            _quoted(name)[1:-1],
            _quoted(nobody)[1:-1],
        )
        kept = json.loads(told)
        if kept != shown.sentences:
            shown.sentences = kept
    session.flush()


def _quoted(value: object) -> str:
    return json.dumps(
        value,
        ensure_ascii=False,
    )
