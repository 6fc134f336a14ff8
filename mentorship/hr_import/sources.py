"""The sources that exports come from, each with how its files are read."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.hr_import.reading.mapping import Mapping
from mentorship.hr_import.writing.models import ImportSource

LONGEST_NAME = 100


def names(session: Session) -> list[str]:
    """Return the names of all sources."""
    ordered = select(ImportSource.name).order_by(col(ImportSource.name))
    return list(session.exec(ordered))


def kept(session: Session, name: str) -> Mapping:
    """Return how the files of a source are read; of one that is new, nothing was settled."""
    source = session.get(ImportSource, name)
    return Mapping.from_json(source.mapping if source else None)


def keep(session: Session, actor_id: int | None, name: str, mapping: Mapping, now: datetime) -> None:
    """Keep how the files of a source are read, for the next time."""
    if not name.strip() or len(name) > LONGEST_NAME:
        raise Refused(N_("Give the source a name of at most %(most)s characters."), most=LONGEST_NAME)
    source = session.get(ImportSource, name)
    if source is None:
        source = ImportSource(name=name, changed_at=now)
    elif source.mapping == mapping.to_json():
        return
    source.mapping = mapping.to_json()
    source.changed_at = now
    session.add(source)
    session.flush()
    audit.record(
        session,
        now,
        actor_id,
        "keep import mapping",
        "hr_import",
        None,
        source=name,
    )
