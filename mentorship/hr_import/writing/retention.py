"""Forgets what an import said of requests and pairs that are kept no longer, though not that it brought them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from mentorship.hr_import.writing.bulk import update_rows
from mentorship.hr_import.writing.models import ImportedRecord
from mentorship.mentor_requests.models import MentorRequest
from mentorship.mentorships.models import Mentorship
from mentorship.people.models import Person


def purge(session: Session, now: datetime) -> None:
    """Empty the records of requests and pairs that are gone; their keys stay, so that no old file brings them back."""
    rows = []
    for record in _gone(session):
        kept = {}
        if "id" in record.values:
            kept["id"] = record.values["id"]
        if record.values != kept:
            row = {
                "kind": record.kind,
                "key": record.key,
                "values": kept,
            }
            rows.append(row)
    update_rows(session, ImportedRecord, rows)


def forget(session: Session, numbers: Collection[str]) -> None:
    """Forget all that was imported of people who are deleted, by the numbers they had."""
    if not numbers:
        return
    for record in session.exec(select(ImportedRecord)):
        if not set(record.key.split("/")).isdisjoint(numbers):
            session.delete(record)


def _gone(session: Session) -> Iterator[ImportedRecord]:
    """Yield what was imported of requests and pairs that are no longer here."""
    requests = set(session.exec(select(MentorRequest.id)))
    for record in _records(session, "request"):
        if record.values.get("id") not in requests:
            yield record
    pairs = _pairs(session)
    for record in _records(session, "duo"):
        if record.key not in pairs:
            yield record


def _records(session: Session, kind: str) -> Sequence[ImportedRecord]:
    query = select(ImportedRecord)
    return session.exec(query.where(ImportedRecord.kind == kind)).all()


def _pairs(session: Session) -> set[str]:
    """Return the pairs that are here, as the export names them."""
    mentor = aliased(Person)
    junior = aliased(Person)
    is_mentor = col(mentor.id) == Mentorship.mentor_id
    is_junior = col(junior.id) == Mentorship.junior_id
    query = select(mentor.number, junior.number).select_from(Mentorship).join(mentor, is_mentor).join(junior, is_junior)
    found = set()
    for guide, learner in session.exec(query):
        found.add(f"{guide}/{learner}")
    return found
