"""Goals, and the levels claimed and confirmed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import BY_COLLEAGUES, BY_PERSON, LEARNING, PAIRS_KEPT, personal

CLAIMED, SECONDING, CONFIRMED, DECLINED, WITHDRAWN = "claimed", "seconding", "confirmed", "declined", "withdrawn"


_CLAIM_OPEN = "status IN ('claimed', 'seconding')"


class Goal(SQLModel, table=True):
    """A domain that the junior of a mentorship works on: the level it began at and the one it is to reach.

    `due_on`: by when both mean it to be reached; `held_on`: the day since which a pause holds that day.
    """

    __tablename__ = "goal"
    __table_args__ = (
        CheckConstraint("start_level BETWEEN 0 AND 4 AND target_level BETWEEN 1 AND 5", name="levels"),
        CheckConstraint("target_level > start_level", name="higher"),
        UniqueConstraint("mentorship_id", "domain_id"),
        {
            "info": personal(
                N_("see what is learned"),
                N_("both sides, coordinator; of a job profile also the managers of the junior, who chooses to show it"),
                PAIRS_KEPT,
                "pairs",
                basis=LEARNING,
                source=[BY_PERSON],
            )
        },
    )
    id: int | None = Field(default=None, primary_key=True)
    mentorship_id: int = Field(foreign_key="mentorship.id")
    domain_id: int = Field(foreign_key="domain.id", index=True)
    start_level: int
    target_level: int
    words: str = Field(default="", max_length=300)
    made_at: datetime = Field(sa_type=UtcDateTime)
    dropped_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    due_on: date | None = None
    held_on: date | None = None


class LevelClaim(SQLModel, table=True):
    """A level that the junior says they reached: claimed, confirmed by the mentor with evidence, perhaps by a second.

    While `seconding` it waits for `second_id`; `settled_at` is when it was confirmed, declined or withdrawn.
    """

    __tablename__ = "level_claim"
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        CheckConstraint("status IN ('claimed', 'seconding', 'confirmed', 'declined', 'withdrawn')", name="status"),
        CheckConstraint(f"({_CLAIM_OPEN}) = (settled_at IS NULL)", name="settled"),
        CheckConstraint("status <> 'seconding' OR second_id IS NOT NULL", name="second"),
        CheckConstraint("status NOT IN ('seconding', 'confirmed') OR evidence <> ''", name="evidence"),
        Index(
            "uq_level_claim_open",
            "goal_id",
            unique=True,
            sqlite_where=text(_CLAIM_OPEN),
            postgresql_where=text(_CLAIM_OPEN),
        ),
        {
            "info": personal(
                N_("confirm what was learned"),
                N_("both sides, coordinator, the second who confirms"),
                PAIRS_KEPT,
                "pairs",
                basis=LEARNING,
                source=[BY_PERSON, BY_COLLEAGUES],
            )
        },
    )
    id: int | None = Field(default=None, primary_key=True)
    goal_id: int = Field(foreign_key="goal.id", index=True)
    level: int
    status: str = Field(default=CLAIMED, max_length=20)
    claimed_at: datetime = Field(sa_type=UtcDateTime)
    evidence: str = Field(default="", max_length=500)
    mentor_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    second_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
