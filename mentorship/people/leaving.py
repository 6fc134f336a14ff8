"""What this room does when somebody leaves: sessions, codes, roles, kept views and ways back end."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from mentorship.base.db import id_of
from mentorship.base.undo import UndoRow
from mentorship.people import queries
from mentorship.people.account.actions import end_sessions
from mentorship.people.devices.models import Device
from mentorship.people.models import ActivationCode, Person, PersonRole
from mentorship.people.tablet.models import TabletCard
from mentorship.people.views.models import SavedView


def left(session: Session, leaver: Person, now: datetime) -> None:
    """End the sessions, codes and roles of who left, and forget what they kept for themselves."""
    person_id = id_of(leaver)
    end_sessions(
        session,
        person_id,
        now,
    )
    for table in (ActivationCode, Device, PersonRole, SavedView, TabletCard, UndoRow):
        theirs = col(table.person_id) == person_id
        session.exec(delete(table).where(theirs))


def would_end(session: Session, person_id: int) -> dict[str, int]:
    """Count who would be without a manager, and the roles that end."""
    return {
        "team": queries.count_team(session, person_id),
        "roles": len(queries.roles_of(session, person_id)),
    }
