"""The queries of hours that every page of a mentor asks."""

from __future__ import annotations

from datetime import date

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.db import Given
from mentorship.base.prepared import prepared
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.hours.models import WorkedWeek

led = prepared(mentorships.running_under)


@prepared
def noted_since(mentor_id: Given[int], since: Given[date]) -> SelectOfScalar[WorkedWeek]:
    """Return a query of what a mentor noted since a week, the newest first, other guiding last."""
    query = select(WorkedWeek).where(
        WorkedWeek.mentor_id == mentor_id,
        WorkedWeek.week >= since,
    )
    return query.order_by(
        col(WorkedWeek.week).desc(),
        col(WorkedWeek.mentorship_id).is_(None),
        col(WorkedWeek.mentorship_id),
    )
