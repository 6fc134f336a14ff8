"""The verbs on the notice: it was read; names in what was read are forgotten. They never commit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, select

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.errors import Conflict
from mentorship.base.i18n import N_, gettext, locale, use_locale
from mentorship.people.models import Person
from mentorship.privacy.notice import naming, sentences
from mentorship.privacy.notice.models import NoticeShown

BATCH = 500


def note_read(session: Session, person: Person, seen: str, now: datetime) -> None:
    """Keep what the notice said to somebody when they read it, and when they read that last; `seen`: which it was."""
    version = sentences.version(session, person, local_date(now))
    if version != seen:
        raise Conflict(N_("It changed while you read it. Read it again: this is how it is now."))
    key = id_of(person), version
    found = session.get(NoticeShown, key)
    if found is not None:
        found.shown_at = now
        return
    told = sentences.marked(session, person, local_date(now))
    shown = NoticeShown(
        person_id=id_of(person),
        version=version,
        language=locale(),
        sentences=sentences.plain(told),
        shown_at=now,
    )
    session.add(shown)


def forget_names(session: Session, names: Collection[str]) -> None:
    """Take names out of every notice that was read, where they do not stand as who it is: of who is gone."""
    if not names:
        return
    kept = select(NoticeShown).execution_options(yield_per=BATCH)
    for shown in session.scalars(kept):
        with use_locale(shown.language):
            nobody = gettext("somebody who was erased")
        told = naming.without(
            shown.sentences,
            names,
            nobody,
        )
        if told != shown.sentences:
            shown.sentences = told
    session.flush()
