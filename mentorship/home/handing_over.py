"""What stands on the desk of who leaves about what they hand over."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from mentorship.growth.handover import queries, words
from mentorship.people.models import Person


def handing_over(session: Session, person_id: int, today: date) -> str:
    """Say what there is to hand over to who has a last day; "" to others, and where nothing leans on them."""
    person = session.get_one(
        Person,
        person_id,
    )
    if person.last_day is None or person.is_gone(today):
        return ""
    standing = queries.standing(
        session,
        person_id,
    )
    by = ""
    plan = standing.plan
    if plan is not None and plan.started_by not in (None, person_id):
        starter = session.get(
            Person,
            plan.started_by,
        )
        by = starter.name if starter else ""
    return words.on_desk(
        standing,
        person.last_day,
        by,
    )
