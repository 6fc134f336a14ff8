"""Reads about drafts: one's own, their files; and what new managers touch."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from mentorship.hr_import.reading.files import Upload
from mentorship.hr_import.upload.models import LASTS, READING, TAKING, DraftFile, ImportDraft
from mentorship.mentorships.models import OCCUPYING, Mentorship
from mentorship.people.access import IMPORT, Subject
from mentorship.people.models import Person
from mentorship.people.queries import roles_of
from mentorship.profiles.models import Capacity


def draft_subject(session: Session, draft_id: int) -> Subject | None:
    """Return whose draft it is; of who may not import any more it is as if it were not there."""
    owner = select(ImportDraft.person_id).where(ImportDraft.id == draft_id)
    person_id = session.exec(owner).first()
    if person_id is None or not IMPORT.roles & roles_of(session, person_id):
        return None
    return Subject(frozenset({person_id}))


def drafts(session: Session, person_id: int, now: datetime) -> list[ImportDraft]:
    """Return the drafts of somebody that still stand, the newest first."""
    theirs = select(ImportDraft).where(
        ImportDraft.person_id == person_id,
        col(ImportDraft.created_at) > now - LASTS,
    )
    shown = theirs.options(defer(col(ImportDraft.aside)))  # type: ignore[arg-type]
    return list(session.exec(shown.order_by(col(ImportDraft.id).desc())))


def draft(session: Session, draft_id: int) -> ImportDraft:
    """Return a draft that is there, without its rows aside."""
    wanted = select(ImportDraft).where(ImportDraft.id == draft_id)
    return session.exec(wanted.options(defer(col(ImportDraft.aside)))).one()  # type: ignore[arg-type]


def waiting(session: Session) -> int | None:
    """Return the draft that waits longest for the worker."""
    asked = select(ImportDraft.id).where(col(ImportDraft.state).in_((READING, TAKING)))
    return session.exec(asked.order_by(col(ImportDraft.id)).limit(1)).first()


def too_old(session: Session, now: datetime) -> list[int]:
    """Return the drafts that stood as long as they may."""
    query = select(ImportDraft.id).where(col(ImportDraft.created_at) <= now - LASTS)
    return [draft_id for draft_id in session.exec(query) if draft_id is not None]


def uploads(session: Session, draft_id: int) -> list[Upload]:
    """Return the files of a draft as they came."""
    files = select(DraftFile).where(DraftFile.draft_id == draft_id)
    found = session.exec(files.order_by(col(DraftFile.position)))
    return [Upload(one.name, one.content) for one in found]


def file_names(session: Session, draft_id: int) -> list[str]:
    """Return what the files of a draft are called."""
    names = select(DraftFile.name).where(DraftFile.draft_id == draft_id)
    return list(session.exec(names.order_by(col(DraftFile.position))))


def aside(session: Session, draft_id: int) -> list[Any]:
    """Return the rows of a draft that would be set aside."""
    rows = select(ImportDraft.aside).where(ImportDraft.id == draft_id)
    return list(session.exec(rows).one())


def managers(session: Session) -> dict[int, int | None]:
    """Return everybody's manager."""
    above = select(Person.id, Person.manager_id)
    found = {}
    for person_id, manager_id in session.exec(above):
        assert person_id is not None
        found[person_id] = manager_id
    return found


def touched_by(session: Session, before: Mapping[int, int | None]) -> dict[str, Any]:
    """Count whose manager is another than before, the running duos they are in, and the hours they give in those."""
    moved = set()
    for person_id, manager_id in managers(session).items():
        if person_id in before and before[person_id] != manager_id:
            moved.add(person_id)
    if not moved:
        return {"people": 0}
    running = select(Mentorship.mentor_id, Mentorship.junior_id).where(col(Mentorship.status).in_(OCCUPYING))
    duos = 0
    mentors = set()
    for mentor_id, junior_id in session.exec(running):
        if {mentor_id, junior_id} & moved:
            duos += 1
        if mentor_id in moved:
            mentors.add(mentor_id)
    hours = Decimal(0)
    for capacity in session.exec(select(Capacity)):
        if capacity.person_id in mentors:
            hours += capacity.confirmed_hours or 0
    return {
        "people": len(moved),
        "duos": duos,
        "mentors": len(mentors),
        "hours": float(hours),
    }
