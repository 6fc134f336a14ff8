"""The queries of check-ins that the pages of a pair ask."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.db import Given
from mentorship.base.prepared import prepared
from mentorship.checkins.models import OPEN, Answer, CheckIn
from mentorship.mentorships.models import ACTIVE, Mentorship


@prepared
def shared(mentorship_id: Given[int], side: Given[str], since: Given[datetime] | None) -> SelectOfScalar[CheckIn]:
    """Return a query of the check-ins of a side whose note its author shares, the newest first."""
    query = closed_since(mentorship_id, side, since).where(col(CheckIn.note_shared))
    return query.order_by(col(CheckIn.due_on).desc())


@prepared
def closed_in_order(
    mentorship_id: Given[int], side: Given[str], since: Given[datetime] | None
) -> SelectOfScalar[CheckIn]:
    """Return a query of the closed check-ins of a side, the oldest first."""
    return closed_since(mentorship_id, side, since).order_by(col(CheckIn.due_on))


@prepared
def given_in(check_in_ids: Collection[int]) -> SelectOfScalar[Answer]:
    """Return a query of the answers of these check-ins."""
    return select(Answer).where(col(Answer.check_in_id).in_(check_in_ids))


def closed_since(mentorship_id: Given[int], side: Given[str], since: Given[datetime] | None) -> SelectOfScalar[CheckIn]:
    """Return a query of the closed check-ins of a side, of those asked since a moment."""
    query = select(CheckIn).where(
        CheckIn.mentorship_id == mentorship_id,
        CheckIn.side == side,
        CheckIn.status != OPEN,
    )
    if since is None:
        return query
    return query.where(col(CheckIn.opened_at) >= since)


@prepared
def active(ids: Collection[int] | None) -> SelectOfScalar[Mentorship]:
    """Return a query of the running pairs, all or of these."""
    query = select(Mentorship).where(Mentorship.status == ACTIVE).order_by(col(Mentorship.id))
    if ids is None:
        return query
    return query.where(col(Mentorship.id).in_(ids))
