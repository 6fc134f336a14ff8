"""What mail somebody wants."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from mentorship.base.personal import EMPLOYMENT, personal

DUO, REMINDER, OVERVIEW = "duo", "reminder", "overview"
TOPICS = (DUO, REMINDER, OVERVIEW)


class MailPreference(SQLModel, table=True):
    """Whether a person wants mail of one topic; without a row they do."""

    __tablename__ = "mail_preference"
    __table_args__ = (
        CheckConstraint("topic IN ('duo', 'reminder', 'overview')", name="topic"),
        {"info": personal("send no mail that is not wanted", "the person", EMPLOYMENT)},
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    topic: str = Field(max_length=20, primary_key=True)
    wanted: bool
