"""The verbs on the notice: it was read; names in what was read are forgotten. They never commit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import chunked, id_of
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


def forget_names(session: Session, gone: Collection[Person], nobody: str) -> None:
    """Take the names of who is gone out of every notice that was read, where they do not stand as who it is.

    `nobody`: what stands there instead, an English message. Whoever is here by the same name keeps it.
    """
    names = {person.name for person in gone}
    if not names:
        return
    nameless = names - _namesakes(session, gone)
    kept = select(NoticeShown).execution_options(yield_per=BATCH)
    for shown in session.scalars(kept):
        with use_locale(shown.language):
            instead = gettext(nobody)
        told = naming.without(
            naming.with_contact(shown.sentences, names),
            nameless,
            instead,
        )
        if told != shown.sentences:
            shown.sentences = told
    session.flush()


def _namesakes(session: Session, gone: Collection[Person]) -> set[str]:
    """Return the names of who is here and shares a family name with one of these."""
    ids = {id_of(person) for person in gone}
    here = select(Person).where(col(Person.left_on).is_(None))
    found = set()
    for some in chunked(ids):
        theirs = select(Person.family_name).where(col(Person.id).in_(some))
        for person in session.exec(here.where(col(Person.family_name).in_(theirs))):
            if id_of(person) not in ids:
                found.add(person.name)
    return found
