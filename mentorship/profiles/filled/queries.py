"""Reads of what was filled in for somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.clock import local_date
from mentorship.base.db import Given
from mentorship.base.prepared import prepared
from mentorship.people.queries import persons
from mentorship.profiles.models import FilledIn


@dataclass(frozen=True)
class Mark:
    """Who filled in a section of somebody's profile, and when; "" when the service itself did."""

    section: str
    by: str
    on: date


def marks(session: Session, person_id: int) -> Sequence[Mark]:
    """Return what was filled in for somebody and not yet seen to be right, the newest first."""
    rows = _of(session, person_id).all()
    by = persons(session, [row.by_id for row in rows])
    found = []
    for row in rows:
        who = by.get(row.by_id)
        mark = Mark(row.section, who.name if who else "", local_date(row.at))
        found.append(mark)
    return found


@prepared
def _of(person_id: Given[int]) -> SelectOfScalar[FilledIn]:
    query = select(FilledIn).where(FilledIn.person_id == person_id)
    return query.order_by(col(FilledIn.at).desc(), col(FilledIn.section))
