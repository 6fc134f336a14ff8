"""The queries of goals that the pages of a pair ask."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Select
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.db import Given
from mentorship.base.prepared import prepared
from mentorship.mentorships.goals.models import Goal, LevelClaim
from mentorship.profiles.models import Domain


@prepared
def goals(mentorship_id: Given[int], dropped: bool) -> Select[Goal, Domain]:
    """Return a query of the goals of a pair with their domains, the oldest first."""
    dropped_at = col(Goal.dropped_at)
    wanted = dropped_at.is_not(None) if dropped else dropped_at.is_(None)
    return (
        select(Goal, Domain)
        .join(Domain, col(Domain.id) == Goal.domain_id)
        .where(Goal.mentorship_id == mentorship_id)
        .where(wanted)
        .order_by(col(Goal.made_at), col(Goal.id))
    )


@prepared
def claimed(goal_ids: Collection[int]) -> SelectOfScalar[LevelClaim]:
    """Return a query of what was claimed of these goals, the newest first."""
    newest_first = col(LevelClaim.id).desc()
    query = select(LevelClaim).where(col(LevelClaim.goal_id).in_(goal_ids))
    return query.order_by(newest_first)
