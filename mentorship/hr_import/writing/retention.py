"""Forgets what an import said of requests and pairs that are kept no longer, though not that it brought them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from mentorship.hr_import.writing.changes import update_rows
from mentorship.hr_import.writing.models import ImportedRecord
from mentorship.mentor_requests.models import MentorRequest
from mentorship.mentorships.models import Mentorship
from mentorship.people.models import Person


def purge(session: Session, now: datetime) -> None:
    """Empty the records of requests and pairs that are gone; their keys stay, so that no old file brings them back."""
    requests = set(session.exec(select(MentorRequest.id)))
    pairs = _pairs(session)
    rows = []
    told = select(ImportedRecord).where(col(ImportedRecord.kind).in_(("request", "duo")))
    for record in session.exec(told):
        row_id = record.values.get("id")
        here = row_id in requests if record.kind == "request" else record.key in pairs
        left = {} if row_id is None else {"id": row_id}
        if not here and record.values != left:
            rows.append({"kind": record.kind, "key": record.key, "values": left})
    update_rows(session, ImportedRecord, rows)


def _pairs(session: Session) -> set[str]:
    """Return the pairs that are here, as the export names them."""
    mentor = aliased(Person)
    junior = aliased(Person)
    query = select(mentor.number, junior.number).select_from(Mentorship)
    query = query.join(mentor, col(mentor.id) == Mentorship.mentor_id)
    query = query.join(junior, col(junior.id) == Mentorship.junior_id)
    return {f"{guide}/{learner}" for guide, learner in session.exec(query)}
