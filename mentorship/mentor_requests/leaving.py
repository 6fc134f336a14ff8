"""What this room does when somebody leaves: what they asked for is withdrawn."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.db import id_of, locking
from mentorship.mentor_requests import queries
from mentorship.mentor_requests.actions import SUBJECT
from mentorship.mentor_requests.models import OPEN, WITHDRAWN, MentorRequest
from mentorship.people.models import Person


def left(session: Session, leaver: Person, now: datetime) -> None:
    """Withdraw the open request of who left."""
    asked = select(MentorRequest).where(
        MentorRequest.person_id == id_of(leaver),
        MentorRequest.status == OPEN,
    )
    for request in session.exec(locking(asked.order_by(col(MentorRequest.id)))):
        request.status = WITHDRAWN
        request.changed_at = now
        audit.record(
            session,
            now,
            None,
            "withdraw request",
            SUBJECT,
            request.id,
        )


def would_end(session: Session, person_id: int) -> dict[str, int]:
    """Count the requests that are withdrawn."""
    asked = queries.open_request(
        session,
        person_id,
    )
    return {"requests": 1 if asked else 0}
